import type {Source} from '../../metrics/model/view.ts';
import type {FrozenSource} from '../../metrics/store/frozen-source.ts';
import type {Feed} from '../feed.ts';
import {DecayingScales} from '../format/decaying-scale.ts';
import type {ScreenMemory} from '../state/screen-memory.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {frozenAfter, shownSource} from '../view/frozen.ts';
import {TableCache} from '../view/table-cache.ts';
import {FramePace} from './frame-pace.ts';

/** What one frame shows: the same state, data and time for every component. */
export type Frame = {
	readonly state: ScreenState;
	/** The feed's source; what was live when the screen was paused, while it is. */
	readonly source: Source;
	readonly nowMs: number;
};

export type ScreenStoreOptions = {
	/** Whether the terminal has taken in the last frame; until then there is no other. */
	readonly isClear: () => boolean;
	/** Called with what is to be kept for the next start, whenever that changes. */
	readonly remember: (memory: ScreenMemory) => void;
	/** Whether new data and the clock ask for frames; for a screen reader only keys do, and the first figures. */
	readonly isLive: boolean;
};

/** Clock and ages: nothing else on the screen changes without a key or new data. */
const CLOCK_MS = 1000;

/** Twice as often as a held key repeats, so that a key hardly waits for the frame before it. */
const LEAST_FRAME_MS = 16;

/**
 * The screen's state and data as an external store of React. Keys change `state` at once; React is given a new frame by
 * the pace: all keys of one chunk and all answers of one turn make one frame, and none comes while the terminal is busy.
 */
export class ScreenStore {
	/** What is computed once for a frame, and by keys between frames. */
	readonly tables = new TableCache();
	readonly scales = new DecayingScales();
	readonly feed: Feed;
	readonly #options: ScreenStoreOptions;
	readonly #pace: FramePace;
	readonly #listeners = new Set<() => void>();
	#state: ScreenState;
	#frozen: FrozenSource | undefined;
	#frame: Frame;
	#isHeld = false;
	#hasEnded = false;
	#clock: NodeJS.Timeout | undefined;
	#disconnect: () => void = () => {};

	constructor(feed: Feed, state: ScreenState, options: ScreenStoreOptions) {
		this.feed = feed;
		this.#options = options;
		this.#state = state;
		this.#frame = this.#nextFrame();
		this.#pace = new FramePace(
			() => this.#publish(),
			LEAST_FRAME_MS,
			() => !this.#isHeld && options.isClear(),
		);
	}

	/** The state after the last key, which a frame may not show yet. */
	get state(): ScreenState {
		return this.#state;
	}

	/** Whether no frame is drawn and no key taken: the terminal is lent, or given back. */
	get isHeld(): boolean {
		return this.#isHeld;
	}

	/** What the screen shows after the last key: a paused screen keeps what it showed, whatever comes in. */
	get source(): Source {
		return shownSource(this.#frozen, this.feed.source, this.#state.cursor);
	}

	/** Takes the next state; `isPause` says that all figures of now are to be kept, and not only what rings keep. */
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

		this.ask();
	}

	/** Asks for a frame. */
	ask(): void {
		this.#pace.ask();
	}

	/** The terminal has taken in the last frame. */
	goOn(): void {
		this.#pace.goOn();
	}

	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** Draws nothing and takes no key until `release`. */
	hold(): void {
		this.#isHeld = true;
	}

	release(): void {
		this.#isHeld = this.#hasEnded;
		this.ask();
	}

	/** Holds for good. */
	end(): void {
		this.#hasEnded = true;
		this.#isHeld = true;
	}

	/** For `useSyncExternalStore`; connected to the feed and the clock while somebody listens. */
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
			}
		};
	};

	/** For `useSyncExternalStore`. */
	readonly frame = (): Frame => this.#frame;

	#connect(): void {
		if (this.#options.isLive) {
			const unsubscribe = this.feed.subscribe(() => this.ask());
			this.#clock = setInterval(() => this.ask(), CLOCK_MS);
			this.#disconnect = () => {
				unsubscribe();
				clearInterval(this.#clock);
				this.#clock = undefined;
			};
			return;
		}

		this.#disconnect = this.feed.subscribe(() => {
			if (this.feed.source.span() !== undefined) {
				this.#disconnect();
				this.ask();
			}
		});
	}

	#nextFrame(): Frame {
		return {state: this.#state, source: this.source, nowMs: this.feed.now()};
	}

	#publish(): void {
		// Any frame shows the time: the clock asks for one only where nothing else did for a second.
		this.#clock?.refresh();
		this.#frame = this.#nextFrame();
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
