import {expect, test} from 'vitest';
import {podsOn} from '../../../source/metrics/model/counts.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {formatCsv} from '../../../source/output/format-csv.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../readings.ts';

const NOW = 1_800_000_000_000;
const LEVELS = ['nodes', 'pods', 'containers', 'namespaces'] as const;

/** A node with a pod that runs, one that is done, one that has no node yet, a daemon, and a node that is not read. */
function storeOf(inventory = true): Store {
	const waiting = containerInfo('app', {state: {kind: 'waiting', reason: 'ContainerCreating'}});
	const store = new Store({
		capacity: 5,
		staleAfterMs: 30_000,
		inventory: inventory
			? inventoryOf(
					[nodeInfo('n1'), nodeInfo('n2')],
					[
						podInfo('web', {uid: 'uid-web'}),
						podInfo('done', {phase: 'Succeeded', containers: []}),
						podInfo('pending', {namespace: 'batch', nodeName: undefined, containers: [waiting]}),
						podInfo('far', {nodeName: 'n2', containers: [containerInfo('app')]}),
					],
				)
			: undefined,
	});
	for (const name of inventory ? ['n1', 'n2'] : ['n1']) {
		store.addNode(name, name);
	}

	const cpu = cpuReading({timeMs: NOW, usageCores: 1});
	const pod = {uid: 'uid-web', namespace: 'shop', name: 'web'};
	store.apply(
		'n1',
		[
			reading(NOW, {
				node: nodeReading({cpu}),
				pods: [podReading('shop', 'web', {pod, cpu})],
				containers: [
					containerReading('app', {pod, cpu}),
					containerReading('kubelet', {id: 'system/kubelet', kind: 'system', pod: undefined, cpu}),
				],
			}),
		],
		LIVE,
	);
	return store;
}

test.each(['live', {atMs: NOW}] as const)('each table has as many rows as its tab says, at %j', cursor => {
	const store = storeOf();
	for (const source of cursor === 'live' ? [store, new FrozenSource(store, NOW)] : [store]) {
		for (const namespaces of [undefined, ['shop'], ['batch', 'none'], ['shop', 'batch'], ['none']]) {
			const counts = source.counts(namespaces, cursor, NOW);
			for (const level of LEVELS) {
				const {total} = source.view({level, scope: {namespaces}}, cursor, NOW);
				expect([level, namespaces, counts[level]]).toEqual([level, namespaces, total]);
			}
		}
	}
});

test('counts follow what comes and goes', () => {
	const store = storeOf(false);
	expect(store.counts(undefined, 'live', NOW)).toEqual({nodes: 1, pods: 1, containers: 2, namespaces: 1});
	const more = ['api', 'db'].map(name => podReading(name, name));
	store.apply('n1', [reading(NOW + 1000, {pods: more})], LIVE);
	expect(store.counts(undefined, 'live', NOW)).toMatchObject({pods: 3, namespaces: 3});
});

test('rows of nodes, of namespaces and their sum count bound pods where there is an inventory', () => {
	const store = storeOf();
	const nodes = store.rows('nodes', {}, 'live', NOW).map(row => podsOn(row));
	expect(nodes).toEqual([
		{count: 1, are: 'bound'},
		{count: 1, are: 'bound'},
	]);
	expect(store.cluster('live', NOW)).toMatchObject({pods: 2, podsAre: 'bound', containers: 1});
	expect(
		store
			.rows('namespaces', {}, 'live', NOW)
			.map(({name, podCount, containerCount}) => [name, podCount, containerCount]),
	).toEqual([
		['shop', 2, 2],
		['batch', 0, 0],
	]);
});

test('without an API server, and of the past, they count what ran', () => {
	expect(storeOf(false).cluster('live', NOW)).toMatchObject({pods: 1, podsAre: 'running'});
	expect(storeOf().cluster({atMs: NOW}, NOW)).toMatchObject({pods: 1, podsAre: 'running'});
});

test('what is unknown is no 0: of a node not read, and where a source cannot see pods', () => {
	const unread = new Store({capacity: 5, staleAfterMs: 30_000});
	unread.addNode('n1', 'n1');
	expect(unread.cluster('live', NOW)).toMatchObject({pods: undefined, containers: undefined});
	const blind = storeOf(false);
	blind.apply('n1', [reading(NOW + 1000, {isOfNodeAlone: true})], LIVE);
	expect(blind.cluster('live', NOW + 1000)).toMatchObject({pods: undefined, containers: undefined});
	const csv = formatCsv(blind.view({level: 'nodes'}, 'live', NOW), NOW, true).split('\r\n');
	const column = csv[0]?.split(',').indexOf('pods') ?? -1;
	expect(column).toBeGreaterThan(0);
	expect(csv[1]?.split(',')[column]).toBe('');
});

test('containers that a runtime does not distinguish are unknown for the pod, its node and its namespace', () => {
	const store = new Store({capacity: 5, staleAfterMs: 30_000});
	store.addNode('n1', 'n1');
	const cpu = cpuReading({timeMs: NOW, usageCores: 1});
	store.apply('n1', [reading(NOW, {pods: [podReading('shop', 'web', {cpu})]})], LIVE);
	for (const level of ['nodes', 'pods', 'namespaces'] as const) {
		expect(store.rows(level, {}, 'live', NOW)[0]).toMatchObject({containerCount: undefined});
	}
});
