import {isSampled} from '../model/row-list.ts';
import {SlicedRows} from './sliced-rows.ts';
import {type SlotList, slotsBefore} from './slot-list.ts';

/** A list of more rows is not shown, as no screen has as many lines, but looked through. */
const MOST_SHOWN = 400;

/** Where rows are in their table, which may have changed since a list was made. */
export type RowPlaces = {
	/** Of a row that is gone, the slot in which it was shown lately; -1 if there is no row with an id. */
	slotOf(id: string): number;
	/** Notes that rows are shown, and may be asked for by their ids. */
	show(slots: Uint32Array): void;
};

/** The row in a slot, always the same. */
type RowInSlot<R> = (slot: number) => R | undefined;

/** The UTF-16 units of the longest text that a column, by its id, says of rows in some slots. */
type LongestText = (columnId: string, slots: Uint32Array) => number;

/** Rows by their slots in the order of a view: only those that are asked for are looked up. */
export class OrderedRows<R extends {readonly id: string}> extends SlicedRows<R> {
	readonly #rowIn: RowInSlot<R>;
	readonly #slots: SlotList;
	readonly #table: RowPlaces;
	readonly #longestText: LongestText | undefined;
	#sampled: {readonly count: number; readonly slots: Uint32Array} | undefined;

	/** The rows of a table as of now. `longestText`: left out where rows are to be asked. */
	constructor(rowIn: RowInSlot<R>, slots: SlotList, table: RowPlaces, longestText?: LongestText) {
		super();
		this.#rowIn = rowIn;
		this.#slots = slots;
		this.#table = table;
		this.#longestText = longestText;
	}

	get length(): number {
		return this.#slots.length;
	}

	at(index: number): R | undefined {
		const slot = this.#slots.at(index);
		return slot === undefined ? undefined : this.#rowIn(slot);
	}

	readonly placeOf = (id: string): number => {
		const slot = this.#slotOf(id);
		return slot === -1 ? -1 : this.#slots.placeOf(slot);
	};

	slice(start?: number, end?: number): readonly R[] {
		const slots = this.#slots.slice(start, end);
		if (slots.length <= MOST_SHOWN) {
			this.#table.show(slots);
		}

		return this.#rowsIn(slots);
	}

	sample(count: number): readonly R[] {
		return this.#rowsIn(this.#slots.sample(count));
	}

	longestText(columnId: string, count: number): number | undefined {
		if (this.#longestText === undefined) {
			return undefined;
		}

		if (this.#sampled?.count !== count) {
			const slots = isSampled(this, count) ? this.#slots.sample(count) : this.#slots.slice();
			this.#sampled = {count, slots};
		}

		return this.#longestText(columnId, this.#sampled.slots);
	}

	#rowsIn(slots: Uint32Array): readonly R[] {
		const rows: R[] = [];
		for (const slot of slots) {
			const row = this.#rowIn(slot);
			if (row !== undefined) {
				rows.push(row);
			}
		}

		return rows;
	}

	/** Rows with some ids first, and all others as they stand. */
	withFirst(ids: ReadonlySet<string>): OrderedRows<R> {
		const slots = [...ids].map(id => this.#slotOf(id)).filter(slot => slot !== -1);
		const [first, others] = this.#slots.split(new Set(slots));
		return first.length === 0
			? this
			: new OrderedRows(this.#rowIn, slotsBefore(first, others), this.#table, this.#longestText);
	}

	#slotOf(id: string): number {
		const slot = this.#table.slotOf(id);
		return this.#rowIn(slot)?.id === id ? slot : -1;
	}
}
