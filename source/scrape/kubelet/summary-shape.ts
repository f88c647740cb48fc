import type {Maybe} from '../json-value.ts';

/**
 * The fields of /stats/summary that ktop reads (k8s.io/kubelet/pkg/apis/stats/v1alpha1). Fields may be missing, null or
 * of another type, so leaf fields have type `unknown`.
 */

export type SummaryPressure = {
	readonly full?: Maybe<SummaryPressureShare>;
	readonly some?: Maybe<SummaryPressureShare>;
};
export type SummaryPressureShare = {readonly total?: unknown; readonly avg10?: unknown};

export type SummaryCpu = {
	readonly time?: unknown;
	readonly usageNanoCores?: unknown;
	readonly usageCoreNanoSeconds?: unknown;
	readonly psi?: Maybe<SummaryPressure>;
};

export type SummaryMemory = {
	readonly time?: unknown;
	readonly availableBytes?: unknown;
	readonly usageBytes?: unknown;
	readonly workingSetBytes?: unknown;
	readonly rssBytes?: unknown;
	readonly pageFaults?: unknown;
	readonly majorPageFaults?: unknown;
	readonly psi?: Maybe<SummaryPressure>;
};

export type RawIo = {readonly psi?: Maybe<SummaryPressure>};

export type SummaryInterface = {
	readonly name?: unknown;
	readonly rxBytes?: unknown;
	readonly rxErrors?: unknown;
	readonly txBytes?: unknown;
	readonly txErrors?: unknown;
};

export type SummaryNetwork = SummaryInterface & {
	readonly time?: unknown;
	readonly interfaces?: Maybe<ReadonlyArray<Maybe<SummaryInterface>>>;
};

export type RawFilesystem = {
	readonly time?: unknown;
	readonly availableBytes?: unknown;
	readonly capacityBytes?: unknown;
	readonly usedBytes?: unknown;
	readonly inodesFree?: unknown;
	readonly inodes?: unknown;
	readonly inodesUsed?: unknown;
};

export type RawVolume = RawFilesystem & {
	readonly name?: unknown;
	readonly pvcRef?: Maybe<{readonly name?: unknown; readonly namespace?: unknown}>;
};

export type RawSwap = {
	readonly time?: unknown;
	readonly swapAvailableBytes?: unknown;
	readonly swapUsageBytes?: unknown;
};

export type SummaryContainer = {
	readonly name?: unknown;
	readonly startTime?: unknown;
	readonly cpu?: Maybe<SummaryCpu>;
	readonly memory?: Maybe<SummaryMemory>;
	readonly io?: Maybe<RawIo>;
	readonly rootfs?: Maybe<RawFilesystem>;
	readonly logs?: Maybe<RawFilesystem>;
	readonly swap?: Maybe<RawSwap>;
};

export type RawPod = {
	readonly podRef?: Maybe<{readonly name?: unknown; readonly namespace?: unknown; readonly uid?: unknown}>;
	readonly startTime?: unknown;
	readonly containers?: Maybe<ReadonlyArray<Maybe<SummaryContainer>>>;
	readonly cpu?: Maybe<SummaryCpu>;
	readonly memory?: Maybe<SummaryMemory>;
	readonly io?: Maybe<RawIo>;
	readonly network?: Maybe<SummaryNetwork>;
	readonly volume?: Maybe<ReadonlyArray<Maybe<RawVolume>>>;
	readonly 'ephemeral-storage'?: Maybe<RawFilesystem>;
	readonly process_stats?: Maybe<{readonly process_count?: unknown}>;
	readonly swap?: Maybe<RawSwap>;
};

export type RawNode = {
	readonly nodeName?: unknown;
	readonly systemContainers?: Maybe<ReadonlyArray<Maybe<SummaryContainer>>>;
	readonly startTime?: unknown;
	readonly cpu?: Maybe<SummaryCpu>;
	readonly memory?: Maybe<SummaryMemory>;
	readonly io?: Maybe<RawIo>;
	readonly network?: Maybe<SummaryNetwork>;
	readonly fs?: Maybe<RawFilesystem>;
	readonly runtime?: Maybe<{
		readonly imageFs?: Maybe<RawFilesystem>;
		readonly containerFs?: Maybe<RawFilesystem>;
	}>;
	readonly rlimit?: Maybe<{readonly curproc?: unknown}>;
	readonly swap?: Maybe<RawSwap>;
};

export type RawSummary = {
	readonly node?: Maybe<RawNode>;
	readonly pods?: Maybe<ReadonlyArray<Maybe<RawPod>>>;
};
