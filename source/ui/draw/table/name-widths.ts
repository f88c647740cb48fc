import {type Column, isText} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** The number of rows that are measured, which bounds the cost for large clusters. */
const MEASURED_ROWS = 5000;

const cache = new WeakMap<View, Map<string, number>>();

/**
 * The cells that the longest text of a text column takes, or `most` if it takes more; undefined for other columns. Cached
 * by view.
 */
export function nameWidth(view: View, id: string, most: number): number | undefined {
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const column = columns.find(known => known.id === id);
	if (column === undefined || !isText(column.unit)) {
		return undefined;
	}

	const widths = cache.get(view) ?? new Map<string, number>();
	cache.set(view, widths);
	const key = `${id} ${most}`;
	const width = widths.get(key) ?? measure(view, column, most);
	widths.set(key, width);
	return width;
}

function measure(view: View, column: Column<Row>, most: number): number {
	const rows: readonly Row[] = view.rows.slice(0, MEASURED_ROWS);
	let longest = 0;
	for (const row of rows) {
		const value = column.value(row, view.atMs);
		longest = Math.max(longest, (value === undefined ? 1 : String(value).length) + added(row, column));
		if (longest >= most) {
			return most;
		}
	}

	return longest;
}

/** The cells that `rowCell` adds: indentation and mark of the tree, ` *` after the state of a degraded node. */
function added(row: Row, {unit}: Column<Row>): number {
	return row.kind === 'tree' && unit === 'name' ? row.depth * 2 + 2 : unit === 'state' ? 2 : 0;
}
