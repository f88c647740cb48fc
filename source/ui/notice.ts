import type {Feed} from './feed.ts';
import {formatInterval} from './format/numbers.ts';
import {allNotices, shownWindowMs} from './frame/draw-frame.ts';
import type {ScreenState} from './state/screen-state.ts';

/** The one line that is said at the foot in place of the keys: what the last key led to, the past, or what is hidden. */
export function noticeOf(state: ScreenState, feed: Feed): string | undefined {
	if (state.message !== undefined) {
		return state.message;
	}

	const {past} = feed;
	if (state.cursor !== 'live') {
		const seamMs = past?.seamMs();
		const isStored = past !== undefined && (seamMs === undefined || state.cursor.atMs < seamMs);
		const verb = past?.isAsking(state.cursor) === true ? 'asking' : 'from';
		const asked = isStored ? `, ${verb} ${past.status().label}` : '';
		return `looking at the past over ${formatInterval(shownWindowMs(state, feed))}${asked}: [ ] step, t window, space goes live`;
	}

	const [first, ...rest] = allNotices(feed);
	return first && `${first}${rest.length === 0 ? '' : `  (and ${rest.length} more: e)`}`;
}
