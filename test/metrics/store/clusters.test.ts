import {describe, expect, test} from 'vitest';
import {clusterOfRow, nameInCluster} from '../../../source/metrics/model/cluster-of-row.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {NOT_SUMMED} from '../../../source/metrics/store/pod-usage.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {ThresholdWatch} from '../../../source/metrics/store/threshold-watch.ts';
import {inventoryOf, nodeInfo, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../readings.ts';

/** Two clusters with the same names and uids, as two made from one backup: a node and a pod on it, and one that waits. */
function twoClusters(options: {isAdvanced?: boolean} = {}) {
	const owner = {owner: {kind: 'ReplicaSet', name: 'web-1'}, workload: {kind: 'Deployment', name: 'web'}};
	const inventory = (cpuCores: number) =>
		inventoryOf(
			[nodeInfo('n1', {capacity: {...nodeInfo('n1').capacity, cpuCores}})],
			[
				podInfo('web', owner),
				podInfo('waiting', {...owner, nodeName: undefined, phase: 'Pending', reason: 'Pending'}),
			],
		);
	const inventories = {a: inventory(4), b: inventory(8)};
	const store = new Store({
		capacity: 10,
		intervalMs: 1000,
		staleAfterMs: 30_000,
		clusters: new Map(Object.entries(inventories)),
		...options,
	});
	for (const cluster of ['a', 'b']) {
		store.addNode(`node:${cluster}/n1`, 'n1', cluster);
	}

	const read = (cluster: 'a' | 'b', timeMs: number, cores: number): void => {
		const cpu = cpuReading({timeMs, usageCores: cores});
		const pod = {uid: 'uid-web', namespace: 'shop', name: 'web'};
		const of = reading(timeMs, {
			node: nodeReading({cpu}),
			pods: [podReading('shop', 'web', {cpu})],
			containers: [containerReading('app', {pod, cpu})],
		});
		store.apply(`node:${cluster}/n1`, [of], LIVE);
	};
	for (const timeMs of [1000, 2000, 3000]) {
		read('a', timeMs, 1);
		read('b', timeMs, 2);
	}

	if (options.isAdvanced) {
		store.advance(3000, () => true);
	}

	return {store, inventories, read};
}

const LEVELS = ['nodes', 'pods', 'containers', 'workloads', 'namespaces', 'problems'] as const;

describe.each([{isAdvanced: false}, {isAdvanced: true}])('a store of two clusters, %o', options => {
	test.each(LEVELS)('lists the %s of both with ids of their own, by name and then by cluster', level => {
		const {store} = twoClusters(options);
		const {rows, columns} = store.view({level, sort: {column: 'name', isDescending: false}}, 'live', 3000);
		const ids = rows.map(({id}) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const cluster = columns.find(({id}) => id === 'cluster');
		const clusters = rows.map(row => cluster?.value(row, 3000));
		expect(clusters).toEqual(clusters.map((_, index) => (index % 2 === 0 ? 'a' : 'b')));
		expect(clusters.length).toBeGreaterThanOrEqual(level === 'problems' ? 0 : 2);
	});

	test.each(LEVELS.slice(0, 5))('finds each of the %s by its id, live, paused and in the past', level => {
		const {store} = twoClusters(options);
		const frozen = new FrozenSource(store, 3000);
		for (const row of store.view({level}, 'live', 3000).rows) {
			if (row.kind !== 'problem') {
				expect(store.find(level as 'nodes', row.id, 'live', 3000)).toMatchObject({cluster: row.cluster});
				expect(frozen.find(level as 'nodes', row.id)).toMatchObject({cluster: row.cluster});
			}
		}

		const past = store
			.view({level}, {atMs: 2500}, 3000)
			.rows.map(row => ('cluster' in row ? row.cluster : ''));
		expect(new Set(past)).toEqual(new Set(['a', 'b']));
	});

	test('joins each node with the inventory of its own cluster', () => {
		const {store} = twoClusters(options);
		const rows = store.rows('nodes', {}, 'live', 3000);
		expect(rows.map(({cluster, cpuCapacityCores}) => [cluster, cpuCapacityCores])).toEqual([
			['a', 4],
			['b', 8],
		]);
	});

	test('sums all clusters, and workloads and namespaces cluster by cluster', () => {
		const {store} = twoClusters(options);
		expect(store.cluster('live', 3000)).toMatchObject({
			nodes: 2,
			nodesReady: 2,
			cpuCores: 3,
			cpuCapacityCores: 12,
		});
		for (const level of ['workloads', 'namespaces'] as const) {
			const sums = store.rows(level, {}, 'live', 3000).map(({cluster, cpuCores}) => [cluster, cpuCores]);
			expect(sums).toEqual([
				['a', 1],
				['b', 2],
			]);
		}

		expect(store.counts(undefined, 'live', 3000)).toMatchObject({nodes: 2, pods: 4, namespaces: 2});
		expect(store.counts(['shop'], 'live', 3000)).toMatchObject({pods: 4, namespaces: 2});
	});

	test('narrows to a namespace of one cluster', () => {
		const {store} = twoClusters(options);
		const scope = {cluster: 'b', namespaces: ['shop']};
		for (const source of [store, new FrozenSource(store, 3000)]) {
			const rows = source.view({level: 'pods', scope}, 'live', 3000).rows.map(({cluster}) => cluster);
			expect(rows).toEqual(['b', 'b']);
		}
	});

	test('has the past and statistics of each row, and of both in a group', () => {
		const {store} = twoClusters(options);
		const window = {points: 1, stepMs: 1000, endMs: 3000};
		const span = {oldestMs: 0, newestMs: 3000};
		for (const level of ['nodes', 'workloads', 'namespaces'] as const) {
			const rows = store.rows(level, {}, 'live', 3000);
			expect(rows.map(row => store.history(row, 'cpuCores', window)[0])).toEqual([1, 2]);
			expect(rows.map(row => store.statistics(row, 'cpuCores', span)?.mean)).toEqual([1, 2]);
		}

		const tree = {by: {of: 'nodes', key: 'cluster'}, open: new Set<string>()} as const;
		const groups = store.view({level: 'tree', tree}, 'live', 3000).rows.slice();
		expect(groups.map(row => [row.name, store.history(row, 'cpuCores', window)[0]])).toEqual([
			['b', 2],
			['a', 1],
		]);
		expect(store.clusterHistory('cpuCores', window)[0]).toBe(3);
	});

	test('a group says which cluster it is of, or none where it has rows of several', () => {
		const {store} = twoClusters(options);
		const clustersBy = (key: string) => {
			const tree = {by: {of: 'pods', key}, open: new Set<string>()} as const;
			const view = store.view(
				{level: 'tree', tree, sort: {column: 'name', isDescending: false}},
				'live',
				3000,
			);
			return view.rows.map(row => [nameInCluster(row), clusterOfRow(row)]);
		};
		expect(clustersBy('cluster')).toEqual([
			['a', 'a'],
			['b', 'b'],
		]);
		expect(clustersBy('namespace')).toEqual([['shop', undefined]]);
	});

	test('opens a namespace of a tree into the pods of its cluster', () => {
		const {store} = twoClusters(options);
		const tree = {by: 'namespaces', open: new Set(['namespace/shop/b'])} as const;
		const rows = store.view({level: 'tree', tree, filter: 'cluster:b'}, 'live', 3000).rows.slice();
		expect(rows.map(({of, depth}) => [depth, 'cluster' in of ? of.cluster : undefined])).toEqual([
			[0, 'b'],
			[1, 'b'],
			[1, 'b'],
		]);
	});

	test.each([
		['cluster:a', ['a']],
		['cluster:a|b', ['b', 'a']],
		['!cluster:a', ['b']],
	])('filters by %s', (filter, clusters) => {
		const {rows} = twoClusters(options).store.view({level: 'nodes', filter}, 'live', 3000);
		expect(rows.map(({cluster}) => cluster)).toEqual(clusters);
	});

	test('keeps the rows of one cluster as they are while another changes', () => {
		const {store, inventories} = twoClusters(options);
		const before = store.rows('pods', {cluster: 'a'}, 'live', 3000);
		inventories.b.removePod('uid-waiting');
		store.advance(3000, () => true);
		expect(store.rows('pods', {cluster: 'b'}, 'live', 3000)).toHaveLength(1);
		for (const [index, row] of store.rows('pods', {cluster: 'a'}, 'live', 3000).entries()) {
			expect(row).toBe(before[index]);
		}
	});
});

test('events name the cluster', () => {
	const {store, read} = twoClusters();
	const watch = new ThresholdWatch();
	for (const timeMs of [4000, 5000, 6000]) {
		read('b', timeMs, 7.9);
		watch.feed(store.watchedNodes(timeMs), timeMs);
	}

	expect(watch.events().map(({what, name}) => [what, name])).toContainEqual(['cpu', 'b/n1']);
});

test('a store of one cluster names none in its rows and ids', () => {
	const store = new Store({
		capacity: 2,
		staleAfterMs: 1000,
		inventory: inventoryOf([nodeInfo('n1')], [podInfo('web')]),
	});
	store.addNode('n1', 'n1');
	expect(store.rows('pods', {}, 'live', 0).map(({id, cluster, summed}) => [id, cluster, summed])).toEqual([
		['n1/uid-web', undefined, NOT_SUMMED],
	]);
	expect(store.rows('namespaces', {}, 'live', 0).map(({id}) => id)).toEqual(['namespace/shop']);
});
