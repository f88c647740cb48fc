import type {FilesystemReading, MemoryReading, NodeReading, PodReading} from './reading.ts';

/** Readings of which nothing is known yet, to be filled in by a source that knows little. */

export const UNKNOWN_NODE: NodeReading = {
	startTimeMs: undefined,
	cpu: undefined,
	memory: undefined,
	network: undefined,
	filesystems: [],
	swap: undefined,
	pressure: undefined,
	cpuCapacityCores: undefined,
	memoryCapacityBytes: undefined,
	processCount: undefined,
};

export const UNKNOWN_POD: Omit<PodReading, 'pod'> = {
	startTimeMs: undefined,
	cpu: undefined,
	memory: undefined,
	network: undefined,
	isHostNetwork: false,
	ephemeralStorage: undefined,
	volumes: [],
	swap: undefined,
	pressure: undefined,
	processCount: undefined,
};

export const UNKNOWN_MEMORY: MemoryReading = {
	timeMs: undefined,
	workingSetBytes: undefined,
	usageBytes: undefined,
	rssBytes: undefined,
	cacheBytes: undefined,
	availableBytes: undefined,
	limitBytes: undefined,
	pageFaults: undefined,
	majorPageFaults: undefined,
};

/** A file system, or a part of one, of which nothing is known but what is used of it. */
export function usedAlone(timeMs: number | undefined, usedBytes: number): FilesystemReading {
	return {
		timeMs,
		capacityBytes: undefined,
		availableBytes: undefined,
		usedBytes,
		inodes: undefined,
		inodesFree: undefined,
		inodesUsed: undefined,
	};
}
