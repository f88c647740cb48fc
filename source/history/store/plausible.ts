import type {PastValue} from './history-request.ts';

const MAX_CORES = 2 ** 24;
const MAX_BYTES = 2 ** 60;
const MAX_BYTES_PER_SECOND = 2 ** 50;

/**
 * Upper bounds for any cluster, in base units. Heapster wrote overflowed and reset counters as values (heapster#1181,
 * #640, #1778); one of them would spoil a mean.
 */
export const CEILINGS: Readonly<Record<PastValue, number>> = {
	cpuCores: MAX_CORES,
	cpuCapacityCores: MAX_CORES,
	memoryWorkingSetBytes: MAX_BYTES,
	memoryRssBytes: MAX_BYTES,
	memoryCapacityBytes: MAX_BYTES,
	filesystemUsedBytes: MAX_BYTES,
	rxBytesPerSecond: MAX_BYTES_PER_SECOND,
	txBytesPerSecond: MAX_BYTES_PER_SECOND,
	throttledRatio: 1,
};

export function isPlausible(name: PastValue, value: number): boolean {
	return value >= 0 && value <= CEILINGS[name];
}
