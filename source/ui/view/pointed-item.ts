import {choiceAt} from '../draw/chooser.ts';
import {contextAt} from '../draw/context-list.ts';
import type {Feed} from '../feed.ts';
import {selectContext} from '../state/context-choosing.ts';
import {eventAt, selectEvent, selectedEvent} from '../state/event-list.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Visible} from '../state/visible.ts';
import type {MouseEvent} from '../terminal/mouse.ts';
import {pageHeight} from './areas.ts';
import type {ScreenView} from './screen-view.ts';
import {shownContexts} from './shown-contexts.ts';

/** An item of a list that replaces the table. */
export type PointedItem =
	/** Selected: the key that does what a second click does. */
	{readonly key: 'enter' | 'space'} | {readonly select: () => ScreenState};

/** The context, event or column that was clicked; undefined if the click is elsewhere. */
export function pointedItem(
	state: ScreenState,
	{kind, line: screenLine}: MouseEvent,
	visible: Visible,
	{areas, columns: width}: Pick<ScreenView, 'areas' | 'columns'>,
	feed: Pick<Feed, 'contexts'>,
): PointedItem | undefined {
	const {mode} = state;
	const line = screenLine - areas.header - 1;
	const height = pageHeight(areas);
	if (kind !== 'press' || line < 0 || line >= height) {
		return undefined;
	}

	const itemOf = (
		index: number | undefined,
		selected: number,
		key: 'enter' | 'space',
		select: (index: number) => ScreenState,
	): PointedItem | undefined =>
		index === undefined ? undefined : index === selected ? {key} : {select: () => select(index)};
	switch (mode.kind) {
		case 'contexts': {
			const shown = shownContexts(feed, mode.selected, {width, height});
			return itemOf(contextAt(shown, line), shown.selected, 'enter', index =>
				selectContext(state, index, visible),
			);
		}

		case 'chooser':
			return itemOf(choiceAt(mode.chooser, height, line), mode.chooser.cursor, 'space', cursor => ({
				...state,
				mode: {...mode, chooser: {...mode.chooser, cursor}},
			}));
		case 'overlay': {
			const events = visible.events();
			return mode.overlay === 'events'
				? itemOf(eventAt(mode, events, height, line), selectedEvent(mode, events), 'enter', index =>
						selectEvent(state, mode, index, visible),
					)
				: undefined;
		}

		default:
			return undefined;
	}
}
