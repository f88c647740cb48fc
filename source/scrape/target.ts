import type {Failure} from '../metrics/model/failure.ts';
import type {Reading} from '../metrics/model/reading.ts';

/** The result of one scrape of a node. */
export type Scrape = {
	/** Oldest first; several if the source keeps older samples (cAdvisor). */
	readonly readings: readonly Reading[];
	/**
	 * The route that worked, for the SOURCE column: `summary`, `summary cpu+mem`, `resource`, `cadvisor v2.1`,
	 * `local`.
	 */
	readonly route: string;
	readonly latencyMs: number;
	/** Why a better route was not used, or why some metrics are missing. */
	readonly degraded: Failure | undefined;
};

/** A node to scrape. The poller decides when to scrape it. */
export type Target = {
	/** Unique and stable for the life of the process. */
	readonly id: string;
	/** The name of the node until a reading has one. */
	readonly name: string;
	/** The refresh interval of the source; faster scrapes get no new samples. */
	readonly naturalIntervalMs: number;
	/** Only throws `KtopError`; rejects when `signal` aborts. */
	readonly scrape: (signal: AbortSignal) => Promise<Scrape>;
	/**
	 * Sets whether the user views this node. Scrapes then include metrics that are too expensive for all nodes.
	 * Absent if there are none.
	 */
	readonly lookInto?: (isLookedInto: boolean) => void;
	readonly close: () => Promise<void>;
};
