import {FrozenSource} from '../metrics/frozen-source.ts';
import type {Row, Subject} from '../metrics/row.ts';
import type {Source, View} from '../metrics/view.ts';
import {clipboardSequence} from './clipboard.ts';
import type {Feed, ScreenOptions} from './feed.ts';
import {DecayingScales} from './format/decaying-scale.ts';
import {formatInterval} from './format/numbers.ts';
import {type Areas, tableHeight} from './frame/areas.ts';
import {drawFrame, overlayLines, pageAreas, stepMs} from './frame/draw-frame.ts';
import {spokenLines} from './frame/spoken.ts';
import {FramePace} from './frame-pace.ts';
import {noticeOf} from './notice.ts';
import {point} from './point.ts';
import type {Action} from './state/action.ts';
import {typeChooser} from './state/column-choosing.ts';
import {completeFilter} from './state/complete-filter.ts';
import {typeFilter} from './state/filter-editing.ts';
import {actionOf} from './state/keymap.ts';
import {currentPage} from './state/page.ts';
import {act} from './state/reduce.ts';
import {initialState, type ScreenState} from './state/screen-state.ts';
import {selectedRow} from './state/selection.ts';
import type {Visible} from './state/visible.ts';
import {isWorkload} from './state/workload.ts';
import {layoutOf} from './table/draw-table.ts';
import {TableCache} from './table-cache.ts';
import {rowsInWindow, tableWindow} from './table-window.ts';
import type {PressedKey} from './terminal/key-reader.ts';
import type {MouseEvent} from './terminal/mouse.ts';
import type {TerminalSize} from './terminal/terminal.ts';
import {createTheme, type Theme} from './theme/theme.ts';
import {choiceOf, sortableColumns, vocabularyOf} from './vocabulary.ts';

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

