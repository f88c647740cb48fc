import type {Column} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** The number of rows that are checked. */
const CHECKED_ROWS = 500;

type Checked = {readonly rows: readonly Row[]; readonly isEmpty: Map<string, boolean>};

const cache = new WeakMap<View, Checked>();

/** Whether a column has no known value in the first rows, and is not shown as a spare one; cached by view. */
export function isEmptyColumn(view: View, id: string): boolean {
	const {rows, isEmpty} = checkedOf(view);
	const known = isEmpty.get(id) ?? hasNoValue(view, rows, id);
	isEmpty.set(id, known);
	return known;
}

/** The rows are asked for once, since those of a large table are put in order then. */
function checkedOf(view: View): Checked {
	const known = cache.get(view) ?? {rows: view.rows.slice(0, CHECKED_ROWS), isEmpty: new Map()};
	cache.set(view, known);
	return known;
}

function hasNoValue(view: View, rows: readonly Row[], id: string): boolean {
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const column = columns.find(known => known.id === id);
	return column !== undefined && rows.every(row => column.value(row, view.atMs) === undefined);
}
