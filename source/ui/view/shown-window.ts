import type {Cursor, HistoryWindow, Span} from '../../metrics/model/view.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The time that sparklines and charts cover. */
export type ShownWindow = {
	readonly windowMs: number;
	readonly label: string;
	/** The window of a sparkline of so many points, which ends at the cursor. */
	readonly windowOf: (points: number) => HistoryWindow;
	/** The window of a chart, which goes on behind the cursor as far as there is any data. */
	readonly chartWindowOf: (points: number) => HistoryWindow;
};

/** The shortest window, while there is little to show yet. */
const LEAST_WINDOW_MS = 30_000;

/** How much of the past sparklines and charts cover until another window is asked for. */
const USUAL_WINDOW_MS = 300_000;

/** The part of a chart's window that lies behind the time cursor. */
const AFTER_CURSOR = 0.25;

/** How many steps through time a window is. */
const STEPS_A_WINDOW = 30;

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

/** What was asked for, else all there is, up to five minutes. */
export function shownWindowMs(
	{windowMs}: {readonly windowMs: number | undefined},
	span: Span | undefined,
	nowMs: number,
): number {
	if (windowMs !== undefined) {
		return windowMs;
	}

	const knownMs = span === undefined ? 0 : nowMs - span.oldestMs;
	return [LEAST_WINDOW_MS, 60_000, 120_000].find(known => knownMs <= known) ?? USUAL_WINDOW_MS;
}

/** How far `[` and `]` go: from sample to sample in a short window, about a cell of a sparkline in a long one. */
export function stepMs(windowMs: number, intervalMs: number): number {
	return Math.max(intervalMs, windowMs / STEPS_A_WINDOW);
}

/** The moment that is looked at. */
export function momentMs(cursor: Cursor, nowMs: number): number {
	return cursor === 'live' ? nowMs : cursor.atMs;
}

/** The first cell of a window that is of ktop's own samples; undefined where the seam is not within it. */
export function seamCell(
	seamMs: number | undefined,
	{points, stepMs: cellMs, endMs}: HistoryWindow,
): number | undefined {
	const cell = seamMs === undefined ? 0 : Math.floor((seamMs - endMs) / cellMs) + points;
	return cell > 0 && cell < points ? cell : undefined;
}

function windowEndingAt(lastMs: number, windowMs: number, points: number): HistoryWindow {
	const cellMs = windowMs / Math.max(points, 1);
	// Cells begin at whole multiples, so that a sparkline moves by whole cells and does not shimmer.
	return {points, stepMs: cellMs, endMs: Math.ceil(lastMs / cellMs) * cellMs};
}
