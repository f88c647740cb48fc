import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../source/metrics/model/column.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {ListLevel} from '../../../source/metrics/model/view.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../rows.ts';

const NO_TIME = {timeMs: undefined, usedBytes: undefined, inodesUsed: undefined};
const volume = (name: string, full: number, claim?: string) => ({
	...NO_TIME,
	name,
	claim: claim === undefined ? undefined : {namespace: 'shop', name: claim},
	capacityBytes: 100,
	availableBytes: 100 - full,
	inodes: 10,
	inodesFree: 5,
});
const pressure = {
	cpuSomePercent: 12,
	cpuFullPercent: 1,
	memorySomePercent: 0,
	memoryFullPercent: 0,
	ioSomePercent: undefined,
	ioFullPercent: undefined,
};
const killed = containerInfo('app', {
	lastTermination: {reason: 'OOMKilled', exitCode: 137, signal: undefined, finishedAtMs: 5},
});

const placed = (labels: Readonly<Record<string, string>>) => nodeRow('n', {info: nodeInfo('n', {labels})});

const disk = (name: string, readBytesPerSecond: number | undefined, busyRatio: number | undefined) => ({
	name,
	readBytesPerSecond,
	writtenBytesPerSecond: 0,
	busyRatio,
});
const gpuNode = (
	allocatable: Readonly<Record<string, number>>,
	requested?: Readonly<Record<string, number>>,
) =>
	nodeRow('n', {
		info: nodeInfo('n', {allocatable: {...nodeInfo('n').allocatable, extended: allocatable}}),
		bound: {
			pods: 1,
			requests: {cpuCores: 0, memoryBytes: 0},
			extendedRequests: requested,
			limits: {cpuCores: undefined, memoryBytes: undefined},
		},
	});

function shown(level: ListLevel, id: string, row: Row): unknown {
	const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
	return columns.find(column => column.id === id)?.value(row, 0);
}

