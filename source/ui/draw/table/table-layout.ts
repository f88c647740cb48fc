import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';
import {GAP, type LaidOut, layOut} from './column-layout.ts';
import {SPARE_RANK} from './display-columns.ts';
import {emptyColumns} from './empty-columns.ts';
import {nameWidths} from './name-widths.ts';
import {type ColumnWishes, wantedColumns} from './wanted-columns.ts';

/** A column as it stands on the screen; `column` is undefined for a sparkline. */
export type TableColumn = LaidOut & {readonly column: Column<Row> | undefined};

/** The columns from left to right, behind the mark of the selected row. */
export type TableLayout = {readonly width: number; readonly columns: readonly TableColumn[]};

/** Cells before the first column, for the marks of a row. */
export const MARK_CELLS = 2;

/** `403 needs nodes/metrics` is the longest reason that is common, and this the least width that has room for it. */
const REASON_CELLS = 23;
const REASON_LEAST_WIDTH = 100;

/** The columns that fit into `width` cells; `shown` are the rows on the screen. */
export function tableLayout(
	view: View,
	shown: readonly Row[],
	{width, ...wishes}: ColumnWishes & {readonly width: number},
): TableLayout {
	const empty = emptyColumns(view);
	const wanted = wantedColumns(view.level, wishes).filter(
		({id, rank}) => rank < SPARE_RANK || !empty.has(id),
	);
	const known = new Map<string, Column<Row>>(view.columns.map(column => [column.id, column]));
	const laidOut = layOut(withRoomForReasons(wanted, shown, width), width - MARK_CELLS, nameWidths(view));
	return {
		width,
		columns: laidOut.map(each => ({
			...each,
			column: each.series === undefined ? known.get(each.id) : undefined,
		})),
	};
}

/** The id of the column whose heading is at a cell of the line; undefined for a sparkline's, and between them. */
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

/** Where a node on the screen is not read, the reason is worth more than one more sparkline. */
function withRoomForReasons(
	columns: readonly DisplayColumn[],
	rows: readonly Row[],
	width: number,
): readonly DisplayColumn[] {
	const hasFailed = rows.some(
		row => row.kind === 'node' && (row.state.kind === 'failed' || row.state.kind === 'stored'),
	);
	return hasFailed && width >= REASON_LEAST_WIDTH
		? columns.map(column => (column.id === 'state' ? {...column, width: REASON_CELLS} : column))
		: columns;
}
