import {NumberOrder} from './number-order.ts';
import {inList, joined, type SlotList, sampleOf} from './slot-list.ts';

/** So many slots are put in order at once: a fraction of a millisecond. */
const AT_ONCE = 4096;

/** How many slots are looked at to find out between which numbers a place lies. */
const SAMPLED = 512;

/** So many slots after one that is looked at are likely to be looked at as well. */
const NEXT = 512;

/** How many of the sampled slots a place is likely to be off, beside what chance adds. */
const MARGIN = 4;

/** Which slots are listed. */
export type ListedSlots = {
	/** By slot, its place among names, or `NOT_LISTED`. Never changed. */
	readonly places: Uint32Array;
	/** By slot, 1 for those that are listed, of all that have a place. */
	readonly passes?: Uint8Array | undefined;
};

/** The place of a slot that is not listed. */
export const NOT_LISTED = 0xff_ff_ff_ff;

/** What lists are made of: `isIn` has 1 by slot for those that are in it. */
type Members = {readonly isIn: Uint8Array; readonly count: number};

/** Room to work in that is kept: arrays of megabytes that are thrown away make the garbage collector mark the whole heap. */
export class SortRoom {
	readonly numberOrder = new NumberOrder();
	#slots = new Uint32Array(0);
	#spare = new Uint32Array(0);
	#numbers = new Float64Array(0);
	#members: (Members & {readonly places: Uint32Array}) | undefined;

	/** Where slots are collected until they are in order. */
	slots(count: number): Uint32Array {
		// One more place than is ever used.
		this.#slots = this.#slots.length <= count ? new Uint32Array(Math.ceil(count * 1.25) + 1) : this.#slots;
		return this.#slots;
	}

	/** For what some slots are put in order by, and the order between. */
	sorting(count: number): readonly [numbers: Float64Array, spare: Uint32Array] {
		if (this.#numbers.length < count) {
			this.#numbers = new Float64Array(Math.ceil(count * 1.25));
			this.#spare = new Uint32Array(this.#numbers.length);
		}

		return [this.#numbers, this.#spare];
	}

	/** All that have a place. */
	membersOf(places: Uint32Array): Members {
		if (this.#members?.places !== places) {
			this.#members = {places, ...members(places)};
		}

		return this.#members;
	}
}

function members(places: Uint32Array): Members {
	const isIn = new Uint8Array(places.length);
	for (let slot = 0; slot < isIn.length; slot++) {
		isIn[slot] = Number(places[slot] !== NOT_LISTED);
	}

	return counted(isIn);
}

/** Those of some members that pass. */
function passing({isIn}: Members, passes: Uint8Array, slots: number): Members {
	const both = passes.slice(0, slots);
	for (let slot = 0; slot < both.length; slot++) {
		both[slot] = (both[slot] ?? 0) & (isIn[slot] ?? 0);
	}

	return counted(both);
}

function counted(isIn: Uint8Array): Members {
	let count = 0;
	for (let slot = 0; slot < isIn.length; slot++) {
		count += isIn[slot] ?? 0;
	}

	return {isIn, count};
}

/** Slots in no order, and how many come before them. */
type Collected = {readonly before: number; readonly slots: Uint32Array};

/** The first and the last one of some slots; undefined for no bound. */
type Bounds = readonly [first: number | undefined, last: number | undefined];
const ALL: Bounds = [undefined, undefined];

/** Slots in order from a place on. */
type Stretch = {readonly from: number; readonly slots: Uint32Array};

/**
 * Slots in the order of their numbers, put in order only where they are looked at, as a screen shows sixty of 300,000.
 * Those with the same number are in the order of names, and those without one (NaN) come last. Between which slots a place
 * lies is estimated by a sample, and those between them are collected until they are few enough to be put in order. Numbers
 * are read as they lie in memory, which is several times as fast as in the order of names.
 */
export class SlotsByNumber implements SlotList {
	readonly #places: Uint32Array;
	readonly #members: Members;
	readonly #numbers: Float64Array;
	readonly #sign: 1 | -1;
	readonly #room: SortRoom;
	readonly #stretches: Stretch[] = [];

