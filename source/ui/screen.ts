import type {FrozenSource} from '../metrics/frozen-source.ts';
import type {Row} from '../metrics/row.ts';
import {clipboardSequence} from './clipboard.ts';
import {drawFrame} from './draw-frame.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {DecayingScales} from './format/decaying-scale.ts';
import {formatInterval} from './format/numbers.ts';
import {FramePace} from './frame-pace.ts';
import type {Action} from './state/action.ts';
import {typeChooser} from './state/column-choosing.ts';
import {typeFilter} from './state/filter-editing.ts';
import {nextInterval} from './state/interval.ts';
import {actionOf} from './state/keymap.ts';
import {act} from './state/reduce.ts';
import {initialState, type ScreenState} from './state/screen-state.ts';
import {isWorkload} from './state/workload.ts';
import type {PressedKey} from './terminal/key-reader.ts';
import type {MouseEvent} from './terminal/mouse.ts';
import type {TerminalSize} from './terminal/terminal.ts';
import {createTheme, type Theme} from './theme/theme.ts';
import {frozenAfter, shownSource} from './view/frozen.ts';
import {noticeOf} from './view/notices.ts';
import {overlayLines} from './view/overlay-lines.ts';
import {point} from './view/point.ts';
import {type ScreenView, screenView} from './view/screen-view.ts';
import {stepMs} from './view/shown-window.ts';
import {spokenLines} from './view/spoken.ts';
import {nodeIdOf, rowInFocus} from './view/subject.ts';
import {TableCache} from './view/table-cache.ts';
import {visibleTo} from './view/visible.ts';
import {visibleNodes} from './view/visible-nodes.ts';
import {completionsOf} from './view/vocabulary.ts';

/** What the screen does with the terminal that it is on. */
export type ScreenHands = {
	readonly size: () => TerminalSize;
	/** Whether the terminal has taken in what was shown before; nothing else is drawn for it until then. */
	readonly isClear: () => boolean;
	/** Shows lines in place of those before. */
	readonly show: (lines: readonly string[]) => void;
	/** Writes a sequence that shows nothing. */
	readonly write: (sequence: string) => void;
	/** Gives the terminal to somebody else until they are done; then nothing of what was shown is there. */
	readonly lend: (use: () => Promise<void>) => Promise<void>;
	/** Shows all lines anew, whatever else was written there. */
	readonly redraw: () => void;
	/** Stops the process, once the terminal was given back, and resolves when it goes on. */
	readonly stopProcess: () => Promise<void>;
	readonly quit: () => void;
};

/** For the clock and the ages: nothing on the screen moves faster by itself. */
const CLOCK_MS = 1000;

/** Twice as often as a key that is held down comes: a key never waits long for the frame of the clock or of new data. */
const LEAST_FRAME_MS = 16;

/** Actions that an overlay does not keep from being done. */
const ALWAYS: ReadonlySet<Action['type']> = new Set(['quit', 'suspend', 'redraw']);

/** The screen: what keys, the mouse and new data make of its state. All that is seen is drawn by `drawFrame`. */
export class Screen {
	readonly #feed: Feed;
	readonly #options: Omit<ScreenOptions, 'stdin' | 'stdout'>;
	readonly #hands: ScreenHands;
	readonly #theme: Theme;
	readonly #tables = new TableCache();
	readonly #scales = new DecayingScales();
	readonly #pace: FramePace;
	#state: ScreenState;
	/** What was there when the screen was last stopped. */
	#frozen: FrozenSource | undefined;
	/** Whether the terminal is lent, or about to be, or given back for good: then no key is for the screen. */
	#isAway = false;
	#hasStopped = false;
	#visibleNodes: readonly string[] = [];
	#clock: NodeJS.Timeout | undefined;
	#unsubscribe: () => void = () => {};

