import {type Packing, UNKNOWN} from './packing.ts';
import {type ColumnOfValues, NO_VALUES} from './tick-ring.ts';

/** By at least this share the slots grow, so that a machine of thousands of containers seldom copies them. */
const SLOT_GROWTH = 1 / 8;

/** Moments that a series has room for at first. The room doubles as they come, up to the capacity of the ring. */
const FIRST_MOMENTS = 8;

/** The place of a series that no object has. */
const NOWHERE = -1;

/**
 * The values of many objects of one kind over the moments of one `TickRing`, packed. Series by series they lie in one array:
 * of thousands of nodes, an array for each series would take as much beside the values as the values of some minutes.
 * Unknown is NaN. Memory is taken only for what is known: a series that no object has takes none, and the first minutes of
 * a long window little. Slots of objects that went are reused. Exact newest values are in the rows.
 */
export class SeriesSlab {
	readonly #packings: readonly Packing[];
	/** The most positions that there are. */
	#capacity: number;
	readonly #slotsAtOnce: number;
	#values = NO_VALUES.values;
	/** By column, the place of its series among those of which any object has a value, or `NOWHERE`. */
	readonly #places: number[];
	/** How many there are of them. */
	#known = 0;
	readonly #free: number[] = [];
	#slots = 0;
	/** Moments that each slot has room for. */
	#length: number;

	/** One packing for each column. */
	constructor(packings: readonly Packing[], capacity: number, slotsAtOnce: number) {
		this.#packings = packings;
		this.#places = packings.map(() => NOWHERE);
		this.#capacity = capacity;
		this.#slotsAtOnce = slotsAtOnce;
		this.#length = Math.min(FIRST_MOMENTS, capacity);
	}

	/** Bytes of all arrays, used or free. */
	get byteLength(): number {
		return this.#values.byteLength;
	}

	/** How many series have memory, used or free: each takes two bytes for every position. */
	get series(): number {
		return this.#known * this.#slots;
	}

