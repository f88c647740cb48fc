import type {Column} from '../../../metrics/model/column.ts';
import type {Row, SeriesName} from '../../../metrics/model/row.ts';
import type {HistoryWindow} from '../../../metrics/model/view.ts';
import {fitName, fitText} from '../../format/width.ts';
import {pointerOf} from '../../theme/pointer.ts';
import type {Style, Theme} from '../../theme/theme.ts';
import {GAP} from './column-layout.ts';
import {movementOf} from './movement.ts';
import {type Freshness, isStale} from './row-age.ts';
import {rowCell} from './row-cell.ts';
import {rowSparkline} from './row-sparkline.ts';
import {MARK_CELLS, type TableColumn, type TableLayout} from './table-layout.ts';

export type RowOptions = Freshness & {
	readonly theme: Theme;
	/** The window of a sparkline with this number of points. */
	readonly windowOf: (points: number) => HistoryWindow;
	readonly history: (row: Row, series: SeriesName, window: HistoryWindow) => Float64Array;
};

export type RowMarks = {
	readonly isSelected: boolean;
	/** Whether the row stays at the top of the table. */
	readonly isMarked: boolean;
	/** The row at the sample before, for the marks of what moved since. */
	readonly before?: Row | undefined;
};

/** Columns with long names that differ at their ends, which are cut in the middle. */
const NAMES: ReadonlySet<string> = new Set(['cluster', 'name', 'pod', 'workload']);

type Part = {readonly text: string; readonly style: Style};

/** Draws a row as one line of exactly the layout's width. */
export function rowLine(
	layout: TableLayout,
	row: Row,
	{isSelected, isMarked, before}: RowMarks,
	options: RowOptions,
): string {
	const {width, columns} = layout;
	const {theme} = options;
	const parts = columns.map(column => partOf(row, column, options));
	const pointer = pointerOf(theme);
	const star = isMarked ? '*' : ' ';
	const mark = isSelected ? `${pointer}${star}` : `${star} `;
	const gaps = columns.map(({column}, index) =>
		gapAfter(column, row, before, index === columns.length - 1, theme),
	);
	const text = parts.map((part, index) => part.text + gaps[index]).join('');
	const plain = fitText(mark + text, width, false, theme.ellipsis);
	if (isSelected) {
		return theme.paint('selected', plain);
	}

	if (isStale(row, options)) {
		return theme.paint('dim', plain);
	}

	const used = MARK_CELLS + columns.reduce((sum, {cells}) => sum + cells + GAP, -GAP);
	const styled = parts
		.map((part, index) => theme.paint(part.style, part.text) + accented(gaps[index] ?? '', theme))
		.join('');
	return used > width ? plain : `${mark}${styled}${' '.repeat(width - used)}`;
}

/** The gap between a column and the next, with a mark if the figure in the column moved. */
function gapAfter(
	column: Column<Row> | undefined,
	row: Row,
	before: Row | undefined,
	isLast: boolean,
	{symbols}: Theme,
): string {
	const movement =
		column === undefined || before === undefined || isLast ? undefined : movementOf(column, row, before);
	const [up, down] = symbols === 'unicode' ? ['▲', '▼'] : ['^', 'v'];
	return isLast ? '' : (movement === undefined ? ' ' : movement === 'up' ? up : down).padEnd(GAP);
}

function accented(gap: string, theme: Theme): string {
	return gap.trim() === '' ? gap : theme.paint('accent', gap);
}

/** The text and style of a column, exactly as wide as the column. */
function partOf(row: Row, {id, series, column, cells}: TableColumn, options: RowOptions): Part {
	const {theme, windowOf, history} = options;
	if (series !== undefined) {
		const values = history(row, series, windowOf(cells));
		return {text: fitText(rowSparkline(row, series, values, theme), cells, true, ''), style: 'accent'};
	}

	const {text, isRight, style} =
		column === undefined
			? {text: '', isRight: false, style: 'plain' as const}
			: rowCell(row, column, options);
	return {
		text: NAMES.has(id)
			? fitName(text, cells, theme.ellipsis)
			: fitText(text, cells, isRight, theme.ellipsis),
		style,
	};
}
