import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** Rows that are looked at: a column that is unknown in all of them gets no spare room. */
const LOOKED_AT = 500;

const known = new WeakMap<View, ReadonlySet<string>>();

/** Ids of the columns that would be nothing but dashes; cached by view. */
export function emptyColumns(view: View): ReadonlySet<string> {
	const empty = known.get(view) ?? find(view);
	known.set(view, empty);
	return empty;
}

function find(view: View): ReadonlySet<string> {
	const rows: readonly Row[] = view.rows.slice(0, LOOKED_AT);
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	return new Set(
		columns.flatMap(column =>
			rows.some(row => column.value(row, view.atMs) !== undefined) ? [] : [column.id],
		),
	);
}
