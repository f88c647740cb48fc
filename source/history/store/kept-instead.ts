import type {SeriesName} from '../../metrics/model/row.ts';
import type {SubjectKind} from './history-request.ts';

/** Where what a store keeps is another quantity than what ktop shows live, so that a chart has a step at the seam. */
export type KeptInstead = {
	readonly kinds: readonly SubjectKind[];
	readonly series: readonly SeriesName[];
	/** What is kept instead, in a few words: `sums of containers`. */
	readonly kept: string;
};

export function findKeptInstead(
	differences: readonly KeptInstead[],
	kind: SubjectKind,
	series: SeriesName,
): string | undefined {
	return differences.find(each => each.kinds.includes(kind) && each.series.includes(series))?.kept;
}

const USAGE: readonly SeriesName[] = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'];
const TRAFFIC: readonly SeriesName[] = ['rxBytesPerSecond', 'txBytesPerSecond'];

/** What a pod uses besides its containers (its sandbox, caches of ended containers) is not kept. */
export function podsAreSums(series: readonly SeriesName[] = USAGE): KeptInstead {
	return {kinds: ['pod', 'namespace'], series, kept: 'sums of containers'};
}

/** What runs on nodes outside pods is not kept. */
export const NODES_ARE_SUMS: KeptInstead = {kinds: ['node', 'cluster'], series: USAGE, kept: 'sums of pods'};

export function oneInterfaceAlone(kept: string): KeptInstead {
	return {kinds: ['cluster', 'node', 'namespace', 'pod'], series: TRAFFIC, kept};
}