/** Steps of the interval that `+` and `-` go through. */
const INTERVALS_MS = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000];

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
			this.#change(typeFilter(before, name, text, this.#visibleTo(before)));
		} else if (before.mode.kind === 'chooser') {
			this.#change(typeChooser(before, name, this.#visibleTo(before)));
		} else {
			const action = actionOf(name);
			if (action !== undefined) {
				this.#change(act(before, action, this.#visibleTo(before)));
				this.#freeze(action, before);
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

		const {columns} = this.#hands.size();
		const feed = this.#feed;
		this.#change(
			point(this.#state, event, this.#visibleTo(this.#state), {
				areas: this.#areasOf(this.#state),
				view: this.#viewOf(this.#state),
				cluster: this.#tables.cluster(this.#state, this.#sourceOf(this.#state), feed.now()),
				columns,
				hasInventory: feed.hasInventory(),
			}),
		);
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
		if (state.cursor === 'live') {
			this.#frozen = undefined;
		}

		if (state.memory !== before.memory) {
			this.#options.remember(state.memory);
		}

		this.#pace.ask();
	}

	/** What was live when the screen was stopped stays whole; a step back looks into the rings. */
	#freeze(action: Action, before: ScreenState): void {
		const {cursor} = this.#state;
		if (action.type === 'pause' && before.cursor === 'live' && cursor !== 'live') {
			this.#frozen = new FrozenSource(this.#feed.source, cursor.atMs);
		}
	}

	/** What the screen shows is told by. */
	#sourceOf({cursor}: ScreenState): Source {
		return this.#frozen?.isAt(cursor) === true ? this.#frozen : this.#feed.source;
	}

	/** The feed with what the screen shows in place of what is new by now. */
	#feedOf(state: ScreenState): Feed {
		return {...this.#feed, source: this.#sourceOf(state)};
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
					feed.playback?.skip(stepMs(before, feed));
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

	#viewOf(state: ScreenState): View | undefined {
		return this.#tables.view(state, this.#sourceOf(state), this.#feed.now());
	}

	/** What the page is of. */
	#subjectOf(state: ScreenState): Subject | undefined {
		const {subject} = currentPage(state);
		const source = this.#sourceOf(state);
		const nowMs = this.#feed.now();
		return subject?.level === 'cluster'
			? this.#tables.cluster(state, source, nowMs)
			: subject && source.find(subject.level, subject.id, state.cursor, nowMs);
	}

	/** The row that a key is about: of a page without a table its subject. */
	#selectedRow(state: ScreenState): Row | undefined {
		const view = this.#viewOf(state);
		const row = view === undefined ? this.#subjectOf(state) : selectedRow(state, view.rows);
		return row?.kind === 'cluster' ? undefined : row;
	}

	#areasOf(state: ScreenState): Areas {
		return pageAreas({
			...this.#hands.size(),
			state,
			view: this.#viewOf(state),
			// Only facts need as much room as there is to say of it.
			subject: state.hasFacts ? this.#subjectOf(state) : undefined,
			nowMs: this.#feed.now(),
			theme: this.#theme,
		});
	}

	#visibleTo(state: ScreenState): Visible {
		const feed = this.#feed;
		const view = this.#viewOf(state);
		return {
			rows: view?.rows ?? [],
			sortable: sortableColumns(state, feed.hasInventory()),
			// A few keys ask for these, and none of those that are held down.
			shownColumns: () => (view === undefined ? [] : this.#shownColumns(state, view)),
			choosable: choiceOf(state, feed.hasInventory()),
			vocabulary: vocabularyOf(view, feed.now()),
			overlayRest: state.mode.kind === 'overlay' ? this.#overlayRest(state, view) : 0,
			height: tableHeight(this.#areasOf(state)),
			nowMs: feed.now(),
			span: feed.source.span(),
			stepMs: stepMs(state, feed),
			windowLimitMs: feed.windowMs,
		};
	}

	#shownColumns(state: ScreenState, view: View): readonly string[] {
		const layout = layoutOf(
			{
				view,
				width: this.#hands.size().columns,
				hasInventory: this.#feed.hasInventory(),
				chosen: state.memory.columns[view.level],
				isWide: state.isWide,
			},
			view.rows,
		);
		return layout.flatMap(({id, series}) => (series === undefined ? [id] : []));
	}

	/** By how many lines the overlay is longer than its place. */
	#overlayRest(state: ScreenState, view: View | undefined): number {
		const {columns} = this.#hands.size();
		const {charts, table} = this.#areasOf(state);
		const all = overlayLines({
			feed: this.#feedOf(state),
			state,
			view,
			subject: this.#subjectOf(state),
			nowMs: this.#feed.now(),
			columns,
		});
		return all.length - charts - table;
	}

	#draw(): void {
		const options = this.#options;
		const state = this.#state;
		const feed = this.#feedOf(state);
		const nowMs = feed.now();
		const {columns, rows} = this.#hands.size();
		const view = this.#viewOf(state);
		const shown = {feed, state, view, subject: this.#subjectOf(state), nowMs, columns, theme: this.#theme};
		const cluster = this.#tables.cluster(state, feed.source, nowMs);
		const notice = noticeOf(state, feed);
		this.#hands.show(
			options.isSpoken
				? spokenLines({
						...shown,
						cluster,
						notice,
						label: feed.label(),
						overlay: overlayLines(shown),
					})
				: drawFrame({
						...shown,
						cluster,
						notice,
						rows,
						completions: completionsOf(state, view, nowMs),
						tier: options.symbols === 'ascii' ? 'ascii' : options.charts,
						scales: this.#scales,
						intervalMs: feed.intervalMs(),
					}),
		);
		this.#tellVisibleNodes(state, view);
		feed.lookInto(shown.subject && nodeIdOf(shown.subject));
	}

	/** Whose rows are on the screen is read first. */
	#tellVisibleNodes(state: ScreenState, view: View | undefined): void {
		const all: readonly Row[] = view?.rows ?? [];
		const height = tableHeight(this.#areasOf(state));
		const shown = rowsInWindow(all, tableWindow(state, all, height), height);
		const ids = [...new Set(shown.flatMap(row => nodeIdOf(row) ?? []))];
		if (ids.length !== this.#visibleNodes.length || ids.some((id, at) => id !== this.#visibleNodes[at])) {
			this.#visibleNodes = ids;
			this.#feed.setVisibleNodes(ids);
		}
	}
}

/** Words that the filter which is being typed could go on with. */
function completionsOf({mode}: ScreenState, view: View | undefined, nowMs: number): readonly string[] {
	return mode.kind === 'filter'
		? completeFilter(mode.line.text, mode.line.cursor, vocabularyOf(view, nowMs)).words
		: [];
}

/** The node whose reading a row is from. */
function nodeIdOf(row: Subject): string | undefined {
	switch (row.kind) {
		case 'node':
			return row.id;
		case 'pod':
		case 'container':
			return row.nodeId;
		case 'namespace':
		case 'cluster':
			return undefined;
		case 'tree':
			return nodeIdOf(row.of);
	}
}

function nextInterval(intervalMs: number, by: number): number {
	const next =
		by > 0
			? INTERVALS_MS.find(candidate => candidate > intervalMs)
			: INTERVALS_MS.findLast(candidate => candidate < intervalMs);
	return next ?? intervalMs;
}
