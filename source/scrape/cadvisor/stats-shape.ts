import type {Maybe} from '../json-value.ts';

/**
 * The fields of cAdvisor's REST API that ktop reads (google/cadvisor `info/v1` and `info/v2`, which share most names).
 * Fields may be missing, null or of another type, so leaf fields have type `unknown`.
 */

export type StatsPressure = {
	readonly full?: Maybe<StatsPressureShare>;
	readonly some?: Maybe<StatsPressureShare>;
};
export type StatsPressureShare = {readonly total?: unknown; readonly avg10?: unknown};

export type StatsCpu = {
	readonly usage?: Maybe<{
		readonly total?: unknown;
		readonly per_cpu_usage?: Maybe<readonly unknown[]>;
		readonly user?: unknown;
		readonly system?: unknown;
	}>;
	readonly cfs?: Maybe<{
		readonly periods?: unknown;
		readonly throttled_periods?: unknown;
		readonly throttled_time?: unknown;
	}>;
	readonly psi?: Maybe<StatsPressure>;
};

export type RawFaults = {readonly pgfault?: unknown; readonly pgmajfault?: unknown};

export type StatsMemory = {
	readonly usage?: unknown;
	readonly working_set?: unknown;
	readonly rss?: unknown;
	readonly cache?: unknown;
	readonly swap?: unknown;
	readonly container_data?: Maybe<RawFaults>;
	readonly hierarchical_data?: Maybe<RawFaults>;
	readonly psi?: Maybe<StatsPressure>;
};

export type StatsInterface = {
	readonly name?: unknown;
	readonly rx_bytes?: unknown;
	readonly rx_errors?: unknown;
	readonly tx_bytes?: unknown;
	readonly tx_errors?: unknown;
};

/** API 1 also has the first interface at the top level; before 0.17 there was no list. */
export type StatsNetwork = StatsInterface & {
	readonly interfaces?: Maybe<ReadonlyArray<Maybe<StatsInterface>>>;
};

/** What a device has moved: sectors of 512 bytes; API 1 in milliseconds, API 2 in nanoseconds. */
export type RawDeviceIo = {
	readonly sectors_read?: unknown;
	readonly sectors_written?: unknown;
	readonly io_time?: unknown;
	readonly io_duration?: unknown;
};

/** API 1 has the counters beside the sizes, API 2 under `inline`. */
export type RawDevice = RawDeviceIo & {
	readonly inline?: Maybe<RawDeviceIo>;
	readonly device?: unknown;
	readonly capacity?: unknown;
	readonly usage?: unknown;
	readonly base_usage?: unknown;
	readonly available?: unknown;
	readonly inodes?: unknown;
	readonly inodes_free?: unknown;
};

/** API 2, for one container: the sum of its devices, and the writable layer. */
export type RawUsage = {readonly totalUsageBytes?: unknown; readonly baseUsageBytes?: unknown};

export type RawStats = {
	readonly timestamp?: unknown;
	readonly cpu?: Maybe<StatsCpu>;
	readonly cpu_inst?: Maybe<{readonly usage?: Maybe<{readonly total?: unknown}>}>;
	readonly memory?: Maybe<StatsMemory>;
	readonly diskio?: Maybe<{readonly psi?: Maybe<StatsPressure>}>;
	readonly network?: Maybe<StatsNetwork>;
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
	/** Only API 2; API 1 has them next to the spec. */
	readonly aliases?: unknown;
	readonly namespace?: unknown;
};

export type StatsContainer = {
	readonly name?: unknown;
	readonly aliases?: unknown;
	readonly namespace?: unknown;
	readonly spec?: Maybe<RawSpec>;
	readonly stats?: Maybe<ReadonlyArray<Maybe<RawStats>>>;
};
