import type {RowList} from '../model/row-list.ts';
import type {SlotList} from './slot-list.ts';

/** Rows by their slots in the order of a view: only those that are asked for are looked up. */
export class OrderedRows<R extends {readonly id: string}> implements RowList<R> {
	/** By slot; never changed. */
	readonly #rows: readonly R[];
	readonly #slots: SlotList;
	readonly #slotOf: (id: string) => number;

	/** `slotOf` tells where a row is most likely. */
	constructor(rows: readonly R[], slots: SlotList, slotOf: (id: string) => number) {
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

	[Symbol.iterator](): Iterator<R> {
		return this.slice()[Symbol.iterator]();
	}

	map<T>(to: (row: R) => T): T[] {
		return this.slice().map(to);
	}

	flatMap<T>(to: (row: R) => readonly T[]): T[] {
		return this.slice().flatMap(to);
	}

	filter(isWanted: (row: R) => unknown): readonly R[] {
		return this.slice().filter(isWanted);
	}

	find(isWanted: (row: R) => unknown): R | undefined {
		return this.slice().find(isWanted);
	}

	findIndex(isWanted: (row: R) => unknown): number {
		return this.slice().findIndex(isWanted);
	}

	some(isWanted: (row: R) => unknown): boolean {
		return this.slice().some(isWanted);
	}
}
