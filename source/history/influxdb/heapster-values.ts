import type {PastValue} from '../store/history-request.ts';
import {HEAPSTER, HEAPSTER_TYPES} from './heapster-names.ts';

const MILLICORES = 1000;

/** The metric that holds a value of ktop, and the divisor of what is stored. */
export const HEAPSTER_VALUES = {
	cpuCores: {metric: HEAPSTER.cpuUsageRate, divisor: MILLICORES},
	memoryWorkingSetBytes: {metric: HEAPSTER.memoryWorkingSet, divisor: 1},
	memoryRssBytes: {metric: HEAPSTER.memoryRss, divisor: 1},
	rxBytesPerSecond: {metric: HEAPSTER.networkRxRate, divisor: 1},
	txBytesPerSecond: {metric: HEAPSTER.networkTxRate, divisor: 1},
	cpuCapacityCores: {metric: HEAPSTER.cpuNodeCapacity, divisor: MILLICORES},
	memoryCapacityBytes: {metric: HEAPSTER.memoryNodeCapacity, divisor: 1},
} as const satisfies Partial<Record<PastValue, unknown>>;

export type HeapsterValue = keyof typeof HEAPSTER_VALUES;

const USAGE = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'] as const;
const NETWORK = ['rxBytesPerSecond', 'txBytesPerSecond'] as const;
const CAPACITY = ['cpuCapacityCores', 'memoryCapacityBytes'] as const;

/**
 * What is stored of a kind: the tag `type` of its points, and its values. Heapster's own sums of namespaces and of the
 * cluster lack the working set and system daemons. ktop does not read them: it sums pods and nodes, as it does live.
 */
export const HEAPSTER_KINDS: Readonly<
	Record<'node' | 'pod' | 'container', {readonly type: string; readonly values: readonly HeapsterValue[]}>
> = {
	node: {type: HEAPSTER_TYPES.node, values: [...USAGE, ...NETWORK, ...CAPACITY]},
	pod: {type: HEAPSTER_TYPES.pod, values: [...USAGE, ...NETWORK]},
	container: {type: HEAPSTER_TYPES.container, values: USAGE},
};
