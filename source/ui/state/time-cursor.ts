import type {Cursor} from '../../metrics/model/view.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** The windows of sparklines and charts that `t` selects. */
export const WINDOWS_MS: readonly number[] = [
	300_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000,
];

/** Pauses at the current time, or goes live. */
export function togglePause(state: ScreenState, {nowMs}: Visible): ScreenState {
	return {...state, cursor: state.cursor === 'live' ? {atMs: nowMs} : 'live'};
}

export function stepInTime(state: ScreenState, by: number, visible: Visible): ScreenState {
	return {...state, cursor: stepped(state.cursor, by, visible)};
}

function stepped(cursor: Cursor, by: number, {nowMs, span, stepMs}: Visible): Cursor {
	if (span === undefined) {
		return cursor;
	}

	const fromMs = cursor === 'live' ? nowMs : cursor.atMs;
	const atMs = fromMs + by * stepMs;
	// A step beyond the newest sample goes live.
	return atMs >= nowMs || (by > 0 && atMs > span.newestMs) ? 'live' : {atMs: Math.max(atMs, span.oldestMs)};
}

/** Sets the window; at most `windowLimitMs`. */
export function setWindow(state: ScreenState, windowMs: number): ScreenState {
	return {...state, windowMs, message: `window: ${formatInterval(windowMs)}`};
}

/** Selects the next longer window for which there can be samples; after the longest, the automatic one. */
export function widenWindow(state: ScreenState, {windowLimitMs}: Visible): ScreenState {
	const windows = WINDOWS_MS.filter(known => known <= windowLimitMs);
	const index = state.windowMs === undefined ? -1 : windows.indexOf(state.windowMs);
	const windowMs = windows[index + 1];
	const more = windows.length < WINDOWS_MS.length ? '; for more use --window or --history' : '';
	return {
		...state,
		windowMs,
		message:
			windowMs === undefined
				? `window: available samples, at most 5m${more}`
				: `window: ${formatInterval(windowMs)}`,
	};
}