	/** `numbers`: by slot, and not to be changed afterwards. `passes` may be. `listed`: other ones than those. */
	constructor(
		{places, passes}: ListedSlots,
		numbers: Float64Array,
		isDescending: boolean,
		room = new SortRoom(),
		listed = passes === undefined
			? room.membersOf(places)
			: passing(room.membersOf(places), passes, places.length),
	) {
		this.#places = places;
		this.#members = listed;
		this.#numbers = numbers;
		this.#sign = isDescending ? -1 : 1;
		this.#room = room;
	}

	get length(): number {
		return this.#members.count;
	}

	at(place: number): number | undefined {
		const index = place < 0 ? this.length + place : place;
		return index < 0 || index >= this.length ? undefined : this.slice(index, index + 1)[0];
	}

	slice(start = 0, end = this.length): Uint32Array {
		const [from, to] = [inList(start, this.length), inList(end, this.length)];
		const pieces: Uint32Array[] = [];
		for (let place = from; place < to; ) {
			const stretch = this.#stretchAt(place, to);
			const piece = stretch.slots.subarray(place - stretch.from, to - stretch.from);
			pieces.push(piece);
			place += piece.length;
		}

		return joined(pieces);
	}

	placeOf(slot: number): number {
		if (!this.#isListed(slot)) {
			return -1;
		}

		for (const {from, slots} of this.#stretches) {
			const index = slots.indexOf(slot);
			if (index !== -1) {
				return from + index;
			}
		}

		return this.#collect(undefined, slot, slot).before;
	}

	sample(count: number): Uint32Array {
		const some = this.#someOf(count);
		return some.length >= Math.min(count, this.length) ? some : sampleOf(this.slice(), count);
	}

	split(slots: ReadonlySet<number>): readonly [some: Uint32Array, others: SlotList] {
		const some = Uint32Array.from(slots).filter(slot => this.#isListed(slot));
		const isIn = this.#members.isIn.slice();
		for (const slot of some) {
			isIn[slot] = 0;
		}

		const others = {isIn, count: this.length - some.length};
		const places = {places: this.#places};
		return [
			this.#sorted(some),
			new SlotsByNumber(places, this.#numbers, this.#sign === -1, this.#room, others),
		];
	}

	/** The first one in each of twice as many parts of all slots. */
	#someOf(count: number): Uint32Array {
		const some: number[] = [];
		const slots = this.#places.length;
		const part = Math.max(Math.floor(slots / (2 * count)), 1);
		for (let begin = 0; begin < slots; begin += part) {
			const end = Math.min(begin + part, slots);
			let slot = begin;
			while (slot < end && !this.#isListed(slot)) {
				slot++;
			}

			if (slot < end) {
				some.push(slot);
			}
		}

		return Uint32Array.from(some);
	}

	#isListed(slot: number): boolean {
		const {isIn} = this.#members;
		return slot >= 0 && slot < this.#places.length && isIn[slot] === 1;
	}

	/** The slots at a place and at others around it, as far as to `end` if that is near. */
	#stretchAt(place: number, end: number): Stretch {
		let stretch = this.#stretches.find(({from, slots}) => place >= from && place < from + slots.length);
		for (let margin = MARGIN; stretch === undefined; margin *= 4) {
			stretch = this.#order(place, end, margin);
		}

		return stretch;
	}

	/** Puts the slots at a place and at others around it in order; undefined if it was not where it was likely to be. */
	#order(place: number, end: number, margin: number): Stretch | undefined {
		const most = Math.max(AT_ONCE, 2 * (end - place));
		const until = Math.max(end, place + NEXT);
		const isFew = this.length <= most;
		let bounds = isFew ? ALL : this.#around(place, until, undefined, margin);
		let {before: from, slots} = this.#collect(undefined, ...bounds);
		while (slots.length > most && bounds.some(bound => bound !== undefined)) {
			bounds = this.#around(place - from, until - from, slots, margin);
			const among = this.#collect(slots, ...bounds);
			from += among.before;
			slots = among.slots;
		}

		if (place < from || place >= from + slots.length) {
			return undefined;
		}

		const stretch = {from, slots: this.#sorted(slots.slice())};
		this.#stretches.push(stretch);
		return stretch;
	}

