import type {Feed} from '../feed.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** What is hidden, late or cannot be asked, a line each. */
export function allNotices({notices, past}: Pick<Feed, 'notices' | 'past'>): readonly string[] {
	const status = past?.status();
	return status?.kind === 'failed'
		? [...notices(), `no history: ${status.failure.message}; ${status.failure.hint}`]
		: notices();
}

/** The first notice, and how many there are more. */
export function noticeOf(feed: Pick<Feed, 'notices' | 'past'>): string | undefined {
	const [first, ...rest] = allNotices(feed);
	return first && `${first}${rest.length === 0 ? '' : `  (and ${rest.length} more: e)`}`;
}

/** What takes the place of the keys at the foot: what the last key led to, or where in the past the screen is. */
export function answerOf(
	state: ScreenState,
	{past}: Pick<Feed, 'past'>,
	windowMs: number,
): string | undefined {
	if (state.message !== undefined || state.cursor === 'live') {
		return state.message;
	}

	const seamMs = past?.seamMs();
	const isStored = past !== undefined && (seamMs === undefined || state.cursor.atMs < seamMs);
	const verb = past?.isAsking(state.cursor) === true ? 'asking' : 'from';
	const asked = isStored ? `, ${verb} ${past.status().label}` : '';
	return `looking at the past over ${formatInterval(windowMs)}${asked}: [ ] step, t window, space goes live`;
}
