/** Times and sizes of listing and watching; a test shortens them. */
export type Tuning = {
	readonly pageSize: number;
	readonly listTimeoutMs: number;
	readonly maxPageBytes: number;
	/** An object is at most 1.5 MiB in etcd, and larger as JSON. */
	readonly maxLineBytes: number;
	/**
	 * A watch that says nothing for so long is opened anew from the last version. The API server sends a bookmark
	 * about every minute (`bookmarkFrequency` of its watch cache, with jitter up to 75 s), so 90 s is a dead connection.
	 */
	readonly idleTimeoutMs: number;
	/** The server closes a watch after a time between this and twice this, so that watches spread over servers. */
	readonly watchSeconds: number;
	/** Between two lists where there is no right to watch. */
	readonly pollMs: number;
	readonly backOffMinMs: number;
	/**
	 * Two of these and the seconds for which a starting API server refuses everybody are less than 15 s: within that
	 * time everything is there again.
	 */
	readonly backOffMaxMs: number;
	/** The same where the right was never there, and mostly never will be. */
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
