import {expect, test} from 'vitest';
import {missingOfCluster} from '../../../source/metrics/reasons/missing-of-cluster.ts';
import {clusterTotals} from '../../../source/metrics/store/rollup.ts';
import {nodeInfo} from '../inventories.ts';
import {nodeRow} from '../rows.ts';

const NO_AMOUNTS = {cpuCores: undefined, memoryBytes: undefined};
const READ = {
	info: nodeInfo('n'),
	bound: {pods: 1, requests: {cpuCores: 1, memoryBytes: 1}, limits: {cpuCores: 1, memoryBytes: 1}},
	cpuCores: 1,
	memoryWorkingSetBytes: 1,
	rxBytesPerSecond: 1,
	cpuCapacityCores: 4,
	memoryCapacityBytes: 4,
	fullestFilesystem: '/',
	filesystemUsedBytes: 1,
	filesystemCapacityBytes: 2,
	filesystemFullRatio: 0.5,
};

test.each([
	['nothing is unknown', READ, true, []],
	[
		'no pod has a limit',
		{...READ, bound: {...READ.bound, limits: NO_AMOUNTS}},
		true,
		[['lim', 'no pod has a limit']],
	],
	[
		'pods may not be listed',
		{...READ, bound: undefined},
		true,
		[
			['req', 'not all pods may be listed'],
			['lim', 'not all pods may be listed'],
		],
	],
	[
		'the node tells no file system',
		{...READ, filesystemFullRatio: undefined},
		true,
		[['FS', 'no node that was read tells its file systems']],
	],
	[
		'no API server is asked',
		{...READ, info: undefined, bound: undefined},
		false,
		[
			['req', 'only an API server tells it, and none is asked'],
			['lim', 'only an API server tells it, and none is asked'],
		],
	],
] as const)('of all nodes together: %s', (_what, row, hasInventory, missing) => {
	expect(
		missingOfCluster(
			clusterTotals([nodeRow('n', row)], () => true),
			hasInventory,
		),
	).toEqual(missing);
});

test('of nodes that were never read all is unknown for that', () => {
	const cluster = clusterTotals([nodeRow('n')], () => false);
	expect(
		new Set(
			missingOfCluster(cluster, true)
				.slice(0, 6)
				.map(([, reason]) => reason),
		),
	).toEqual(new Set(['no node has been read']));
});
