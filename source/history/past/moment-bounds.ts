/** Moments of the past are rounded to this, so that moving the cursor hits the cache. */
const MOMENT_STEP_MS = 10_000;

/** The moment that is asked for where the cursor is at a time. */
export function momentOf(atMs: number): number {
	return Math.floor(atMs / MOMENT_STEP_MS) * MOMENT_STEP_MS;
}

/** Heapster writes once a minute; this covers two and a half of its rounds. */
export const MOMENT_LOOK_BACK_MS = 150_000;

/** The maximum age of samples that stand for those of now. */
export const STAND_IN_LOOK_BACK_MS = 600_000;
