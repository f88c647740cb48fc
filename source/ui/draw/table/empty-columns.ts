import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** The number of rows that are checked. */
const CHECKED_ROWS = 500;

const cache = new WeakMap<View, ReadonlySet<string>>();

/** Ids of the columns without a known value in the first rows, which are not shown as spare ones; cached by view. */
export function emptyColumns(view: View): ReadonlySet<string> {
	const empty = cache.get(view) ?? find(view);
	cache.set(view, empty);
	return empty;
}

function find(view: View): ReadonlySet<string> {
	const rows: readonly Row[] = view.rows.slice(0, CHECKED_ROWS);
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	return new Set(
		columns.flatMap(column =>
			rows.some(row => column.value(row, view.atMs) !== undefined) ? [] : [column.id],
		),
	);
}
