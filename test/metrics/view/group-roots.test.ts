import {describe, expect, test} from 'vitest';
import type {NodeRow, PodRow, TreeRow} from '../../../source/metrics/model/row.ts';
import type {Grouping, RowsByLevel, RowsOf} from '../../../source/metrics/model/view.ts';
import {selectView} from '../../../source/metrics/view/select-view.ts';
import {nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, nodeRow, podRow} from '../rows.ts';

const pod = (name: string, app: string | undefined, known: Partial<PodRow> = {}): PodRow =>
	podRow(name, {info: podInfo(name, app === undefined ? {} : {labels: {app}}), ...known});

const PODS = [
	pod('web-1', 'web', {cpuCores: 1, memoryWorkingSetBytes: 100, rxBytesPerSecond: 5}),
	pod('web-2', 'web', {cpuCores: 2, memoryWorkingSetBytes: 200, rxBytesPerSecond: 7, isHostNetwork: true}),
	pod('db-0', 'db', {cpuCores: 0.5}),
	pod('bare', undefined, {cpuCores: 4}),
];

const NODES = [
	nodeRow('n1', {cpuCores: 3, info: nodeInfo('n1', {labels: {zone: 'a'}})}),
	nodeRow('n2', {cpuCores: 1, info: nodeInfo('n2', {labels: {zone: 'a'}})}),
	nodeRow('n3', {cpuCores: 9, info: nodeInfo('n3', {labels: {zone: 'b'}})}),
];

function rowsOf(pods: readonly PodRow[], nodes: readonly NodeRow[] = []): RowsOf {
	const rows: RowsByLevel = {
		nodes: () => nodes,
		pods: () => pods,
		containers: () => [containerRow('main')],
		namespaces: () => [],
		workloads: () => [],
		processes: () => [],
	};
	return level => rows[level]();
}

function treeOf(
	by: Grouping,
	from: RowsOf,
	open: readonly string[] = [],
	filter = '',
): ReadonlyArray<TreeRow> {
	return selectView({level: 'tree', tree: {by, open: new Set(open)}, filter}, from, 0, 0).rows.slice();
}

const BY_APP = {of: 'pods', key: 'label:app'} as const;

describe('pods by a label', () => {
	test('are a row for each value, the busiest first, and one for those without it', () => {
		const rows = treeOf(BY_APP, rowsOf(PODS));
		expect(rows.map(({name, isOpen, depth}) => [name, isOpen, depth])).toEqual([
			['no app', false, 0],
			['web', false, 0],
			['db', false, 0],
		]);
	});

	test('have sums of what they use, without the traffic of host networks', () => {
		const web = treeOf(BY_APP, rowsOf(PODS)).find(({name}) => name === 'web')?.of;
		expect(web).toMatchObject({
			kind: 'group',
			cpuCores: 3,
			memoryWorkingSetBytes: 300,
			rxBytesPerSecond: 5,
			podCount: 2,
		});
	});

	test('have sums of requests and limits where all of them are listed, else none', () => {
		const listed = ['a', 'b'].map(name =>
			podRow(name, {
				info: podInfo(name, {requests: {cpuCores: 0.5, memoryBytes: 10}, labels: {app: 'web'}}),
			}),
		);
		const requestsOf = (pods: readonly PodRow[], name: string) => {
			const group = treeOf({of: 'pods', key: 'namespace'}, rowsOf(pods)).find(row => row.name === name)?.of;
			return group?.kind === 'group' ? group.bound?.requests : undefined;
		};
		expect(requestsOf(listed, 'shop')).toEqual({cpuCores: 1, memoryBytes: 20});
		expect(requestsOf([...listed, podRow('unlisted')], 'shop')).toBeUndefined();
	});

	test('show below what is open the pods in it', () => {
		const rows = treeOf(BY_APP, rowsOf(PODS), ['group/pods/label:app/web']);
		expect(rows.map(({name, depth}) => [name, depth])).toEqual([
			['no app', 0],
			['web', 0],
			['web-2', 1],
			['web-1', 1],
			['db', 0],
		]);
	});

	test('are opened on the way to a pod that a filter finds', () => {
		expect(treeOf(BY_APP, rowsOf(PODS), [], 'web-1').map(({name}) => name)).toEqual(['web', 'web-1']);
	});
});

describe('nodes by a label', () => {
	const BY_ZONE = {of: 'nodes', key: 'label:zone'} as const;

	test('are summed', () => {
		expect(treeOf(BY_ZONE, rowsOf([], NODES)).map(({name, of}) => [name, of.cpuCores])).toEqual([
			['b', 9],
			['a', 4],
		]);
	});

	test('leave out what a node used last that cannot be read, and compare with what is asked for on the others', () => {
		const bound = {
			pods: 1,
			requests: {cpuCores: 8, memoryBytes: 100},
			limits: {cpuCores: undefined, memoryBytes: undefined},
		};
		const claiming = NODES.map(node => ({...node, bound}));
		const failed: NodeRow = {
			...nodeRow('n4', {cpuCores: 5, bound, info: nodeInfo('n4', {labels: {zone: 'a'}})}),
			state: {
				kind: 'failed',
				failure: {code: 'timeout', brief: 'timeout', message: 'm', hint: 'h'},
				sinceMs: 0,
				attempts: 1,
				retryAtMs: 0,
			},
		};
		const [, zone] = treeOf(BY_ZONE, rowsOf([], [...claiming, failed]));
		const nodesRead = NODES.filter(({info}) => info?.labels.zone === 'a').length;
		expect(zone).toMatchObject({
			name: 'a',
			of: {
				cpuCores: 4,
				bound: {requests: {cpuCores: 8 * (nodesRead + 1)}},
				measured: {requests: {cpuCores: 8 * nodesRead, memoryBytes: undefined}},
			},
		});
	});
});

test('a key that no column has puts all rows into one group', () => {
	expect(treeOf({of: 'pods', key: 'nothing'}, rowsOf(PODS)).map(({name}) => name)).toEqual(['no nothing']);
});
