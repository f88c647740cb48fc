/** The intervals that `+` and `-` go through. */
const INTERVALS_MS: readonly number[] = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];

/** The next longer interval, or with a negative `by` the next shorter one; the ends of the list stay. */
export function nextInterval(intervalMs: number, by: number): number {
	const next =
		by > 0
			? INTERVALS_MS.find(candidate => candidate > intervalMs)
			: INTERVALS_MS.findLast(candidate => candidate < intervalMs);
	return next ?? intervalMs;
}
