import type {ClusterContext} from '../metrics/model/cluster-context.ts';
import type {DescribedObject, Description} from '../metrics/model/description.ts';
import type {Failure} from '../metrics/model/failure.ts';
import type {Row, SeriesName} from '../metrics/model/row.ts';
import type {Cursor, Namespaces, PrintedLevel, Source, View} from '../metrics/model/view.ts';
import type {ThresholdEvent} from '../metrics/store/threshold-watch.ts';
import type {Multiplexer} from './clipboard.ts';
import type {HandOver} from './state/action.ts';
import type {ScreenMemory} from './state/screen-memory.ts';
import type {ColorDepth} from './theme/color-depth.ts';
import type {ThemeName} from './theme/palettes.ts';

/** The history store, for times before ktop's own samples. */
export type PastFeed = {
	readonly status: () =>
		| {readonly kind: 'unqueried' | 'ok'; readonly label: string}
		| {readonly kind: 'failed'; readonly label: string; readonly failure: Failure};
	/** The seam: samples before this time are from the store. Undefined while there are no own samples. */
	readonly seamMs: () => number | undefined;
	/** The quantity that the store keeps instead of the live one, in words; undefined if it is the same. */
	readonly keptInstead: (
		kind: 'cluster' | 'node' | 'namespace' | 'pod' | 'container',
		series: SeriesName,
	) => string | undefined;
	/** Whether the rows at a cursor are being loaded. */
	readonly isLoading: (cursor: Cursor) => boolean;
};

/** Controls of a replay. */
export type PlaybackFeed = {
	readonly speed: () => number;
	readonly setSpeed: (speed: number) => void;
	/** Skips forward by a time. */
	readonly skip: (byMs: number) => void;
};

/** All rows of a table, for export. */
export type ExportedTable = {
	readonly view: View;
	/** The columns to write, in their order. */
	readonly columnIds: readonly string[];
	readonly nowMs: number;
	/** Undefined: a name made of the table and the time. */
	readonly path: string | undefined;
};

/** The screen's controls of scraping. */
export type PollingFeed = {
	readonly setIntervalMs: (intervalMs: number) => void;
	/** Sets the nodes of the rows on the screen, which are scraped first. */
	readonly setVisibleNodes: (ids: readonly string[]) => void;
	/**
	 * Sets the node whose page, or that of a pod or container of it, is open, if any: a scrape reads more of it. Called
	 * with each frame.
	 */
	readonly setViewedNode: (nodeId: string | undefined) => void;
	/** Sets the nodes whose processes are shown, and so read: one, all or none. */
	readonly setProcesses: (nodeId: string | 'all' | undefined) => void;
	/** The delay of scrapes because a round takes longer than the interval; undefined if there is none. */
	readonly overrunMs: () => number | undefined;
};

/** What the API server says about the object whose facts are on the screen. */
export type DescriptionFeed = {
	/** Sets that object, which is read until another is set. Called with each frame. */
	readonly setViewed: (object: DescribedObject | undefined) => void;
	/** Undefined while it is not read yet. */
	readonly of: (object: DescribedObject) => Description | undefined;
	/** Whether there is an API server to ask. */
	readonly isAvailable: () => boolean;
};

/** The contexts of the kubeconfig, of which one is shown. */
export type ContextsFeed = {
	/** As last read; reads the kubeconfig in the background. */
	readonly list: () => {
		/** Undefined until the kubeconfig is read. */
		readonly contexts: readonly ClusterContext[] | undefined;
		readonly failure: Failure | undefined;
	};
	/** Resolves when the kubeconfig is read. */
	readonly whenRead: () => Promise<void>;
	/** The name of the one on the screen, `a,b` for several; undefined if the source is none of them. */
	readonly current: () => string | undefined;
	/** The names of those on the screen; absent: the current one alone. */
	readonly shown?: () => readonly string[];
	/** The name of the one that is being opened. */
	readonly opening: () => string | undefined;
	/** The last one that could not be opened, until another one is chosen. */
	readonly failed: () => {readonly name: string; readonly failure: Failure} | undefined;
	/** Shows another one, or several as `a,b`, as soon as it is open; until then, and if that fails, the old one stays. */
	readonly open: (name: string) => Promise<OpenedContext>;
};

export type OpenedContext =
	| {
			readonly kind: 'opened';
			/** Whether its nodes may not be listed. */
			readonly hidesNodes: boolean;
	  }
	| {readonly kind: 'failed'; readonly failure: Failure}
	/** Another one was chosen meanwhile. */
	| {readonly kind: 'superseded'};

/** The data of the screen, and its controls of scraping. */
export type Feed = {
	readonly source: Source;
	readonly now: () => number;
	/** Calls `listener` after changes of `source.version`. Returns a function that unsubscribes. */
	readonly subscribe: (listener: () => void) => () => void;
	/** `this machine`, `3 kubelets`, `prod-eu v1.36.2 as admin`. */
	readonly label: () => string;
	readonly isDemo: boolean;
	/** Whether there is an inventory from an API server; without one, some columns are not available. */
	readonly hasInventory: () => boolean;
	/** Whether several clusters are read; absent: never. */
	readonly hasClusters?: () => boolean;
	/** Problems that hide or delay data, such as missing rights; one line each. */
	readonly notices: () => readonly string[];
	readonly intervalMs: () => number;
	/** Older samples are stale and in no sum. */
	readonly staleAfterMs: () => number;
	/** Only for a replay. */
	readonly playback?: PlaybackFeed | undefined;
	/** The events, the newest first; undefined if thresholds are not watched. */
	readonly events?: (() => readonly ThresholdEvent[]) | undefined;
	/** Whether the source lists processes. */
	readonly listsProcesses?: (() => boolean) | undefined;
	/** Runs kubectl in the terminal for a pod or container; resolves with an error message, if any. */
	readonly handOver?: ((to: HandOver, row: Row) => Promise<string | undefined>) | undefined;
	/** Writes a table to a new file. Resolves with a message, also on failure. Undefined if not supported. */
	readonly exportTable?: ((table: ExportedTable) => Promise<string>) | undefined;
	/** Undefined if no history store is configured. */
	readonly past: PastFeed | undefined;
	/** The longest window of charts: the length of full rings, or that of the history store. */
	readonly windowMs: number;
	/** Undefined for a replay. */
	readonly description?: DescriptionFeed | undefined;
	/** Begins to read what controllers of pods want. May be called with each frame; absent: there is nothing to read. */
	readonly watchControllers?: (() => void) | undefined;
	/** Undefined for a source that is not chosen by the kubeconfig. */
	readonly contexts?: ContextsFeed | undefined;
	/** Undefined for a replay. */
	readonly polling: PollingFeed | undefined;
};

export type ScreenOptions = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly level: PrintedLevel;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespaces: Namespaces;
	/** What the nodes or pods of the first page are grouped by. */
	readonly group?: string | undefined;
	/** `auto`: as the terminal answers whether its background is light or dark. */
	readonly theme: ThemeName | 'auto';
	readonly colors: ColorDepth;
	/** How charts are drawn if the terminal shows Unicode. */
	readonly charts: 'lines' | 'braille';
	/** Whether ktop receives clicks and the wheel. */
	readonly hasMouse: boolean;
	/** Whether to print sentences for a screen reader. */
	readonly isSpoken: boolean;
	readonly multiplexer: Multiplexer | undefined;
	readonly memory: ScreenMemory;
	/** Saves the settings for the next run. */
	readonly remember: (memory: ScreenMemory) => void;
	readonly symbols: 'unicode' | 'ascii';
};
