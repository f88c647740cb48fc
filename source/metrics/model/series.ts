import type {KeptName, SeriesName} from './row.ts';

/**
 * The values that have a history, for each kind of object: those that its table and its page show. A container
 * in a pod has no network of its own; one that stands alone (Docker) has.
 */
export const SERIES_OF = {
	node: [
		'cpuCores',
		'memoryWorkingSetBytes',
		'memoryRssBytes',
		'rxBytesPerSecond',
		'txBytesPerSecond',
		'filesystemUsedBytes',
	],
	pod: ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes', 'rxBytesPerSecond', 'txBytesPerSecond'],
	container: ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes', 'throttledRatio'],
	standalone: [
		'cpuCores',
		'memoryWorkingSetBytes',
		'memoryRssBytes',
		'throttledRatio',
		'rxBytesPerSecond',
		'txBytesPerSecond',
	],
} as const satisfies Readonly<Record<string, readonly SeriesName[]>>;

/** What the rings of a node hold. */
export const KEPT_OF_NODE: readonly KeptName[] = [...SERIES_OF.node, 'filesystemFullRatio'];

/**
 * The least value of a series that rings keep to one part in 4096 (`Packing`); the most is 2^31 times that. Two
 * micro-cores to 4,096 cores, 32 KiB to 64 TiB of memory, 128 B to 256 GiB a second, 8 MiB to 16 PiB of a file system.
 */
export const LEAST_OF: Readonly<Record<KeptName, number>> = {
	cpuCores: 2 ** -19,
	memoryWorkingSetBytes: 2 ** 15,
	memoryRssBytes: 2 ** 15,
	rxBytesPerSecond: 2 ** 7,
	txBytesPerSecond: 2 ** 7,
	filesystemUsedBytes: 2 ** 23,
	throttledRatio: 2 ** -30,
	filesystemFullRatio: 2 ** -30,
};
