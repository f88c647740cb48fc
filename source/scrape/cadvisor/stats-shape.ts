/**
 * What is read of cAdvisor's REST API (google/cadvisor `info/v1` and `info/v2`; the two share most names). Old versions
 * leave much out, and any field may be missing, null or of another type, so every leaf is unknown until it was checked.
 */

type Maybe<T> = T | null | undefined;

export type RawPressure = {readonly full?: Maybe<RawPressureShare>; readonly some?: Maybe<RawPressureShare>};
export type RawPressureShare = {readonly total?: unknown; readonly avg10?: unknown};

export type RawCpu = {
	readonly usage?: Maybe<{readonly total?: unknown}>;
	readonly cfs?: Maybe<{
		readonly periods?: unknown;
		readonly throttled_periods?: unknown;
		readonly throttled_time?: unknown;
	}>;
	readonly psi?: Maybe<RawPressure>;
};

export type RawFaults = {readonly pgfault?: unknown; readonly pgmajfault?: unknown};

export type RawMemory = {
	readonly usage?: unknown;
	readonly working_set?: unknown;
	readonly rss?: unknown;
	readonly cache?: unknown;
	readonly swap?: unknown;
	readonly container_data?: Maybe<RawFaults>;
	readonly hierarchical_data?: Maybe<RawFaults>;
	readonly psi?: Maybe<RawPressure>;
};

export type RawInterface = {
	readonly name?: unknown;
	readonly rx_bytes?: unknown;
	readonly rx_errors?: unknown;
	readonly tx_bytes?: unknown;
	readonly tx_errors?: unknown;
};

/** Version 1 also writes the first interface beside the list, and before 0.17 wrote nothing else. */
export type RawNetwork = RawInterface & {readonly interfaces?: Maybe<ReadonlyArray<Maybe<RawInterface>>>};

export type RawDevice = {
	readonly device?: unknown;
	readonly capacity?: unknown;
	readonly usage?: unknown;
	readonly base_usage?: unknown;
	readonly available?: unknown;
	readonly inodes?: unknown;
	readonly inodes_free?: unknown;
};

/** Version 2 of one container: the sum over its devices, and the writable layer's part of it. */
export type RawUsage = {readonly totalUsageBytes?: unknown; readonly baseUsageBytes?: unknown};

export type RawStats = {
	readonly timestamp?: unknown;
	readonly cpu?: Maybe<RawCpu>;
	readonly cpu_inst?: Maybe<{readonly usage?: Maybe<{readonly total?: unknown}>}>;
	readonly memory?: Maybe<RawMemory>;
	readonly diskio?: Maybe<{readonly psi?: Maybe<RawPressure>}>;
	readonly network?: Maybe<RawNetwork>;
	readonly filesystem?: Maybe<ReadonlyArray<Maybe<RawDevice>> | RawUsage>;
	readonly processes?: Maybe<{readonly process_count?: unknown}>;
};

export type RawSpec = {
	readonly creation_time?: unknown;
	readonly labels?: Maybe<Readonly<Record<string, unknown>>>;
	readonly image?: unknown;
	readonly has_cpu?: unknown;
	readonly has_memory?: unknown;
	readonly has_network?: unknown;
	readonly has_filesystem?: unknown;
	readonly has_processes?: unknown;
	readonly cpu?: Maybe<{readonly quota?: unknown; readonly period?: unknown}>;
	readonly memory?: Maybe<{readonly limit?: unknown}>;
	/** Version 2 only; version 1 has them beside the spec. */
	readonly aliases?: unknown;
	readonly namespace?: unknown;
};

export type RawContainer = {
	readonly name?: unknown;
	readonly aliases?: unknown;
	readonly namespace?: unknown;
	readonly spec?: Maybe<RawSpec>;
	readonly stats?: Maybe<ReadonlyArray<Maybe<RawStats>>>;
};

/** The array, or nothing where something else stands in its place. */
export function list<T>(value: Maybe<ReadonlyArray<Maybe<T>>>): ReadonlyArray<Maybe<T>> {
	return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
