import type {Cursor, HistoryWindow, Span} from '../../metrics/model/view.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The window of sparklines and charts. */
export type ShownWindow = {
	readonly windowMs: number;
	readonly label: string;
	/** The window of a sparkline with this number of points; ends at the cursor. */
	readonly windowOf: (points: number) => HistoryWindow;
	/** The window of a chart with this number of points; continues after the cursor if there are samples. */
	readonly chartWindowOf: (points: number) => HistoryWindow;
};

/** The shortest automatic window. */
const MIN_WINDOW_MS = 30_000;

/** The longest automatic window. */
const DEFAULT_WINDOW_MS = 300_000;

/** The share of a chart's window after the cursor. */
const AFTER_CURSOR = 0.25;

/** The number of steps of `[` and `]` per window. */
const STEPS_PER_WINDOW = 30;

export function shownWindow(state: ScreenState, span: Span | undefined, nowMs: number): ShownWindow {
	const windowMs = shownWindowMs(state, span, nowMs);
	const endMs = momentMs(state.cursor, nowMs);
	const chartEndMs = Math.min(endMs + windowMs * AFTER_CURSOR, nowMs);
	return {
		windowMs,
		label: formatInterval(windowMs),
		windowOf: points => windowEndingAt(endMs, windowMs, points),
		chartWindowOf: points => windowEndingAt(chartEndMs, windowMs, points),
	};
}

/** The chosen window, else the shortest automatic one that covers all samples, at most five minutes. */
export function shownWindowMs(
	{windowMs}: {readonly windowMs: number | undefined},
	span: Span | undefined,
	nowMs: number,
): number {
	if (windowMs !== undefined) {
		return windowMs;
	}

	const knownMs = span === undefined ? 0 : nowMs - span.oldestMs;
	return [MIN_WINDOW_MS, 60_000, 120_000].find(known => knownMs <= known) ?? DEFAULT_WINDOW_MS;
}

/** The length of a step of `[` and `]`: one interval in a short window, a thirtieth of a long one. */
export function stepMs(windowMs: number, intervalMs: number): number {
	return Math.max(intervalMs, windowMs / STEPS_PER_WINDOW);
}

/** The time of the cursor. */
export function momentMs(cursor: Cursor, nowMs: number): number {
	return cursor === 'live' ? nowMs : cursor.atMs;
}

/** The first point of a window that is ktop's own sample; undefined if the seam is not inside the window. */
export function seamCell(
	seamMs: number | undefined,
	{points, stepMs: cellMs, endMs}: HistoryWindow,
): number | undefined {
	const cell = seamMs === undefined ? 0 : Math.floor((seamMs - endMs) / cellMs) + points;
	return cell > 0 && cell < points ? cell : undefined;
}

function windowEndingAt(lastMs: number, windowMs: number, points: number): HistoryWindow {
	const cellMs = windowMs / Math.max(points, 1);
	// Align steps to multiples of their length, so that a sparkline moves by whole cells and does not flicker.
	return {points, stepMs: cellMs, endMs: Math.ceil(lastMs / cellMs) * cellMs};
}
