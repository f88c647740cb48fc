import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {podsOn} from '../../../source/metrics/model/counts.ts';
import type {ClusterInventory} from '../../../source/metrics/model/inventory.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, memoryReading, nodeReading, podReading, reading} from '../readings.ts';

const START = 1_000_000;

type ReadPod = {readonly name: string; readonly uid?: string | undefined; readonly namespace?: string};

/** A store with the node n1, of which one reading speaks of these pods, each with a container `app`. */
function storeOf(inventory: ClusterInventory, read: readonly ReadPod[], nodes = ['n1']): Store {
	const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
	for (const name of nodes) {
		store.addNode(`node:${name}`, name);
	}

	apply(store, read, START);
	return store;
}

function apply(store: Store, read: readonly ReadPod[], timeMs: number): void {
	const cpu = cpuReading({timeMs, usageCores: 0.25});
	const memory = memoryReading({timeMs, workingSetBytes: 2 ** 20});
	const pods = read.map(({name, uid = `uid-${name}`, namespace = 'shop'}) => ({
		uid: uid === '' ? undefined : uid,
		namespace,
		name,
	}));
	const taken = reading(timeMs, {
		nodeName: 'n1',
		node: nodeReading({cpu, memory}),
		pods: pods.map(pod => podReading(pod.namespace, pod.name, {pod, cpu, memory})),
		containers: pods.map(pod => containerReading('app', {pod, cpu, memory})),
	});
	store.apply('node:n1', [taken], LIVE);
}

const podsOf = (store: Store, nowMs = START) => store.view({level: 'pods'}, 'live', nowMs).rows;
const namesOf = (store: Store, nowMs = START) =>
	podsOf(store, nowMs)
		.map(({name}) => name)
		.sort();
const pod = (store: Store, name: string) => podsOf(store).find(row => row.name === name);
const node = (store: Store) => store.view({level: 'nodes'}, 'live', START).rows.at(0);

describe('the memory limit of a container', () => {
	const LIMIT = 100 * 2 ** 20;
	/** What a node says is in force, and what the API server lists of the container and of its pod. */
	const boundOf = (
		reported: number | undefined,
		listed: number | undefined,
		isPodLimited = listed !== undefined,
		isListed = true,
	) => {
		const limits = {cpuCores: undefined, memoryBytes: listed};
		const info = podInfo('web', {
			isLimited: {cpu: false, memory: isPodLimited},
			containers: [containerInfo('app', {limits})],
		});
		const inventory = inventoryOf([nodeInfo('n1')], isListed ? [info] : [], {listed: []});
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		store.addNode('node:n1', 'n1');
		const bounds = [START, START + 10_000].map(timeMs => {
			const memory = memoryReading({
				timeMs,
				workingSetBytes: 2 ** 20,
				limitBytes: reported,
				availableBytes: reported === undefined ? undefined : reported - 2 ** 20,
			});
			const pod = {uid: 'uid-web', namespace: 'shop', name: 'web'};
			const taken = reading(timeMs, {
				pods: [podReading('shop', 'web', {memory})],
				containers: [containerReading('app', {pod, memory})],
			});
			store.apply('node:n1', [taken], LIVE);
			const [row] = store.view({level: 'containers'}, 'live', timeMs).rows;
			return [row?.memoryLimitBytes, row?.memoryAvailableBytes];
		});
		expect(bounds[1], 'the same at the first reading and later').toEqual(bounds[0]);
		return bounds[0];
	};

	test.each([
		['in force and listed', LIMIT, LIMIT, true, true, LIMIT],
		['listed and not read yet by the node', undefined, LIMIT, true, true, LIMIT],
		['of the pod as a whole', LIMIT, undefined, true, true, LIMIT],
		['told by a node of which no pod is listed', LIMIT, undefined, false, false, LIMIT],
		['told by the node and not in the specification', 2 ** 20, undefined, false, true, undefined],
	])('%s', (_, reported, listed, isPodLimited, isListed, limit) => {
		expect(boundOf(reported, listed, isPodLimited, isListed)).toEqual([
			limit,
			limit === undefined ? undefined : limit - 2 ** 20,
		]);
	});
});