	/** A slot with every value unknown. */
	allocate(): number {
		if (this.#free.length === 0) {
			const first = this.#slots;
			const added = Math.max(this.#slotsAtOnce, Math.floor(first * SLOT_GROWTH));
			this.#resize(first + added, this.#length, this.#known);
			for (let slot = first + added - 1; slot >= first; slot--) {
				this.#free.push(slot);
			}
		}

		const slot = this.#free.pop() ?? 0;
		for (let place = 0; place < this.#known; place++) {
			const first = this.#firstOf(place, slot);
			this.#values.fill(UNKNOWN, first, first + this.#length);
		}

		return slot;
	}

	release(slot: number): void {
		this.#free.push(slot);
	}

	write(slot: number, column: number, position: number, value = Number.NaN): void {
		this.#check(slot);
		const packed = this.#packings[column]?.pack(value) ?? UNKNOWN;
		let place = this.#places[column] ?? NOWHERE;
		if (packed === UNKNOWN && (place === NOWHERE || position >= this.#length)) {
			return;
		}

		this.#makeRoomFor(position);
		if (place === NOWHERE) {
			place = this.#placeOf(column);
		}

		this.#values[this.#firstOf(place, slot) + position] = packed;
	}

	/** Takes the means of two positions of all series into a third. A mean is that of what is known. */
	merge(from: number, other: number, into: number): void {
		if (from >= this.#length && other >= this.#length) {
			return;
		}

		this.#makeRoomFor(into);
		const length = this.#length;
		const values = this.#values;
		for (const [packing, place] of this.#series()) {
			const end = this.#firstOf(place + 1, 0);
			for (let first = this.#firstOf(place, 0); first < end; first += length) {
				const one = values[first + from] ?? UNKNOWN;
				const two = other < length ? (values[first + other] ?? UNKNOWN) : UNKNOWN;
				values[first + into] = meanOf(packing, one, two);
			}
		}
	}

	/** Lays all series out anew, with as many positions: at each the mean of what is known at those positions of before. */
	arrange(capacity: number, sources: ReadonlyMap<number, readonly number[]>): void {
		const before = this.#length;
		const length = Math.min(capacity, Math.max(FIRST_MOMENTS, ...[...sources.keys()].map(last => last + 1)));
		const after = new Uint16Array(this.#known * this.#slots * length).fill(UNKNOWN);
		for (const [packing, place] of this.#series()) {
			for (let slot = 0; slot < this.#slots; slot++) {
				const first = this.#firstOf(place, slot);
				const own = this.#values.subarray(first, first + before);
				const to = (place * this.#slots + slot) * length;
				for (const [into, from] of sources) {
					after[to + into] = meanOf(packing, ...from.map(position => own[position] ?? UNKNOWN));
				}
			}
		}

		this.#values = after;
		this.#capacity = capacity;
		this.#length = length;
	}

	/** One value; NaN where it is unknown. */
	valueAt(slot: number, column: number, position: number): number {
		const [place = NOWHERE, packing] = [this.#places[column], this.#packings[column]];
		return place === NOWHERE || packing === undefined || slot < 0 || position < 0 || position >= this.#length
			? Number.NaN
			: packing.unpack(this.#values[this.#firstOf(place, slot) + position] ?? UNKNOWN);
	}

	/** The same of many objects, each put into a place of its own; `slots` has theirs by that. */
	valuesAt(
		slots: Uint32Array,
		column: number,
		position: number,
		into: Float64Array,
		places: Uint32Array,
	): void {
		const [place = NOWHERE, packing, values] = [this.#places[column], this.#packings[column], this.#values];
		const isUnknown = place === NOWHERE || packing === undefined || position < 0 || position >= this.#length;
		const first = this.#firstOf(place, 0) + position;
		const length = this.#length;
		for (let index = 0; index < places.length; index++) {
			const to = places[index] ?? 0;
			into[to] = isUnknown
				? Number.NaN
				: packing.unpack(values[first + (slots[to] ?? 0) * length] ?? UNKNOWN);
		}
	}

	/** Where the values of a column lie, by position, until the next `write` or `allocate`. None of a slot below 0. */
	column(slot: number, column: number): ColumnOfValues {
		this.#check(slot);
		const [place = NOWHERE, packing] = [this.#places[column], this.#packings[column]];
		return place === NOWHERE || packing === undefined || slot < 0
			? NO_VALUES
			: {values: this.#values, offset: this.#firstOf(place, slot), length: this.#length, packing};
	}

	/** Where the values of a series of one object begin. */
	#firstOf(place: number, slot: number): number {
		return (place * this.#slots + slot) * this.#length;
	}

	/** The place of a series of which the first value comes. */
	#placeOf(column: number): number {
		const place = this.#known;
		this.#resize(this.#slots, this.#length, place + 1);
		this.#places[column] = place;
		return place;
	}

	/** The series that have a place. */
	*#series(): Generator<readonly [packing: Packing, place: number], void, undefined> {
		for (const [column, place] of this.#places.entries()) {
			const packing = this.#packings[column];
			if (place !== NOWHERE && packing !== undefined) {
				yield [packing, place];
			}
		}
	}

	#check(slot: number): void {
		if (slot >= this.#slots) {
			throw new RangeError(`series slot ${slot} was never allocated`);
		}
	}

	#makeRoomFor(position: number): void {
		if (position >= this.#length) {
			const length = Math.min(Math.max(this.#length * 2, position + 1), this.#capacity);
			this.#resize(this.#slots, length, this.#known);
		}
	}

	#resize(slots: number, length: number, known: number): void {
		const before = this.#values;
		if (known > 0) {
			this.#values = new Uint16Array(known * slots * length).fill(UNKNOWN);
		}

		for (let place = 0; place < this.#known; place++) {
			for (let slot = 0; slot < this.#slots; slot++) {
				const first = this.#firstOf(place, slot);
				this.#values.set(before.subarray(first, first + this.#length), (place * slots + slot) * length);
			}
		}

		this.#slots = slots;
		this.#length = length;
		this.#known = known;
	}
}

/** The mean of packed values that are known; of equal ones exactly that. */
function meanOf(packing: Packing, ...packed: readonly number[]): number {
	let sum = 0;
	let count = 0;
	let [least, most] = [UNKNOWN, 0];
	for (const one of packed) {
		if (one !== UNKNOWN) {
			sum += packing.unpack(one);
			count++;
			least = Math.min(least, one);
			most = Math.max(most, one);
		}
	}

	return count === 0 ? UNKNOWN : least === most ? least : packing.pack(sum / count);
}
