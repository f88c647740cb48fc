import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** The number of rows that are checked. */
const CHECKED_ROWS = 500;

const cache = new WeakMap<View, Map<string, boolean>>();

/** Whether a column has no known value in the first rows, and is not shown as a spare one; cached by view. */
export function isEmptyColumn(view: View, id: string): boolean {
	const known = cache.get(view) ?? new Map<string, boolean>();
	cache.set(view, known);
	const isEmpty = known.get(id) ?? hasNoValue(view, id);
	known.set(id, isEmpty);
	return isEmpty;
}

function hasNoValue(view: View, id: string): boolean {
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const column = columns.find(known => known.id === id);
	const rows: readonly Row[] = view.rows.slice(0, CHECKED_ROWS);
	return column !== undefined && rows.every(row => column.value(row, view.atMs) === undefined);
}