describe('a pod that a node reports', () => {
	test('gets what the API server says of it, found by its uid', () => {
		const web = podInfo('web', {reason: 'Running', restarts: 3});
		const row = pod(storeOf(inventoryOf([nodeInfo('n1')], [web]), [{name: 'web'}]), 'web');
		expect(row).toMatchObject({cpuCores: 0.25, info: web});
	});

	test('is found by its config hash where it is static', () => {
		const web = podInfo('web-n1', {uid: 'mirror', configHash: 'hash'});
		const store = storeOf(inventoryOf([nodeInfo('n1')], [web]), [{name: 'web-n1', uid: 'hash'}]);
		expect(podsOf(store).map(({info, uid}) => [info?.uid, uid])).toEqual([['mirror', 'hash']]);
	});

	test('is found by its name where the source reports no uid', () => {
		const web = podInfo('web');
		expect(pod(storeOf(inventoryOf([], [web]), [{name: 'web', uid: ''}]), 'web')?.info).toBe(web);
	});

	test('follows what changes at the API server without a new reading', () => {
		const inventory = inventoryOf([], [podInfo('web')]);
		const store = storeOf(inventory, [{name: 'web'}]);
		const before = store.version;
		expect(pod(store, 'web')?.info?.restarts).toBe(0);
		inventory.putPod(podInfo('web', {restarts: 1}));
		expect(store.version).not.toBe(before);
		expect(pod(store, 'web')?.info?.restarts).toBe(1);
	});

	test('keeps what is known of it over further readings', () => {
		const store = storeOf(inventoryOf([], [podInfo('web', {restarts: 2})]), [{name: 'web'}]);
		pod(store, 'web');
		apply(store, [{name: 'web'}], START + 10_000);
		expect(pod(store, 'web')?.info?.restarts).toBe(2);
	});

	test('is the same row as long as nothing changed', () => {
		const store = storeOf(inventoryOf([], [podInfo('web')]), [{name: 'web'}]);
		expect(pod(store, 'web')).toBe(pod(store, 'web'));
	});
});

describe('a pod that no node reports', () => {
	test.each([
		['finished', podInfo('job', {phase: 'Succeeded', reason: 'Completed'})],
		['waiting for a node', podInfo('job', {phase: 'Pending', reason: 'Pending', nodeName: undefined})],
		['crashed', podInfo('job', {reason: 'CrashLoopBackOff'})],
		['on a node that is not known', podInfo('job', {nodeName: 'other'})],
	])('because it is %s is listed, with nothing as its usage', (_, info) => {
		const row = pod(storeOf(inventoryOf([nodeInfo('n1')], [info]), []), 'job');
		expect(row).toMatchObject({info, cpuCores: undefined, memoryWorkingSetBytes: undefined});
	});

	test('stays listed when the node drops it', () => {
		const inventory = inventoryOf([], [podInfo('job')]);
		const store = storeOf(inventory, [{name: 'job'}]);
		inventory.putPod(podInfo('job', {phase: 'Succeeded', reason: 'Completed'}));
		for (let step = 1; step <= 4; step++) {
			apply(store, [], START + step * 10_000);
		}

		expect(podsOf(store).map(row => [row.name, row.info?.reason, row.cpuCores])).toEqual([
			['job', 'Completed', undefined],
		]);
	});

	test('lies on its node, and in its namespace', () => {
		const store = storeOf(inventoryOf([], [podInfo('job', {reason: 'CrashLoopBackOff'})]), []);
		const inScope = (scope: object) => store.view({level: 'pods', scope}, 'live', START).rows.length;
		expect([inScope({nodeId: 'node:n1'}), inScope({nodeId: 'node:x'})]).toEqual([1, 0]);
		expect([inScope({namespaces: ['y', 'shop']}), inScope({namespaces: ['x']})]).toEqual([1, 0]);
	});

	test('can be found again by its id', () => {
		const store = storeOf(inventoryOf([], [podInfo('job', {nodeName: undefined})]), []);
		const {id} = pod(store, 'job') ?? {id: ''};
		expect(store.find('pods', id, 'live', START)?.name).toBe('job');
	});
});

describe('a deleted pod', () => {
	test('but is still reported shows no usage once it is finished', () => {
		const store = storeOf(inventoryOf([], [podInfo('job', {phase: 'Failed', reason: 'Evicted'})]), [
			{name: 'job'},
		]);
		expect(podsOf(store).map(row => [row.info?.reason, row.cpuCores])).toEqual([['Evicted', undefined]]);
		expect(store.view({level: 'containers'}, 'live', START).rows).toEqual([]);
	});

	test('at the API server is hidden, after the time that its event may need', () => {
		const store = storeOf(inventoryOf([], []), [{name: 'ghost'}]);
		expect(namesOf(store)).toEqual(['ghost']);
		apply(store, [{name: 'ghost'}], START + 40_000);
		expect(namesOf(store, START + 40_000)).toEqual([]);
		expect(store.view({level: 'containers'}, 'live', START + 40_000).rows).toEqual([]);
	});

	test('is shown where its namespace may not be listed: it may well be there', () => {
		const store = storeOf(inventoryOf([], [], {listed: ['web']}), [{name: 'a'}]);
		apply(store, [{name: 'a'}], START + 40_000);
		expect(namesOf(store, START + 40_000)).toEqual(['a']);
	});

	test('for a selector is hidden at once', () => {
		const store = storeOf(inventoryOf([], [podInfo('web')], {isSelective: true}), [
			{name: 'web'},
			{name: 'db'},
		]);
		expect(namesOf(store)).toEqual(['web']);
	});
});

