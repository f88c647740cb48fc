import type {PastValue} from './history-request.ts';

const CORES = 2 ** 24;
const BYTES = 2 ** 60;
const BYTES_PER_SECOND = 2 ** 50;

/**
 * The most that any cluster has of something, in whole units. Stores hold what counters said when they overflowed or
 * went back (heapster#1181, #640, #1778): such values are no measurements, and one of them would spoil a mean.
 */
export const CEILINGS: Readonly<Record<PastValue, number>> = {
	cpuCores: CORES,
	cpuCapacityCores: CORES,
	memoryWorkingSetBytes: BYTES,
	memoryRssBytes: BYTES,
	memoryCapacityBytes: BYTES,
	filesystemUsedBytes: BYTES,
	rxBytesPerSecond: BYTES_PER_SECOND,
	txBytesPerSecond: BYTES_PER_SECOND,
	throttledRatio: 1,
};

export function isPlausible(name: PastValue, value: number): boolean {
	return value >= 0 && value <= CEILINGS[name];
}
