import type {ListCounts} from '../../source/metrics/model/counts.ts';
import type {ClusterRow} from '../../source/metrics/model/row.ts';

/** 24 nodes that were all read, of which no figure is known. */
export const CLUSTER: ClusterRow = {
	kind: 'cluster',
	nodes: 24,
	nodesRead: 24,
	nodesStored: 0,
	nodesVirtual: 0,
	nodesReady: 24,
	pods: 612,
	podsAre: 'bound',
	containers: 1204,
	cpuCores: undefined,
	cpuCapacityCores: undefined,
	memoryWorkingSetBytes: undefined,
	memoryCapacityBytes: undefined,
	rxBytesPerSecond: undefined,
	txBytesPerSecond: undefined,
	allocatable: {cpuCores: undefined, memoryBytes: undefined},
	requests: {cpuCores: undefined, memoryBytes: undefined},
	limits: {cpuCores: undefined, memoryBytes: undefined},
	fullestFilesystem: undefined,
};

export const COUNTS: ListCounts = {nodes: 24, pods: 640, containers: 1300, namespaces: 8};
