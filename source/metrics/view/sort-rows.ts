import {type Column, isText} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import type {Level, Query} from '../model/view.ts';
import {compareIdentity} from './identity.ts';
import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';
import {compareNatural} from './natural-order.ts';
import {orderOfNumbers} from './number-order.ts';
import {sortedInSlices} from './slot-order.ts';

type Sort = NonNullable<Query<Level>['sort']>;

const BUSIEST_FIRST: Sort = {column: 'cpu', isDescending: true};

/** The column that a table is sorted by, and its direction: the first one where there is none of the id. */
export function sortingOf<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	sort: Sort = BUSIEST_FIRST,
): {readonly column: Column<R> | undefined; readonly isDescending: boolean} {
	const column = columns.find(({id}) => id === sort.column) ?? columns[0];
	return {column, isDescending: sort.isDescending};
}

/** In the order of a column, the unknown last in both directions; rows of which it says the same by their names. */
export function sortRows<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	sort: Query<Level>['sort'],
	rows: readonly R[],
	nowMs: number,
): readonly R[] {
	return atOnce(sortedInSteps(columns, sort, rows, nowMs));
}

/** The same in steps. */
export function* sortedInSteps<R extends Row>(
	columns: ReadonlyArray<Column<R>>,
	sort: Query<Level>['sort'],
	rows: readonly R[],
	nowMs: number,
): Steps<readonly R[]> {
	const {column, isDescending} = sortingOf(columns, sort);
	if (column === undefined || rows.length < 2) {
		return rows;
	}

	return isText(column.unit)
		? yield* sortedByText(rows, column, isDescending, nowMs)
		: yield* sortedByNumber(rows, column, isDescending, nowMs);
}

function* sortedByNumber<R extends Row>(
	rows: readonly R[],
	column: Column<R>,
	isDescending: boolean,
	nowMs: number,
): Steps<readonly R[]> {
	const known: R[] = [];
	const unknown: R[] = [];
	const keys: number[] = [];
	for (let place = 0; place < rows.length; place++) {
		const row = rows[place];
		const key = row && column.value(row, nowMs);
		if (row !== undefined && typeof key === 'number') {
			known.push(row);
			keys.push(key);
		} else if (row !== undefined) {
			unknown.push(row);
		}

		if (place % ROWS_A_STEP === ROWS_A_STEP - 1) {
			yield;
		}
	}

	const numbers = Float64Array.from(keys);
	const order = orderOfNumbers(numbers);
	if (isDescending) {
		order.reverse();
	}

	const sorted: R[] = [];
	for (let first = 0; first < order.length; ) {
		const end = endOfSame(numbers, order, first);
		const same: R[] = [];
		for (let index = first; index < end; index++) {
			const row = known[order[index] ?? 0];
			if (row !== undefined) {
				same.push(row);
			}
		}

		for (const row of end - first > 1 ? yield* inSteps(same, compareIdentity) : same) {
			sorted.push(row);
		}

		first = end;
	}

	return unknown.length === 0 ? sorted : sorted.concat(yield* inSteps(unknown, compareIdentity));
}

/** The first after `first` in `order` whose key is another. */
function endOfSame(keys: Float64Array, order: Uint32Array, first: number): number {
	const key = keys[order[first] ?? 0];
	let end = first + 1;
	while (end < order.length && keys[order[end] ?? 0] === key) {
		end++;
	}

	return end;
}

function* sortedByText<R extends Row>(
	rows: readonly R[],
	column: Column<R>,
	isDescending: boolean,
	nowMs: number,
): Steps<readonly R[]> {
	const sign = isDescending ? -1 : 1;
	const keyed: Array<{readonly row: R; readonly key: ReturnType<typeof column.value>}> = [];
	for (const row of rows) {
		keyed.push({row, key: column.value(row, nowMs)});
		if (keyed.length % ROWS_A_STEP === 0) {
			yield;
		}
	}

	const sorted = yield* inSteps(keyed, (a, b) => {
		const order =
			a.key === undefined || b.key === undefined
				? Number(a.key === undefined) - Number(b.key === undefined)
				: sign * compareNatural(String(a.key), String(b.key));
		return order === 0 ? compareIdentity(a.row, b.row) : order;
	});
	return sorted.map(({row}) => row);
}

/** In an order, by comparing. */
function* inSteps<T>(items: T[], compare: (one: T, other: T) => number): Steps<readonly T[]> {
	if (items.length <= ROWS_A_STEP) {
		return items.sort(compare);
	}

	const places = yield* sortedInSlices(
		Uint32Array.from(items, (_, place) => place),
		(one, other) => {
			const [item, otherItem] = [items[one], items[other]];
			return item === undefined || otherItem === undefined ? 0 : compare(item, otherItem);
		},
	);
	const sorted: T[] = [];
	for (const place of places) {
		const item = items[place];
		if (item !== undefined) {
			sorted.push(item);
		}
	}

	return sorted;
}
