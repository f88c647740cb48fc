import {type Packing, UNKNOWN} from './packing.ts';
import {type ColumnOfValues, NO_VALUES} from './tick-ring.ts';

/** By at least this share the slots grow, so that a machine of thousands of containers seldom copies them. */
const SLOT_GROWTH = 1 / 8;

/** Moments that a series has room for at first. The room doubles as they come, up to the capacity of the ring. */
const FIRST_MOMENTS = 8;

/**
 * The values of many objects of one kind over the moments of one `TickRing`, an array of packed values for each series.
 * Unknown is NaN. Memory is taken only for what is known: a series that no object has takes none, and the first minutes of
 * a long window little. Slots of objects that went are reused. Exact newest values are in the rows.
 */
export class SeriesSlab {
	readonly #packings: readonly Packing[];
	/** The most positions that there are. */
	#capacity: number;
	readonly #slotsAtOnce: number;
	/** Undefined while no object has a value of the series. */
	readonly #columns: Array<Uint16Array | undefined>;
	readonly #free: number[] = [];
	#slots = 0;
	/** Moments that each slot has room for. */
	#length: number;

	/** One packing for each column. */
	constructor(packings: readonly Packing[], capacity: number, slotsAtOnce: number) {
		this.#packings = packings;
		this.#columns = packings.map(() => undefined);
		this.#capacity = capacity;
		this.#slotsAtOnce = slotsAtOnce;
		this.#length = Math.min(FIRST_MOMENTS, capacity);
	}

	/** Bytes of all arrays, used or free. */
	get byteLength(): number {
		return this.#columns.reduce((bytes, values) => bytes + (values?.byteLength ?? 0), 0);
	}

	/** How many series have memory, used or free: each takes two bytes for every position. */
	get series(): number {
		return this.#columns.reduce((series, values) => series + (values === undefined ? 0 : this.#slots), 0);
	}

	/** A slot with every value unknown. */
	allocate(): number {
		if (this.#free.length === 0) {
			const first = this.#slots;
			const added = Math.max(this.#slotsAtOnce, Math.floor(first * SLOT_GROWTH));
			this.#resize(first + added, this.#length);
			for (let slot = first + added - 1; slot >= first; slot--) {
				this.#free.push(slot);
			}
		}

		const slot = this.#free.pop() ?? 0;
		for (const values of this.#columns) {
			values?.fill(UNKNOWN, slot * this.#length, (slot + 1) * this.#length);
		}

		return slot;
	}

	release(slot: number): void {
		this.#free.push(slot);
	}

	write(slot: number, column: number, position: number, value = Number.NaN): void {
		this.#check(slot);
		let values = this.#columns[column];
		const packed = this.#packings[column]?.pack(value) ?? UNKNOWN;
		if (packed === UNKNOWN) {
			if (values !== undefined && position < this.#length) {
				values[slot * this.#length + position] = packed;
			}

			return;
		}

		if (position >= this.#length) {
			this.#makeRoomFor(position);
			values = this.#columns[column];
		}

		values ??= new Uint16Array(this.#slots * this.#length).fill(UNKNOWN);
		this.#columns[column] = values;
		values[slot * this.#length + position] = packed;
	}

	/** Takes the means of two positions of all series into a third. A mean is that of what is known. */
	merge(from: number, other: number, into: number): void {
		if (from >= this.#length && other >= this.#length) {
			return;
		}

		this.#makeRoomFor(into);
		const length = this.#length;
		for (const [column, values] of this.#columns.entries()) {
			const packing = this.#packings[column];
			if (values === undefined || packing === undefined) {
				continue;
			}

			for (let first = 0; first < values.length; first += length) {
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
		for (const [column, values] of this.#columns.entries()) {
			const packing = this.#packings[column];
			if (values === undefined || packing === undefined) {
				continue;
			}

			const after = new Uint16Array(this.#slots * length).fill(UNKNOWN);
			for (let slot = 0; slot < this.#slots; slot++) {
				const own = values.subarray(slot * before, (slot + 1) * before);
				for (const [into, from] of sources) {
					after[slot * length + into] = meanOf(packing, ...from.map(position => own[position] ?? UNKNOWN));
				}
			}

			this.#columns[column] = after;
		}

		this.#capacity = capacity;
		this.#length = length;
	}

	/** Puts the values of all series at a position into `into`: NaN where unknown, and all without a position. */
	readAll(slot: number, position: number | undefined, into: Float64Array): void {
		this.#check(slot);
		for (let column = 0; column < this.#columns.length; column++) {
			const [values, packing] = [this.#columns[column], this.#packings[column]];
			into[column] =
				values === undefined || packing === undefined || position === undefined || position >= this.#length
					? Number.NaN
					: packing.unpack(values[slot * this.#length + position] ?? UNKNOWN);
		}
	}

	/** Where the values of a column lie, by position, until the next `write` or `allocate`. */
	column(slot: number, column: number): ColumnOfValues {
		this.#check(slot);
		const values = this.#columns[column];
		const packing = this.#packings[column];
		return values === undefined || packing === undefined
			? NO_VALUES
			: {values, offset: slot * this.#length, length: this.#length, packing};
	}

	#check(slot: number): void {
		if (slot >= this.#slots) {
			throw new RangeError(`series slot ${slot} was never allocated`);
		}
	}

	#makeRoomFor(position: number): void {
		if (position >= this.#length) {
			this.#resize(this.#slots, Math.min(Math.max(this.#length * 2, position + 1), this.#capacity));
		}
	}

	#resize(slots: number, length: number): void {
		for (const [column, before] of this.#columns.entries()) {
			if (before !== undefined) {
				const after = new Uint16Array(slots * length).fill(UNKNOWN);
				for (let slot = 0; slot < this.#slots; slot++) {
					after.set(before.subarray(slot * this.#length, (slot + 1) * this.#length), slot * length);
				}

				this.#columns[column] = after;
			}
		}

		this.#slots = slots;
		this.#length = length;
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
