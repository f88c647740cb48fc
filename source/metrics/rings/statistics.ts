/** Of the known values of a window. */
export type Statistics = {
	readonly least: number;
	readonly mean: number;
	/** The value that 95 % of the values do not exceed (nearest rank). */
	readonly p95: number;
	readonly most: number;
};

/** Undefined if no value is known; NaN is unknown. */
export function statisticsOf(values: Float64Array): Statistics | undefined {
	const known = values.filter(Number.isFinite).sort();
	const {length} = known;
	const [least] = known;
	const most = known.at(-1);
	const p95 = known[Math.ceil(0.95 * length) - 1];
	return least === undefined || most === undefined || p95 === undefined
		? undefined
		: {least, mean: known.reduce((sum, value) => sum + value / length, 0), p95, most};
}
