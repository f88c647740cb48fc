import {describe, expect, test} from 'vitest';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import type {Cursor, Level} from '../../../source/metrics/model/view.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {inventoryOf, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../readings.ts';

const FAILED = {
	kind: 'failed',
	failure: {code: 'timeout', brief: 'timeout 10s', message: 'n1 did not answer', hint: 'check it'},
	sinceMs: 5,
	attempts: 1,
	retryAtMs: 20,
} as const satisfies NodeState;

function storeOf(nodes: readonly string[], capacity = 10) {
	const store = new Store({capacity, staleAfterMs: 30_000});
	for (const node of nodes) {
		store.addNode(node, node);
	}

	return store;
}

const cpuAt = (timeMs: number, usageCores: number) => cpuReading({timeMs, usageCores});

/** One node with one pod of one container, all using as many cores as told. */
function readingOf(timeMs: number, cores: number, pods: readonly string[] = ['web']): Reading {
	const cpu = cpuAt(timeMs, cores);
	return reading(timeMs, {
		node: nodeReading({cpu}),
		pods: pods.map(name => podReading('shop', name, {cpu})),
		containers: pods.map(name =>
			containerReading('app', {pod: {uid: `uid-${name}`, namespace: 'shop', name}, cpu}),
		),
	});
}

function names(store: Store, level: Level, cursor: Cursor = 'live') {
	return store
		.view({level, sort: {column: 'name', isDescending: false}}, cursor, 0)
		.rows.map(row => row.name);
}

describe('the store', () => {
	test('lists a node before it was ever read', () => {
		const row = storeOf(['n1']).view({level: 'nodes'}, 'live', 0).rows.at(0);
		expect(row).toMatchObject({
			name: 'n1',
			state: {kind: 'waiting'},
			cpuCores: undefined,
			podCount: undefined,
		});
	});

	test('calls a node what the reading calls it', () => {
		const store = storeOf(['https://10.0.0.7:10250']);
		store.apply('https://10.0.0.7:10250', [reading(1, {nodeName: 'node-a'})], LIVE);
		expect(names(store, 'nodes')).toEqual(['node-a']);
	});

	test('changes its version with every change, and only then', () => {
		const store = storeOf(['n1']);
		const before = store.version;
		store.view({level: 'nodes'}, 'live', 0);
		expect(store.version).toBe(before);
		store.apply('n1', [readingOf(1000, 1)], LIVE);
		expect(store.version).toBeGreaterThan(before);
	});

	test('keeps what it knew of a node whose read failed, with the reason', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 0.5)], LIVE);
		store.setState('n1', FAILED);
		expect(store.view({level: 'nodes'}, 'live', 2000).rows.at(0)).toMatchObject({
			cpuCores: 0.5,
			state: FAILED,
		});
	});

	test('finds the same pod again when another route of the kubelet does not report its uid', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1)], LIVE);
		const nameless = {uid: undefined, namespace: 'shop', name: 'web'};
		store.apply(
			'n1',
			[reading(2000, {pods: [podReading('shop', 'web', {pod: nameless, cpu: cpuAt(2000, 2)})]})],
			LIVE,
		);
		expect(store.view({level: 'pods'}, 'live', 0).rows).toMatchObject([{uid: 'uid-web', cpuCores: 2}]);
	});

	test('shows an object that one reading left out as unknown, and drops it after three', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1, ['web', 'db'])], LIVE);
		store.apply('n1', [readingOf(2000, 1, ['web'])], LIVE);
		const rows = store.view({level: 'pods', sort: {column: 'name', isDescending: false}}, 'live', 0).rows;
		expect(rows).toMatchObject([
			{name: 'db', cpuCores: undefined},
			{name: 'web', cpuCores: 1},
		]);
		store.apply('n1', [readingOf(3000, 1), readingOf(4000, 1)], LIVE);
		expect(names(store, 'pods')).toEqual(['web']);
		expect(names(store, 'containers')).toEqual(['app']);
	});

	test('narrows to a node, a namespace or a pod', () => {
		const store = storeOf(['n1', 'n2']);
		store.apply('n1', [readingOf(1000, 1, ['web', 'db'])], LIVE);
		store.apply('n2', [readingOf(1000, 1, ['api'])], LIVE);
		const names = (scope: {nodeId?: string; podId?: string; namespaces?: readonly string[]}) =>
			store.view({level: 'containers', scope}, 'live', 0).rows.map(row => row.pod?.name);
		expect(names({nodeId: 'n2'})).toEqual(['api']);
		expect(names({podId: 'n1/uid-db'})).toEqual(['db']);
		expect(names({namespaces: ['none']})).toEqual([]);
		expect(names({namespaces: ['none', 'shop']})).toHaveLength(3);
	});

	test('sums the pods of a workload over nodes, and narrows to them', () => {
		const pods = ['web-1', 'web-2', 'db-0'].map(name =>
			podInfo(name, {
				nodeName: name === 'web-2' ? 'n2' : 'n1',
				workload: {kind: 'Job', name: name.slice(0, -2)},
			}),
		);
		const inventory = inventoryOf([], pods);
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		for (const node of ['n1', 'n2']) {
			store.addNode(node, node);
			const names = node === 'n1' ? ['web-1', 'db-0'] : ['web-2'];
			store.apply(node, [readingOf(1000, 1, names), readingOf(2000, 2, names)], LIVE);
		}

		const {rows} = store.view(
			{level: 'workloads', sort: {column: 'name', isDescending: false}},
			'live',
			2000,
		);
		expect(rows.map(({name, cpuCores}) => [name, cpuCores])).toEqual([
			['db', 2],
			['web', 4],
		]);
		const [, web] = rows;
		const within = {workloadId: web?.id};
		for (const source of [store, new FrozenSource(store, 2000)]) {
			expect(
				source
					.view({level: 'pods', scope: within}, 'live', 2000)
					.rows.map(({name}) => name)
					.sort(),
			).toEqual(['web-1', 'web-2']);
			expect(source.view({level: 'containers', scope: within}, 'live', 2000).rows).toHaveLength(2);
			expect(source.find('workloads', web?.id ?? '', 'live', 2000)).toEqual(web);
			expect(source.view({level: 'workloads', scope: {namespaces: ['none']}}, 'live', 2000).rows).toEqual([]);
		}

		const window = {points: 2, stepMs: 1000, endMs: 2000};
		expect(web && [...store.history(web, 'cpuCores', window)]).toEqual([2, 4]);
	});

	test('finds one row by its id at any level', () => {
		const store = storeOf(['n1', 'n11']);
		store.apply('n11', [readingOf(1000, 1)], LIVE);
		expect(store.find('nodes', 'n11', 'live', 2000)?.name).toBe('n11');
		expect(store.find('pods', 'n11/uid-web', 'live', 2000)?.name).toBe('web');
		expect(store.find('containers', 'n11/uid-web/app', 'live', 2000)?.name).toBe('app');
		expect(store.find('namespaces', 'namespace/shop', 'live', 2000)?.podCount).toBe(1);
		expect(store.find('pods', 'n11/gone', 'live', 2000)).toBeUndefined();
	});

	test('drops a reading that is not later than the newest', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(2000, 1)], LIVE);
		store.apply('n1', [readingOf(1500, 9)], LIVE);
		expect(store.view({level: 'nodes'}, 'live', 0).rows.at(0)?.cpuCores).toBe(1);
	});
});