	constructor(feed: Feed, options: Omit<ScreenOptions, 'stdin' | 'stdout'>, hands: ScreenHands) {
		this.#feed = feed;
		this.#options = options;
		this.#hands = hands;
		this.#theme = createTheme({name: options.theme, colors: options.colors, symbols: options.symbols});
		// Nobody sees what is drawn while the terminal is lent, and what a terminal is asked then another would answer to.
		this.#pace = new FramePace(
			() => this.#draw(),
			LEAST_FRAME_MS,
			() => !this.#isAway && hands.isClear(),
		);
		this.#state = initialState(options.level, options);
	}

	/** Shows what there is, and from then on what changes. */
	start(): void {
		if (this.#options.isSpoken) {
			// Who listens is told when a key asks for it, and not in between; but for the first figures.
			this.#unsubscribe = this.#feed.subscribe(() => {
				if (this.#feed.source.span() !== undefined) {
					this.#unsubscribe();
					this.#pace.ask();
				}
			});
		} else {
			this.#unsubscribe = this.#feed.subscribe(() => this.#pace.ask());
			this.#clock = setInterval(() => this.#pace.ask(), CLOCK_MS);
		}

		this.#pace.ask();
	}

	stop(): void {
		this.#hasStopped = true;
		this.#isAway = true;
		this.#unsubscribe();
		clearInterval(this.#clock);
		this.#pace.stop();
	}

	press({name, text}: PressedKey): void {
		const before = this.#state;
		if (this.#isAway) {
			return;
		}

		if (before.mode.kind === 'filter') {
			this.#change(typeFilter(before, name, text, visibleTo(before, this.#feed, this.#shown(before))));
		} else if (before.mode.kind === 'chooser') {
			this.#change(typeChooser(before, name, visibleTo(before, this.#feed, this.#shown(before))));
		} else {
			const action = actionOf(name);
			if (action !== undefined) {
				this.#change(act(before, action, visibleTo(before, this.#feed, this.#shown(before))));
				this.#freeze(before, action.type === 'pause');
				// What closes an overlay does nothing else.
				if (before.mode.kind !== 'overlay' || ALWAYS.has(action.type)) {
					this.#perform(action, before);
				}
			}
		}
	}

	point(event: MouseEvent): void {
		if (this.#isAway) {
			return;
		}

		const state = this.#state;
		const shown = this.#shown(state);
		this.#change(point(state, event, visibleTo(state, this.#feed, shown), shown));
	}

	/** Gives the terminal back for as long as the process is stopped. */
	suspend(): void {
		void this.#lend(this.#hands.stopProcess);
	}

	/** The terminal is clear again. */
	goOn(): void {
		this.#pace.goOn();
	}

	/** Something other than its state or the data makes the screen look otherwise. */
	draw(): void {
		this.#pace.ask();
	}

	#change(state: ScreenState): void {
		const before = this.#state;
		this.#state = state;
		this.#freeze(before, false);

		if (state.memory !== before.memory) {
			this.#options.remember(state.memory);
		}

		this.#pace.ask();
	}

	#freeze({cursor: before}: ScreenState, isPause: boolean): void {
		const {cursor: after} = this.#state;
		this.#frozen = frozenAfter(this.#frozen, this.#feed.source, {before, after, isPause});
	}

	/** What an action does beyond the screen's state. */
	#perform(action: Action, before: ScreenState): void {
		const feed = this.#feed;
		switch (action.type) {
			case 'quit':
				this.#hands.quit();
				break;
			case 'suspend':
				this.suspend();
				break;
			case 'redraw':
				this.#hands.redraw();
				this.#pace.ask();
				break;
			case 'copy':
				this.#copy(this.#selectedRow(before));
				break;
			case 'hand-over':
				void this.#handOver(action.to, this.#selectedRow(before));
				break;
			case 'step':
				if (action.by > 0 && before.cursor === 'live') {
					feed.playback?.skip(stepMs(this.#shown(before).window.windowMs, feed.intervalMs()));
				}

				break;
			case 'interval':
				if (feed.playback === undefined) {
					feed.setIntervalMs(nextInterval(feed.intervalMs(), action.by));
					this.#tell(`read every ${formatInterval(feed.intervalMs())}`);
				} else {
					feed.playback.setSpeed(feed.playback.speed() * (action.by > 0 ? 2 : 0.5));
					this.#tell(`replayed ${feed.playback.speed()} times as fast`);
				}

				break;
			default:
				break;
		}
	}

	async #lend(use: () => Promise<void>): Promise<void> {
		if (this.#isAway) {
			return;
		}

		this.#isAway = true;
		try {
			await this.#hands.lend(use);
		} finally {
			this.#isAway = this.#hasStopped;
			this.#pace.ask();
		}
	}

	#copy(row: Row | undefined): void {
		if (row !== undefined) {
			const {multiplexer} = this.#options;
			this.#hands.write(clipboardSequence(row.name, multiplexer));
			const condition =
				multiplexer === 'tmux'
					? 'if tmux lets it through (set-clipboard on, or allow-passthrough on)'
					: 'where the terminal takes it';
			this.#tell(`copied ${row.name}, ${condition}`);
		}
	}

	async #handOver(to: 'logs' | 'shell', row: Row | undefined): Promise<void> {
		if (row === undefined || !isWorkload(row)) {
			return;
		}

		const {handOver} = this.#feed;
		let message: string | undefined =
			'there is no kubectl to hand the terminal to: nothing here is read from a cluster';
		if (handOver !== undefined) {
			await this.#lend(async () => {
				message = await handOver(to, row);
			});
		}

		this.#tell(message);
	}

	#tell(message: string | undefined): void {
		this.#change({...this.#state, message});
	}

	#shown(state: ScreenState): ScreenView {
		const feed = this.#feed;
		return screenView(state, {
			source: shownSource(this.#frozen, feed.source, state.cursor),
			feed,
			...this.#hands.size(),
			nowMs: feed.now(),
			theme: this.#theme,
			tables: this.#tables,
		});
	}

	/** The row that a key is about. */
	#selectedRow(state: ScreenState): Row | undefined {
		const {view, subject} = this.#shown(state);
		return rowInFocus(state, view, subject);
	}

	#draw(): void {
		const options = this.#options;
		const state = this.#state;
		const feed = this.#feed;
		const shown = this.#shown(state);
		const {columns, cluster, nowMs, subject, table, view, window} = shown;
		const notice = noticeOf(state, feed, window.windowMs);
		this.#hands.show(
			options.isSpoken
				? spokenLines({
						state,
						view,
						subject,
						nowMs,
						cluster,
						notice,
						label: feed.label(),
						overlay: overlayLines(state, {...shown, feed, width: columns}),
					})
				: drawFrame({
						feed,
						state,
						shown,
						theme: this.#theme,
						notice,
						rows: this.#hands.size().rows,
						completions: completionsOf(state, view, nowMs),
						tier: options.symbols === 'ascii' ? 'ascii' : options.charts,
						scales: this.#scales,
					}),
		);
		this.#tellVisibleNodes(table?.rows ?? []);
		feed.lookInto(subject && nodeIdOf(subject));
	}

	/** The nodes on the screen are read first. */
	#tellVisibleNodes(rows: readonly Row[]): void {
		const ids = visibleNodes(rows);
		if (ids.length !== this.#visibleNodes.length || ids.some((id, at) => id !== this.#visibleNodes[at])) {
			this.#visibleNodes = ids;
			this.#feed.setVisibleNodes(ids);
		}
	}
}
