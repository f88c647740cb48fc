import {type Column, isText} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** The number of rows that are measured, which bounds the cost for large clusters. */
const MEASURED_ROWS = 5000;

const cache = new WeakMap<View, ReadonlyMap<string, number>>();

/** The width of the longest text of each text column, by column id; cached by view. */
export function nameWidths(view: View): ReadonlyMap<string, number> {
	const widths = cache.get(view) ?? measure(view);
	cache.set(view, widths);
	return widths;
}

function measure(view: View): ReadonlyMap<string, number> {
	const rows: readonly Row[] = view.rows.slice(0, MEASURED_ROWS);
	const widths = new Map<string, number>();
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	for (const column of columns) {
		if (!isText(column.unit)) {
			continue;
		}

		let longest = 0;
		for (const row of rows) {
			const value = column.value(row, view.atMs);
			longest = Math.max(longest, (value === undefined ? 1 : String(value).length) + added(row, column));
		}

		widths.set(column.id, longest);
	}

	return widths;
}

/** The cells that `rowCell` adds: indentation and mark of the tree, ` *` after the state of a degraded node. */
function added(row: Row, {unit}: Column<Row>): number {
	return row.kind === 'tree' && unit === 'name' ? row.depth * 2 + 2 : unit === 'state' ? 2 : 0;
}
