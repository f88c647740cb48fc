import {printable} from '../../metrics/model/printable.ts';
import type {Action} from './action.ts';
import {movedTo} from './moved-to.ts';
import {openRow} from './navigation.ts';
import {type Mode, type ScreenState, TABLE} from './screen-state.ts';
import {visibleOffset} from './selection.ts';
import type {ListedEvent, Visible} from './visible.ts';

type Overlay = Extract<Mode, {readonly kind: 'overlay'}>;

/** The heading of the list. */
const HEADING_LINES = 1;
/** Says how many lines are below, where there are more. */
const REST_LINES = 1;

/** The index of the selected event, which stays selected while newer ones are added above it. */
export function selectedEvent(
	{selectedId}: Pick<Overlay, 'selectedId'>,
	events: ReadonlyArray<Pick<ListedEvent, 'id'>>,
): number {
	return Math.max(
		events.findIndex(({id}) => id === selectedId),
		0,
	);
}

/** The first line on the screen, so that the selected event is on it. */
export function eventsOffset(
	mode: Pick<Overlay, 'offset' | 'selectedId'>,
	events: ReadonlyArray<Pick<ListedEvent, 'id'>>,
	height: number,
): number {
	const lines = events.length + HEADING_LINES;
	const selected = selectedEvent(mode, events);
	// The heading is shown with the first event.
	const line = selected === 0 ? 0 : selected + HEADING_LINES;
	return lines <= height ? 0 : visibleOffset(mode.offset, line, lines, Math.max(height - REST_LINES, 1), 0);
}

/** The index of the event on a line of the screen; undefined if there is none. */
export function eventAt(
	mode: Pick<Overlay, 'offset' | 'selectedId'>,
	events: ReadonlyArray<Pick<ListedEvent, 'id'>>,
	height: number,
	line: number,
): number | undefined {
	const offset = eventsOffset(mode, events, height);
	const isRest = line === height - 1 && offset + height < events.length + HEADING_LINES;
	const index = offset + line - HEADING_LINES;
	return isRest || index < 0 || index >= events.length ? undefined : index;
}

/** Selects an event, as near as there is one. */
export function selectEvent(
	state: ScreenState,
	mode: Overlay,
	index: number,
	{events: list, overlayRest}: Pick<Visible, 'events' | 'overlayRest'>,
): ScreenState {
	const events = list();
	const selectedId = events[Math.min(Math.max(index, 0), events.length - 1)]?.id;
	const offset = eventsOffset({...mode, selectedId}, events, events.length + HEADING_LINES - overlayRest);
	return {...state, mode: {...mode, selectedId, offset}};
}

/** Handles an action in the list of events: movements select, Enter opens what an event is about, all others close. */
export function actOnEvents(
	state: ScreenState,
	mode: Overlay,
	action: Action,
	visible: Visible,
): ScreenState {
	const events = visible.events();
	const height = events.length + HEADING_LINES - visible.overlayRest;
	const selected = selectedEvent(mode, events);
	const to = movedTo(selected, action, Math.max(height - 1, 1), events.length - 1);
	if (to !== undefined && events.length > 0) {
		return selectEvent(state, mode, to, visible);
	}

	const event = events[selected];
	const closed: ScreenState = {...state, mode: TABLE};
	if (event === undefined || (action.type !== 'open' && action.type !== 'expand')) {
		return closed;
	}

	const row = event.row();
	return row === undefined
		? {...state, message: `${printable(event.name)} is no longer there`}
		: openRow(closed, row);
}
