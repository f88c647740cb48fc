import type {Feed} from '../feed.ts';
import {formatInterval} from '../format/numbers.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** All problems that hide or delay data, including those of the history store; one line each. */
export function allNotices({notices, past}: Pick<Feed, 'notices' | 'past'>): readonly string[] {
	const status = past?.status();
	return status?.kind === 'failed'
		? [...notices(), `no history: ${status.failure.message}; ${status.failure.hint}`]
		: notices();
}

/** The first notice and the number of further ones. */
export function noticeOf(feed: Pick<Feed, 'notices' | 'past'>): string | undefined {
	const [first, ...rest] = allNotices(feed);
	return first && `${first}${rest.length === 0 ? '' : `  (and ${rest.length} more: e)`}`;
}

/** The line that replaces the key hints: the result of the last key, or the time of a paused screen. */
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
	const verb = past?.isLoading(state.cursor) === true ? 'loading from' : 'from';
	const store = isStored ? `, ${verb} ${past.status().label}` : '';
	return `paused, window ${formatInterval(windowMs)}${store}: [ ] step, t window, space live`;
}