	/** Slots between which places are likely to be, in a list or in all. */
	#around(place: number, end: number, among: Uint32Array | undefined, margin: number): Bounds {
		const some = this.#sorted(among === undefined ? this.#someOf(SAMPLED) : sampleOf(among, SAMPLED));
		const share = some.length / (among?.length ?? this.length);
		const bound = (at: number, direction: 1 | -1): number | undefined => {
			const chance = 3 * Math.sqrt(Math.max(at * share * (1 - (at * share) / some.length), 0));
			return some[Math.round(at * share + direction * (margin + chance))];
		};
		return [bound(place, -1), bound(end, 1)];
	}

	/** Those of a list, or of all, from one slot to another one, in no order; and how many come before them. */
	#collect(among: Uint32Array | undefined, first: number | undefined, last: number | undefined): Collected {
		const {before, slots} = among === undefined ? this.#near(first, last) : {before: 0, slots: among};
		const between = this.#between(slots, first, last);
		return {before: before + between.before, slots: between.slots};
	}

	/** The same of all by their numbers alone, with all that have the same as the first or the last one. */
	#near(first: number | undefined, last: number | undefined): Collected {
		const {isIn} = this.#members;
		const [numbers, sign] = [this.#numbers, this.#sign];
		const [low, high] = [this.#numberOf(first, -Infinity), this.#numberOf(last, Infinity)];
		const isToUnknown = Number(last === undefined || Number.isNaN(numbers[last] ?? Number.NaN));
		const into = this.#room.slots(this.length);
		const slots = this.#places.length;
		let before = 0;
		let count = 0;
		for (let slot = 0; slot < slots; slot++) {
			// Without a branch, which a processor could not foresee.
			const is = isIn[slot] ?? 0;
			const number = sign * (numbers[slot] ?? Number.NaN);
			const isBefore = Number(number < low);
			const isUnknown = Number(Number.isNaN(number)) & isToUnknown;
			into[count] = slot;
			before += isBefore & is;
			count += ((Number(number <= high) - isBefore) | isUnknown) & is;
		}

		return {before, slots: into.subarray(0, count)};
	}

	/** Leaves those of a list from one slot to another one. */
	#between(slots: Uint32Array, first: number | undefined, last: number | undefined): Collected {
		const [numbers, places, sign] = [this.#numbers, this.#places, this.#sign];
		const [low, high] = [this.#numberOf(first, -Infinity), this.#numberOf(last, Infinity)];
		const [lowPlace, highPlace] = [this.#placeAmong(first, -1), this.#placeAmong(last, Infinity)];
		let before = 0;
		let count = 0;
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[index] ?? 0;
			let number = sign * (numbers[slot] ?? Number.NaN);
			let place = places[slot] ?? 0;
			if (Number.isNaN(number)) {
				number = Infinity;
				place += AFTER_PLACES;
			}

			if (number < low || (number === low && place < lowPlace)) {
				before++;
			} else if (number < high || (number === high && place <= highPlace)) {
				slots[count++] = slot;
			}
		}

		return {before, slots: slots.subarray(0, count)};
	}

	/** Puts slots in order where they are. */
	#sorted(slots: Uint32Array): Uint32Array {
		const {numberOrder} = this.#room;
		const [numbers, byPlace] = this.#room.sorting(slots.length);
		for (let index = 0; index < slots.length; index++) {
			numbers[index] = this.#placeAmong(slots[index], 0);
		}

		const places = numberOrder.of(numbers, slots.length);
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[places[index] ?? 0] ?? 0;
			byPlace[index] = slot;
			numbers[index] = this.#numberOf(slot, 0);
		}

		// Those with the same number stay as they are.
		const order = numberOrder.of(numbers, slots.length);
		for (let index = 0; index < slots.length; index++) {
			slots[index] = byPlace[order[index] ?? 0] ?? 0;
		}

		return slots;
	}

	/** What a slot is put in order by; those without a number come with the last ones. */
	#numberOf(slot: number | undefined, none: number): number {
		if (slot === undefined) {
			return none;
		}

		const number = this.#sign * (this.#numbers[slot] ?? Number.NaN);
		return Number.isNaN(number) ? Infinity : number;
	}

	/** What slots with the same number are put in order by; those without a number come after others. */
	#placeAmong(slot: number | undefined, none: number): number {
		if (slot === undefined) {
			return none;
		}

		const place = this.#places[slot] ?? 0;
		return Number.isNaN(this.#numbers[slot] ?? Number.NaN) ? place + AFTER_PLACES : place;
	}
}

/** More than any place. */
const AFTER_PLACES = 2 ** 32;
