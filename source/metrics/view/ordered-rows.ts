import type {RowList} from '../model/row-list.ts';

/** Rows by their slots in the order of a view: only those that are asked for are looked up. */
export class OrderedRows<R extends {readonly id: string}> implements RowList<R> {
	/** By slot; never changed. */
	readonly #rows: readonly R[];
	readonly #slots: Uint32Array;
	readonly #slotOf: (id: string) => number;

	/** `slotOf` tells where a row is most likely. */
	constructor(rows: readonly R[], slots: Uint32Array, slotOf: (id: string) => number) {
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
		const place = this.#rows[slot]?.id === id ? this.#slots.indexOf(slot) : -1;
		return place === -1 ? this.#slots.findIndex(other => this.#rows[other]?.id === id) : place;
	};

	slice(start?: number, end?: number): readonly R[] {
		const rows: R[] = [];
		for (const slot of this.#slots.subarray(start, end)) {
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
