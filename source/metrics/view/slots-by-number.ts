import {NumberOrder} from './number-order.ts';
import {lowKey, topKey, wordsOf} from './number-words.ts';
import {type SlotList, sampleOf} from './slot-list.ts';

/** A part of this length is put in order at once: a fraction of a millisecond. */
const AT_ONCE = 4096;

/** A part of this length is put in order by insertion. */
const FEW = 24;

/** How many parts slots are divided into at most: so many counters are near at hand for a processor. */
const MOST_PARTS = 2 ** 12;

/** How many numbers are looked at to find out between which others lie. */
const SAMPLED = 512;

/** The part of a slot that is not listed. */
const NO_PART = 0xff_ff;

/** Room to sort in that is kept: arrays of megabytes that are thrown away make the garbage collector mark the whole heap. */
export class SortRoom {
	readonly numberOrder = new NumberOrder();
	readonly numbers = new Float64Array(AT_ONCE);
	readonly slots = new Uint32Array(AT_ONCE);
	readonly counts = new Uint32Array(MOST_PARTS + 1);
	#keys = new Int32Array(0);

	/** For one key of each of some slots. */
	keys(count: number): Int32Array {
		this.#keys = this.#keys.length < count ? new Int32Array(Math.ceil(count * 1.25)) : this.#keys;
		return this.#keys;
	}
}

/** What slots are put in order by, one after the other: the two words of their numbers, and their places among names. */
const TOP = 0;
const LOW = 1;
const PLACE = 2;
type Key = typeof TOP | typeof LOW | typeof PLACE;

/** Some slots in parts: each comes after the one before it, but may be in no order itself. */
type Division = {
	/** The slots; undefined where they are all, each at its own index. */
	readonly of: Uint32Array | undefined;
	/** By index, the part of a slot, or `NO_PART`. */
	readonly partOf: Uint16Array;
	/** Where each part begins, and where the last one ends. */
	readonly starts: Uint32Array;
	/** What the slots of a part are to be put in order by. */
	readonly by: (part: number) => Key;
	/** Parts that are in order, or divided further. */
	readonly known: Map<number, Uint32Array | Division>;
};

/** Which slots are listed. */
export type ListedSlots = {
	/** By slot, its place among names, or `NOT_LISTED`. Never changed. */
	readonly places: Uint32Array;
	/** By slot, 1 for those that are listed, of all that have a place. */
	readonly passes?: Uint8Array | undefined;
};

/** The place of a slot that is not listed. */
export const NOT_LISTED = 0xff_ff_ff_ff;

/**
 * Slots in the order of their numbers, put in order only where they are looked at, as a screen shows sixty of 300,000.
 * Those with the same number are in the order of names, and those without one (NaN) come last. First it is noted in which
 * part each slot is by the upper bits of its number, which grow with it, as in a radix sort; a part is picked out and put in
 * order when it is asked for. They are read as they lie in memory, which is several times as fast as in the order of names.
 */
export class SlotsByNumber implements SlotList {
	readonly length: number;
	readonly #places: Uint32Array;
	readonly #numbers: Float64Array;
	readonly #isDescending: boolean;
	readonly #room: SortRoom;
	readonly #all: Division;

	/** `numbers`: by slot, and not to be changed afterwards. `passes` may be. */
	constructor(
		{places, passes}: ListedSlots,
		numbers: Float64Array,
		isDescending: boolean,
		room = new SortRoom(),
	) {
		this.#places = places;
		this.#numbers = numbers;
		this.#isDescending = isDescending;
		this.#room = room;
		this.#all = this.#divideAll(passes);
		this.length = this.#all.starts.at(-1) ?? 0;
	}

	at(place: number): number | undefined {
		const index = place < 0 ? this.length + place : place;
		return index < 0 || index >= this.length ? undefined : this.slice(index, index + 1)[0];
	}

