import type {SeriesName} from '../../metrics/model/row.ts';
import type {SubjectKind} from './history-request.ts';

/** A store keeps another quantity than the one shown live, so a chart has a step where stored points end. */
export type KeptInstead = {
	readonly kinds: readonly SubjectKind[];
	readonly series: readonly SeriesName[];
	/** The stored quantity in a few words: `sums of containers`. */
	readonly kept: string;
};

/** The quantity that is stored for this series, or undefined if it is the one shown live. */
export function findKeptInstead(
	differences: readonly KeptInstead[],
	kind: SubjectKind,
	series: SeriesName,
): string | undefined {
	return differences.find(each => each.kinds.includes(kind) && each.series.includes(series))?.kept;
}

const USAGE: readonly SeriesName[] = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'];
const TRAFFIC: readonly SeriesName[] = ['rxBytesPerSecond', 'txBytesPerSecond'];

/** Only containers are stored. The pod's sandbox and page cache of ended containers are missing. */
export function podsAreSums(series: readonly SeriesName[] = USAGE): KeptInstead {
	return {kinds: ['pod', 'namespace'], series, kept: 'sums of containers'};
}

/** Only pods are stored. Processes outside pods are missing. */
export const NODES_ARE_SUMS: KeptInstead = {kinds: ['node', 'cluster'], series: USAGE, kept: 'sums of pods'};

/** Only one network interface is stored. */
export function oneInterface(kept: string): KeptInstead {
	return {kinds: ['cluster', 'node', 'namespace', 'pod'], series: TRAFFIC, kept};
}
