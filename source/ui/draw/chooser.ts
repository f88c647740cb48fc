import type {Column} from '../../metrics/model/column.ts';
import type {Row, SeriesName} from '../../metrics/model/row.ts';
import {fitText, widthOf} from '../format/width.ts';
import type {Chooser} from '../state/column-chooser.ts';
import type {Theme} from '../theme/theme.ts';
import {firstListed, type ListWindow, listedAt} from './list-window.ts';

export type ChooserOptions = {
	readonly chooser: Chooser;
	readonly columns: ReadonlyArray<Column<Row>>;
	/** Ids of the columns that the table shows now. */
	readonly laidOut: ReadonlySet<string>;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
};

/** Explanations of sparklines by the id of their column. */
const SPARKLINES: Readonly<Record<`~${SeriesName}`, string>> = {
	'~cpuCores': 'CPU over time.',
	'~memoryWorkingSetBytes': 'Memory (working set) over time.',
	'~memoryRssBytes': 'Anonymous memory (RSS) over time.',
	'~rxBytesPerSecond': 'Bytes received over time.',
	'~txBytesPerSecond': 'Bytes sent over time.',
	'~filesystemUsedBytes': 'Used bytes of the file system over time.',
	'~throttledRatio': 'Throttling over time.',
};

const TITLES = [
	'  Columns of this table; your choice is saved. Until you choose, spare columns appear if there is room',
	'  Columns of this table; your choice is saved',
	'  Columns',
];

/** The list of columns with their explanations and whether each is shown; scrolls so that the cursor is visible. */
export function drawChooser({
	chooser: {items, cursor, chosen},
	columns,
	laidOut,
	width,
	height,
	theme,
}: ChooserOptions): readonly string[] {
	const known = new Map(columns.map(column => [column.id, column]));
	const sparklines = new Map<string, string>(Object.entries(SPARKLINES));
	const [shown, hidden] = theme.symbols === 'unicode' ? ['■', '□'] : ['[x]', '[ ]'];
	const window = windowOf({items, cursor}, height);
	const start = firstListed(window);
	const lines = items.slice(start, start + window.room).map(({id, isShown}, index) => {
		const column = known.get(id);
		const heading = column?.heading ?? 'history';
		const place = placeOf({isShown, isLaidOut: laidOut.has(id), isDefault: chosen === undefined});
		const text = fitText(
			`  ${isShown ? shown : hidden} ${heading.padEnd(9)} ${place.padEnd(PLACE_CELLS)} ${column?.explanation ?? sparklines.get(id) ?? id}`,
			width,
			false,
			theme.ellipsis,
		);
		return start + index === cursor
			? theme.paint('selected', text)
			: theme.paint(isShown && place === '' ? 'plain' : 'dim', text);
	});
	const title = TITLES.find(each => widthOf(each) <= width) ?? '  Columns';
	const all = [theme.paint('title', fitText(title, width, false, theme.ellipsis)), ...lines];
	return Array.from({length: height}, (_, index) => all[index] ?? ' '.repeat(width));
}

/** The index of the column on a line of the list; undefined if there is none. */
export function choiceAt(chooser: Chooser, height: number, line: number): number | undefined {
	return listedAt(windowOf(chooser, height), line);
}

function windowOf({items, cursor}: Pick<Chooser, 'items' | 'cursor'>, height: number): ListWindow {
	return {count: items.length, selected: cursor, room: Math.max(height - 1, 0)};
}

const PLACE_CELLS = 7;

/** A note if the box and the table differ: a chosen column without room, or a spare column that is shown. */
function placeOf({
	isShown,
	isLaidOut,
	isDefault,
}: {
	readonly isShown: boolean;
	readonly isLaidOut: boolean;
	readonly isDefault: boolean;
}): string {
	if (isShown) {
		return isLaidOut ? '' : 'no room';
	}

	return isDefault && isLaidOut ? 'spare' : '';
}
