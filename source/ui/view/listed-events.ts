import type {Row} from '../../metrics/model/row.ts';
import type {Source} from '../../metrics/model/view.ts';
import type {ThresholdEvent} from '../../metrics/store/threshold-watch.ts';
import type {Feed} from '../feed.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {ListedEvent} from '../state/visible.ts';
import {momentMs} from './shown-window.ts';

/** The events up to the cursor, the newest first. */
export function eventsUntil(
	{cursor}: Pick<ScreenState, 'cursor'>,
	{events}: Pick<Feed, 'events'>,
	nowMs: number,
): readonly ThresholdEvent[] {
	const atMs = momentMs(cursor, nowMs);
	return (events?.() ?? []).filter(({sinceMs}) => sinceMs <= atMs);
}

/** An object has one event of a kind at a time. */
export function eventId({key, sinceMs}: ThresholdEvent): string {
	return `${key} ${sinceMs}`;
}

export function listedEvents(
	state: ScreenState,
	feed: Pick<Feed, 'events'>,
	source: Pick<Source, 'find'>,
	nowMs: number,
): readonly ListedEvent[] {
	return eventsUntil(state, feed, nowMs).map(event => ({
		id: eventId(event),
		name: event.name,
		row: () => rowOfEvent(event, state, source, nowMs),
	}));
}

/** The pod stands for a container that is not listed any more. */
function rowOfEvent(
	{level, id}: ThresholdEvent,
	{cursor}: ScreenState,
	source: Pick<Source, 'find'>,
	nowMs: number,
): Row | undefined {
	const row = source.find(level, id, cursor, nowMs);
	return row === undefined && level === 'containers'
		? source.find('pods', id.slice(0, id.lastIndexOf('/')), cursor, nowMs)
		: row;
}
