/** Slots of a table in the order of a view. */
export type SlotList = {
	readonly length: number;
	at(place: number): number | undefined;
	/** Not to be changed. */
	slice(start?: number, end?: number): Uint32Array;
	/** -1 for a slot that is not in it. */
	placeOf(slot: number): number;
	/** About `count` of them, from all over the list, without putting them in order. */
	sample(count: number): Uint32Array;
	/** Those of some slots that are in it, in its order, and a list of the others. */
	split(slots: ReadonlySet<number>): readonly [some: Uint32Array, others: SlotList];
};

/** Slots as they stand. */
export function slotsAsListed(slots: Uint32Array): SlotList {
	return {
		length: slots.length,
		at: place => slots.at(place),
		slice: (start, end) => slots.subarray(start, end),
		placeOf: slot => slots.indexOf(slot),
		sample: count => sampleOf(slots, count),
		split: some => [
			slots.filter(slot => some.has(slot)),
			slotsAsListed(slots.filter(slot => !some.has(slot))),
		],
	};
}

/** Some slots before a list of others. */
export function slotsBefore(first: Uint32Array, others: SlotList): SlotList {
	const length = first.length + others.length;
	const slice = (start = 0, end = length): Uint32Array => {
		const [from, to] = [inList(start, length), inList(end, length)];
		const [begin, until] = [from, to].map(place => Math.max(place - first.length, 0));
		return joined([first.subarray(from, to), others.slice(begin, until)]);
	};
	return {
		length,
		at: place => slice(place, place === -1 ? length : place + 1)[0],
		slice,
		placeOf(slot) {
			const place = first.indexOf(slot);
			const after = place === -1 ? others.placeOf(slot) : -1;
			return after === -1 ? place : first.length + after;
		},
		sample: count => joined([first, others.sample(count)]),
		split(slots) {
			const [some, left] = slotsAsListed(first).split(slots);
			const [more, rest] = others.split(slots);
			return [joined([some, more]), slotsBefore(left.slice(), rest)];
		},
	};
}

/** An index as `slice` takes it, which counts from the end where it is negative. */
export function inList(index: number, length: number): number {
	return Math.min(Math.max(index < 0 ? length + index : index, 0), length);
}

/** Lists one after the other; not to be changed. */
export function joined(pieces: readonly Uint32Array[]): Uint32Array {
	const some = pieces.filter(({length}) => length > 0);
	if (some.length <= 1) {
		return some[0] ?? NONE;
	}

	const all = new Uint32Array(some.reduce((sum, {length}) => sum + length, 0));
	let next = 0;
	for (const piece of some) {
		all.set(piece, next);
		next += piece.length;
	}

	return all;
}

const NONE: Uint32Array = new Uint32Array(0);

/** About `count` slots of a list between which as many others are. */
export function sampleOf(slots: Uint32Array, count: number): Uint32Array {
	const step = Math.max(Math.floor(slots.length / count), 1);
	const some = new Uint32Array(Math.ceil(slots.length / step));
	for (let index = 0; index < some.length; index++) {
		some[index] = slots[index * step] ?? 0;
	}

	return some;
}
