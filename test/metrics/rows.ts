import type {ResourceAmounts} from '../../source/metrics/model/inventory.ts';
import type {
	ContainerRow,
	NamespaceRow,
	NodeRow,
	PodRow,
	PodSums,
	ProcessRow,
	WorkloadRow,
} from '../../source/metrics/model/row.ts';
import {UNKNOWN_USAGE} from '../../source/metrics/rates/usage-tracker.ts';

/** Rows with everything unknown but what a test names. */

export function nodeRow(name: string, known: Partial<NodeRow> = {}): NodeRow {
	return {
		...UNKNOWN_USAGE,
		kind: 'node',
		id: `id-${name}`,
		name,
		state: {kind: 'waiting'},
		cpuCapacityCores: undefined,
		memoryCapacityBytes: undefined,
		filesystems: [],
		fullestFilesystem: undefined,
		filesystemUsedBytes: undefined,
		filesystemFullRatio: undefined,
		filesystemCapacityBytes: undefined,
		podCount: undefined,
		containerCount: undefined,
		info: undefined,
		bound: undefined,
		...known,
	};
}

export function podRow(name: string, known: Partial<PodRow> = {}): PodRow {
	return {
		...UNKNOWN_USAGE,
		kind: 'pod',
		id: `id-${name}`,
		nodeId: 'n',
		node: 'n',
		namespace: 'shop',
		name,
		uid: undefined,
		isHostNetwork: false,
		ephemeralStorageUsedBytes: undefined,
		volumes: [],
		containerCount: 0,
		summed: {cpu: false, memory: false},
		info: undefined,
		...known,
	};
}

export function containerRow(name: string, known: Partial<ContainerRow> = {}): ContainerRow {
	return {
		...UNKNOWN_USAGE,
		kind: 'container',
		id: `id-${name}`,
		nodeId: 'n',
		node: 'n',
		pod: {uid: undefined, namespace: 'shop', name: 'web'},
		name,
		containerKind: 'container',
		image: undefined,
		cpuLimitCores: undefined,
		memoryLimitBytes: undefined,
		throttledRatio: undefined,
		rootFilesystemUsedBytes: undefined,
		logUsedBytes: undefined,
		podInfo: undefined,
		info: undefined,
		...known,
	};
}

export function workloadRow(name: string, known: Partial<WorkloadRow> = {}): WorkloadRow {
	return {
		...namespaceRow(name),
		kind: 'workload',
		id: `workload/shop/Deployment/${name}`,
		namespace: 'shop',
		workloadKind: 'Deployment',
		ready: undefined,
		wantedPods: undefined,
		createdAtMs: undefined,
		highest: {cpuCores: undefined, memoryBytes: undefined, memoryLimitRatio: undefined, pod: undefined},
		pods: [],
		measured: known.bound ?? NO_SUMS.measured,
		...known,
	};
}

const NO_AMOUNTS: ResourceAmounts = {cpuCores: undefined, memoryBytes: undefined};

/** Sums of no pods. */
export const NO_SUMS: PodSums = {
	podCount: 0,
	containerCount: 0,
	cpuCores: undefined,
	memoryWorkingSetBytes: undefined,
	memoryRssBytes: undefined,
	rxBytesPerSecond: undefined,
	txBytesPerSecond: undefined,
	bound: undefined,
	measured: {requests: NO_AMOUNTS, limits: NO_AMOUNTS},
	limited: {cpuCores: 0, memoryBytes: 0, of: 0},
	restarts: undefined,
	oomKilled: undefined,
	networkErrorsPerSecond: undefined,
	ephemeralStorageUsedBytes: undefined,
	fullestVolumeRatio: undefined,
};

export function namespaceRow(name: string, known: Partial<NamespaceRow> = {}): NamespaceRow {
	return {
		kind: 'namespace',
		id: `id-${name}`,
		name,
		...NO_SUMS,
		measured: known.bound ?? NO_SUMS.measured,
		...known,
	};
}

export function processRow(known: Partial<ProcessRow> = {}): ProcessRow {
	return {
		kind: 'process',
		id: 'n/process/7',
		nodeId: 'n',
		node: 'node',
		pid: 7,
		parentPid: 1,
		user: undefined,
		name: 'web',
		commandLine: undefined,
		state: undefined,
		startTimeMs: undefined,
		cpuCores: undefined,
		memoryRssBytes: undefined,
		container: undefined,
		receivedAtMs: 0,
		...known,
	};
}
