/** Times and sizes of list and watch; tests shorten the times. */
export type Tuning = {
	readonly pageSize: number;
	readonly listTimeoutMs: number;
	readonly maxPageBytes: number;
	/** An object is at most 1.5 MiB in etcd, and larger as JSON. */
	readonly maxLineBytes: number;
	/**
	 * An idle watch is reopened after this time. The API server sends a bookmark about every minute
	 * (`bookmarkFrequency` of its watch cache, with jitter up to 75 s), so the connection is dead after 90 s.
	 */
	readonly idleTimeoutMs: number;
	/** Watches ask the server for a timeout of one to two times this, so that they spread over API servers. */
	readonly watchSeconds: number;
	/** The interval of lists without the right to watch. */
	readonly pollMs: number;
	readonly backOffMinMs: number;
	/**
	 * Short enough that the inventory is back within 15 s: two delays, plus the seconds for which a starting API server
	 * returns 403.
	 */
	readonly backOffMaxMs: number;
	/** The same for a list that was never allowed. */
	readonly refusedBackOffMaxMs: number;
};

export const defaultTuning: Tuning = {
	pageSize: 500,
	listTimeoutMs: 30_000,
	maxPageBytes: 128 * 2 ** 20,
	maxLineBytes: 8 * 2 ** 20,
	idleTimeoutMs: 90_000,
	watchSeconds: 300,
	pollMs: 30_000,
	backOffMinMs: 800,
	backOffMaxMs: 8_000,
	refusedBackOffMaxMs: 60_000,
};
