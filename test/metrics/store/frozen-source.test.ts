import {describe, expect, test} from 'vitest';
import type {Source} from '../../../source/metrics/model/view.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../readings.ts';

const PRESSURE = {
	cpuSomePercent: 12,
	cpuFullPercent: undefined,
	memorySomePercent: 3,
	memoryFullPercent: undefined,
	ioSomePercent: undefined,
	ioFullPercent: undefined,
};

function read(store: Store, timeMs: number, cores: number): void {
	const cpu = cpuReading({timeMs, usageCores: cores});
	for (const id of ['n1', 'n2']) {
		const pod = {uid: `${id}-uid`, namespace: id === 'n1' ? 'shop' : 'web', name: `${id}-pod`};
		store.apply(
			id,
			[
				reading(timeMs, {
					node: nodeReading({cpu, cpuCapacityCores: 4, pressure: PRESSURE}),
					pods: [podReading(pod.namespace, pod.name, {pod, cpu})],
					containers: [
						containerReading('main', {id: `${pod.uid}/main`, pod, cpu}),
						containerReading('kubelet', {kind: 'system'}),
					],
				}),
			],
			LIVE,
		);
	}
}

function storeOf(): Store {
	const store = new Store({capacity: 10, staleAfterMs: 30_000});
	store.addNode('n1', 'n1');
	store.addNode('n2', 'n2');
	read(store, 10_000, 1);
	return store;
}

test.each(['a store', 'a frozen source'])('the functions of %s may be passed on without it', kind => {
	const source = (): Source => new FrozenSource(storeOf(), 11_000);
	const {view, rows, find, counts, cluster, history, span}: Source =
		kind === 'a store' ? storeOf() : source();
	const [row] = rows('pods', {namespaces: ['shop']}, 'live', 0);
	expect(row).toBeDefined();
	expect(find('pods', row?.id ?? '', 'live', 0)).toBe(row);
	expect(view({level: 'pods'}, 'live', 0).total).toBe(counts(undefined, 'live', 0).pods);
	expect(cluster('live', 0).nodes).toBe(2);
	expect(row && history(row, 'cpuCores', {points: 1, stepMs: 1000, endMs: 0})).toHaveLength(1);
	expect(span()).toBeDefined();
});

describe('a frozen source', () => {
	test('goes on telling what there was, also what rings do not keep', () => {
		const store = storeOf();
		const frozen = new FrozenSource(store, 11_000);
		read(store, 20_000, 3);
		store.removeNode('n2');
		const [first, second] = frozen.view({level: 'nodes'}).rows;
		expect([first?.cpuCores, second?.cpuCores]).toEqual([1, 1]);
		expect(first?.pressure).toEqual(PRESSURE);
		expect(first?.state).toEqual(LIVE);
		expect(frozen.cluster().cpuCores).toBe(2);
		expect(store.cluster('live', 21_000).cpuCores).toBe(3);
		expect(frozen.find('nodes', 'n2')?.cpuCores).toBe(1);
	});

	test('scopes, filters and sorts as its source does', () => {
		const store = storeOf();
		const frozen = new FrozenSource(store, 11_000);
		const [pod] = store.view({level: 'pods', scope: {namespaces: ['shop']}}, 'live', 11_000).rows;
		for (const level of ['nodes', 'pods', 'containers', 'namespaces', 'tree'] as const) {
			const within = level === 'namespaces' ? [] : [{nodeId: 'n1'}, {podId: pod?.id}];
			for (const scope of [{}, {namespaces: ['shop']}, ...within]) {
				for (const filter of ['', 'n2', '!n2']) {
					const query = {level, scope, filter, sort: {column: 'name', isDescending: true}};
					expect(frozen.view(query).rows.map(({id}) => id)).toEqual(
						store.view(query, 'live', 11_000).rows.map(({id}) => id),
					);
				}
			}
		}
	});

	test('lists in its pod what did its work, and finds it', () => {
		const done = containerInfo('init', {
			state: {kind: 'terminated', reason: 'Completed', exitCode: 0, signal: undefined, finishedAtMs: 5000},
		});
		const inventory = inventoryOf(
			[nodeInfo('n1')],
			[podInfo('web', {namespace: 'shop', containers: [done, containerInfo('main')]})],
		);
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		store.addNode('n1', 'n1');
		const pod = {uid: 'uid-web', namespace: 'shop', name: 'web'};
		const cpu = cpuReading({timeMs: 10_000, usageCores: 1});
		store.apply(
			'n1',
			[
				reading(10_000, {
					pods: [podReading('shop', 'web', {pod, cpu})],
					containers: [containerReading('main', {pod, cpu})],
				}),
			],
			LIVE,
		);
		const frozen = new FrozenSource(store, 11_000);
		const scope = {podId: 'n1/uid-web'};
		const live = store.rows('containers', scope, 'live', 11_000).map(({name}) => name);
		expect(live).toEqual(['main', 'init']);
		expect(frozen.rows('containers', scope).map(({name}) => name)).toEqual(live);
		expect(frozen.find('containers', 'n1/uid-web/init')?.name).toBe('init');
	});

	test('is used only by a cursor at its moment', () => {
		const frozen = new FrozenSource(storeOf(), 11_000);
		expect([frozen.isAt('live'), frozen.isAt({atMs: 10_000}), frozen.isAt({atMs: 11_000})]).toEqual([
			false,
			false,
			true,
		]);
	});
});
