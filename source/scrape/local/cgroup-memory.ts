import type {MemoryReading} from '../../metrics/model/reading.ts';

/** A cgroup's memory by the names that v1 and v2 share in meaning. */
export type CgroupMemory = {
	readonly usageBytes: number | undefined;
	readonly inactiveFileBytes: number | undefined;
	readonly rssBytes: number | undefined;
	readonly cacheBytes: number | undefined;
	readonly limitBytes: number | undefined;
	readonly pageFaults: number | undefined;
	readonly majorPageFaults: number | undefined;
};

/**
 * v1 writes "no limit" as the largest multiple of a page below 2^63 (PAGE_COUNTER_MAX). The kubelet takes anything above
 * 2^62 for none (`isMemoryUnlimited` in pkg/kubelet/stats/helper.go).
 */
const UNLIMITED = 2 ** 62;

/** The working set as cAdvisor and so the kubelet compute it: usage less inactive file cache, 0 at least. */
export function memoryReading(files: CgroupMemory, timeMs: number): MemoryReading | undefined {
	if (Object.values(files).every(value => value === undefined)) {
		return undefined;
	}

	const {inactiveFileBytes, usageBytes, ...rest} = files;
	const limitBytes =
		files.limitBytes === undefined || files.limitBytes > UNLIMITED ? undefined : files.limitBytes;
	const workingSetBytes =
		usageBytes === undefined || inactiveFileBytes === undefined
			? undefined
			: Math.max(usageBytes - inactiveFileBytes, 0);
	return {
		...rest,
		timeMs,
		usageBytes,
		workingSetBytes,
		limitBytes,
		availableBytes:
			limitBytes === undefined || workingSetBytes === undefined
				? undefined
				: Math.max(limitBytes - workingSetBytes, 0),
	};
}
