/** Slots of a table in the order of a view. */
export type SlotList = {
	readonly length: number;
	at(place: number): number | undefined;
	/** Not to be changed. */
	slice(start?: number, end?: number): Uint32Array;
	/** -1 for a slot that is not in it. */
	placeOf(slot: number): number;
	/** Looks for a slot in any order. */
	find(isWanted: (slot: number) => boolean): number | undefined;
};

/** Slots as they stand. */
export function slotsAsListed(slots: Uint32Array): SlotList {
	return {
		length: slots.length,
		at: place => slots.at(place),
		slice: (start, end) => slots.subarray(start, end),
		placeOf: slot => slots.indexOf(slot),
		find: isWanted => slots.find(isWanted),
	};
}
