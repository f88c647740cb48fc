import type {Cursor} from '../../metrics/model/view.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** The windows that sparklines and charts can cover. */
export const WINDOWS_MS: readonly number[] = [
	300_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000,
];

/** Stops at this moment, or goes live again. */
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
	// A step past the newest sample goes live.
	return atMs >= nowMs || (by > 0 && atMs > span.newestMs) ? 'live' : {atMs: Math.max(atMs, span.oldestMs)};
}

/** The next longer window that there may be figures for; after the longest, as much as there is. */
export function widenWindow(state: ScreenState, {windowLimitMs}: Visible): ScreenState {
	const windows = WINDOWS_MS.filter(known => known <= windowLimitMs);
	const index = state.windowMs === undefined ? -1 : windows.indexOf(state.windowMs);
	const windowMs = windows[index + 1];
	const more = windows.length < WINDOWS_MS.length ? '; --window keeps more, --history knows more' : '';
	return {
		...state,
		windowMs,
		message:
			windowMs === undefined
				? `sparklines and charts cover what there is, up to 5m${more}`
				: `sparklines and charts cover ${formatInterval(windowMs)}`,
	};
}
