/** As in metrics-server: first scrapes are spread over 8 ms per node, at most 4 s. */
const SPREAD_PER_TARGET_MS = 8;
const SPREAD_LIMIT_MS = 4000;

/** The maximum random delay of each scrape as a share of the interval, so that scrapes do not synchronize. */
const JITTER = 0.05;

const BACK_OFF_LIMIT_MS = 120_000;

/** The delay of the second scrape as a share of the interval. It is early because most rates need two samples. */
const SECOND_READ_SHARE = 0.25;

/** The delay of the first scrape; 0 for a single target. `chance` is a random number from 0 to 1. */
export function startDelayMs(targetCount: number, chance: number): number {
	return targetCount <= 1 ? 0 : Math.min(SPREAD_PER_TARGET_MS * targetCount, SPREAD_LIMIT_MS) * chance;
}

/** The delay of the scrape after the first success. */
export function secondReadDelayMs(intervalMs: number, naturalIntervalMs: number): number {
	return Math.min(intervalMs, naturalIntervalMs) * SECOND_READ_SHARE;
}

/** How many targets are due on one beat, where there are enough of them. */
const TARGETS_PER_BEAT = 10;

/** The longest beat as a share of the interval: no longer than the jitter, so that it always reaches a beat. */
const BEAT_LIMIT = JITTER;

/** Due times are multiples of the beat up to rounding errors of this share. */
const ROUNDING = 1e-6;

/**
 * The next due time, on a beat that targets share: reading nodes together costs a process less than reading them one by
 * one, because it is woken once and its code is warm. Many targets have so many beats that the jitter still spreads them.
 * If the interval has already passed, the next beat: the interval stretches, and missed scrapes are not made up for.
 */
export function nextDueMs(
	dueMs: number,
	nowMs: number,
	{intervalMs, targetCount}: {readonly intervalMs: number; readonly targetCount: number},
	chance: number,
): number {
	const beatMs = intervalMs * Math.min(BEAT_LIMIT, TARGETS_PER_BEAT / targetCount);
	const earliestMs = Math.max(dueMs + intervalMs, nowMs);
	const next = Math.ceil(earliestMs / beatMs - ROUNDING);
	const latest = Math.floor((earliestMs + intervalMs * JITTER * chance) / beatMs);
	return Math.max(Math.max(next, latest) * beatMs, nowMs);
}

/** The delay after a failure: the interval, doubled with each failure up to two minutes, with jitter. */
export function backOffMs(attempts: number, intervalMs: number, chance: number): number {
	const doubled = intervalMs * 2 ** Math.min(attempts - 1, 16);
	const limit = Math.max(BACK_OFF_LIMIT_MS, intervalMs);
	return Math.min(doubled, limit) * (1 - 0.2 * chance);
}