	slice(start = 0, end = this.length): Uint32Array {
		const [from, to] = [inList(start, this.length), inList(end, this.length)];
		return from < to ? this.#ordered(this.#all, from, to) : NONE;
	}

	placeOf(slot: number): number {
		return this.#placeIn(this.#all, slot);
	}

	sample(count: number): Uint32Array {
		const {of, partOf} = this.#all;
		const some: number[] = [];
		// The first one in each of twice as many stretches.
		const stretch = Math.max(Math.floor(partOf.length / (2 * count)), 1);
		for (let begin = 0; begin < partOf.length; begin += stretch) {
			const end = Math.min(begin + stretch, partOf.length);
			let index = begin;
			while (index < end && partOf[index] === NO_PART) {
				index++;
			}

			if (index < end) {
				some.push(of === undefined ? index : (of[index] ?? 0));
			}
		}

		return some.length >= Math.min(count, this.length)
			? Uint32Array.from(some)
			: sampleOf(this.slice(), count);
	}

	#placeIn(division: Division, slot: number): number {
		const {of, partOf, starts} = division;
		const index = of === undefined ? slot : of.indexOf(slot);
		const part = partOf[index] ?? NO_PART;
		if (part === NO_PART) {
			return -1;
		}

		const inner = this.#partsFrom(division, part, part + 1)[0] ?? NONE;
		return (starts[part] ?? 0) + ('partOf' in inner ? this.#placeIn(inner, slot) : inner.indexOf(slot));
	}

