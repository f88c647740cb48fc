import type {Subject} from '../../metrics/model/row.ts';
import type {Source, View} from '../../metrics/model/view.ts';
import type {ThresholdEvent} from '../../metrics/store/threshold-watch.ts';
import {eventsText} from '../draw/events-text.ts';
import {explanationText} from '../draw/explanation.ts';
import {keyHelpLines} from '../draw/help-text.ts';
import type {Feed} from '../feed.ts';
import {eventsOffset, selectedEvent} from '../state/event-list.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {eventId, eventsUntil} from './listed-events.ts';
import {allNotices} from './notices.ts';
import type {ShownWindow} from './shown-window.ts';
import {rowInFocus, rowOf} from './subject.ts';

export type OverlayOptions = {
	readonly feed: Pick<Feed, 'events' | 'hasClusters' | 'hasInventory' | 'notices' | 'past'>;
	/** The source of the data on the screen. */
	readonly source: Source;
	readonly view: View | undefined;
	readonly subject: Subject | undefined;
	readonly window: Pick<ShownWindow, 'windowMs'>;
	readonly nowMs: number;
	readonly width: number;
};

/** All lines of the open overlay; none if no overlay is open. */
export function overlayLines(state: ScreenState, options: OverlayOptions): readonly string[] {
	const {feed, view, subject, nowMs, width} = options;
	const {mode, cursor} = state;
	if (mode.kind !== 'overlay') {
		return [];
	}

	switch (mode.overlay) {
		case 'help':
			return keyHelpLines(width);
		case 'events': {
			const events = eventsUntil(state, feed, nowMs);
			return eventsText(events, nowMs, selectedEvent(mode, events.map(identified)), width);
		}

		case 'explain':
			return explanationText({
				row: rowInFocus(state, view, subject),
				above: view === undefined ? undefined : rowOf(subject),
				level: currentPage(state).level,
				source: options.source,
				cursor,
				windowMs: options.window.windowMs,
				hasInventory: feed.hasInventory(),
				hasClusters: feed.hasClusters?.() === true,
				notices: allNotices(feed),
				past: feed.past,
				nowMs,
				width,
			});
	}
}

/** The first line of the open overlay on the screen. */
export function overlayOffset(
	state: ScreenState,
	{feed, nowMs}: Pick<OverlayOptions, 'feed' | 'nowMs'>,
	height: number,
): number {
	const {mode} = state;
	if (mode.kind !== 'overlay') {
		return 0;
	}

	return mode.overlay === 'events'
		? eventsOffset(mode, eventsUntil(state, feed, nowMs).map(identified), height)
		: mode.offset;
}

function identified(event: ThresholdEvent): {readonly id: string} {
	return {id: eventId(event)};
}
