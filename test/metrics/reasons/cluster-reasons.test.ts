import {expect, test} from 'vitest';
import {clusterReasons} from '../../../source/metrics/reasons/cluster-reasons.ts';
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
		'the node reports no file system',
		{...READ, filesystemFullRatio: undefined},
		true,
		[['FS', 'no node that was read reports its file systems']],
	],
	[
		'no API server is asked',
		{...READ, info: undefined, bound: undefined},
		false,
		[
			['req', 'only an API server reports it, and none is read'],
			['lim', 'only an API server reports it, and none is read'],
		],
	],
] as const)('of all nodes together: %s', (_what, row, hasInventory, missing) => {
	expect(
		clusterReasons(
			clusterTotals([nodeRow('n', row)], () => true),
			hasInventory,
		),
	).toEqual(missing);
});

test('of nodes that were never read all is unknown for that', () => {
	const cluster = clusterTotals([nodeRow('n')], () => false);
	expect(
		new Set(
			clusterReasons(cluster, true)
				.slice(0, 6)
				.map(([, reason]) => reason),
		),
	).toEqual(new Set(['no node has been read']));
});

test('a cluster without nodes has nothing to read, and pods that are known', () => {
	const reasons = new Map(
		clusterReasons(
			clusterTotals([], () => true, true),
			true,
		),
	);
	expect([reasons.get('CPU'), reasons.get('req'), reasons.get('lim')]).toEqual([
		'there is no node',
		undefined,
		'no pod has a limit',
	]);
});
