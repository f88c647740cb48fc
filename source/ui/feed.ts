import type {ListLevel, Source} from '../metrics/view.ts';

/** What the screen lives on: the store's answers, and the few things that it may ask of whoever polls. */
export type Feed = {
	readonly source: Source;
	readonly now: () => number;
	/** Calls back after each change of `source.version`; the result ends that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** `this machine`, `3 kubelets`, `prod-eu v1.36.2 as admin`. */
	readonly label: string;
	readonly isDemo: boolean;
	/** Whether an API server tells who is there: without, a part of the columns would be empty. */
	readonly hasInventory: boolean;
	/** What is hidden or late for want of rights or of an answer, a line each. */
	readonly notices: () => readonly string[];
	readonly intervalMs: () => number;
	readonly setIntervalMs: (intervalMs: number) => void;
	/** A sample older than this is in no sum. */
	readonly staleAfterMs: () => number;
	/** How much of the past the rings hold when they are full. */
	readonly windowMs: number;
	/** The nodes whose rows are on the screen: they are polled first. */
	readonly setVisibleNodes: (ids: readonly string[]) => void;
	/** By how much reads are late because a round takes longer than the interval. */
	readonly overrunMs: () => number | undefined;
};

export type ScreenOptions = {
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	readonly level: ListLevel;
	readonly sort: {readonly column: string; readonly isDescending: boolean} | undefined;
	readonly filter: string | undefined;
	readonly namespace: string | undefined;
	readonly hasColor: boolean;
	readonly symbols: 'unicode' | 'ascii';
};
