import {useWindowSize} from 'ink';
import {useMemo} from 'react';
import {printable} from '../../metrics/model/printable.ts';
import type {Row} from '../../metrics/model/row.ts';
import {clipboardSequence} from '../clipboard.ts';
import {useStore, useTerminal, useTheme} from '../contexts.ts';
import {formatInterval} from '../format/numbers.ts';
import {fitText, widthOf} from '../format/width.ts';
import type {Action, HandOver} from '../state/action.ts';
import {typeChooser} from '../state/column-choosing.ts';
import {typeCommand} from '../state/command-line/command-editing.ts';
import {inAnotherContext, typeContexts} from '../state/context-choosing.ts';
import {typeFilter} from '../state/filter-editing.ts';
import {hasLogs} from '../state/has-logs.ts';
import {nextInterval} from '../state/interval.ts';
import {actionOf} from '../state/keymap.ts';
import {currentPage} from '../state/page.ts';
import {paste} from '../state/pasting.ts';
import {act} from '../state/reduce.ts';
import {type ScreenState, TABLE} from '../state/screen-state.ts';
import type {MouseEvent} from '../terminal/mouse.ts';
import {actOnMouse} from '../view/mouse-actions.ts';
import {pointedItem} from '../view/pointed-item.ts';
import {pointedKey} from '../view/pointed-key.ts';
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

const NO_CONTEXTS = 'this source is no context of a kubeconfig: leave out --source to choose one';

/** Actions that also work while an overlay is open, which all others close. */
const ALWAYS: ReadonlySet<Action['type']> = new Set(['quit', 'suspend', 'redraw']);

/** Actions of keys that type nothing, which work in prompts and lists of choices too. */
const ABOUT_TERMINAL: ReadonlySet<Action['type'] | undefined> = new Set(['suspend', 'redraw']);

/**
 * The handlers of keys and mouse: they run the reducer and then side effects. Each starts from the state after the key
 * before, which may not be drawn yet.
 */
