import type {Column} from '../../metrics/model/column.ts';
import type {Row, SeriesName} from '../../metrics/model/row.ts';
import {fitText, widthOf} from '../format/width.ts';
import type {Chooser} from '../state/column-chooser.ts';
import type {Theme} from '../theme/theme.ts';

export type ChooserOptions = {
	readonly chooser: Chooser;
	readonly columns: ReadonlyArray<Column<Row>>;
	/** Ids of the columns that the table has room for now. */
	readonly laidOut: ReadonlySet<string>;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
};

/** What a sparkline is of, by the id of its column. */
const PAST: Readonly<Record<`~${SeriesName}`, string>> = {
	'~cpuCores': 'CPU over time.',
	'~memoryWorkingSetBytes': 'Memory (working set) over time.',
	'~memoryRssBytes': 'Anonymous memory (RSS) over time.',
	'~rxBytesPerSecond': 'Network, received, over time.',
	'~txBytesPerSecond': 'Network, sent, over time.',
	'~filesystemUsedBytes': 'What is used of the file system over time.',
	'~throttledRatio': 'Throttling over time.',
};

const TITLES = [
	'  Columns of this table, kept for the next time; spare ones come by themselves while nothing else is chosen',
	'  Columns of this table, kept for the next time',
	'  Columns',
];

/** The list of columns with what each means and whether it is on the screen; the window moves with the cursor. */
export function drawChooser({
	chooser: {items, cursor, chosen},
	columns,
	laidOut,
	width,
	height,
	theme,
}: ChooserOptions): readonly string[] {
	const known = new Map(columns.map(column => [column.id, column]));
	const past = new Map<string, string>(Object.entries(PAST));
	const [shown, hidden] = theme.symbols === 'unicode' ? ['■', '□'] : ['[x]', '[ ]'];
	const room = Math.max(height - 1, 0);
	const start = Math.max(Math.min(cursor - Math.floor(room / 2), items.length - room), 0);
	const lines = items.slice(start, start + room).map(({id, isShown}, index) => {
		const column = known.get(id);
		const heading = column?.heading ?? 'past';
		const place = placeOf({isShown, isLaidOut: laidOut.has(id), isUsual: chosen === undefined});
		const text = fitText(
			`  ${isShown ? shown : hidden} ${heading.padEnd(9)} ${place.padEnd(PLACE_CELLS)} ${column?.explanation ?? past.get(id) ?? id}`,
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

const PLACE_CELLS = 7;

/** Where what the box says and what the table shows are not the same. */
function placeOf({
	isShown,
	isLaidOut,
	isUsual,
}: {
	readonly isShown: boolean;
	readonly isLaidOut: boolean;
	readonly isUsual: boolean;
}): string {
	if (isShown) {
		return isLaidOut ? '' : 'no room';
	}

	return isUsual && isLaidOut ? 'spare' : '';
}
