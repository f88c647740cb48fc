/** Compares rows by their slots. */
export type Compare = (one: number, other: number) => number;

/** Sorts slots by comparing them, and can be interrupted. */
export type SlotSort = (
	slots: Uint32Array<ArrayBuffer>,
	compare: Compare,
) => Generator<undefined, Uint32Array<ArrayBuffer>, undefined>;

/** Steps between two places at which a sort may be interrupted; each is a comparison or a copy. */
const STEPS_A_SLICE = 4096;

/** Runs of this length are sorted at once. */
const RUN = 512;

/**
 * Slots in an order that is kept while some are added and removed: what is new is sorted and merged with what is sorted
 * already. `slots` changes only when a merge is complete.
 */
export class SlotOrder {
	readonly #compare: Compare;
	readonly #sort: SlotSort;
	#slots = new Uint32Array(0);
	#added: number[] = [];
	#removed = new Set<number>();
	/** What the merge that is going on takes in and takes out. */
	#entering: readonly number[] = [];
	#leaving: ReadonlySet<number> = new Set();
	#merge: Generator<undefined, Uint32Array<ArrayBuffer>, undefined> | undefined;

	constructor(compare: Compare, sort: SlotSort = sortedInSlices) {
		this.#compare = compare;
		this.#sort = sort;
	}

	/** Another one that begins as this is, and merges anew what is being merged. */
	fork(compare: Compare, sort?: SlotSort): SlotOrder {
		const fork = new SlotOrder(compare, sort);
		const isMerging = this.#merge !== undefined;
		fork.#slots = this.#slots;
		fork.#added = isMerging ? [...this.#entering, ...this.#added] : [...this.#added];
		fork.#removed = new Set(isMerging ? [...this.#leaving, ...this.#removed] : this.#removed);
		return fork;
	}

	/** As of the last complete merge. */
	get slots(): Uint32Array {
		return this.#slots;
	}

	add(slot: number): void {
		this.#added.push(slot);
	}

	/** The slot must keep its row until the merge that takes it out is complete. */
	remove(slot: number): void {
		this.#removed.add(slot);
	}

	/**
	 * Merges what was added and removed, as long as there is time. `onMerged` gets the slots that a complete merge took out.
	 */
	advance(hasTime: () => boolean, onMerged: (left: ReadonlySet<number>) => void): void {
		while (!this.isSettled) {
			this.#merge ??= this.#begin();
			const {done, value} = this.#merge.next();
			if (done === true) {
				this.#slots = value;
				this.#merge = undefined;
				onMerged(this.#leaving);
			} else if (!hasTime()) {
				return;
			}
		}
	}

	get isSettled(): boolean {
		return this.#merge === undefined && this.#added.length === 0 && this.#removed.size === 0;
	}

	#begin(): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
		const [added, leaving] = [this.#added, this.#removed];
		this.#added = [];
		this.#removed = new Set();
		this.#entering = added;
		this.#leaving = leaving;
		return merged(this.#slots, leaving, Uint32Array.from(added), this.#compare, this.#sort);
	}
}

function* merged(
	before: Uint32Array,
	leaving: ReadonlySet<number>,
	added: Uint32Array<ArrayBuffer>,
	compare: Compare,
	sort: SlotSort,
): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
	const kept = leaving.size === 0 ? before : yield* without(before, leaving);
	const sorted = yield* sort(leaving.size === 0 ? added : yield* without(added, leaving), compare);
	const into = new Uint32Array(kept.length + sorted.length);
	let from = 0;
	for (let place = 0; place < sorted.length; place++) {
		const slot = sorted[place] ?? 0;
		const end = placeOf(slot, kept, from, compare);
		into.set(kept.subarray(from, end), from + place);
		into[end + place] = slot;
		from = end;
		if (place % RUN === RUN - 1) {
			yield;
		}
	}

	into.set(kept.subarray(from), from + sorted.length);
	return into;
}

function* without(
	slots: Uint32Array,
	leaving: ReadonlySet<number>,
): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
	const kept = new Uint32Array(slots.length);
	let count = 0;
	for (let place = 0; place < slots.length; place++) {
		const slot = slots[place] ?? 0;
		if (!leaving.has(slot)) {
			kept[count++] = slot;
		}

		if (place % STEPS_A_SLICE === STEPS_A_SLICE - 1) {
			yield;
		}
	}

	return kept.slice(0, count);
}

/** The first place from `from` on whose slot comes after `slot`; found in steps that double, as new ones are often near. */
function placeOf(slot: number, slots: Uint32Array, from: number, compare: Compare): number {
	let low = from;
	let step = 1;
	while (low + step <= slots.length && compare(slots[low + step - 1] ?? 0, slot) <= 0) {
		low += step;
		step *= 2;
	}

	let high = Math.min(low + step - 1, slots.length);
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(slots[middle] ?? 0, slot) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}

/** A merge sort that can be interrupted. */
export function* sortedInSlices(
	slots: Uint32Array<ArrayBuffer>,
	compare: Compare,
): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
	for (let start = 0; start < slots.length; start += RUN) {
		slots.subarray(start, start + RUN).sort(compare);
		yield;
	}

	let from = slots;
	let into = new Uint32Array(slots.length);
	for (let width = RUN; width < slots.length; width *= 2) {
		for (let start = 0; start < slots.length; start += 2 * width) {
			const middle = Math.min(start + width, slots.length);
			const end = Math.min(start + 2 * width, slots.length);
			let [one, other] = [start, middle];
			for (let place = start; place < end; place++) {
				const takesOne = one < middle && (other >= end || compare(from[one] ?? 0, from[other] ?? 0) <= 0);
				into[place] = from[takesOne ? one++ : other++] ?? 0;
				if (place % STEPS_A_SLICE === STEPS_A_SLICE - 1) {
					yield;
				}
			}
		}

		[from, into] = [into, from];
	}

	return from;
}
