import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {printableJson} from '../../source/metrics/model/printable.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {formatCsv} from '../../source/output/format-csv.ts';
import {type SnapshotOptions, takeSnapshot} from '../../source/output/snapshot.ts';
import {snapshotLine} from '../../source/output/snapshot-json.ts';
import {decodeSummary} from '../../source/scrape/kubelet/decode-summary.ts';
import {inventoryOf, nodeInfo, podInfo} from '../metrics/inventories.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../metrics/readings.ts';
import {recorded} from '../scrape/kubelet/recorded-kubelet.ts';
import {anyContainer, anyNode, anyPod} from './any-readings.ts';
import {LIVE, NOW, storeOfThree} from './stores.ts';

const schema = JSON.parse(
	readFileSync(join(import.meta.dirname, '../../source/output/snapshot.schema.json'), 'utf8'),
);
const ajv = new Ajv2020({strict: true, allErrors: true});
// ajv-formats is a CommonJS module whose types hide that it is called as it is.
(formats as unknown as (target: Ajv2020) => void)(ajv);
const validate = ajv.compile(schema);

const OPTIONS: SnapshotOptions = {
	nowMs: NOW,
	sourceLabel: '3 kubelets',
	context: undefined,
	kubernetesVersion: undefined,
	notices: [],
	isDemo: false,
	staleAfterMs: 30_000,
	level: 'nodes',
	query: {},
};

/** As a reader of the pipe gets it, checked against the schema. */
function snapshotOf(store: Store, options: Partial<SnapshotOptions> = {}) {
	const taken = takeSnapshot(store, {...OPTIONS, ...options});
	const line = [...snapshotLine(taken)].join('');
	expect(line).toBe(`${printableJson(taken)}\n`);
	const snapshot = JSON.parse(line);
	expect(validate(snapshot) ? [] : validate.errors).toEqual([]);
	return snapshot;
}

test.each([
	[
		'has none',
		inventoryOf([], []),
		{
			nodes: 0,
			nodesRead: 0,
			nodesReady: 0,
			pods: 0,
			containers: 0,
			cpuRequestCores: 0,
			memoryRequestBytes: 0,
		},
	],
	['may not be listed', {...inventoryOf([], []), hasAllNodes: () => false}, {nodesRead: 0}],
])('the nodes of a cluster that %s', (_, inventory, counts) => {
	const {cluster} = snapshotOf(new Store({capacity: 2, staleAfterMs: 30_000, inventory}));
	expect(cluster).toEqual(counts);
});

describe('groups in a snapshot', () => {
	const store = new Store({
		capacity: 2,
		staleAfterMs: 30_000,
		inventory: inventoryOf(
			[],
			['web-1', 'web-2', 'db-0'].map(name =>
				podInfo(name, {
					uid: name,
					namespace: 'shop',
					labels: name === 'db-0' ? {} : {app: 'web'},
					requests: {cpuCores: 0.5, memoryBytes: 10},
					nodeName: 'n1',
				}),
			),
		),
	});
	store.addNode('n1', 'n1');
	const pods = ['web-1', 'web-2', 'db-0'].map(name =>
		podReading('shop', name, {
			pod: {uid: name, namespace: 'shop', name},
			cpu: cpuReading({timeMs: NOW, usageCores: 0.25}),
		}),
	);
	store.apply('n1', [reading(NOW, {pods})], LIVE);
	const grouped = {level: 'pods', group: 'label:app'} as const;

	test('are there with --group alone, and by name', () => {
		expect(snapshotOf(store)).not.toHaveProperty('groups');
		const {groups} = snapshotOf(store, grouped);
		expect(groups).toMatchObject([
			{of: 'pods', by: 'label:app', rows: 1, pods: 1, cpu: {usageCores: 0.25, requestCores: 0.5}},
			{of: 'pods', by: 'label:app', value: 'web', rows: 2, pods: 2, cpu: {usageCores: 0.5, requestCores: 1}},
		]);
		expect(groups[0]).not.toHaveProperty('value');
	});

	test('are of the rows that pass the filter, in the order that was asked for', () => {
		const query = {filter: 'web', sort: {column: 'cpu', isDescending: true}};
		expect(snapshotOf(store, {...grouped, query}).groups).toMatchObject([{value: 'web', rows: 2}]);
	});
});

