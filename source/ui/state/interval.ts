/** The limits of the interval, the same as of `--interval`. */
export const MIN_INTERVAL_MS = 500;
export const MAX_INTERVAL_MS = 3_600_000;

/** The intervals that `+` and `-` select. */
const INTERVALS_MS: readonly number[] = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];

/** The next longer interval, or the next shorter one if `by` is negative; at the ends of the list, the same one. */
export function nextInterval(intervalMs: number, by: number): number {
	const next =
		by > 0
			? INTERVALS_MS.find(candidate => candidate > intervalMs)
			: INTERVALS_MS.findLast(candidate => candidate < intervalMs);
	return next ?? intervalMs;
}
