import {SlicedRows} from './sliced-rows.ts';
import type {SlotList} from './slot-list.ts';

/** Rows by their slots in the order of a view: only those that are asked for are looked up. */
export class OrderedRows<R extends {readonly id: string}> extends SlicedRows<R> {
	/** By slot; never changed. */
	readonly #rows: readonly R[];
	readonly #slots: SlotList;
	readonly #slotOf: (id: string) => number;

	/** `slotOf` tells where a row is most likely. */
	constructor(rows: readonly R[], slots: SlotList, slotOf: (id: string) => number) {
		super();
		this.#rows = rows;
		this.#slots = slots;
		this.#slotOf = slotOf;
	}

	get length(): number {
		return this.#slots.length;
	}

	at(index: number): R | undefined {
		const slot = this.#slots.at(index);
		return slot === undefined ? undefined : this.#rows[slot];
	}

	readonly placeOf = (id: string): number => {
		const slot = this.#slotOf(id);
		const place = this.#rows[slot]?.id === id ? this.#slots.placeOf(slot) : -1;
		if (place !== -1) {
			return place;
		}

		const found = this.#slots.find(other => this.#rows[other]?.id === id);
		return found === undefined ? -1 : this.#slots.placeOf(found);
	};

	slice(start?: number, end?: number): readonly R[] {
		const rows: R[] = [];
		for (const slot of this.#slots.slice(start, end)) {
			const row = this.#rows[slot];
			if (row !== undefined) {
				rows.push(row);
			}
		}

		return rows;
	}

	/** The places of rows with some ids, in their order. */
	placesOf(ids: ReadonlySet<string>): readonly number[] {
		const slots: number[] = [];
		this.#slots.find(slot => {
			const row = this.#rows[slot];
			if (row !== undefined && ids.has(row.id)) {
				slots.push(slot);
			}

			return slots.length === ids.size;
		});
		return slots.map(slot => this.#slots.placeOf(slot)).sort((one, other) => one - other);
	}
}