describe('statistics in a snapshot', () => {
	const store = new Store({capacity: 10, staleAfterMs: 30_000});
	store.addNode('n1', 'n1');
	for (const [index, usageCores] of [0.5, 0.25, 1].entries()) {
		const timeMs = NOW - 20_000 + index * 10_000;
		const pod = {uid: 'u', namespace: 'shop', name: 'web'};
		const cpu = cpuReading({timeMs, usageCores});
		store.apply(
			'n1',
			[
				reading(timeMs, {
					node: nodeReading({cpu}),
					pods: [podReading('shop', 'web', {pod, cpu})],
					containers: [containerReading('app', {pod, cpu})],
				}),
			],
			LIVE,
		);
	}

	test.each(['nodes', 'pods', 'containers'])('are in each of the %s, if a window is given', level => {
		expect(snapshotOf(store, {query: {windowMs: 60_000}})[level][0].statistics).toEqual({
			windowSeconds: 60,
			cpu: {minCores: 0.25, meanCores: 0.583333333, p95Cores: 1, maxCores: 1},
		});
		expect(snapshotOf(store)[level][0]).not.toHaveProperty('statistics');
	});

	test('are absent with fewer than three samples in the window', () => {
		expect(snapshotOf(store, {query: {windowMs: 15_000}}).pods[0]).not.toHaveProperty('statistics');
	});

	test('are columns of CSV', () => {
		const view = store.view({level: 'pods', windowMs: 60_000}, 'live', NOW);
		const [heads = '', row = ''] = formatCsv(view, NOW, true).split('\r\n');
		const of = (head: string) => row.split(',')[heads.split(',').indexOf(head)];
		expect([of('cpu_p95_cores'), of('cpu_min_cores'), of('memory_p95_bytes')]).toEqual(['1', '0.25', '']);
		expect(heads).toContain('cpu_p95_of_request_ratio');
		expect(formatCsv(store.view({level: 'pods'}, 'live', NOW), NOW, true)).not.toContain('p95');
	});
});

