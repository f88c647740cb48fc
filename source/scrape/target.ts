import type {Failure} from '../metrics/model/failure.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Route} from '../metrics/model/route.ts';

/** The result of one scrape of a node. */
export type Scrape = {
	/** Oldest first; several if the source keeps older samples (cAdvisor). Empty once they were taken, see `takeReadings`. */
	readonly readings: Reading[];
	/** The route that worked. */
	readonly route: Route;
	readonly latencyMs: number;
	/** Why a better route was not used, or why some metrics are missing. */
	readonly degraded: Failure | undefined;
};

/** The terms of one scrape. */
export type ScrapeContext = {
	/** Aborts the scrape. */
	readonly signal: AbortSignal;
	/** The end of the time for the scrape with all its requests, on the clock of `performance.now()`. */
	readonly deadlineMs: number;
	/**
	 * Whether the user views this node, so that metrics too expensive for all nodes are read too. Called after the
	 * other metrics were read, since the user may open the node during the scrape.
	 */
	readonly isViewed: () => boolean;
	/**
	 * Set where CPU and memory are enough this time, which kubelets send in half as many bytes: for how long the rest of the
	 * last full reading holds.
	 */
	readonly restHoldsMs?: number | undefined;
	/** Whether to list processes, with their arguments or by name alone; not if absent. Called like `isViewed`. */
	readonly processes?: () => 'names' | 'arguments' | undefined;
};

/** A node to scrape. The poller decides when to scrape it. */
export type Target = {
	/** Unique and stable for the life of the process. */
	readonly id: string;
	/** The name of the node's cluster, where several are read. */
	readonly cluster?: string | undefined;
	/** The name of the node until a reading has one. */
	readonly name: string;
	/** The refresh interval of the source; faster scrapes get no new samples. */
	readonly naturalIntervalMs: number;
	/** Only throws `KtopError`; rejects when `context.signal` aborts. */
	readonly scrape: (context: ScrapeContext) => Promise<Scrape>;
	/** Whether a scrape reads more of a node that the user views. */
	readonly readsMoreWhenViewed: boolean;
	/** Whether it can read less where CPU and memory are enough, see `ScrapeContext.restHoldsMs`. */
	readonly readsLess?: true;
	/** Whether it can list processes. */
	readonly listsProcesses?: true;
	readonly close: () => Promise<void>;
};
