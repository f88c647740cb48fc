import {NumberOrder} from './number-order.ts';
import type {SlotList} from './slot-list.ts';

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

/** Consecutive parts of the slots: each comes after the one before it, but may be in no order itself. */
type Division = {
	/** Where each part begins, and where the last one ends. */
	readonly starts: Uint32Array;
	/** Parts that are in order, or divided further. */
	readonly known: Map<number, Division | 'ordered'>;
};

/**
 * Slots in the order of their numbers, put in order only where they are looked at, as a screen shows sixty of 300,000.
 * Those with the same number stay as they stand, and those without one (NaN) come last. First, slots are dealt into parts
 * by the upper bits of their numbers, which grow with them, as in a radix sort; a part is put in order when it is asked for.
 */
export class SlotsByNumber implements SlotList {
	readonly #slots: Uint32Array;
	readonly #numbers: Float64Array;
	readonly #isDescending: boolean;
	readonly #room: SortRoom;
	readonly #division: Division | undefined;

	/** `numbers`: by slot, and not to be changed afterwards. */
	constructor(slots: Uint32Array, numbers: Float64Array, isDescending: boolean, room = new SortRoom()) {
		this.#numbers = numbers;
		this.#isDescending = isDescending;
		this.#room = room;
		const sorted = new Uint32Array(slots.length);
		const unknown = room.spare(slots.length);
		let known = 0;
		let missing = 0;
		for (let place = 0; place < slots.length; place++) {
			const slot = slots[place] ?? 0;
			const number = numbers[slot] ?? Number.NaN;
			if (Number.isNaN(number)) {
				unknown[missing++] = slot;
			} else {
				sorted[known++] = slot;
			}
		}

		sorted.set(unknown.subarray(0, missing), known);
		this.#slots = sorted;
		this.#division = this.#divide(0, known);
	}

	get length(): number {
		return this.#slots.length;
	}

	at(place: number): number | undefined {
		const index = place < 0 ? this.length + place : place;
		this.#settle(this.#division, index, index + 1);
		return this.#slots[index];
	}

	slice(start = 0, end = this.length): Uint32Array {
		const [from, to] = [inList(start, this.length), inList(end, this.length)];
		this.#settle(this.#division, from, to);
		return this.#slots.subarray(from, to);
	}

	placeOf(slot: number): number {
		for (;;) {
			// Putting its part in order may move it.
			const place = this.#slots.indexOf(slot);
			if (this.at(place) === slot || place === -1) {
				return place;
			}
		}
	}

	find(isWanted: (slot: number) => boolean): number | undefined {
		return this.#slots.find(isWanted);
	}

	/** Puts the places of a range in order. */
	#settle(division: Division | undefined, from: number, to: number): void {
		const {starts, known} = division ?? NOT_DIVIDED;
		for (let part = partOf(starts, from); part < starts.length - 1 && (starts[part] ?? 0) < to; part++) {
			const [start, end] = [starts[part] ?? 0, starts[part + 1] ?? 0];
			if (end - start < 2) {
				continue;
			}

			let inner = known.get(part);
			if (inner === undefined) {
				inner = end - start <= AT_ONCE ? this.#order(start, end) : (this.#divide(start, end) ?? 'ordered');
				known.set(part, inner);
			}

			if (inner !== 'ordered') {
				this.#settle(inner, Math.max(from, start), Math.min(to, end));
			}
		}
	}

	#order(from: number, to: number): 'ordered' {
		const [slots, all, sign] = [this.#slots, this.#numbers, this.#isDescending ? -1 : 1];
		if (to - from <= FEW) {
			for (let next = from + 1; next < to; next++) {
				const slot = slots[next] ?? 0;
				const number = sign * (all[slot] ?? 0);
				let place = next;
				while (place > from && sign * (all[slots[place - 1] ?? 0] ?? 0) > number) {
					slots[place] = slots[place - 1] ?? 0;
					place--;
				}

				slots[place] = slot;
			}

			return 'ordered';
		}

		const {numbers, numberOrder} = this.#room;
		const spare = this.#room.spare(to - from);
		for (let place = from; place < to; place++) {
			const slot = slots[place] ?? 0;
			spare[place - from] = slot;
			numbers[place - from] = sign * (all[slot] ?? 0);
		}

		const order = numberOrder.of(numbers, to - from);
		for (let place = from; place < to; place++) {
			slots[place] = spare[order[place - from] ?? 0] ?? 0;
		}

		return 'ordered';
	}

	/** Deals a range into parts by the words of its numbers; undefined if all have the same number. */
	#divide(from: number, to: number): Division | undefined {
		return this.#divideBy(1 - LOW_WORD, from, to) ?? this.#divideBy(LOW_WORD, from, to);
	}

	#divideBy(word: number, from: number, to: number): Division | undefined {
		const [slots, ends] = [this.#slots, this.#room.ends];
		const count = to - from;
		const words = this.#room.words(count);
		const [least, most] = this.#readWords(word, from, to, words);
		if (least >= most) {
			return undefined;
		}

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

		return {starts, known: new Map()};
	}

	/** One word of each number of a range, as a number that grows with it in the order wanted; returns their bounds. */
	#readWords(
		word: number,
		from: number,
		to: number,
		into: Uint32Array,
	): readonly [least: number, most: number] {
		const [slots, numbers] = [this.#slots, this.#numbers];
		const all = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
		const isTop = word !== LOW_WORD;
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

const NOT_DIVIDED: Division = {starts: new Uint32Array(), known: new Map()};

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
