import type {HistoryRange} from './history-request.ts';

/** More points than the widest chart has columns. */
export const MAX_POINTS = 1000;

/** As many subjects as the tallest screen has rows. */
export const MAX_SUBJECTS = 120;

/** The longest chart window is a week. One day more covers the time before its first step. */
export const MAX_RANGE_MS = 8 * 86_400_000;

export const MIN_STEP_MS = 10_000;

/** Shortens the range to `MAX_RANGE_MS`, widens the step to stay below `MAX_POINTS`, and aligns both ends to the step. */
export function boundedRange({startMs, endMs, stepMs}: HistoryRange): HistoryRange {
	const earliestMs = Math.max(startMs, endMs - MAX_RANGE_MS);
	const least = Math.max(stepMs, MIN_STEP_MS, (endMs - earliestMs) / (MAX_POINTS - 1));
	const step = Math.ceil(least / 1000) * 1000;
	return {
		startMs: Math.floor(earliestMs / step) * step,
		endMs: Math.ceil(endMs / step) * step,
		stepMs: step,
	};
}