	/** A range of the places of a division, which is not empty. */
	#ordered(division: Division, from: number, to: number): Uint32Array {
		const {starts} = division;
		const first = partAt(starts, from);
		const end = partAt(starts, to - 1) + 1;
		const parts = this.#partsFrom(division, first, end);
		const pieces = parts.map((inner, index) => {
			const start = starts[first + index] ?? 0;
			const [low, high] = [Math.max(from - start, 0), Math.min(to, starts[first + index + 1] ?? 0) - start];
			return 'partOf' in inner ? this.#ordered(inner, low, high) : inner.subarray(low, high);
		});
		return joined(pieces, to - from);
	}

	/** Consecutive parts, which are put in order or divided if they were not. */
	#partsFrom(division: Division, first: number, end: number): ReadonlyArray<Uint32Array | Division> {
		const {starts, by, known} = division;
		const isKnown = Array.from({length: end - first}, (_, index) => known.has(first + index));
		if (isKnown.includes(false)) {
			const picked = this.#pick(division, first, end);
			const begin = starts[first] ?? 0;
			for (let part = first; part < end; part++) {
				if (!known.has(part)) {
					const slots = picked.subarray((starts[part] ?? 0) - begin, (starts[part + 1] ?? 0) - begin);
					known.set(
						part,
						slots.length > AT_ONCE ? this.#divide(by(part), slots) : this.#order(by(part), slots),
					);
				}
			}
		}

		return Array.from({length: end - first}, (_, index) => known.get(first + index) ?? NONE);
	}

	/** The slots of consecutive parts, each part in no order. */
	#pick({of, partOf, starts}: Division, first: number, end: number): Uint32Array {
		const begin = starts[first] ?? 0;
		const picked = new Uint32Array((starts[end] ?? 0) - begin);
		const next = this.#room.counts;
		for (let part = first; part < end; part++) {
			next[part - first] = (starts[part] ?? 0) - begin;
		}

		const count = end - first;
		for (let index = 0; index < partOf.length; index++) {
			const part = (partOf[index] ?? NO_PART) - first;
			if (part >= 0 && part < count) {
				const place = next[part] ?? 0;
				picked[place] = of === undefined ? index : (of[index] ?? 0);
				next[part] = place + 1;
			}
		}

		return picked;
	}

	/** Puts slots in order where they are. */
	#order(by: Key, slots: Uint32Array): Uint32Array {
		if (slots.length <= FEW) {
			for (let next = 1; next < slots.length; next++) {
				const slot = slots[next] ?? 0;
				let place = next;
				while (place > 0 && this.#compare(slots[place - 1] ?? 0, slot) > 0) {
					slots[place] = slots[place - 1] ?? 0;
					place--;
				}

				slots[place] = slot;
			}

			return slots;
		}

		const {numbers, numberOrder, slots: unordered} = this.#room;
		unordered.set(slots);
		const keys = by === PLACE ? this.#places : this.#numbers;
		const sign = by === PLACE || !this.#isDescending ? 1 : -1;
		for (let place = 0; place < slots.length; place++) {
			numbers[place] = sign * (keys[slots[place] ?? 0] ?? 0);
		}

		const order = numberOrder.of(numbers, slots.length);
		for (let place = 0; place < slots.length; place++) {
			slots[place] = unordered[order[place] ?? 0] ?? 0;
		}

		return by === PLACE ? slots : this.#orderSame(slots);
	}

	/** Puts those with the same number in the order of names, in slots that are in the order of numbers. */
	#orderSame(slots: Uint32Array): Uint32Array {
		const numbers = this.#numbers;
		const byPlace = (one: number, other: number): number => this.#compare(one, other);
		for (let first = 0; first < slots.length; ) {
			const number = numbers[slots[first] ?? 0];
			let end = first + 1;
			while (end < slots.length && numbers[slots[end] ?? 0] === number) {
				end++;
			}

			if (end - first > 1) {
				slots.subarray(first, end).sort(byPlace);
			}

			first = end;
		}

		return slots;
	}

	#compare(one: number, other: number): number {
		const [places, numbers] = [this.#places, this.#numbers];
		const [number, otherNumber] = [numbers[one] ?? 0, numbers[other] ?? 0];
		if (number < otherNumber || number > otherNumber) {
			return number < otherNumber === this.#isDescending ? 1 : -1;
		}

		return (places[one] ?? 0) - (places[other] ?? 0);
	}

	/** Those that are listed, by the top words of their numbers; those without a number are the last part. */
	#divideAll(passes: Uint8Array | undefined): Division {
		const [places, numbers, turn] = [this.#places, this.#numbers, this.#isDescending ? -1 : 0];
		const words = wordsOf(numbers);
		const [least, most] = this.#sampledKeys();
		const shift = shiftOf(least, most, MOST_PARTS - 1);
		// Above those that were sampled may be others.
		const last = (((most - least) | 0) >>> shift) + 1;
		const partOf = new Uint16Array(places.length);
		const {counts} = this.#room;
		counts.fill(0, 0, last + 1);
		for (let slot = 0; slot < partOf.length; slot++) {
			if (places[slot] === NOT_LISTED || (passes !== undefined && passes[slot] !== 1)) {
				partOf[slot] = NO_PART;
				continue;
			}

			let part = last;
			if (!Number.isNaN(numbers[slot] ?? Number.NaN)) {
				const key = topKey(words, slot) ^ turn;
				part = ((Math.max(Math.min(key, most), least) - least) | 0) >>> shift;
			}

			partOf[slot] = part;
			counts[part] = (counts[part] ?? 0) + 1;
		}

		const by = (part: number): Key => (part === last ? PLACE : TOP);
		const all = {of: undefined, partOf, starts: startsOf(counts, last + 1), by, known: new Map()};
		return FEW_OF * (all.starts.at(-1) ?? 0) < partOf.length ? withoutOthers(all) : all;
	}

	/** Between which keys those of most slots lie. */
	#sampledKeys(): readonly [least: number, most: number] {
		const [numbers, turn] = [this.#numbers, this.#isDescending ? -1 : 0];
		const words = wordsOf(numbers);
		let [least, most] = [MOST_INTEGER, -MOST_INTEGER];
		const step = Math.max(Math.floor(numbers.length / SAMPLED), 1);
		for (let slot = 0; slot < numbers.length; slot += step) {
			if (!Number.isNaN(numbers[slot] ?? Number.NaN)) {
				const key = topKey(words, slot) ^ turn;
				least = Math.min(least, key);
				most = Math.max(most, key);
			}
		}

		return least <= most ? [least, most] : [-MOST_INTEGER, MOST_INTEGER];
	}

	/** Divides slots by the first key in which there are differences. */
	#divide(by: Key, slots: Uint32Array): Division {
		const keys = this.#room.keys(slots.length);
		this.#readKeys(by, slots, keys);
		let [least, most] = [MOST_INTEGER, -MOST_INTEGER - 1];
		for (let index = 0; index < slots.length; index++) {
			const key = keys[index] ?? 0;
			least = Math.min(least, key);
			most = Math.max(most, key);
		}

		if (least === most && by !== PLACE) {
			return this.#divide(by === TOP ? LOW : PLACE, slots);
		}

		const shift = shiftOf(least, most, MOST_PARTS);
		const partOf = new Uint16Array(slots.length);
		const {counts} = this.#room;
		const parts = (((most - least) | 0) >>> shift) + 1;
		counts.fill(0, 0, parts);
		for (let index = 0; index < slots.length; index++) {
			const part = (((keys[index] ?? 0) - least) | 0) >>> shift;
			partOf[index] = part;
			counts[part] = (counts[part] ?? 0) + 1;
		}

		return {of: slots, partOf, starts: startsOf(counts, parts), by: () => by, known: new Map()};
	}

	/** One key of each slot, as an integer that grows with it in the order wanted. */
	#readKeys(by: Key, slots: Uint32Array, into: Int32Array): void {
		const [places, turn] = [this.#places, this.#isDescending ? -1 : 0];
		const words = wordsOf(this.#numbers);
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[index] ?? 0;
			into[index] =
				by === PLACE ? (places[slot] ?? 0) : (by === TOP ? topKey(words, slot) : lowKey(words, slot)) ^ turn;
		}
	}
}

