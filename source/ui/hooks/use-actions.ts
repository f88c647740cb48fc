import {useWindowSize} from 'ink';
import {useMemo} from 'react';
import type {Row} from '../../metrics/model/row.ts';
import {clipboardSequence} from '../clipboard.ts';
import {useStore, useTerminal, useTheme} from '../contexts.ts';
import {formatInterval} from '../format/numbers.ts';
import type {Action} from '../state/action.ts';
import {typeChooser} from '../state/column-choosing.ts';
import {pasteIntoFilter, typeFilter} from '../state/filter-editing.ts';
import {nextInterval} from '../state/interval.ts';
import {actionOf} from '../state/keymap.ts';
import {act} from '../state/reduce.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {isWorkload} from '../state/workload.ts';
import type {MouseEvent} from '../terminal/mouse.ts';
import {actOnMouse} from '../view/mouse-actions.ts';
import {type ScreenView, screenView} from '../view/screen-view.ts';
import {rowInFocus} from '../view/subject.ts';
import {visibleTo} from '../view/visible.ts';
import type {PressedKey} from './pressed-keys.ts';
import type {End} from './use-end.ts';
import type {Lend} from './use-suspension.ts';

export type Actions = {
	readonly press: (key: PressedKey) => void;
	readonly paste: (text: string) => void;
	readonly actOnMouse: (event: MouseEvent) => void;
};

/** Actions that are done even while an overlay is open, which any other key closes. */
const ALWAYS: ReadonlySet<Action['type']> = new Set(['quit', 'suspend', 'redraw']);

/**
 * What keys and the mouse do: to the screen's state by its reducer, and beyond it. Each works on the state after the key
 * before, which no frame may have shown yet.
 */
export function useActions(hands: {
	readonly end: End;
	readonly lend: Lend;
	readonly suspend: () => void;
}): Actions {
	const {end, lend, suspend} = hands;
	const store = useStore();
	const theme = useTheme();
	const terminal = useTerminal();
	const {columns, rows} = useWindowSize();
	return useMemo(() => {
		const {feed, tables} = store;

		const viewOf = (state: ScreenState): ScreenView => {
			return screenView(state, {
				source: store.source,
				feed,
				columns,
				rows,
				nowMs: feed.now(),
				theme,
				tables,
			});
		};

		const say = (message: string | undefined): void => store.change({...store.state, message});

		const copy = (row: Row): void => {
			const {multiplexer} = terminal;
			terminal.write(clipboardSequence(row.name, multiplexer));
			const condition =
				multiplexer === 'tmux'
					? 'if tmux lets it through (set-clipboard on, or allow-passthrough on)'
					: 'where the terminal takes it';
			say(`copied ${row.name}, ${condition}`);
		};

		const handOver = async (to: 'logs' | 'shell', row: Row): Promise<void> => {
			const run = feed.handOver;
			if (run === undefined) {
				say('there is no kubectl to hand the terminal to: nothing here is read from a cluster');
				return;
			}

			let message: string | undefined;
			await lend(async () => {
				message = await run(to, row);
			});
			say(message);
		};

		const changeInterval = (by: number): void => {
			const {playback} = feed;
			if (playback === undefined) {
				feed.setIntervalMs(nextInterval(feed.intervalMs(), by));
				say(`read every ${formatInterval(feed.intervalMs())}`);
			} else {
				playback.setSpeed(playback.speed() * (by > 0 ? 2 : 0.5));
				say(`replayed ${playback.speed()} times as fast`);
			}
		};

		const perform = (action: Action, before: ScreenState, shown: ScreenView): void => {
			const row = rowInFocus(before, shown.view, shown.subject);
			switch (action.type) {
				case 'quit':
					end();
					break;
				case 'suspend':
					suspend();
					break;
				case 'redraw':
					terminal.redraw();
					break;
				case 'copy':
					if (row !== undefined) {
						copy(row);
					}

					break;
				case 'hand-over':
					if (row !== undefined && isWorkload(row)) {
						void handOver(action.to, row);
					}

					break;
				case 'step':
					if (action.by > 0 && before.cursor === 'live') {
						feed.playback?.skip(visibleTo(before, feed, shown).stepMs);
					}

					break;
				case 'interval':
					changeInterval(action.by);
					break;
				default:
					break;
			}
		};

		const press = ({name, text}: PressedKey): void => {
			if (store.isHeld) {
				return;
			}

			const before = store.state;
			const shown = viewOf(before);
			const visible = visibleTo(before, feed, shown);
			if (before.mode.kind === 'filter') {
				store.change(typeFilter(before, name, text, visible));
			} else if (before.mode.kind === 'chooser') {
				store.change(typeChooser(before, name, visible));
			} else {
				const action = actionOf(name);
				if (action === undefined) {
					return;
				}

				store.change(act(before, action, visible), {isPause: action.type === 'pause'});
				if (before.mode.kind !== 'overlay' || ALWAYS.has(action.type)) {
					perform(action, before, shown);
				}
			}
		};

		return {
			press,
			paste(text) {
				if (!store.isHeld) {
					store.change(pasteIntoFilter(store.state, text));
				}
			},
			actOnMouse(event) {
				if (!store.isHeld) {
					const shown = viewOf(store.state);
					store.change(actOnMouse(store.state, event, visibleTo(store.state, feed, shown), shown));
				}
			},
		};
	}, [store, theme, terminal, columns, rows, end, lend, suspend]);
}
