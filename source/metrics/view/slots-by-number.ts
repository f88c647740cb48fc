import {NumberOrder} from './number-order.ts';
import {type SlotList, sampleOf} from './slot-list.ts';

/** A part of this length is put in order at once: a fraction of a millisecond. */
const AT_ONCE = 4096;

/** A part of this length is put in order by insertion. */
const FEW = 24;

/** How many parts slots are divided into at most. */
const MOST_PARTS = 2 ** 14;

/** Which of a number's two words is the low one; the other machines keep them the other way round. */
const LOW_WORD = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;

/** Room to sort in that is kept: arrays of megabytes that are thrown away make the garbage collector mark the whole heap. */
export class SortRoom {
	readonly numberOrder = new NumberOrder();
	readonly numbers = new Float64Array(AT_ONCE);
	readonly ends = new Uint32Array(MOST_PARTS + 1);
	#words = new Uint32Array(0);
	#spare = new Uint32Array(0);

	/** For one word of each of some slots. */
	words(count: number): Uint32Array {
		this.#words = this.#words.length < count ? new Uint32Array(Math.ceil(count * 1.25)) : this.#words;
		return this.#words;
	}

	/** For some slots. */
	spare(count: number): Uint32Array {
		this.#spare = this.#spare.length < count ? new Uint32Array(Math.ceil(count * 1.25)) : this.#spare;
		return this.#spare;
	}
}

/** What slots are put in order by, one after the other: the two words of their numbers, and their places among names. */
const TOP = 0;
const LOW = 1;
const PLACE = 2;
type Key = typeof TOP | typeof LOW | typeof PLACE;

