import type {Failure} from '../metrics/model/failure.ts';
import type {Reading} from '../metrics/model/reading.ts';

/** What one visit to a node brought home. */
export type Scrape = {
	/** Oldest first; more than one where the source kept samples from before this visit (cAdvisor). */
	readonly readings: readonly Reading[];
	/** Which endpoint answered, for the SOURCE column: `summary`, `summary cpu+mem`, `resource`, `cadvisor v2.1`, `local`. */
	readonly route: string;
	readonly latencyMs: number;
	/** Why a better endpoint of the same node could not be used, or one more that would complete the figures. */
	readonly degraded: Failure | undefined;
};

/** One node and the way to read it. The poller decides when; a target only knows how. */
export type Target = {
	/** Unique and the same for the life of the process. */
	readonly id: string;
	/** What to call the node until a reading names it. */
	readonly name: string;
	/** How often the source itself refreshes; polling faster brings nothing new. */
	readonly naturalIntervalMs: number;
	/** Throws `KtopError` and nothing else; gives up as soon as `signal` aborts. */
	readonly scrape: (signal: AbortSignal) => Promise<Scrape>;
	/**
	 * Somebody looks into the node from now on, or does no more: meanwhile scrapes bring what is too dear to be read of
	 * all nodes. Absent where there is no such thing.
	 */
	readonly lookInto?: (isLookedInto: boolean) => void;
	readonly close: () => Promise<void>;
};
