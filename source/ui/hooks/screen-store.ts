import type {Source} from '../../metrics/model/view.ts';
import type {FrozenSource} from '../../metrics/store/frozen-source.ts';
import type {Feed} from '../feed.ts';
import {DecayingScales} from '../format/decaying-scale.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenMemory} from '../state/screen-memory.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {frozenAfter, shownSource} from '../view/frozen.ts';
import {lastingMs, TableCache} from '../view/table-cache.ts';
import {FramePace} from './frame-pace.ts';

/** How long work on what is shown next may hold up keys. */
const TURN_MS = 8;

/** The state, data and time of one frame, the same for all components. */
export type Frame = {
	readonly state: ScreenState;
	/** The feed's source, or the frozen one while the screen is paused. */
	readonly source: Source;
	readonly nowMs: number;
};

export type ScreenStoreOptions = {
	/** Whether the terminal has processed the last frame; until then no frame is drawn. */
	readonly isClear: () => boolean;
	/** Called with the settings for the next run when they change. */
	readonly remember: (memory: ScreenMemory) => void;
	/** Whether new data and the clock change the screen. For a screen reader, only keys and the first samples do. */
	readonly isLive: boolean;
};

/** The clock and ages change without a key or new data. Only texts that show them are drawn then. */
const CLOCK_MS = 1000;

/** How long a message about a key is shown where no other key is pressed: a file's path is to be read and copied. */
const MESSAGE_MS = 10_000;

/** Half the repeat interval of a held key, so that keys hardly wait for the frame before. */
const MIN_FRAME_MS = 16;

/**
 * The state and data of the screen as an external store of React. Keys change `state` at once. React gets a frame when
 * `FramePace` allows: one frame for all keys of a chunk and all scrapes of a batch, and none while the terminal is busy.
 */
export class ScreenStore {
	/** Caches for frames, and for keys between frames. */
	readonly tables = new TableCache(() => lastingMs(this.feed.intervalMs()));
	readonly scales = new DecayingScales();
	readonly feed: Feed;
	readonly #options: ScreenStoreOptions;
	readonly #pace: FramePace;
	readonly #listeners = new Set<() => void>();
	readonly #clockListeners = new Set<() => void>();
	#state: ScreenState;
	#frozen: FrozenSource | undefined;
	#frame: Frame;
	#nowMs: number;
	#isHeld = false;
	#hasEnded = false;
	#clock: NodeJS.Timeout | undefined;
	#turn: NodeJS.Immediate | undefined;
	#forgetting: NodeJS.Timeout | undefined;
	/** Whether the last frame was drawn before all that it shows was ready. */
	#isAwaited = false;
	#disconnect: () => void = () => {};