describe('columns of trouble', () => {
	test.each([
		['nodes', 'psi-cpu', nodeRow('n', {pressure}), 0.12],
		['nodes', 'psi-memory', nodeRow('n', {pressure}), 0],
		['nodes', 'psi-io', nodeRow('n', {pressure}), undefined],
		['nodes', 'inodes%', nodeRow('n', {filesystems: [volume('nodefs', 3), volume('imagefs', 3)]}), 0.5],
		['nodes', 'net-errors', nodeRow('n', {rxErrorsPerSecond: 2, txErrorsPerSecond: undefined}), 2],
		['nodes', 'net-errors', nodeRow('n'), undefined],
		['nodes', 'memory-left', nodeRow('n', {memoryAvailableBytes: 7}), 7],
		['nodes', 'zone', placed({'topology.kubernetes.io/zone': 'z-1'}), 'z-1'],
		['nodes', 'zone', placed({'failure-domain.beta.kubernetes.io/zone': 'z-2'}), 'z-2'],
		['nodes', 'zone', placed({'topology.kubernetes.io/zone': ''}), undefined],
		['nodes', 'zone', nodeRow('n'), undefined],
		['nodes', 'pool', placed({'cloud.google.com/gke-nodepool': 'spot'}), 'spot'],
		['nodes', 'pool', placed({'eks.amazonaws.com/nodegroup': 'blue'}), 'blue'],
		['nodes', 'instance-type', placed({'node.kubernetes.io/instance-type': 'm7i.large'}), 'm7i.large'],
		['nodes', 'cpu-user', nodeRow('n', {cpuSplit: {user: 1.5, system: undefined}}), 1.5],
		['containers', 'cpu-system', containerRow('c', {cpuSplit: {user: 1.5, system: 0}}), 0],
		['pods', 'cpu-system', podRow('p'), undefined],
		['nodes', 'disk-read', nodeRow('n', {disks: [disk('a', 3, 0.5), disk('b', 4, 0.25)]}), 7],
		['nodes', 'disk-read', nodeRow('n', {disks: [disk('a', 3, 0.5), disk('b', undefined, 0.25)]}), undefined],
		['nodes', 'disk%', nodeRow('n', {disks: [disk('a', 3, undefined), disk('b', 4, 0.25)]}), 0.25],
		['nodes', 'disk%', nodeRow('n'), undefined],
		['nodes', 'disks', nodeRow('n', {disks: [disk('a', 3.4, 0), disk('b', undefined, 0)]}), 'a 3 0; b - 0'],
		[
			'nodes',
			'interfaces',
			nodeRow('n', {interfaces: [{name: 'eth0', rxBytesPerSecond: 9, txBytesPerSecond: undefined}]}),
			'eth0 9 -',
		],
		['nodes', 'cores', nodeRow('n', {cores: [{name: '0', busyRatio: 0.314}]}), '0 31'],
		['pods', 'volumes%', podRow('p', {volumes: [volume('a', 10), volume('b', 80, 'data')]}), 0.8],
		['pods', 'volume', podRow('p', {volumes: [volume('a', 10), volume('b', 80, 'data')]}), 'data'],
		['pods', 'volume', podRow('p', {volumes: [volume('a', 10)]}), 'a'],
		['pods', 'volumes%', podRow('p'), undefined],
		['pods', 'volume-inodes%', podRow('p', {volumes: [volume('a', 10)]}), 0.5],
		[
			'pods',
			'ephemeral%',
			podRow('p', {ephemeralStorageUsedBytes: 3, info: podInfo('p', {ephemeralStorageLimitBytes: 4})}),
			0.75,
		],
		['pods', 'ephemeral%', podRow('p', {ephemeralStorageUsedBytes: 3, info: podInfo('p')}), undefined],
		['namespaces', 'restarts', namespaceRow('shop', {restarts: 4}), 4],
		['namespaces', 'oom-killed', namespaceRow('shop', {oomKilled: 0}), 0],
		['namespaces', 'net-errors', namespaceRow('shop', {networkErrorsPerSecond: 0.1}), 0.1],
		['namespaces', 'volumes%', namespaceRow('shop', {fullestVolumeRatio: 0.9}), 0.9],
		['pods', 'oom', podRow('p', {info: podInfo('p', {containers: [killed, containerInfo('log')]})}), 'app'],
		['pods', 'last', podRow('p', {info: podInfo('p', {containers: [killed]})}), 'OOMKilled 137'],
		['containers', 'memory-left', containerRow('c', {memoryLimitBytes: 10, memoryWorkingSetBytes: 4}), 6],
		['containers', 'memory-left', containerRow('c', {memoryLimitBytes: 10, memoryWorkingSetBytes: 14}), 0],
		['containers', 'memory-left', containerRow('c'), undefined],
		['containers', 'oom', containerRow('c', {info: killed}), 'app'],
		['containers', 'oom', containerRow('c', {info: containerInfo('c')}), undefined],
		['containers', 'logs', containerRow('c', {logUsedBytes: 3}), 3],
		['nodes', 'gpu-allocatable', gpuNode({'nvidia.com/gpu': 4, 'amd.com/gpu': 1, 'hugepages-2Mi': 9}), 5],
		['nodes', 'gpu-allocatable', gpuNode({'nvidia.com/mig-1g.5gb': 7, 'gpu.intel.com/i915': 1}), 8],
		[
			'nodes',
			'gpu-allocatable',
			gpuNode({'nvidia.com/gpu': 0, 'gpu.intel.com/i915_monitoring': 1}),
			undefined,
		],
		['nodes', 'gpu-request', gpuNode({'nvidia.com/gpu': 4}, {'nvidia.com/gpu': 3, 'x.io/fpga': 1}), 3],
		['nodes', 'gpu-request', gpuNode({'nvidia.com/gpu': 4}), 0],
		['nodes', 'gpu-request', gpuNode({}), undefined],
		['nodes', 'gpu%requested', gpuNode({'nvidia.com/gpu': 4}, {'nvidia.com/gpu': 3}), 0.75],
		['nodes', 'gpu%requested', nodeRow('n'), undefined],
		['pods', 'gpu-request', podRow('p', {info: podInfo('p', {extendedRequests: {'amd.com/gpu': 2}})}), 2],
		['pods', 'gpu-request', podRow('p', {info: podInfo('p')}), undefined],
		[
			'containers',
			'gpu-request',
			containerRow('c', {info: containerInfo('c', {extendedRequests: {'nvidia.com/gpu.shared': 1}})}),
			1,
		],
		['namespaces', 'gpu-request', namespaceRow('shop', {bound: gpuNode({}, {'nvidia.com/gpu': 2}).bound}), 2],
	] as const)('%s %s', (level, id, row, value) => {
		expect(shown(level, id, row)).toBe(value);
	});
});