describe('a clock that is set back', () => {
	const HOUR_MS = 3_600_000;

	/** The node's clock goes on, whatever happens to ktop's. */
	const received = (atMs: number, stampMs: number, cores: number): Reading => ({
		...readingOf(stampMs, cores),
		receivedAtMs: atMs,
	});

	/** Two nodes that were read twice, the second of which then failed. */
	function setUp() {
		const store = storeOf(['n1', 'n2']);
		for (const stepMs of [0, 10_000]) {
			store.apply('n1', [received(HOUR_MS + stepMs, stepMs, 1)], LIVE);
			store.apply('n2', [received(HOUR_MS + stepMs, stepMs, 1)], LIVE);
		}

		store.setState('n2', {...FAILED, sinceMs: HOUR_MS + 12_000, retryAtMs: HOUR_MS + 22_000});
		return store;
	}

	test('takes all moments with it, so that what comes then is later', () => {
		const store = setUp();
		store.apply('n1', [received(20_000, 20_000, 2)], LIVE);
		expect(store.span()).toEqual({oldestMs: 0, newestMs: 20_000});
		expect(store.rows('nodes', {}, 'live', 20_000)).toMatchObject([
			{cpuCores: 2, receivedAtMs: 20_000},
			{receivedAtMs: 10_000, state: {sinceMs: 12_000, retryAtMs: 22_000}},
		]);
	});

	test('lets nodes that fail leave the sums as soon as ever', () => {
		const store = setUp();
		store.apply('n1', [received(20_000, 20_000, 2)], LIVE);
		expect(store.cluster('live', 20_000).nodesRead).toBe(2);
		store.apply('n1', [received(45_000, 45_000, 2)], LIVE);
		expect(store.cluster('live', 45_000).nodesRead).toBe(1);
	});

	test('by less than a sample may be old changes nothing', () => {
		const store = setUp();
		store.apply('n1', [received(HOUR_MS - 15_000, 20_000, 2)], LIVE);
		expect(store.span()).toEqual({oldestMs: HOUR_MS, newestMs: HOUR_MS + 10_000});
	});
});