	constructor(feed: Feed, state: ScreenState, options: ScreenStoreOptions) {
		this.feed = feed;
		this.#options = options;
		this.#state = state;
		this.#frame = this.#nextFrame();
		this.#nowMs = this.#frame.nowMs;
		this.#pace = new FramePace(
			() => this.#publish(),
			MIN_FRAME_MS,
			() => !this.#isHeld && options.isClear(),
		);
	}

	/** The state after the last key, which may not be drawn yet. */
	get state(): ScreenState {
		return this.#state;
	}

	/** Whether frames and keys are held, because another program has the terminal or the screen has ended. */
	get isHeld(): boolean {
		return this.#isHeld;
	}

	/** The source after the last key: the frozen one while the screen is paused. */
	get source(): Source {
		return shownSource(this.#frozen, this.feed.source, this.#state.cursor);
	}

	/** Sets the next state. `isPause`: freezes all current figures, of which rings keep only a few. */
	change(state: ScreenState, {isPause = false}: {readonly isPause?: boolean} = {}): void {
		const before = this.#state;
		this.#state = state;
		this.#frozen = frozenAfter(this.#frozen, this.feed.source, {
			before: before.cursor,
			after: state.cursor,
			isPause,
		});
		if (state.memory !== before.memory) {
			this.#options.remember(state.memory);
		}

		clearTimeout(this.#forgetting);
		if (state.message !== undefined && this.#options.isLive && !this.#hasEnded) {
			this.#forgetting = setTimeout(() => this.change({...this.#state, message: undefined}), MESSAGE_MS);
		}

		this.requestFrame();
	}

	/** Requests a frame. */
	requestFrame(): void {
		this.#pace.request();
	}

	/** To be called when the terminal has processed the last frame. */
	resume(): void {
		this.#pace.resume();
	}

	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** Holds frames and keys until `release`. */
	hold(): void {
		this.#isHeld = true;
	}

	release(): void {
		this.#isHeld = this.#hasEnded;
		this.requestFrame();
	}

	/** Holds frames and keys forever. */
	end(): void {
		this.#hasEnded = true;
		this.#isHeld = true;
	}

	/** For `useSyncExternalStore`; connected to the feed and the clock while there are listeners. */
	readonly subscribe = (listener: () => void): (() => void) => {
		if (this.#listeners.size === 0) {
			this.#connect();
		}

		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
			if (this.#listeners.size === 0) {
				this.#disconnect();
				this.#pace.stop();
				clearImmediate(this.#turn);
				clearTimeout(this.#forgetting);
			}
		};
	};

	/** For `useSyncExternalStore`. */
	readonly frame = (): Frame => this.#frame;

	/** For `useSyncExternalStore`: the clock between frames, for texts that change only with time. */
	readonly subscribeClock = (listener: () => void): (() => void) => {
		this.#clockListeners.add(listener);
		return () => {
			this.#clockListeners.delete(listener);
		};
	};

	/** The time of the last frame, or of the clock after it. */
	readonly nowMs = (): number => this.#nowMs;

	#connect(): void {
		if (this.#options.isLive) {
			const unsubscribe = this.feed.subscribe(() => this.requestFrame());
			this.#clock = setInterval(() => this.#tick(), CLOCK_MS);
			this.#disconnect = () => {
				unsubscribe();
				clearInterval(this.#clock);
				this.#clock = undefined;
			};
			return;
		}

		let isDrawn = false;
		this.#disconnect = this.feed.subscribe(() => {
			if (this.feed.source.span() === undefined) {
				return;
			}

			// The first sample of a node may be there before the rows of the table are.
			const hasRows = this.#hasRows();
			if (hasRows) {
				this.#disconnect();
			}

			if (hasRows || !isDrawn) {
				isDrawn = true;
				this.requestFrame();
			}
		});
	}

	#hasRows(): boolean {
		const {level} = currentPage(this.#state);
		return level === undefined || this.source.view({level}, 'live', this.feed.now()).total > 0;
	}

	#nextFrame(): Frame {
		const frame = {state: this.#state, source: this.source, nowMs: this.feed.now()};
		// From now on what it shows may expire.
		this.tables.sinceMs(frame.source, frame.nowMs);
		return frame;
	}

	/** Lets the clock go on, or requests a frame when answers of the table cache expire. */
	#tick(): void {
		const nowMs = this.feed.now();
		if (this.tables.hasExpired(this.source, nowMs)) {
			this.requestFrame();
		} else if (!this.#isHeld && this.#options.isClear()) {
			this.#nowMs = nowMs;
			for (const listener of this.#clockListeners) {
				listener();
			}
		}
	}

	#publish(): void {
		// Each frame shows the time, so the clock goes on only if there was none for a second.
		this.#clock?.refresh();
		this.#frame = this.#nextFrame();
		this.#nowMs = this.#frame.nowMs;
		for (const listener of this.#listeners) {
			listener();
		}

		if (this.source.prepare !== undefined) {
			clearImmediate(this.#turn);
			// React renders when this is done, and the frame is written in the turn after that: it goes before.
			this.#turn = setImmediate(() => {
				this.#turn = setImmediate(this.#prepare);
			});
		}
	}

	/** Goes on with rows that were not ready for the frame, turn after turn; asks for another one when they are. */
	readonly #prepare = (): void => {
		const endMs = performance.now() + TURN_MS;
		const left = this.source.prepare?.(() => performance.now() < endMs) ?? 'nothing';
		if (left === 'view') {
			this.#isAwaited = true;
		}

		if (left !== 'view' && (this.#isAwaited || this.tables.isPending)) {
			this.#isAwaited = false;
			this.tables.renew(this.#state.cursor);
			this.requestFrame();
		} else if (left !== 'nothing') {
			this.#turn = setImmediate(this.#prepare);
		}
	};
}
