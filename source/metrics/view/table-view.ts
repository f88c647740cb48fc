import {columnsWithin} from '../columns/columns-within.ts';
import type {Column} from '../model/column.ts';
import {type StatisticsOf, stepAt} from '../model/statistics.ts';
import type {ListLevel, Query, RowOf, View} from '../model/view.ts';
import {type Filter, parseFilter} from './filter.ts';
import {orderOfNumbers} from './number-order.ts';
import type {RowTable} from './row-table.ts';
import {SlotFilter} from './slot-filter.ts';
import {SlotKeys} from './slot-keys.ts';
import {sortingOf} from './sort-rows.ts';

/** How many columns' keys are kept: those of the last sorts. */
const MOST_KEYS = 3;

/**
 * The views of a table with many rows, the same as `selectRows` gives. Keys, order and filter of the last views are kept:
 * a longer filter, another column or new samples ask no more rows than have to be.
 */
export class TableView<L extends ListLevel> {
	readonly #level: L;
	readonly #table: RowTable<RowOf[L]>;
	readonly #filter: SlotFilter<RowOf[L]>;
	/** By column; the last one used last. */
	readonly #keys = new Map<string, SlotKeys<RowOf[L]>>();
	#sorted: {readonly key: string; readonly order: Uint32Array} | undefined;

	constructor(level: L, table: RowTable<RowOf[L]>) {
		this.#level = level;
		this.#table = table;
		this.#filter = new SlotFilter(table);
	}

	view(
		{sort, filter: text = '', windowMs = 0}: Pick<Query<L>, 'sort' | 'filter' | 'windowMs'>,
		nowMs: number,
		atMs: number,
		statistics?: StatisticsOf,
	): View<L> {
		const columns = columnsWithin(this.#level, statistics);
		const order = this.#orderBy(columns, sort, windowMs, nowMs);
		const filter = parseFilter<RowOf[L]>(text, columns);
		return {
			level: this.#level,
			columns,
			rows: isAll(filter, text) ? this.#all(order) : this.#passing(order, text, filter, nowMs),
			total: order.length,
			atMs,
		};
	}

	#all(order: Uint32Array): ReadonlyArray<RowOf[L]> {
		const {rows} = this.#table;
		const all: Array<RowOf[L]> = [];
		for (const slot of order) {
			const row = rows[slot];
			if (row !== undefined) {
				all.push(row);
			}
		}

		return all;
	}

	#passing(
		order: Uint32Array,
		text: string,
		filter: Filter<RowOf[L]>,
		nowMs: number,
	): ReadonlyArray<RowOf[L]> {
		const passes = this.#filter.at(text, filter, nowMs);
		const {rows} = this.#table;
		const passing: Array<RowOf[L]> = [];
		for (const slot of order) {
			const row = rows[slot];
			if (passes[slot] === 1 && row !== undefined) {
				passing.push(row);
			}
		}

		return passing;
	}

	#orderBy(
		columns: ReadonlyArray<Column<RowOf[L]>>,
		sort: Query<L>['sort'],
		windowMs: number,
		nowMs: number,
	): Uint32Array {
		const {column, isDescending} = sortingOf(columns, sort);
		if (column === undefined) {
			return this.#table.order;
		}

		const isOfWindow = column.ofWindow !== undefined;
		const time = column.unit === 'durationMs' ? nowMs : isOfWindow ? stepAt(windowMs, nowMs) : '';
		const id = isOfWindow ? `${column.id} ${windowMs}` : column.id;
		const key = `${id} ${isDescending} ${this.#table.version} ${time}`;
		if (this.#sorted?.key !== key) {
			const keys = this.#keys.get(id) ?? new SlotKeys(this.#table, column, isOfWindow ? windowMs : undefined);
			this.#keys.delete(id);
			this.#keys.set(id, keys);
			for (const oldest of this.#keys.keys()) {
				if (this.#keys.size > MOST_KEYS) {
					this.#keys.delete(oldest);
				}
			}

			this.#sorted = {key, order: sortedSlots(this.#table.order, keys.at(nowMs), isDescending)};
		}

		return this.#sorted.order;
	}
}

/** Whether a filter hides nothing. */
function isAll(filter: {readonly kind: string}, text: string): boolean {
	return text === '' || filter.kind === 'problem';
}

/** Slots by their keys, unknown ones last; those with the same key as they stand. */
function sortedSlots(slots: Uint32Array, keys: Float64Array, isDescending: boolean): Uint32Array {
	const known = new Uint32Array(slots.length);
	const numbers = new Float64Array(slots.length);
	const sorted = new Uint32Array(slots.length);
	let count = 0;
	let unknown = 0;
	for (const slot of slots) {
		const key = keys[slot] ?? Number.NaN;
		if (Number.isNaN(key)) {
			sorted[unknown++] = slot;
		} else {
			known[count] = slot;
			numbers[count++] = isDescending ? -key : key;
		}
	}

	sorted.copyWithin(count, 0, unknown);
	const order = orderOfNumbers(numbers.subarray(0, count));
	for (let place = 0; place < count; place++) {
		sorted[place] = known[order[place] ?? 0] ?? 0;
	}

	return sorted;
}
