import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';
import {GAP, type LaidOut, layOut} from './column-layout.ts';
import {isEmptyColumn} from './empty-columns.ts';
import {nameWidth} from './name-widths.ts';
import {type ColumnOptions, wantedColumns} from './wanted-columns.ts';

/** A column with its width; `column` is undefined for a sparkline. */
export type TableColumn = LaidOut & {readonly column: Column<Row> | undefined};

/** The columns from left to right, after the marks of a row. */
export type TableLayout = {readonly width: number; readonly columns: readonly TableColumn[]};

/** Cells before the first column for the pointer of the selected row and the star of a marked one. */
export const MARK_CELLS = 2;

/** The width of the longest common failure, `403 needs nodes/metrics`, and the least screen width with room for it. */
const FAILURE_CELLS = 23;
const FAILURE_MIN_WIDTH = 100;

/** Lays out the columns that fit into `width` cells; `shown` are the rows on the screen. */
export function tableLayout(
	view: View,
	shown: readonly Row[],
	{width, ...options}: ColumnOptions & {readonly width: number},
): TableLayout {
	const wanted = wantedColumns(view.level, options);
	const known = new Map<string, Column<Row>>(view.columns.map(column => [column.id, column]));
	const headed = withRoomForFailures(wanted, shown, width).map(column => {
		const {heading = '', fullHeading} = known.get(column.id) ?? {};
		// Room for the arrow of the order.
		const arrow = column.id === options.sortedBy ? 1 : 0;
		const least = Math.max(column.width, arrow * (heading.length + 1));
		return {
			...column,
			width: least,
			most: Math.max(column.most, least),
			fullHeadingCells: options.isWide && fullHeading !== undefined ? fullHeading.length + arrow : undefined,
		};
	});
	const laidOut = layOut(
		headed,
		width - MARK_CELLS,
		(id, most) => nameWidth(view, shown, id, most),
		id => isEmptyColumn(view, id),
	);
	return {
		width,
		columns: laidOut.map(each => ({
			...each,
			column: each.series === undefined ? known.get(each.id) : undefined,
		})),
	};
}

/** The id of the column whose heading is at a cell of the line; undefined for sparklines and gaps. */
export function columnAt({columns}: TableLayout, cell: number): string | undefined {
	let start = MARK_CELLS;
	for (const {id, series, cells} of columns) {
		if (cell >= start && cell < start + cells) {
			return series === undefined ? id : undefined;
		}

		start += cells + GAP;
	}

	return undefined;
}

/** Widens the SOURCE column if a node on the screen could not be scraped. */
function withRoomForFailures(
	columns: readonly DisplayColumn[],
	rows: readonly Row[],
	width: number,
): readonly DisplayColumn[] {
	const hasFailed = rows.some(
		row => row.kind === 'node' && (row.state.kind === 'failed' || row.state.kind === 'stored'),
	);
	return hasFailed && width >= FAILURE_MIN_WIDTH
		? columns.map(column => (column.id === 'state' ? {...column, width: FAILURE_CELLS} : column))
		: columns;
}
