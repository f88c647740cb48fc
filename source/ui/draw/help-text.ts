import {FILTER_FORMS} from '../../metrics/view/filter-forms.ts';
import {widthOf} from '../format/width.ts';
import {wrapText} from '../format/wrap.ts';
import {helpLines} from '../state/keymap.ts';

type Entry = readonly [sign: string, meaning: string];

const MOUSE: readonly Entry[] = [
	['wheel', 'moves the selection'],
	['click', 'selects a row, and opens it where it is selected; sorts by a heading; goes to a tab'],
];

/** All keys, what a filter is made of, and what the mouse does. */
export function helpText(width: number): readonly string[] {
	return [
		...entries(helpLines(), width),
		'',
		...wrapText('A filter (/) is made of', width, 2),
		...entries(FILTER_FORMS, width),
		'',
		...wrapText('The mouse', width, 2),
		...entries(MOUSE, width),
	];
}

/** Narrower than this signs and meanings do not stand in columns. */
const COLUMNS_LEAST_WIDTH = 60;

function entries(all: readonly Entry[], width: number): readonly string[] {
	const signWidth = Math.max(...all.map(([sign]) => widthOf(sign))) + 2;
	return all.flatMap(([sign, meaning]) =>
		width < COLUMNS_LEAST_WIDTH
			? wrapText(`${sign}: ${meaning}`, width, 4, '  ')
			: wrapText(meaning, width, signWidth + 2, `  ${sign}${' '.repeat(signWidth - widthOf(sign))}`),
	);
}