describe('a container of no pod', () => {
	const namesAt = (isSelective: boolean, cursor: 'live' | {readonly atMs: number}) => {
		const store = storeOf(inventoryOf([], [podInfo('web')], {isSelective}), []);
		const pod = {uid: 'uid-web', namespace: 'shop', name: 'web'};
		store.apply(
			'node:n1',
			[
				reading(START + 1, {
					nodeName: 'n1',
					pods: [podReading('shop', 'web', {pod})],
					containers: [containerReading('app', {pod}), containerReading('kubelet')],
				}),
			],
			LIVE,
		);
		return store
			.view({level: 'containers'}, cursor, START + 1)
			.rows.map(({name}) => name)
			.sort();
	};

	test.each(['live', {atMs: START + 1}] as const)('is shown unless a selector wants pods: %j', cursor => {
		expect(namesAt(false, cursor)).toEqual(['app', 'kubelet']);
		expect(namesAt(true, cursor)).toEqual(['app']);
	});
});

describe('a container', () => {
	const crashed = containerInfo('app', {state: {kind: 'waiting', reason: 'CrashLoopBackOff'}, restarts: 7});
	const done = containerInfo('init', {
		kind: 'init',
		state: {kind: 'terminated', reason: 'Completed', exitCode: 0, signal: undefined, finishedAtMs: 5},
	});
	const containers = (store: Store, scope = {}) =>
		store
			.view({level: 'containers', scope}, 'live', START)
			.rows.map(({name, info}) => [name, info?.state.kind]);

	test('gets its limits and state from the API server', () => {
		const limits = {cpuCores: 2, memoryBytes: 2 ** 30};
		const store = storeOf(inventoryOf([], [podInfo('web', {containers: [containerInfo('app', {limits})]})]), [
			{name: 'web'},
		]);
		const expected = {cpuLimitCores: 2, memoryLimitBytes: 2 ** 30, podInfo: {name: 'web'}};
		expect(store.view({level: 'containers'}, 'live', START).rows).toMatchObject([expected]);
		apply(store, [{name: 'web'}], START + 10_000);
		expect(store.view({level: 'containers'}, 'live', START).rows).toMatchObject([expected]);
	});

	test('that crashed is listed though no node reports it, one that did its work is not', () => {
		const store = storeOf(inventoryOf([], [podInfo('web', {containers: [done, crashed]})]), []);
		expect(containers(store)).toEqual([['app', 'waiting']]);
	});

	test('that did its work is listed with its pod, and can be opened', () => {
		const store = storeOf(inventoryOf([], [podInfo('web', {containers: [done, containerInfo('app')]})]), [
			{name: 'web'},
		]);
		const podId = pod(store, 'web')?.id;
		expect(containers(store, {podId})).toEqual([
			['app', 'running'],
			['init', 'terminated'],
		]);
		expect(store.find('containers', `${podId}/init`, 'live', START)?.name).toBe('init');
	});
});