export function useActions(controls: {
	readonly end: End;
	readonly lend: Lend;
	readonly suspend: () => void;
}): Actions {
	const {end, lend, suspend} = controls;
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
			// Whatever is pasted into a shell is to press no Enter there.
			terminal.write(clipboardSequence(printable(row.name), multiplexer));
			const condition =
				multiplexer === 'tmux'
					? 'if tmux allows it (set-clipboard on, or allow-passthrough on)'
					: 'if the terminal supports it';
			say(`copied ${row.name}, ${condition}`);
		};

		const handOver = async (to: HandOver, row: Row): Promise<void> => {
			const run = feed.handOver;
			if (run === undefined) {
				say('logs and shell need a cluster: this source has none');
				return;
			}

			let message: string | undefined;
			await lend(async () => {
				message = await run(to, row);
			});
			say(message);
		};

		const setInterval = (intervalMs: number): void => {
			if (feed.playback === undefined) {
				feed.polling?.setIntervalMs(intervalMs);
				say(`interval: ${formatInterval(feed.intervalMs())}`);
			} else {
				say('cannot change the interval of a recording: + and - change the speed');
			}
		};

		const changeInterval = (by: number): void => {
			const {playback} = feed;
			if (playback === undefined) {
				setInterval(nextInterval(feed.intervalMs(), by));
			} else {
				playback.setSpeed(playback.speed() * (by > 0 ? 2 : 0.5));
				say(`speed: ${playback.speed()}x`);
			}
		};

		const exportTable = async (path: string | undefined, {view, table, nowMs}: ScreenView): Promise<void> => {
			if (view === undefined || table === undefined || feed.exportTable === undefined) {
				say('cannot write CSV: this page has no table');
				return;
			}

			const columnIds = table.layout.columns.flatMap(({column}) => column?.id ?? []);
			say(await feed.exportTable({view, columnIds, nowMs, path}));
		};

		const switchContext = async (name: string): Promise<void> => {
			const opened = await feed.contexts?.open(name);
			switch (opened?.kind) {
				case undefined:
					say(NO_CONTEXTS);
					break;
				case 'opened':
					store.change(inAnotherContext(store.state, name, opened.hidesNodes));
					break;
				case 'failed': {
					const {message, hint} = opened.failure;
					const text = printable(`context ${name}: ${message}; ${hint}`);
					const more = ' (C: all of it)';
					const room = columns - 2;
					say(widthOf(text) <= room ? text : fitText(text, room - more.length, false, theme.ellipsis) + more);
					break;
				}

				case 'superseded':
					break;
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
					if (row !== undefined && hasLogs(row)) {
						void handOver(action.to, row);
					}

					break;
				case 'contexts':
					if (feed.contexts === undefined) {
						store.change({...store.state, mode: TABLE, message: NO_CONTEXTS});
					} else {
						// For a screen reader, new data does not cause a frame.
						void feed.contexts.whenRead().then(() => store.requestFrame());
					}

					break;
				case 'context':
					void switchContext(action.name);
					break;
				case 'export':
					void exportTable(action.path, shown);
					break;
				case 'step':
					if (action.by > 0 && before.cursor === 'live') {
						feed.playback?.skip(visibleTo(before, feed, shown).stepMs);
					}

					break;
				case 'interval':
					changeInterval(action.by);
					break;
				case 'set-interval':
					setInterval(action.intervalMs);
					break;
				default:
					break;
			}
		};

		/** Runs the reducer, then side effects. */
		const run = (action: Action): void => {
			const before = store.state;
			const shown = viewOf(before);
			store.change(act(before, action, visibleTo(before, feed, shown)), {isPause: action.type === 'pause'});
			if (before.mode.kind !== 'overlay' || ALWAYS.has(action.type)) {
				perform(action, before, shown);
			}
		};

		const pressAction = (name: string): void => {
			const action = actionOf(name, currentPage(store.state).level);
			if (action !== undefined) {
				run(action);
			} else if (store.state.mode.kind === 'table') {
				say(`${name} is no key of ktop: ? lists all keys, : opens the command line`);
			}
		};

		const press = ({name, text}: PressedKey): void => {
			if (store.isHeld) {
				return;
			}

			const before = store.state;
			if (ABOUT_TERMINAL.has(actionOf(name, undefined)?.type)) {
				pressAction(name);
				return;
			}

			const visible = visibleTo(before, feed, viewOf(before));
			switch (before.mode.kind) {
				case 'filter':
					store.change(typeFilter(before, name, text, visible));
					break;
				case 'chooser':
					store.change(typeChooser(before, name, visible));
					break;
				case 'contexts': {
					const {state, action} = typeContexts(before, name, visible);
					store.change(state);
					if (action !== undefined) {
						run(action);
					}

					break;
				}

				case 'command': {
					const {state, action} = typeCommand(before, name, text, visible);
					store.change(state);
					if (action !== undefined) {
						run(action);
					}

					break;
				}

				default:
					pressAction(name);
			}
		};

		return {
			press,
			paste(text) {
				if (!store.isHeld) {
					store.change(paste(store.state, text, visibleTo(store.state, feed, viewOf(store.state))));
				}
			},
			actOnMouse(event) {
				if (store.isHeld) {
					return;
				}

				const shown = viewOf(store.state);
				const visible = visibleTo(store.state, feed, shown);
				const hint = pointedKey(store.state, event, shown, feed, theme);
				const item = pointedItem(store.state, event, visible, shown, feed);
				const key = hint?.key ?? (item !== undefined && 'key' in item ? item.key : undefined);
				if (hint?.action !== undefined) {
					run(hint.action);
				} else if (key !== undefined) {
					press({name: key, text: ''});
				} else {
					store.change(
						item !== undefined && 'select' in item
							? item.select()
							: actOnMouse(store.state, event, visible, shown),
					);
				}
			},
		};
	}, [store, theme, terminal, columns, rows, end, lend, suspend]);
}
