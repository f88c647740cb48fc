import type {Failure} from '../metrics/model/failure.ts';
import type {Row, SeriesName} from '../metrics/model/row.ts';
import type {Cursor, ListLevel, Namespaces, Source, View} from '../metrics/model/view.ts';
import type {ThresholdEvent} from '../metrics/store/threshold-watch.ts';
import type {Multiplexer} from './clipboard.ts';
import type {ScreenMemory} from './state/screen-memory.ts';
import type {ColorDepth} from './theme/color-depth.ts';
import type {ThemeName} from './theme/palettes.ts';

/** A store of what ktop has not seen itself. */
export type PastFeed = {
	readonly status: () =>
		| {readonly kind: 'unasked' | 'ok'; readonly label: string}
		| {readonly kind: 'failed'; readonly label: string; readonly failure: Failure};
	/** Before this moment everything is from the store; undefined while nothing else was seen. */
	readonly seamMs: () => number | undefined;
	/** What the store keeps of such things instead of the quantity that is shown live; undefined where it keeps the same. */
	readonly keptInstead: (
		kind: 'cluster' | 'node' | 'namespace' | 'pod' | 'container',
		series: SeriesName,
	) => string | undefined;
	/** Whether the rows of a moment are still being asked for. */
	readonly isAsking: (cursor: Cursor) => boolean;
};

/** How time passes in a recording. */
export type PlaybackFeed = {
	readonly speed: () => number;
	readonly setSpeed: (speed: number) => void;
	readonly skip: (byMs: number) => void;
};

/** A table as it is shown, all its rows. */
export type ExportedTable = {
	readonly view: View;
	/** The columns to write, in their order. */
	readonly columnIds: readonly string[];
	readonly nowMs: number;
	/** Undefined: a name of the table and the time. */
	readonly path: string | undefined;
};

/** What the screen may ask of the poller. */
export type PollingFeed = {
	readonly setIntervalMs: (intervalMs: number) => void;
	/** The nodes whose rows are on the screen: they are polled first. */
	readonly setVisibleNodes: (ids: readonly string[]) => void;
	/**
	 * Sets the node whose page, or that of a pod or container of it, is open, if any: a scrape reads more of it. Called
	 * with each frame.
	 */
	readonly setViewedNode: (nodeId: string | undefined) => void;
	/** By how much reads are late because a round takes longer than the interval. */
	readonly overrunMs: () => number | undefined;
};

/** The data of the screen, and the few things that it may ask of those who provide it. */
export type Feed = {
	readonly source: Source;
	readonly now: () => number;
	/** Calls back after each change of `source.version`; the result ends that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** `this machine`, `3 kubelets`, `prod-eu v1.36.2 as admin`. */
	readonly label: () => string;
	readonly isDemo: boolean;
	/** Whether an API server tells who is there: without, a part of the columns would be empty. */
	readonly hasInventory: () => boolean;
	/** What is hidden or late for want of rights or of an answer, a line each. */
	readonly notices: () => readonly string[];
	readonly intervalMs: () => number;
	/** A sample older than this is in no sum. */
	readonly staleAfterMs: () => number;
	/** Of a recording, which may be played faster and skipped through. */
	readonly playback?: PlaybackFeed | undefined;
	/** What crossed a threshold, the newest first; undefined where nobody watches. */
	readonly events?: (() => readonly ThresholdEvent[]) | undefined;
	/** Gives the terminal to kubectl for a pod or container; resolves with what went wrong, if anything. */
	readonly handOver?: ((to: 'logs' | 'shell', row: Row) => Promise<string | undefined>) | undefined;
	/** Writes a table into a new file; resolves with what to say of it, and never rejects. Undefined where none can be. */
	readonly exportTable?: ((table: ExportedTable) => Promise<string>) | undefined;
	/** Undefined where no store is configured. */
	readonly past: PastFeed | undefined;
	/** The longest time that charts may cover: that of the rings when they are full, or of the store. */
	readonly windowMs: number;
	/** Undefined for a recording, which nothing is read for. */
	readonly polling: PollingFeed | undefined;
};

export type ScreenOptions = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly level: ListLevel;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespaces: Namespaces;
	readonly theme: ThemeName;
	readonly colors: ColorDepth;
	/** What charts are drawn with where the terminal shows more than ASCII. */
	readonly charts: 'lines' | 'braille';
	/** Whether clicks and the wheel are for ktop. */
	readonly hasMouse: boolean;
	readonly isSpoken: boolean;
	readonly multiplexer: Multiplexer | undefined;
	readonly memory: ScreenMemory;
	readonly remember: (memory: ScreenMemory) => void;
	readonly symbols: 'unicode' | 'ascii';
};