/** Consecutive parts of the slots: each comes after the one before it, but may be in no order itself. */
type Division = {
	/** What they are divided by: the slots of a part are the same in keys before that. */
	readonly by: Key;
	/** Where each part begins, and where the last one ends. */
	readonly starts: Uint32Array;
	/** Parts that are in order, or divided further. */
	readonly known: Map<number, Division | 'ordered'>;
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
 * Those with the same number are in the order of names, and those without one (NaN) come last. First, slots are dealt into
 * parts by the upper bits of their numbers, which grow with them, as in a radix sort; a part is put in order when it is
 * asked for. They are read as they lie in memory, which is several times as fast as in the order of names.
 */
export class SlotsByNumber implements SlotList {
	readonly #slots: Uint32Array;
	readonly #places: Uint32Array;
	readonly #numbers: Float64Array;
	readonly #isDescending: boolean;
	readonly #room: SortRoom;
	readonly #known: Division;
	readonly #unknown: Division;

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
		const count = places.length;
		const some = room.spare(count);
		let known = 0;
		let unknown = count;
		for (let slot = 0; slot < count; slot++) {
			if (places[slot] === NOT_LISTED || (passes !== undefined && passes[slot] !== 1)) {
				continue;
			}

			if (Number.isNaN(numbers[slot] ?? Number.NaN)) {
				some[--unknown] = slot;
			} else {
				some[known++] = slot;
			}
		}

		const length = known + count - unknown;
		this.#slots = new Uint32Array(length);
		this.#slots.set(some.subarray(0, known));
		this.#slots.set(some.subarray(unknown, count), known);
		this.#known = {by: TOP, starts: Uint32Array.of(0, known), known: new Map()};
		this.#unknown = {by: PLACE, starts: Uint32Array.of(known, length), known: new Map()};
	}

	get length(): number {
		return this.#slots.length;
	}

	at(place: number): number | undefined {
		const index = place < 0 ? this.length + place : place;
		this.#settleAll(index, index + 1);
		return this.#slots[index];
	}

	slice(start = 0, end = this.length): Uint32Array {
		const [from, to] = [inList(start, this.length), inList(end, this.length)];
		this.#settleAll(from, to);
		return this.#slots.subarray(from, to);
	}

	placeOf(slot: number): number {
		for (;;) {
			// Putting its part in order may move it.
			const place = this.#slots.indexOf(slot);
			if (place === -1 || this.at(place) === slot) {
				return place;
			}
		}
	}

	sample(count: number): Uint32Array {
		return sampleOf(this.#slots, count);
	}

	/** Puts the places of a range in order. */
	#settleAll(from: number, to: number): void {
		this.#settle(this.#known, from, to);
		this.#settle(this.#unknown, from, to);
	}

	#settle({by, starts, known}: Division, from: number, to: number): void {
		for (let part = partOf(starts, from); part < starts.length - 1 && (starts[part] ?? 0) < to; part++) {
			const [start, end] = [starts[part] ?? 0, starts[part + 1] ?? 0];
			if (end - start < 2) {
				continue;
			}

			let inner = known.get(part);
			if (inner === undefined) {
				inner = end - start <= AT_ONCE ? this.#order(by, start, end) : this.#divide(by, start, end);
				known.set(part, inner);
			}

			if (inner !== 'ordered') {
				this.#settle(inner, Math.max(from, start), Math.min(to, end));
			}
		}
	}

	#order(by: Key, from: number, to: number): 'ordered' {
		const slots = this.#slots;
		if (to - from <= FEW) {
			for (let next = from + 1; next < to; next++) {
				const slot = slots[next] ?? 0;
				let place = next;
				while (place > from && this.#compare(slots[place - 1] ?? 0, slot) > 0) {
					slots[place] = slots[place - 1] ?? 0;
					place--;
				}

				slots[place] = slot;
			}

			return 'ordered';
		}

		const {numbers, numberOrder} = this.#room;
		const spare = this.#room.spare(to - from);
		const keys = by === PLACE ? this.#places : this.#numbers;
		const sign = by === PLACE || !this.#isDescending ? 1 : -1;
		for (let place = from; place < to; place++) {
			const slot = slots[place] ?? 0;
			spare[place - from] = slot;
			numbers[place - from] = sign * (keys[slot] ?? 0);
		}

		const order = numberOrder.of(numbers, to - from);
		for (let place = from; place < to; place++) {
			slots[place] = spare[order[place - from] ?? 0] ?? 0;
		}

		return by === PLACE ? 'ordered' : this.#orderSame(from, to);
	}

	/** Puts those with the same number in the order of names, in a range that is in the order of numbers. */
	#orderSame(from: number, to: number): 'ordered' {
		const [slots, numbers] = [this.#slots, this.#numbers];
		const byPlace = (one: number, other: number): number => this.#compare(one, other);
		for (let first = from; first < to; ) {
			const number = numbers[slots[first] ?? 0];
			let end = first + 1;
			while (end < to && numbers[slots[end] ?? 0] === number) {
				end++;
			}

			if (end - first > 1) {
				slots.subarray(first, end).sort(byPlace);
			}

			first = end;
		}

		return 'ordered';
	}

	#compare(one: number, other: number): number {
		const [number, otherNumber] = [this.#numbers[one] ?? 0, this.#numbers[other] ?? 0];
		if (number < otherNumber || number > otherNumber) {
			return number < otherNumber === this.#isDescending ? 1 : -1;
		}

		return (this.#places[one] ?? 0) - (this.#places[other] ?? 0);
	}

	/** Deals a range into parts by the first key in which there are differences. */
	#divide(by: Key, from: number, to: number): Division {
		const words = this.#room.words(to - from);
		const [least, most] = this.#readWords(by, from, to, words);
		return least === most && by !== PLACE
			? this.#divide(by === TOP ? LOW : PLACE, from, to)
			: this.#deal(by, from, to, words, least, most);
	}

	#deal(by: Key, from: number, to: number, words: Uint32Array, least: number, most: number): Division {
		const [slots, count] = [this.#slots, to - from];
		const {ends} = this.#room;
		let shift = 0;
		while ((most - least) >>> shift >= Math.min(MOST_PARTS, 2 * count)) {
			shift++;
		}

		const parts = ((most - least) >>> shift) + 1;
		ends.fill(0, 0, parts + 1);
		for (let place = 0; place < count; place++) {
			const part = ((words[place] ?? 0) - least) >>> shift;
			ends[part + 1] = (ends[part + 1] ?? 0) + 1;
		}

		ends[0] = from;
		for (let part = 0; part < parts; part++) {
			ends[part + 1] = (ends[part + 1] ?? 0) + (ends[part] ?? 0);
		}

		const starts = ends.slice(0, parts + 1);
		const spare = this.#room.spare(count);
		spare.set(slots.subarray(from, to));
		for (let place = 0; place < count; place++) {
			const part = ((words[place] ?? 0) - least) >>> shift;
			const next = ends[part] ?? 0;
			slots[next] = spare[place] ?? 0;
			ends[part] = next + 1;
		}

		return {by, starts, known: new Map()};
	}

	/** One key of each slot of a range, as a number that grows with it in the order wanted; returns their bounds. */
	#readWords(by: Key, from: number, to: number, into: Uint32Array): readonly [least: number, most: number] {
		return by === PLACE ? this.#readPlaces(from, to, into) : this.#readNumbers(by, from, to, into);
	}

	#readPlaces(from: number, to: number, into: Uint32Array): readonly [least: number, most: number] {
		const [slots, places] = [this.#slots, this.#places];
		let least = 0xff_ff_ff_ff;
		let most = 0;
		for (let index = from; index < to; index++) {
			const place = places[slots[index] ?? 0] ?? 0;
			into[index - from] = place;
			least = Math.min(least, place);
			most = Math.max(most, place);
		}

		return [least, most];
	}

	#readNumbers(
		by: typeof TOP | typeof LOW,
		from: number,
		to: number,
		into: Uint32Array,
	): readonly [least: number, most: number] {
		const [slots, numbers] = [this.#slots, this.#numbers];
		const all = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
		const isTop = by === TOP;
		const turn = this.#isDescending ? 0xff_ff_ff_ff : 0;
		let least = 0xff_ff_ff_ff;
		let most = 0;
		const [topWord, otherWord] = [1 - LOW_WORD, LOW_WORD];
		for (let place = from; place < to; place++) {
			const at = 2 * (slots[place] ?? 0);
			const top = all[at + topWord] ?? 0;
			const low = all[at + otherWord] ?? 0;
			// Bits of positive numbers grow with them, bits of negative ones against them (IEEE 754). A zero has two forms.
			const isZero = top << 1 === 0 && low === 0;
			const flip = isZero || top >>> 31 === 0 ? 0 : 0xff_ff_ff_ff;
			const bits = isZero ? 0 : isTop ? top : low;
			const value = (bits ^ flip ^ turn ^ (isTop && flip === 0 ? 0x80_00_00_00 : 0)) >>> 0;
			into[place - from] = value;
			least = Math.min(least, value);
			most = Math.max(most, value);
		}

		return [least, most];
	}
}

/** The last part that begins at a place or before it. */
function partOf(starts: Uint32Array, place: number): number {
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

/** An index as `slice` takes it, which counts from the end where it is negative. */
function inList(index: number, length: number): number {
	return Math.min(Math.max(index < 0 ? length + index : index, 0), length);
}