describe('the past', () => {
	const history = (store: Store, endMs: number) => {
		const [row] = store.view({level: 'nodes'}, 'live', endMs).rows;
		return row === undefined ? [] : [...store.history(row, 'cpuCores', {points: 3, stepMs: 1000, endMs})];
	};

	test('is the same view with another cursor', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1), readingOf(2000, 2), readingOf(3000, 3)], LIVE);
		const cores = (cursor: Cursor) =>
			(['nodes', 'pods', 'containers'] as const).map(
				level => store.view({level}, cursor, 3000).rows.at(0)?.cpuCores,
			);
		expect(cores('live')).toEqual([3, 3, 3]);
		expect(cores({atMs: 2500})).toEqual([2, 2, 2]);
		expect(store.view({level: 'nodes'}, {atMs: 2500}, 3000).rows.at(0)?.state).toEqual({kind: 'past'});
		expect(store.view({level: 'namespaces'}, {atMs: 1000}, 3000).rows.at(0)?.cpuCores).toBe(1);
		expect(store.cluster({atMs: 1000}, 3000).cpuCores).toBe(1);
	});

	test('lists what existed then and not what came later or had gone', () => {
		const store = storeOf(['n1']);
		const podsAt = [['old'], ['old', 'web'], ['web'], ['web'], ['web']];
		store.apply(
			'n1',
			podsAt.map((pods, index) => readingOf((index + 1) * 1000, 1, pods)),
			LIVE,
		);
		expect(names(store, 'pods', {atMs: 1500})).toEqual(['old']);
		const podCounts = [1500, 2000, 5000].map(atMs => store.cluster({atMs}, 5000).pods);
		expect(podCounts).toEqual([1, 2, 1]);
		expect(names(store, 'pods', {atMs: 2500})).toEqual(['web']);
		expect(names(store, 'pods', {atMs: 2000})).toEqual(['old', 'web']);
		expect(names(store, 'pods')).toEqual(['web']);
	});

	test('forgets objects that no ring holds any more', () => {
		const store = storeOf(['n1'], 4);
		const podsAt = [['old', 'web'], ...Array.from({length: 6}, () => ['web'])];
		store.apply(
			'n1',
			podsAt.map((pods, index) => readingOf((index + 1) * 1000, 1, pods)),
			LIVE,
		);
		expect(names(store, 'pods', {atMs: 1000})).not.toContain('old');
	});

	test('takes no more memory while pods come and go', () => {
		const store = storeOf(['n1'], 4);
		const bytes = Array.from({length: 60}, (_, index) => {
			store.apply('n1', [readingOf((index + 1) * 1000, 1, [`pod-${index}`, 'web'])], LIVE);
			return store.byteLength;
		});
		expect(bytes[0]).toBeGreaterThan(0);
		expect(bytes[59]).toBe(bytes[20]);
	});

	test('holds what a source repeats, and adds no moment while nothing is new', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1)], LIVE);
		const repeated = {...readingOf(1000, 1), receivedAtMs: 2000};
		store.apply('n1', [repeated], LIVE);
		expect(store.span()).toEqual({oldestMs: 1000, newestMs: 1000});
	});

	test('has a gap where a node was silent', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1), readingOf(2000, 2)], LIVE);
		expect(history(store, 3000)).toEqual([1, 2, 2]);
		expect(history(store, 60_000)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
	});

	test('has no row at a moment long after a node’s last sample', () => {
		const store = storeOf(['n1']);
		store.apply('n1', [readingOf(1000, 1)], LIVE);
		expect(store.view({level: 'nodes'}, {atMs: 31_000}, 60_000).rows.at(0)?.cpuCores).toBe(1);
		expect(store.view({level: 'nodes'}, {atMs: 31_001}, 60_000).rows.at(0)?.cpuCores).toBeUndefined();
	});

	test('of a container’s traffic is that of its pod, and its own without a pod', () => {
		const store = storeOf(['n1']);
		const readingAt = (timeMs: number) => {
			const pod = {uid: 'u', namespace: 'shop', name: 'web'};
			return reading(timeMs, {
				pods: [podReading('shop', 'web', {pod, network: networkReading({timeMs, rxBytes: timeMs * 2})})],
				containers: [
					containerReading('app', {pod, cpu: cpuAt(timeMs, 1)}),
					containerReading('docker', {
						network: networkReading({timeMs, rxBytes: timeMs}),
						cpu: cpuAt(timeMs, 1),
					}),
				],
			});
		};
		store.apply('n1', [readingAt(1000), readingAt(2000)], LIVE);
		const window = {points: 1, stepMs: 1000, endMs: 2000};
		const traffic = store
			.view({level: 'containers', sort: {column: 'name', isDescending: false}}, 'live', 2000)
			.rows.map(row => [row.name, ...store.history(row, 'rxBytesPerSecond', window)]);
		expect(traffic).toEqual([
			['app', 2000],
			['docker', 1000],
		]);
	});

	test('of the cluster is the sum of its nodes', () => {
		const store = storeOf(['n1', 'n2']);
		store.apply('n1', [readingOf(1000, 1), readingOf(2000, 2)], LIVE);
		store.apply('n2', [readingOf(2000, 10)], LIVE);
		expect([...store.clusterHistory('cpuCores', {points: 2, stepMs: 1000, endMs: 2000})]).toEqual([1, 12]);
	});

	test('of a namespace is the sum of its pods, without the traffic of those on the host’s network', () => {
		const store = storeOf(['n1']);
		const readingAt = (timeMs: number) => {
			const network = networkReading({timeMs, rxBytes: timeMs});
			return reading(timeMs, {
				pods: [
					podReading('shop', 'web', {network, cpu: cpuAt(timeMs, 1)}),
					podReading('shop', 'proxy', {network, cpu: cpuAt(timeMs, 1), isHostNetwork: true}),
				],
			});
		};
		store.apply('n1', [readingAt(1000), readingAt(2000)], LIVE);
		const [row] = store.view({level: 'namespaces'}, 'live', 2000).rows;
		const window = {points: 1, stepMs: 1000, endMs: 2000};
		expect(row).toMatchObject({name: 'shop', podCount: 2, cpuCores: 2, rxBytesPerSecond: 1000});
		expect(row && [...store.history(row, 'rxBytesPerSecond', window)]).toEqual([1000]);
		expect(row && [...store.history(row, 'cpuCores', window)]).toEqual([2]);
	});
});

