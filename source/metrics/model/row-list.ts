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
	/** As `sampleOfRows`; left out where any row can be had as quickly. */
	sample?(count: number): readonly R[];
	/**
	 * The UTF-16 units of the longest text that a column says of rows as `sampleOfRows` gives them; left out, or undefined,
	 * where rows are to be asked.
	 */
	longestText?(columnId: string, count: number): number | undefined;
};

/** Whether `count` rows of a list are less than most of it. */
export function isSampled({length}: {readonly length: number}, count: number): boolean {
	return length >= 2 * count;
}

/** Some rows from all over a list, `count` or up to twice as many, or all if there are no more; in no order. */
export function sampleOfRows<R>(rows: RowList<R>, count: number): readonly R[] {
	const step = Math.floor(rows.length / count);
	return isSampled(rows, count)
		? (rows.sample?.(count) ?? rows.slice().filter((_, index) => index % step === 0))
		: rows.slice();
}

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
