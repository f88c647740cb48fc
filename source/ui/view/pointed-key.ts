import {keyAt} from '../draw/footer.ts';
import type {KeyHint} from '../draw/key-hints.ts';
import type {Feed} from '../feed.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {MouseEvent} from '../terminal/mouse.ts';
import type {Theme} from '../theme/theme.ts';
import {pageHeight} from './areas.ts';
import {answerOf} from './notices.ts';
import type {ScreenView} from './screen-view.ts';

/** The key hint that was clicked; undefined if the click is elsewhere. */
export function pointedKey(
	state: ScreenState,
	{kind, line, column}: MouseEvent,
	{areas, columns, notice, window}: Pick<ScreenView, 'areas' | 'columns' | 'notice' | 'window'>,
	feed: Pick<Feed, 'past' | 'listsProcesses'>,
	theme: Theme,
): KeyHint | undefined {
	const last = areas.header + 1 + pageHeight(areas) + areas.foot - 1;
	if (kind !== 'press' || line !== last || state.mode.kind === 'filter' || state.mode.kind === 'command') {
		return undefined;
	}

	const answer = answerOf(state, feed, window.windowMs);
	const listsProcesses = feed.listsProcesses?.() === true;
	return keyAt(state, {answer, notice, height: areas.foot, listsProcesses}, column, columns, theme);
}
