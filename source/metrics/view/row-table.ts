import type {KeptName, Row} from '../model/row.ts';
import {CopyOnWrite} from './copy-on-write.ts';
import {compareIdentity, namespaceOf} from './identity.ts';
import {sortedByNamespace} from './namespace-order.ts';
import {compareNatural} from './natural-order.ts';
import {SlotOrder, type SlotSort} from './slot-order.ts';
import {NOT_LISTED} from './slots-by-number.ts';

type Part<R> = {readonly rows: readonly R[]; readonly slots: Uint32Array};

const NO_SLOTS = new Uint32Array(0);

/** Another moment of the rows of a table, which have the same facts then, and other figures. */
export type OtherMoment<R> = {
	/** The row in a slot at this moment, to be read at once. */
	rowAt(slot: number, row: R): R;
	/** Puts the numbers of a series at this moment into an array by slot, NaN where they are unknown; false where rows are to be asked. */
	fill(series: KeptName, numbers: Float64Array): boolean;
	/** The same for rows that are kept, of this moment for good. */
	lend(): (slot: number, row: R) => R;
};

/** Of how many rows that were shown it is known where they are. */
const MOST_SHOWN = 4096;

/**
 * All rows of one level, each in a slot that it keeps as long as it is there, so that what is known of a row by its slot
 * (its place among names, its sort key, whether it passes a filter) is computed again only when it changed. Rows come in
 * parts, such as those of one node. `settle` takes new rows in, and those that are gone out, in the order of names.
 */