describe('the cluster', () => {
	const nodeOf = (timeMs: number, cores: number, capacity: number | undefined, known = {}) =>
		reading(timeMs, {
			node: nodeReading({
				cpu: cpuAt(timeMs, cores),
				memory: memoryReading({timeMs, workingSetBytes: 100}),
				cpuCapacityCores: capacity,
				memoryCapacityBytes: 400,
				...known,
			}),
		});

	test('sums fresh nodes and says how many of how many', () => {
		const store = storeOf(['n1', 'n2', 'n3']);
		store.apply('n1', [nodeOf(1000, 1, 4)], LIVE);
		store.apply('n2', [nodeOf(40_000, 2, 8)], LIVE);
		expect(store.cluster('live', 41_000)).toMatchObject({
			nodes: 3,
			nodesRead: 1,
			cpuCores: 2,
			cpuCapacityCores: 8,
			memoryWorkingSetBytes: 100,
			memoryCapacityBytes: 400,
		});
	});

	test('does not know its capacity where one of its nodes does not', () => {
		const store = storeOf(['n1', 'n2']);
		store.apply('n1', [nodeOf(1000, 1, 4)], LIVE);
		store.apply('n2', [nodeOf(1000, 2, undefined)], LIVE);
		expect(store.cluster('live', 1000)).toMatchObject({cpuCores: 3, cpuCapacityCores: undefined});
	});

	test('has the capacity of those nodes alone whose usage is in the sum, and of all before the first usage', () => {
		const store = storeOf(['n1', 'n2']);
		store.apply('n1', [nodeOf(1000, 1, 4, {cpu: undefined})], LIVE);
		expect(store.cluster('live', 1000)).toMatchObject({cpuCores: undefined, cpuCapacityCores: 4});
		store.apply('n2', [nodeOf(1000, 2, 8, {memory: undefined})], LIVE);
		expect(store.cluster('live', 1000)).toMatchObject({
			cpuCores: 2,
			cpuCapacityCores: 8,
			memoryWorkingSetBytes: 100,
			memoryCapacityBytes: 400,
		});
	});

	test('knows nothing rather than zero before the first reading', () => {
		expect(storeOf(['n1']).cluster('live', 0)).toMatchObject({
			nodesRead: 0,
			cpuCores: undefined,
			rxBytesPerSecond: undefined,
		});
	});

	test('names the fullest file system of all nodes by what can no longer be written', () => {
		const filesystem = (name: string, availableBytes: number) => ({
			name,
			timeMs: undefined,
			capacityBytes: 100,
			availableBytes,
			usedBytes: 1,
			inodes: undefined,
			inodesFree: undefined,
			inodesUsed: undefined,
		});
		const store = storeOf(['n1', 'n2']);
		store.apply('n1', [nodeOf(1000, 1, 4, {filesystems: [filesystem('nodefs', 50)]})], LIVE);
		store.apply(
			'n2',
			[nodeOf(1000, 1, 4, {filesystems: [filesystem('nodefs', 40), filesystem('imagefs', 8)]})],
			LIVE,
		);
		expect(store.cluster('live', 1000).fullestFilesystem).toEqual({
			node: 'n2',
			name: 'imagefs',
			usedRatio: 0.92,
		});
	});
});