const NONE: Uint32Array = new Uint32Array(0);

const MOST_INTEGER = 2 ** 31 - 1;

/** If no more than one of so many slots is listed, the others are left out. */
const FEW_OF = 4;

function withoutOthers(all: Division): Division {
	const count = all.starts.at(-1) ?? 0;
	const of = new Uint32Array(count);
	const partOf = new Uint16Array(count);
	for (let slot = 0, next = 0; next < count; slot++) {
		const part = all.partOf[slot] ?? NO_PART;
		if (part !== NO_PART) {
			of[next] = slot;
			partOf[next++] = part;
		}
	}

	return {...all, of, partOf};
}

/** By how many bits differences are to be shifted so that there are no more than some parts. */
function shiftOf(least: number, most: number, parts: number): number {
	let shift = 0;
	while (((most - least) | 0) >>> shift >= parts) {
		shift++;
	}

	return shift;
}

/** Where parts begin of which there are so many slots each, and where the last one ends. */
function startsOf(counts: Uint32Array, parts: number): Uint32Array {
	const starts = new Uint32Array(parts + 1);
	for (let part = 0; part < parts; part++) {
		starts[part + 1] = (starts[part] ?? 0) + (counts[part] ?? 0);
	}

	return starts;
}

/** The part with a place that is in the list. */
function partAt(starts: Uint32Array, place: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((starts[middle] ?? 0) <= place) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}

	return low;
}

function joined(pieces: readonly Uint32Array[], length: number): Uint32Array {
	if (pieces.length === 1) {
		return pieces[0] ?? NONE;
	}

	const all = new Uint32Array(length);
	let next = 0;
	for (const piece of pieces) {
		all.set(piece, next);
		next += piece.length;
	}

	return all;
}

/** An index as `slice` takes it, which counts from the end where it is negative. */
function inList(index: number, length: number): number {
	return Math.min(Math.max(index < 0 ? length + index : index, 0), length);
}
