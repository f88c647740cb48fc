import type {Row, SeriesName} from './row.ts';

/** Which values are kept over time for each kind of row: what its table and its page show of the past. */
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
} as const satisfies Readonly<Record<Exclude<Row['kind'], 'namespace'>, readonly SeriesName[]>>;

export type TrackedKind = keyof typeof SERIES_OF;

/** Column of a series in its kind's slab; -1 where that kind does not keep it. */
export function seriesColumn(kind: TrackedKind, series: SeriesName): number {
	const names: readonly SeriesName[] = SERIES_OF[kind];
	return names.indexOf(series);
}