describe('a node', () => {
	test('is measured against what the API server says that it has', () => {
		const store = storeOf(inventoryOf([nodeInfo('n1')], []), []);
		expect(node(store)).toMatchObject({cpuCapacityCores: 4, memoryCapacityBytes: 8 * 2 ** 30});
		const cpu = store
			.view({level: 'nodes'}, 'live', START)
			.columns.find(({id}) => id === 'cpu%')
			?.value(node(store) ?? never(), START);
		expect(cpu).toBeCloseTo(0.25 / 3);
	});

	test('sums what its pods ask for, without the finished ones', () => {
		const pods = [
			podInfo('a'),
			podInfo('b'),
			podInfo('c', {phase: 'Succeeded'}),
			podInfo('d', {nodeName: 'x'}),
		];
		expect(node(storeOf(inventoryOf([nodeInfo('n1')], pods), []))?.bound).toEqual({
			pods: 2,
			requests: {cpuCores: 1, memoryBytes: 2 ** 21},
			limits: {cpuCores: 2, memoryBytes: 2 ** 22},
		});
	});

	test('sums the extended resources that its pods request, and changes with them', () => {
		const asking = (name: string, gpus: number) =>
			podInfo(name, {extendedRequests: {'nvidia.com/gpu': gpus}});
		const inventory = inventoryOf([nodeInfo('n1')], [asking('web', 1), asking('db', 2), podInfo('log')]);
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		store.addNode('node:n1', 'n1');
		expect(node(store)?.bound?.extendedRequests).toEqual({'nvidia.com/gpu': 3});
		inventory.putPod(asking('db', 4));
		expect(node(store)?.bound?.extendedRequests).toEqual({'nvidia.com/gpu': 5});
	});

	test('has no limit where none of its pods states one, though it requests nothing', () => {
		const none = {cpuCores: undefined, memoryBytes: undefined};
		const inventory = inventoryOf([nodeInfo('n1')], [podInfo('a', {requests: none, limits: none})]);
		expect(node(storeOf(inventory, []))?.bound).toEqual({
			pods: 1,
			requests: {cpuCores: 0, memoryBytes: 0},
			limits: none,
		});
	});

	test('has no sum where not all pods may be listed', () => {
		const inventory = inventoryOf([nodeInfo('n1')], [podInfo('a')], {listed: ['shop']});
		const store = storeOf(inventory, []);
		expect(node(store)?.bound).toBeUndefined();
		expect(store.view({level: 'namespaces'}, 'live', START).rows.at(0)?.bound?.pods).toBe(1);
		expect(store.cluster('live', START).requests.cpuCores).toBeUndefined();
	});

	test('that was never read shows how many pods are bound to it', () => {
		const inventory = inventoryOf([nodeInfo('n1'), nodeInfo('n2')], [podInfo('a', {nodeName: 'n2'})]);
		const store = storeOf(inventory, [], ['n1', 'n2']);
		const unread = store.view({level: 'nodes'}, 'live', START).rows.find(({name}) => name === 'n2');
		expect(unread && podsOn(unread)).toEqual({count: 1, are: 'bound'});
		expect([unread?.podCount, unread?.cpuCores]).toEqual([undefined, undefined]);
	});

	test('that is made known again keeps its past', () => {
		const store = storeOf(inventoryOf([], []), [{name: 'web'}]);
		store.addNode('node:n1', 'n1');
		expect(store.span()).toEqual({oldestMs: START, newestMs: START});
	});

	test('that left is forgotten, and its pods stay as the API server has them', () => {
		const store = storeOf(inventoryOf([], [podInfo('web')]), [{name: 'web'}]);
		store.removeNode('node:n1');
		expect(store.view({level: 'nodes'}, 'live', START).rows).toEqual([]);
		expect(podsOf(store).map(row => [row.name, row.cpuCores])).toEqual([['web', undefined]]);
	});
});

test('the cluster sums requests and limits over all nodes, and counts the ready and the virtual', () => {
	const nodes = [
		nodeInfo('n1'),
		nodeInfo('n2', {readiness: 'NotReady'}),
		nodeInfo('fargate', {isVirtual: true}),
	];
	const store = storeOf(
		inventoryOf(nodes, [podInfo('a'), podInfo('b', {nodeName: 'n2'})]),
		[],
		['n1', 'n2', 'fargate'],
	);
	expect(store.cluster('live', START)).toMatchObject({
		nodes: 3,
		nodesRead: 1,
		nodesReady: 2,
		nodesVirtual: 1,
		pods: 2,
		allocatable: {cpuCores: 9},
		requests: {cpuCores: 1},
		limits: {cpuCores: 2},
	});
});

test.each([
	['that have none', inventoryOf([], []), {nodes: 0, nodesReady: 0, pods: 0, containers: 0}],
	['whose nodes are listed, and not read yet', inventoryOf([nodeInfo('n')], []), {nodes: 0}],
	['whose nodes may not be listed', {...inventoryOf([], []), hasAllNodes: () => false}, {nodes: 0}],
	['whose pods may not be listed', inventoryOf([], [], {listed: []}), {nodes: 0}],
])('sums of clusters %s are 0 where that is known', (_, inventory, known) => {
	const {nodes, nodesReady, pods, containers} = storeOf(inventory, [], []).cluster('live', START);
	expect({nodes, nodesReady, pods, containers}).toEqual({
		nodesReady: undefined,
		pods: undefined,
		containers: undefined,
		...known,
	});
});