describe('a snapshot', () => {
	test('says what it is, when it was taken and of what', () => {
		expect(snapshotOf(storeOfThree())).toMatchObject({
			apiVersion: 'ktop/v1',
			kind: 'Snapshot',
			time: '2027-01-15T08:00:00.000Z',
			source: '3 kubelets',
			demo: false,
		});
	});

	test('sums what is fresh', () => {
		expect(snapshotOf(storeOfThree()).cluster).toEqual({
			nodes: 3,
			nodesRead: 1,
			pods: 2,
			containers: 2,
			cpuCores: 0.3,
			cpuCapacityCores: 2,
			memoryBytes: 0,
			memoryCapacityBytes: 1000,
			rxBytesPerSecond: 100,
			txBytesPerSecond: 0,
		});
	});

	test('keeps a 0 that is known, and leaves out what is not', () => {
		const [a, b, c] = snapshotOf(storeOfThree()).nodes;
		expect(b).toEqual({
			name: 'b',
			sample: {
				state: 'live',
				time: '2027-01-15T08:00:00.000Z',
				ageSeconds: 0,
				route: 'summary',
				latencyMs: 57.123,
			},
			cpu: {usageCores: 0.3, capacityCores: 2},
			memory: {workingSetBytes: 0, rssBytes: 5, capacityBytes: 1000},
			network: {rxBytesPerSecond: 100, txBytesPerSecond: 0, windowSeconds: 10},
			pods: {running: 2},
			containers: {running: 2},
		});
		expect(a).toMatchObject({sample: {state: 'stale', ageSeconds: 60}, memory: {workingSetBytes: 3_145_727}});
		expect(a).not.toHaveProperty('cpu');
		expect(c).toEqual({name: 'c', sample: {state: 'failed'}});
	});

	test('has the extended resources that nodes have and pods request', () => {
		const extended = {'nvidia.com/gpu': 4, 'x.io/fpga': 1, 'hugepages-2Mi': 0};
		const inventory = inventoryOf(
			[nodeInfo('n1', {allocatable: {...nodeInfo('n1').allocatable, extended}})],
			[podInfo('web', {extendedRequests: {'nvidia.com/gpu': 3}})],
		);
		const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
		store.addNode('node:n1', 'n1');
		const {nodes, pods, namespaces, workloads} = snapshotOf(store);
		expect(nodes[0].extended).toEqual([
			{name: 'nvidia.com/gpu', request: 3, allocatable: 4},
			{name: 'x.io/fpga', request: 0, allocatable: 1},
		]);
		for (const [row] of [pods, namespaces, workloads]) {
			expect(row.extended).toEqual([{name: 'nvidia.com/gpu', request: 3}]);
		}
	});

	test('is in the order of names', () => {
		const {nodes, pods} = snapshotOf(storeOfThree());
		expect(nodes.map(({name}: {name: string}) => name)).toEqual(['a', 'b', 'c']);
		expect(pods.map(({name}: {name: string}) => name)).toEqual(['db', 'web']);
	});

	test('has limits of containers, and their pod', () => {
		expect(snapshotOf(storeOfThree()).containers[0]).toMatchObject({
			namespace: 'shop',
			pod: 'db',
			podUid: 'db',
			container: 'app',
			kind: 'container',
			cpu: {usageCores: 0.3, limitCores: 1},
			memory: {workingSetBytes: 0, limitBytes: 100},
		});
	});

	test('says why a node is missing, and why a better way was not used', () => {
		const store = storeOfThree();
		const degraded = {code: 'forbidden', brief: '403', message: 'no stats', hint: 'grant it'} as const;
		store.setState('a', {...LIVE, kind: 'live', route: parseRoute('resource'), latencyMs: 1, degraded});
		expect(snapshotOf(store).errors).toEqual([
			{node: 'a', code: 'forbidden', message: 'no stats', hint: 'grant it'},
			{node: 'c', code: 'timeout', message: 'n3 did not answer', hint: 'check n3'},
		]);
	});

	test('filters and sorts only the requested level', () => {
		const sort = {column: 'name', isDescending: true};
		const snapshot = snapshotOf(storeOfThree(), {level: 'pods', query: {filter: 'web', sort}});
		expect([snapshot.nodes.length, snapshot.pods.length, snapshot.containers.length]).toEqual([3, 1, 2]);
		expect(snapshotOf(storeOfThree(), {query: {sort}}).nodes[0].name).toBe('c');
	});

	test('narrows pods and containers to a namespace', () => {
		const snapshot = snapshotOf(storeOfThree(), {query: {scope: {namespaces: ['none']}}});
		expect([snapshot.nodes.length, snapshot.pods.length, snapshot.containers.length]).toEqual([3, 0, 0]);
	});

	test('of a recorded kubelet with everything it reports is valid', () => {
		const store = new Store({capacity: 3, staleAfterMs: 1e15});
		store.addNode('n', 'n');
		store.apply(
			'n',
			[1, 2, 3].map(number => decodeSummary(recorded(`summary-${number}.json`), number * 10_000)),
			LIVE,
		);
		expect(snapshotOf(store).pods).toHaveLength(18);
		expect(snapshotOf(store, {isDemo: true}).demo).toBe(true);
	});

	test('leaves out a start that no calendar has, and keeps the rest', () => {
		const store = new Store({capacity: 3, staleAfterMs: 30_000});
		store.addNode('n', 'n');
		const pods = [1e20, 253_402_300_800_000, 253_402_300_799_999].map((startTimeMs, index) =>
			podReading('shop', `p${index}`, {startTimeMs}),
		);
		store.apply('n', [reading(NOW, {pods})], LIVE);
		expect(snapshotOf(store).pods.map(({startTime}: {startTime?: string}) => startTime)).toEqual([
			undefined,
			undefined,
			'9999-12-31T23:59:59.999Z',
		]);
	});

	test('of any readings is valid, with no null in it', () => {
		fc.assert(
			fc.property(anyNode, anyPod, anyContainer, (node, pod, container) => {
				const store = new Store({capacity: 3, staleAfterMs: 30_000});
				store.addNode('n', 'n');
				const moment = (receivedAtMs: number) =>
					reading(receivedAtMs, {
						node: nodeReading(node),
						pods: [podReading('shop', 'web', pod)],
						containers: [containerReading('app', container)],
					});
				store.apply('n', [moment(NOW - 1000), moment(NOW)], LIVE);
				expect(JSON.stringify(snapshotOf(store))).not.toContain('null');
			}),
		);
	});

	test('of nothing is valid', () => {
		expect(snapshotOf(new Store({capacity: 1, staleAfterMs: 1})).nodes).toEqual([]);
	});

	test('of any damaged kubelet’s answer is valid', () => {
		const text = recorded('summary-1.json');
		fc.assert(
			fc.property(
				fc.nat({max: 400}),
				fc.constantFrom('null', '-1', '0', '1e300', '"x"', '[]'),
				(skip, value) => {
					let count = 0;
					const damaged = text.replace(/: ("[^"]*"|\d+)/g, whole =>
						count++ === skip ? `: ${value}` : whole,
					);
					const store = new Store({capacity: 3, staleAfterMs: 1e15});
					store.addNode('n', 'n');
					store.apply('n', [decodeSummary(damaged, 10_000)], LIVE);
					snapshotOf(store);
				},
			),
			{numRuns: 60},
		);
	});

	test.each([
		['an unknown field', {extra: 1}],
		['null', {time: null}],
		['a missing part', {nodes: undefined}],
		['a negative number', {cluster: {nodes: 1, nodesRead: 1, pods: 1, containers: -1}}],
	])('with %s is refused by the schema', (_what, change) => {
		const snapshot = {...snapshotOf(storeOfThree()), ...change};
		expect(validate(JSON.parse(JSON.stringify(snapshot)))).toBe(false);
	});
});
