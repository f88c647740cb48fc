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
};

/** Slots as they stand. */
export function slotsAsListed(slots: Uint32Array): SlotList {
	return {
		length: slots.length,
		at: place => slots.at(place),
		slice: (start, end) => slots.subarray(start, end),
		placeOf: slot => slots.indexOf(slot),
		sample: count => sampleOf(slots, count),
	};
}

/** About `count` slots of a list between which as many others are. */
export function sampleOf(slots: Uint32Array, count: number): Uint32Array {
	const step = Math.max(Math.floor(slots.length / count), 1);
	const some = new Uint32Array(Math.ceil(slots.length / step));
	for (let index = 0; index < some.length; index++) {
		some[index] = slots[index * step] ?? 0;
	}

	return some;
}
