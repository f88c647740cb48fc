/** metrics-server's rule: 8 ms of spread for each node, 4 s at most, so that a large cluster is not hit at once. */
const SPREAD_PER_TARGET_MS = 8;
const SPREAD_LIMIT_MS = 4000;

/** Share of the interval by which each poll may be late on purpose, so that nodes do not fall into step. */
const JITTER = 0.05;

const BACK_OFF_LIMIT_MS = 120_000;

/** The second read comes after a quarter of the source's own interval: most rates need two samples. */
const SECOND_READ_SHARE = 0.25;

/** How long the first read of a target waits; `chance` is a random number from 0 to 1. One target waits for nothing. */
export function startDelayMs(targetCount: number, chance: number): number {
	return targetCount <= 1 ? 0 : Math.min(SPREAD_PER_TARGET_MS * targetCount, SPREAD_LIMIT_MS) * chance;
}

/** When to read again after the first success. */
export function secondReadDelayMs(intervalMs: number, naturalIntervalMs: number): number {
	return Math.min(intervalMs, naturalIntervalMs) * SECOND_READ_SHARE;
}

/**
 * The next due time on the target's own beat. A read that was so late that its next slot has passed starts a new beat
 * at once: the interval stretches, and no read is made up for.
 */
export function nextDueMs(dueMs: number, intervalMs: number, nowMs: number, chance: number): number {
	return Math.max(dueMs + intervalMs, nowMs) + intervalMs * JITTER * chance;
}

/** How long to leave a failing target alone: the interval, doubled at each failure, two minutes at most, with jitter. */
export function backOffMs(attempts: number, intervalMs: number, chance: number): number {
	const doubled = intervalMs * 2 ** Math.min(attempts - 1, 16);
	const limit = Math.max(BACK_OFF_LIMIT_MS, intervalMs);
	return Math.min(doubled, limit) * (1 - 0.2 * chance);
}
