import {type Column, isText} from '../../../metrics/model/column.ts';
import type {Row} from '../../../metrics/model/row.ts';
import {sampleOfRows} from '../../../metrics/model/row-list.ts';
import type {View} from '../../../metrics/model/view.ts';

/** About how many rows of a large table are measured, beside those on the screen: a text is computed for each. */
const MEASURED_ROWS = 500;

type Measured = {
	readonly level: View['level'];
	readonly rows: readonly Row[];
	/** The longest text of a column, by its id and the most cells. */
	readonly widths: Map<string, number>;
};

const cache = new WeakMap<View, Measured>();

/** What was measured last: in another order, the same rows of a large table are looked at. */
let last: Measured | undefined;

/**
 * The cells that the longest text of a text column takes, or `most` if it takes more; undefined for other columns. In a
 * large table, some rows from all over it are measured, so that the width hardly depends on the order, and the rows `shown`
 * on the screen.
 */
export function nameWidth(view: View, shown: readonly Row[], id: string, most: number): number | undefined {
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const column = columns.find(known => known.id === id);
	if (column === undefined || !isText(column.unit)) {
		return undefined;
	}

	const longest = view.rows.longestText?.(id, MEASURED_ROWS);
	const width =
		longest === undefined
			? measuredWidth(view, column, most)
			: Math.min(Math.max(longest, 1) + addedByUnit(column), most);
	return Math.max(width, longestOf(shown, view, column, most));
}

function measuredWidth(view: View, column: Column<Row>, most: number): number {
	const {rows, widths} = measuredIn(view);
	const key = `${column.id} ${most}`;
	const width = widths.get(key) ?? longestOf(rows, view, column, most);
	widths.set(key, width);
	return width;
}

function measuredIn(view: View): Measured {
	const known = cache.get(view);
	if (known !== undefined) {
		return known;
	}

	const {level} = view;
	const rows = sampleOfRows<Row>(view.rows, MEASURED_ROWS);
	const measured = last?.level === level && isSame(last.rows, rows) ? last : {level, rows, widths: new Map()};
	cache.set(view, measured);
	last = measured;
	return measured;
}

function isSame(some: readonly Row[], others: readonly Row[]): boolean {
	return some.length === others.length && some.every((row, place) => row === others[place]);
}

/** The cells of the longest text of a column, at most `most`. */
function longestOf(rows: readonly Row[], view: View, column: Column<Row>, most: number): number {
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
function added(row: Row, column: Column<Row>): number {
	return row.kind === 'tree' && column.unit === 'name' ? row.depth * 2 + 2 : addedByUnit(column);
}

function addedByUnit({unit}: Column<Row>): number {
	return unit === 'state' ? 2 : 0;
}
