import type {HistoryPoint, MomentEntry, MomentRequest, SeriesRequest} from './history-request.ts';
import type {KeptInstead} from './kept-instead.ts';

/** The schema that was detected in a store. */
export type HistorySchema = {
	/** `Heapster`, `Telegraf`, `cAdvisor` or `container metrics`, for the status line and `doctor`. */
	readonly name: string;
	/** The series whose stored quantity is not the live one; none if absent. */
	readonly differences?: readonly KeptInstead[];
};

/**
 * A database with samples from before ktop started: InfluxDB, Prometheus. Implementations bound every query in range,
 * points, time and response size. All methods throw only `KtopError`, and stop when `signal` aborts.
 */
export type HistoryStore = {
	/** `InfluxDB k8s`, `Prometheus`; without credentials. */
	readonly label: string;
	/** True if it stands in for no node that cannot be read now. */
	readonly isOfPastAlone?: true;
	/** Detects the schema. Called before the first query, and again after a failure. */
	readonly probe: (signal: AbortSignal) => Promise<HistorySchema>;
	/** Points per subject, keyed by `subjectKey`, oldest first. Subjects without data are absent. */
	readonly series: (
		request: SeriesRequest,
		signal: AbortSignal,
	) => Promise<ReadonlyMap<string, readonly HistoryPoint[]>>;
	readonly moment: (request: MomentRequest, signal: AbortSignal) => Promise<readonly MomentEntry[]>;
	readonly close: () => Promise<void>;
};
