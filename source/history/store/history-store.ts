import type {HistoryPoint, MomentEntry, MomentRequest, SeriesRequest} from './history-request.ts';
import type {KeptInstead} from './kept-instead.ts';

/** What a store was found to hold. */
export type HistorySchema = {
	/** `Heapster`, `Telegraf`, `cAdvisor`, `container metrics`: who wrote it, for the status line and `doctor`. */
	readonly name: string;
	/** Where what it keeps is not the quantity that is shown live; none where that is left out. */
	readonly differences?: readonly KeptInstead[];
};

/**
 * A store of the past, whatever it is made of. Every question is bounded in range, points, time and answer size; all
 * of them throw `KtopError` and nothing else, and give up when `signal` aborts.
 */
export type HistoryStore = {
	/** `InfluxDB k8s`, `Prometheus`; no credentials. */
	readonly label: string;
	/** Finds out what the store holds; asked once before the first question, and again after a failure. */
	readonly probe: (signal: AbortSignal) => Promise<HistorySchema>;
	/** The points of each subject by its `subjectKey`, oldest first; subjects and series that it does not have are left out. */
	readonly series: (
		request: SeriesRequest,
		signal: AbortSignal,
	) => Promise<ReadonlyMap<string, readonly HistoryPoint[]>>;
	readonly moment: (request: MomentRequest, signal: AbortSignal) => Promise<readonly MomentEntry[]>;
	readonly close: () => Promise<void>;
};
