import type {KeptName, SeriesName} from './row.ts';

/**
 * Which values are kept over time for each kind of object: what its table and its page show of the past. A container
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
