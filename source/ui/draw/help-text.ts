import {columnsOf} from '../../metrics/columns/columns.ts';
import type {Column} from '../../metrics/model/column.ts';
import {TABLES} from '../../metrics/model/levels.ts';
import type {Row} from '../../metrics/model/row.ts';
import {FILTER_FORMS} from '../../metrics/view/filter-forms.ts';
import {widthOf} from '../format/width.ts';
import {wrapText} from '../format/wrap.ts';
import {commandLines} from '../state/command-line/command-lines.ts';
import {helpLines} from '../state/keymap.ts';

type Entry = readonly [input: string, meaning: string];

export const MOUSE: readonly Entry[] = [
	['wheel', 'move the selection'],
	[
		'click',
		'on a row, event, context or column: select it, or open the selected one; on a heading: sort by it, or reverse; on a tab: show it; on a key: press it',
	],
];

/** Headings of tables in full words, each once: `MEM%R` has two meanings. */
const ABBREVIATIONS: readonly Entry[] = [
	...new Map(
		TABLES.flatMap((level): ReadonlyArray<Column<Row>> => columnsOf(level)).flatMap(
			({heading, fullHeading}) =>
				fullHeading === undefined
					? []
					: [[`${heading} ${fullHeading}`, [heading, fullHeading.toLowerCase()] as const] as const],
		),
	).values(),
];

/** The help: all keys, the terms of a filter, commands, the mouse, and what headings abbreviate. */
export function keyHelpLines(width: number): readonly string[] {
	return [
		...entries(helpLines(), width),
		'',
		...wrapText('Terms of a filter (/)', width, 2),
		...entries(FILTER_FORMS, width),
		'',
		...wrapText('Commands (:); Tab completes, a unique beginning is enough', width, 2),
		...entries(commandLines(), width),
		'',
		...wrapText('Mouse', width, 2),
		...entries(MOUSE, width),
		'',
		...wrapText('Headings in full words, as w shows them where there is room (e: what they mean)', width, 2),
		...entries(ABBREVIATIONS, width),
	];
}

/** On a narrower screen, inputs and meanings are one text instead of two columns. */
const COLUMNS_MIN_WIDTH = 60;

function entries(all: readonly Entry[], width: number): readonly string[] {
	const inputWidth = Math.max(...all.map(([input]) => widthOf(input))) + 2;
	return all.flatMap(([input, meaning]) =>
		width < COLUMNS_MIN_WIDTH
			? wrapText(`${input}: ${meaning}`, width, 4, '  ')
			: wrapText(meaning, width, inputWidth + 2, `  ${input}${' '.repeat(inputWidth - widthOf(input))}`),
	);
}