test('whatever is listed and whatever is read, each pod is shown once, and each that runs as it is read', () => {
	const names = ['a', 'b', 'c', 'd'];
	const phases = fc.constantFrom('Pending', 'Running', 'Succeeded', 'Failed');
	const listed = fc.uniqueArray(fc.record({name: fc.constantFrom(...names), phase: phases}), {
		selector: ({name}) => name,
	});
	const reads = fc.array(fc.subarray(names), {minLength: 1, maxLength: 6});
	fc.assert(
		fc.property(listed, reads, (pods, rounds) => {
			const inventory = inventoryOf(
				[nodeInfo('n1')],
				pods.map(({name, phase}) => podInfo(name, {phase})),
			);
			const store = storeOf(inventory, []);
			let timeMs = START;
			for (const round of rounds) {
				timeMs += 10_000;
				apply(
					store,
					round.map(name => ({name})),
					timeMs,
				);
			}

			const rows = podsOf(store, timeMs);
			const shown = rows.map(({name}) => name);
			expect(new Set(shown).size).toBe(shown.length);
			for (const {name, phase} of pods) {
				const row = rows.find(candidate => candidate.name === name);
				const isRead = rounds.at(-1)?.includes(name) === true && phase !== 'Succeeded' && phase !== 'Failed';
				expect(row?.cpuCores).toBe(isRead ? 0.25 : undefined);
				expect(row?.info?.phase).toBe(phase);
			}
		}),
	);
});

function never(): never {
	throw new Error('there is a node');
}

describe('a pod whose name another one has now', () => {
	/** Two nodes that both report redis-0: n1 the one that was there before, n2 the one that the API server lists. */
	const movedTo = (nodeName: string, startedMs: number | undefined, uid = 'uid-old') => {
		const now = podInfo('redis-0', {uid: 'uid-new', nodeName, createdAtMs: START - 60_000});
		const inventory = inventoryOf([nodeInfo('n1'), nodeInfo('n2')], []);
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		for (const [name, pod, startTimeMs] of [
			['n1', {uid: uid === '' ? undefined : uid, namespace: 'shop', name: 'redis-0'}, startedMs],
			[nodeName, {uid: 'uid-new', namespace: 'shop', name: 'redis-0'}, START - 59_000],
		] as const) {
			const cpu = cpuReading({timeMs: START, usageCores: name === 'n1' ? 0.2 : 0.1});
			store.addNode(`node:${name}`, name);
			store.apply(
				`node:${name}`,
				[reading(START, {pods: [podReading('shop', 'redis-0', {pod, startTimeMs, cpu})]})],
				LIVE,
			);
		}

		inventory.putPod(now);
		return store;
	};
	const coresOf = (store: Store) => podsOf(store).map(({node, cpuCores}) => [node, cpuCores]);

	test.each([
		['that started before it', START - 3_600_000, 'uid-old'],
		['whose start is not told', undefined, 'uid-old'],
		['whose uid is not told', undefined, ''],
	])('is left out at once: one %s', (_, startedMs, uid) => {
		const store = movedTo('n2', startedMs, uid);
		expect(coresOf(store)).toEqual([['n2', 0.1]]);
		const [namespace] = store.view({level: 'namespaces'}, 'live', START).rows;
		expect(namespace).toMatchObject({podCount: 1, cpuCores: 0.1});
	});

	test('stays while it is the younger one, which the API server does not list yet', () => {
		expect(coresOf(movedTo('n2', START - 1000))).toHaveLength(2);
	});

	test('is not in the past of its namespace from then on', () => {
		const store = movedTo('n2', START - 3_600_000);
		const at = START + 10_000;
		for (const [name, uid, usageCores] of [
			['n1', 'uid-old', 0.2],
			['n2', 'uid-new', 0.1],
		] as const) {
			const pod = {uid, namespace: 'shop', name: 'redis-0'};
			const known = {pod, startTimeMs: START - 3_600_000, cpu: cpuReading({timeMs: at, usageCores})};
			podsOf(store);
			store.apply(`node:${name}`, [reading(at, {pods: [podReading('shop', 'redis-0', known)]})], LIVE);
		}

		const [namespace] = store.view({level: 'namespaces'}, 'live', at).rows;
		const window = {endMs: at, points: 1, stepMs: 5000};
		expect(namespace && store.history(namespace, 'cpuCores', window).at(-1)).toBeCloseTo(0.1);
	});
});
