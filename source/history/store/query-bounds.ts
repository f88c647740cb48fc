import type {HistoryRange} from './history-request.ts';

/** More would be more than a screen shows of anything. */
export const MOST_POINTS = 1000;

/** As many as the tallest screen has rows. */
export const MOST_SUBJECTS = 120;

/** The longest window is a week; a day more covers what lies before its first step. */
export const LONGEST_RANGE_MS = 8 * 86_400_000;

export const LEAST_STEP_MS = 10_000;

/** The same range in steps that give no more points than anybody looks at, with both ends at whole steps. */
export function boundedRange({startMs, endMs, stepMs}: HistoryRange): HistoryRange {
	const earliestMs = Math.max(startMs, endMs - LONGEST_RANGE_MS);
	const least = Math.max(stepMs, LEAST_STEP_MS, (endMs - earliestMs) / (MOST_POINTS - 1));
	const step = Math.ceil(least / 1000) * 1000;
	return {
		startMs: Math.floor(earliestMs / step) * step,
		endMs: Math.ceil(endMs / step) * step,
		stepMs: step,
	};
}
