import {type Column, isText} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import type {Level, Query} from '../model/view.ts';
import {compareIdentity} from './identity.ts';
import {compareNatural} from './natural-order.ts';
import {orderOfNumbers} from './number-order.ts';

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
	const {column, isDescending} = sortingOf(columns, sort);
	return column === undefined || rows.length < 2
		? rows
		: isText(column.unit)
			? sortByText(rows, column, isDescending, nowMs)
			: sortByNumber(rows, column, isDescending, nowMs);
}

function sortByNumber<R extends Row>(
	rows: readonly R[],
	column: Column<R>,
	isDescending: boolean,
	nowMs: number,
): readonly R[] {
	const known: R[] = [];
	const unknown: R[] = [];
	const keys: number[] = [];
	for (const row of rows) {
		const key = column.value(row, nowMs);
		if (typeof key === 'number') {
			known.push(row);
			keys.push(key);
		} else {
			unknown.push(row);
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

		for (const row of end - first > 1 ? same.sort(compareIdentity) : same) {
			sorted.push(row);
		}

		first = end;
	}

	return sorted.concat(unknown.sort(compareIdentity));
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

function sortByText<R extends Row>(
	rows: readonly R[],
	column: Column<R>,
	isDescending: boolean,
	nowMs: number,
): readonly R[] {
	const sign = isDescending ? -1 : 1;
	return rows
		.map(row => ({row, key: column.value(row, nowMs)}))
		.sort((a, b) => {
			const order =
				a.key === undefined || b.key === undefined
					? Number(a.key === undefined) - Number(b.key === undefined)
					: sign * compareNatural(String(a.key), String(b.key));
			return order === 0 ? compareIdentity(a.row, b.row) : order;
		})
		.map(({row}) => row);
}
