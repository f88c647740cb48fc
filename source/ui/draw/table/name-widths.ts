import {type Column, isText} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';

/** Rows that are looked at: enough to know the names' lengths, few enough for every refresh. */
const LOOKED_AT = 5000;

const known = new WeakMap<View, ReadonlyMap<string, number>>();

/** The cells that the longest text of each text column takes, by the column's id; cached by view. */
export function nameWidths(view: View): ReadonlyMap<string, number> {
	const widths = known.get(view) ?? measure(view);
	known.set(view, widths);
	return widths;
}

function measure(view: View): ReadonlyMap<string, number> {
	const rows: readonly Row[] = view.rows.slice(0, LOOKED_AT);
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

/** What the table writes before a tree's names, and after the state of a node that is not read the best way. */
function added(row: Row, {unit}: Column<Row>): number {
	return row.kind === 'tree' && unit === 'name' ? row.depth * 2 + 2 : unit === 'state' ? 2 : 0;
}
