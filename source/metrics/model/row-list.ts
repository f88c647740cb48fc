/** Rows in their order, which may be put together while they are asked for: an array is one, and `OrderedRows`. */
export type RowList<R> = Iterable<R> & {
	readonly length: number;
	at(index: number): R | undefined;
	slice(start?: number, end?: number): readonly R[];
	map<T>(to: (row: R) => T): T[];
	flatMap<T>(to: (row: R) => readonly T[]): T[];
	filter(isWanted: (row: R) => unknown): readonly R[];
	find(isWanted: (row: R) => unknown): R | undefined;
	findIndex(isWanted: (row: R) => unknown): number;
	some(isWanted: (row: R) => unknown): boolean;
	/** The place of the row with an id, -1 if there is none; left out where rows are to be searched. */
	readonly placeOf?: (id: string) => number;
};

const found = new WeakMap<object, {readonly id: string; readonly place: number}>();

/** The place of the first row with an id, which is often the `likely` one; -1 if there is none. */
export function placeOfRow(rows: RowList<{readonly id: string}>, id: string, likely: number): number {
	if (likely >= 0 && rows.at(likely)?.id === id) {
		return likely;
	}

	// A frame asks for the selected row several times.
	const known = found.get(rows);
	if (known?.id === id) {
		return known.place;
	}

	const place = rows.placeOf?.(id) ?? rows.findIndex(row => row.id === id);
	found.set(rows, {id, place});
	return place;
}