export class RowTable<R extends Row> {
	readonly #partOf: ((id: string) => unknown) | undefined;
	#parts = new Map<unknown, Part<R>>();
	#rows = new CopyOnWrite<R[]>([]);
	#free: number[] = [];
	readonly #compare = (one: number, other: number): number => {
		const [row, otherRow] = [this.rows[one], this.rows[other]];
		return row === undefined || otherRow === undefined ? 0 : compareIdentity(row, otherRow);
	};
	readonly #sort: SlotSort = slots => sortedByNamespace(slots, slot => this.rows[slot]);
	#order = new SlotOrder(this.#compare, this.#sort);
	/** As of an order. */
	#places: {readonly order: Uint32Array; readonly bySlot: Uint32Array} | undefined;
	#stamps = new CopyOnWrite<Uint32Array>(new Uint32Array(1024));
	#version = 0;
	readonly #moment: OtherMoment<R> | undefined;
	#figuresVersion = -1;
	/** Where rows are that were shown lately. */
	readonly #slotOf = new Map<string, number>();
	/** Ids that were looked for in vain. */
	#missing: {readonly version: number; readonly ids: Set<string>} = {version: 0, ids: new Set()};

	/**
	 * `partOf`: the only part that may have the row with an id; left out where all are searched. `moment`: of which rows are
	 * given, instead of that of the rows themselves.
	 */
	constructor(partOf?: (id: string) => unknown, moment?: OtherMoment<R>) {
		this.#partOf = partOf;
		this.#moment = moment;
	}

	/** Another table that begins with the rows of this one. */
	fork(partOf?: (id: string) => unknown, moment?: OtherMoment<R>): RowTable<R> {
		const fork = new RowTable<R>(partOf, moment);
		fork.#parts = new Map(this.#parts);
		fork.#rows = this.#rows.fork();
		fork.#free = [...this.#free];
		fork.#order = this.#order.fork(fork.#compare, fork.#sort);
		fork.#places = this.#places;
		fork.#stamps = this.#stamps.fork();
		fork.#version = this.#version;
		return fork;
	}

	/** Grows with every change. */
	get version(): number {
		return this.#version;
	}

	/** How many slots there are, used or free. */
	get slotCount(): number {
		return this.rows.length;
	}

	/** The slots of rows by namespace, pod and name. */
	get order(): Uint32Array {
		return this.#order.slots;
	}

	/** By slot, its place in `order`; `NOT_LISTED` for one that is not in it, and none for those after the last that is. Never changed. */
	get places(): Uint32Array {
		const {order} = this;
		if (this.#places?.order !== order) {
			const bySlot = new Uint32Array(this.rows.length).fill(NOT_LISTED);
			for (let place = 0; place < order.length; place++) {
				bySlot[order[place] ?? 0] = place;
			}

			this.#places = {order, bySlot};
		}

		return this.#places.bySlot;
	}

	/** By slot, at whatever moment; of a free slot the row that was in it last. */
	get rows(): readonly R[] {
		return this.#rows.current;
	}

	/** A row in a slot as it is at the moment of the table, to be read at once. */
	rowAt(slot: number, row: R): R {
		return this.#moment === undefined ? row : this.#moment.rowAt(slot, row);
	}

	/** Puts the numbers of a series at the moment of the table into an array by slot; returns false where rows are to be asked. */
	fill(series: KeptName, numbers: Float64Array): boolean {
		return this.#moment?.fill(series, numbers) === true;
	}

	/** The same, of this moment for good: the table goes on with a copy. */
	lend(): (slot: number) => R | undefined {
		const rows = this.#rows.lend();
		const rowAt = this.#moment?.lend();
		return rowAt === undefined
			? slot => rows[slot]
			: slot => {
					const row = rows[slot];
					return row === undefined ? undefined : rowAt(slot, row);
				};
	}

	/** The moment of the table is another one. */
	moved(): void {
		this.#version++;
		this.#figuresVersion = this.#version;
	}

	/** The version at which the figures of all rows changed. */
	get figuresVersion(): number {
		return this.#figuresVersion;
	}

	/** By slot, the version at which its row changed. */
	get stamps(): Uint32Array {
		return this.#stamps.current;
	}

	/**
	 * The slot of the row with an id, or the one in which it was shown lately if it is gone; -1 if there is none. A part is
	 * searched where the row was not shown.
	 */
	slotOf(id: string): number {
		const known = this.#slotOf.get(id) ?? -1;
		if (this.rows[known]?.id === id && this.#isListed(known)) {
			return known;
		}

		if (this.#missing.version !== this.#version) {
			this.#missing = {version: this.#version, ids: new Set()};
		}

		const found = this.#missing.ids.has(id) ? undefined : this.#search(id);
		if (found === undefined) {
			this.#missing.ids.add(id);
			return known;
		}

		this.#keepSlot(id, found);
		return found;
	}

	#search(id: string): number | undefined {
		if (this.#partOf === undefined) {
			return this.order.find(slot => this.rows[slot]?.id === id);
		}

		const part = this.#parts.get(this.#partOf(id));
		const slot = part?.slots[part.rows.findIndex(row => row.id === id)];
		return slot !== undefined && this.#isListed(slot) ? slot : undefined;
	}

	#isListed(slot: number): boolean {
		return (this.places[slot] ?? NOT_LISTED) !== NOT_LISTED;
	}

	/** Notes that rows are shown: such a row may be selected, and is looked for then. */
	show(slots: Uint32Array): void {
		for (const slot of slots) {
			const row = this.rows[slot];
			if (row !== undefined) {
				this.#keepSlot(row.id, slot);
			}
		}
	}

	#keepSlot(id: string, slot: number): void {
		if (this.#slotOf.size >= MOST_SHOWN) {
			this.#slotOf.clear();
		}

		this.#slotOf.set(id, slot);
	}

	/** The rows in a namespace, which follow each other in `order`. */
	within(namespace: string): readonly R[] {
		const {order} = this;
		const compareAt = (place: number): number => {
			const row = this.rows[order[place] ?? 0];
			return row === undefined ? 0 : compareNatural(namespaceOf(row), namespace);
		};
		let [low, high] = [0, order.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			[low, high] = compareAt(middle) < 0 ? [middle + 1, high] : [low, middle];
		}

		const rowIn = this.lend();
		const found: R[] = [];
		for (let place = low; place < order.length; place++) {
			const row = this.rows[order[place] ?? 0];
			if (row !== undefined && namespaceOf(row) === namespace) {
				found.push(rowIn(order[place] ?? 0) ?? row);
			} else if (compareAt(place) !== 0) {
				// Two names may have the same place in their order.
				break;
			}
		}

		return found;
	}

	/** Replaces the rows of a part; none takes it out. */
	set(key: unknown, rows: readonly R[]): void {
		const before = this.#parts.get(key);
		if (before?.rows === rows) {
			return;
		}

		this.#version++;
		const slots =
			before !== undefined && isSame(before.rows, rows) ? before.slots : this.#place(before, rows);
		if (rows.length === 0) {
			this.#parts.delete(key);
		} else {
			this.#parts.set(key, {rows, slots});
		}

		for (let place = 0; place < rows.length; place++) {
			const slot = slots[place] ?? 0;
			const row = rows[place];
			if (row !== undefined && this.rows[slot] !== row) {
				this.#rows.own()[slot] = row;
				this.#stamps.own()[slot] = this.#version;
			}
		}
	}

	/** The slots of the rows of a part: the same array as long as each row stands for the same object. */
	slotsOf(key: unknown): Uint32Array {
		return this.#parts.get(key)?.slots ?? NO_SLOTS;
	}

	/** The parts that are there. */
	get keys(): Iterable<unknown> {
		return this.#parts.keys();
	}

	/** Goes on as long as there is time. Returns whether `order` has all rows, and no other. */
	settle(hasTime: () => boolean): boolean {
		this.#order.advance(hasTime, left => {
			this.#version++;
			for (const slot of left) {
				this.#free.push(slot);
			}
		});
		return this.#order.isSettled;
	}

	#place(before: Part<R> | undefined, rows: readonly R[]): Uint32Array {
		if (before === undefined) {
			return Uint32Array.from(rows, row => this.#allocate(row));
		}

		const known = new Map<string, number>();
		before.rows.forEach((row, place) => {
			const slot = before.slots[place] ?? 0;
			if (known.has(row.id)) {
				this.#order.remove(slot);
			} else {
				known.set(row.id, slot);
			}
		});
		const slots = new Uint32Array(rows.length);
		for (const [place, row] of rows.entries()) {
			const slot = known.get(row.id);
			const rowBefore = slot === undefined ? undefined : this.rows[slot];
			if (slot !== undefined && rowBefore !== undefined && isSameObject(rowBefore, row)) {
				slots[place] = slot;
				known.delete(row.id);
			} else {
				slots[place] = this.#allocate(row);
			}
		}

		for (const slot of known.values()) {
			this.#order.remove(slot);
		}

		return slots;
	}

	#allocate(row: R): number {
		const slot = this.#free.pop() ?? this.rows.length;
		this.#rows.own()[slot] = row;
		if (slot >= this.stamps.length) {
			const more = new Uint32Array(this.stamps.length * 2);
			more.set(this.stamps);
			this.#stamps.replace(more);
		}

		this.#stamps.own()[slot] = this.#version;
		this.#order.add(slot);
		return slot;
	}
}

/** Whether rows stand for the same objects, in the same order. */
function isSame<R extends Row>(before: readonly R[], after: readonly R[]): boolean {
	return (
		before.length === after.length &&
		before.every((row, place) => {
			const other = after[place];
			return other !== undefined && (row === other || isSameObject(row, other));
		})
	);
}

/** Whether rows stand for the same object; mostly they share what names it. */
function isSameObject(one: Row, other: Row): boolean {
	return (
		('identity' in one && 'identity' in other && one.identity === other.identity) ||
		compareIdentity(one, other) === 0
	);
}
