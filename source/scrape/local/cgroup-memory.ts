import type {MemoryReading} from '../../metrics/model/reading.ts';

/** The memory of a cgroup, with common names for v1 and v2. */
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
 * Larger limits mean "no limit", as in the kubelet (`isMemoryUnlimited` in pkg/kubelet/stats/helper.go). v1 reports the
 * largest multiple of a page below 2^63 (PAGE_COUNTER_MAX).
 */
const UNLIMITED = 2 ** 62;

/** The working set as in cAdvisor and the kubelet: usage minus inactive file cache, at least 0. */
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
