import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Level, Query} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, memoryReading, nodeReading, podReading, reading} from '../readings.ts';

const NODES = ['n1', 'n2', 'n3'];
const PODS_A_NODE = 800;
const STEP_MS = 10_000;
const STEPS = 6;
const START_MS = 1_700_000_000_000;
const NOW_MS = START_MS + STEPS * STEP_MS;

/** With more pods than a past moment is made of at once, some of which come and go. */
function storeOf(isAdvanced: boolean): Store {
	const store = new Store({capacity: 20, staleAfterMs: 30_000, isAdvanced});
	for (const [place, node] of NODES.entries()) {
		store.addNode(node, node);
		for (let step = 0; step < STEPS; step++) {
			const timeMs = START_MS + step * STEP_MS;
			const pods = Array.from({length: PODS_A_NODE}, (_, index) => index)
				.filter(index => index % STEPS !== step)
				.map(index => ({uid: `uid-${index}`, namespace: `team-${index % 7}`, name: `web-${index}`}));
			const cpuOf = (index: number) =>
				cpuReading({timeMs, usageCores: ((index * 7919 + step * 31 + place) % 101) / 10});
			const taken = reading(timeMs, {
				node: nodeReading({cpu: cpuOf(place), cpuCapacityCores: 4}),
				pods: pods.map((pod, index) => podReading(pod.namespace, pod.name, {pod, cpu: cpuOf(index)})),
				containers: pods.map((pod, index) =>
					containerReading('app', {id: `${pod.uid}/app`, pod, cpu: cpuOf(index)}),
				),
			});
			store.apply(node, [taken], LIVE);
		}
	}

	while (!store.advance(NOW_MS, () => true)) {}
	return store;
}

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'workloads', 'problems'];

const QUERIES: readonly Query[] = [
	...LEVELS.map(level => ({level})),
	{level: 'pods', filter: 'web-1', sort: {column: 'name', isDescending: true}},
	{level: 'pods', filter: 'cpu>5', sort: {column: 'cpu', isDescending: true}},
	{level: 'containers', filter: 'web-1', sort: {column: 'cpu', isDescending: false}},
	{level: 'containers', filter: 'cpu>5 web-2', sort: {column: 'data-age', isDescending: true}},
	{level: 'pods', windowMs: 50_000, sort: {column: 'cpu-mean', isDescending: true}},
	{level: 'namespaces', windowMs: 50_000, sort: {column: 'cpu-max', isDescending: true}},
	{level: 'problems', scope: {namespaces: ['team-3']}},
	{level: 'tree', filter: 'web-77', tree: {by: 'nodes', open: new Set()}},
	{level: 'tree', tree: {by: {of: 'pods', key: 'namespace'}, open: new Set()}},
];

/** What is shown in the end of all turns, and how many there were. Rows tell all that columns do, but statistics of a window. */
function answerOf(
	store: Store,
	query: Query,
	atMs: number,
	{nowMs = NOW_MS, isLookedAt = () => true}: {nowMs?: number; isLookedAt?: (row: Row) => boolean} = {},
) {
	let turns = 0;
	for (;;) {
		const {rows, isPending = false, columns, ...view} = store.view(query, {atMs}, nowMs);
		if (!isPending) {
			const asked = query.windowMs === undefined ? [] : columns;
			const some = rows.slice().filter(isLookedAt);
			const values = some.map(row =>
				asked.map(({value}) => (value as (row: unknown, nowMs: number) => unknown)(row, nowMs)),
			);
			return {shown: {...view, ids: columns.map(({id}) => id), rows: some, values}, turns};
		}

		turns++;
		store.prepare(() => false);
	}
}

describe('a past moment of many rows', () => {
	test('is the same as one that is made at once, whatever is made of it in turns', () => {
		const [advanced, plain] = [storeOf(true), storeOf(false)];
		for (const step of [4, 2, 3]) {
			const atMs = START_MS + step * STEP_MS + 1;
			for (const query of QUERIES) {
				expect(answerOf(advanced, query, atMs).shown).toEqual(answerOf(plain, query, atMs).shown);
			}

			expect(advanced.counts(undefined, {atMs}, NOW_MS)).toEqual(plain.counts(undefined, {atMs}, NOW_MS));
			expect(advanced.cluster({atMs}, NOW_MS)).toEqual(plain.cluster({atMs}, NOW_MS));
		}

		// And back again.
		const live = (store: Store) => store.view({level: 'pods'}, 'live', NOW_MS).rows.slice();
		expect(live(advanced)).toEqual(live(plain));
	});

	test('has the same row of a node until something of it changes', () => {
		const store = storeOf(false);
		const atMs = START_MS + 2 * STEP_MS + 1;
		const rows = () => store.rows('nodes', {}, {atMs}, NOW_MS);
		const before = rows();
		const cpu = cpuReading({timeMs: NOW_MS, usageCores: 1});
		const later = reading(NOW_MS, {node: nodeReading({cpu, cpuCapacityCores: 4})});
		store.apply('n1', [later], LIVE);
		const after = rows();
		expect(after.map((row, place) => row === before[place])).toEqual([false, true, true]);
		expect(after).toEqual(before);
		const [earlier] = store.rows('nodes', {}, {atMs: atMs - STEP_MS}, NOW_MS);
		expect(earlier?.receivedAtMs).toBe(START_MS + STEP_MS);
	});

	test('has the nodes of before until all rows are made', () => {
		const [advanced, plain] = [storeOf(true), storeOf(false)];
		const atMs = START_MS + 4 * STEP_MS + 1;
		const live = advanced.view({level: 'nodes'}, 'live', NOW_MS).rows.slice();
		expect(advanced.view({level: 'nodes'}, {atMs}, NOW_MS).rows.slice()).toEqual(live);
		const {shown, turns} = answerOf(advanced, {level: 'nodes'}, atMs);
		expect(turns).toBeGreaterThan(2);
		expect(shown).toEqual(answerOf(plain, {level: 'nodes'}, atMs).shown);
		const earlier = START_MS + 2 * STEP_MS + 1;
		expect(advanced.view({level: 'nodes'}, {atMs: earlier}, NOW_MS).rows.slice()).toEqual(shown.rows);
	});

	test('is looked at anew after the screen was live', () => {
		const [advanced, plain] = [storeOf(true), storeOf(false)];
		for (const step of [4, 2]) {
			const atMs = START_MS + step * STEP_MS + 1;
			for (const level of ['pods', 'nodes'] as const) {
				expect(answerOf(advanced, {level}, atMs).shown).toEqual(answerOf(plain, {level}, atMs).shown);
			}

			advanced.view({level: 'pods'}, 'live', NOW_MS);
		}
	});

	test('has a node that came while another moment was shown', () => {
		const [advanced, plain] = [storeOf(true), storeOf(false)];
		answerOf(advanced, {level: 'pods'}, NOW_MS - 2 * STEP_MS);
		for (const store of [advanced, plain]) {
			const cpu = cpuReading({timeMs: NOW_MS, usageCores: 1});
			const taken = reading(NOW_MS, {node: nodeReading({cpu}), pods: [podReading('team-0', 'new', {cpu})]});
			store.addNode('n4', 'n4');
			store.apply('n4', [taken], LIVE);
			store.advance(NOW_MS, () => true);
		}

		const look = {atMs: NOW_MS + 1, nowMs: NOW_MS + STEP_MS};
		const [one, other] = [advanced, plain].map(store => ({
			shown: answerOf(store, {level: 'pods'}, look.atMs, look).shown,
			cluster: store.cluster(look, look.nowMs),
			counts: store.counts(undefined, look, look.nowMs),
		}));
		expect(one).toEqual(other);
		expect(one?.counts.nodes).toBe(4);
	});

	test('has no problems of other namespaces until those of its moment are found', () => {
		const nodes = Array.from({length: 1100}, (_, index) => `n${index}`);
		const namesOn = (node: string) =>
			['team-a', 'team-b'].map(namespace => ({namespace, name: `web-${node}-${namespace}`}));
		const state = {kind: 'waiting', reason: 'CrashLoopBackOff', message: undefined} as const;
		const pods = nodes.flatMap(node =>
			namesOn(node).map(({namespace, name}) =>
				podInfo(name, {namespace, nodeName: node, containers: [containerInfo('app', {state})]}),
			),
		);
		const inventory = inventoryOf(
			nodes.map(name => nodeInfo(name)),
			pods,
		);
		const store = new Store({capacity: 20, staleAfterMs: 30_000, isAdvanced: true, inventory});
		for (const node of nodes) {
			store.addNode(node, node);
			for (const [step, timeMs] of [START_MS, START_MS + STEP_MS].entries()) {
				const taken = namesOn(node)
					.slice(0, step + 1)
					.map(({namespace, name}) =>
						podReading(namespace, name, {pod: {uid: `uid-${name}`, namespace, name}}),
					);
				store.apply(node, [reading(timeMs, {pods: taken})], LIVE);
			}
		}

		while (!store.advance(NOW_MS, () => true)) {}
		const ofOne: Query = {level: 'problems', scope: {namespaces: ['team-a']}};
		const first = answerOf(store, ofOne, START_MS + STEP_MS + 1).shown.rows;
		expect(first).toHaveLength(nodes.length);
		expect(answerOf(store, {level: 'problems'}, START_MS + STEP_MS + 1).shown.rows).toHaveLength(pods.length);
		const {rows, isPending} = store.view(ofOne, {atMs: START_MS + 1}, NOW_MS);
		expect(isPending).toBe(true);
		expect(rows.slice().map(({id}) => id)).toEqual(first.map(({id}) => id));
	});

	test('has the counts of before until all are of its moment', () => {
		const store = new Store({capacity: 20, staleAfterMs: 30_000, isAdvanced: true});
		for (let node = 0; node < 1500; node++) {
			store.addNode(`n${node}`, `n${node}`);
			for (const step of [1, 2]) {
				const pods = Array.from({length: step}, (_, index) => podReading('shop', `web-${node}-${index}`));
				store.apply(`n${node}`, [reading(START_MS + step * STEP_MS, {pods})], LIVE);
			}
		}

		while (!store.advance(NOW_MS, () => true)) {}
		const seen = new Set<number | undefined>();
		for (let turn = 0; turn < 10; turn++) {
			seen.add(store.counts(undefined, {atMs: START_MS + STEP_MS + 1}, NOW_MS).pods);
			let steps = 300;
			store.prepare(() => --steps > 0);
		}

		expect([...seen]).toEqual([3000, 1500]);
	});

	test('keeps the rows that were given as they were, whatever moment is shown next', () => {
		const store = storeOf(true);
		const at = (step: number) => {
			const atMs = START_MS + step * STEP_MS + 1;
			answerOf(store, {level: 'pods'}, atMs);
			return store.view({level: 'pods'}, {atMs}, NOW_MS).rows;
		};
		const before = at(4);
		const figures = () => before.map(({id, cpuCores, receivedAtMs}) => [id, cpuCores, receivedAtMs]);
		const then = figures();
		at(2);
		expect(figures()).toEqual(then);
	});
});

/** What happens on a screen that looks at the past while nodes are read. */
type Event =
	| {readonly kind: 'read'; readonly node: number; readonly pods: readonly number[]; readonly cpu: number}
	| {readonly kind: 'wait'}
	| {readonly kind: 'look'; readonly query: Query; readonly backMs: number};

const LOOKS: readonly Query[] = [
	{level: 'pods'},
	{level: 'pods', filter: 'cpu>1', sort: {column: 'memory', isDescending: true}},
	{level: 'containers', sort: {column: 'cpu', isDescending: true}},
	{level: 'containers', filter: 'web'},
	{level: 'nodes'},
	{level: 'namespaces'},
	{level: 'workloads'},
	{level: 'problems'},
	{level: 'tree', filter: 'web', tree: {by: 'namespaces', open: new Set()}},
];

const events: fc.Arbitrary<readonly Event[]> = fc.array(
	fc.oneof(
		{
			weight: 4,
			arbitrary: fc.record({
				kind: fc.constant('read' as const),
				node: fc.nat(1),
				pods: fc.uniqueArray(fc.nat(4)),
				cpu: fc.nat(50),
			}),
		},
		{weight: 1, arbitrary: fc.constant({kind: 'wait'} as const)},
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('look' as const),
				query: fc.constantFrom(...LOOKS),
				backMs: fc.constantFrom(1, 5000, 5000, 10_001, 20_000, 35_000, 80_000),
			}),
		},
	),
	{minLength: 10, maxLength: 40},
);

/** A pod without CPU time now and then, or without memory. */
function takenOf(pods: readonly number[], cpu: number, timeMs: number) {
	const named = pods.map(index => ({
		uid: `uid-${index}`,
		namespace: `team-${index % 2}`,
		name: `web-${index}`,
	}));
	const usage = (index: number) => ({
		...((index + cpu) % 5 !== 0 && {cpu: cpuReading({timeMs, usageCores: (cpu + index) / 10})}),
		...((index + cpu) % 7 !== 0 && {
			memory: memoryReading({timeMs, workingSetBytes: 2 ** 20 * (((cpu * 7 + index) % 11) + 1)}),
		}),
	});
	return reading(timeMs, {
		node: nodeReading({...usage(cpu), cpuCapacityCores: 4}),
		pods: named.map((pod, index) => podReading(pod.namespace, pod.name, {pod, ...usage(index)})),
		containers: named.map((pod, index) =>
			containerReading('app', {id: `${pod.uid}/app`, pod, ...usage(index + 1)}),
		),
	});
}

/** With a node of so many pods that their past is made in turns. */
function crowded(isAdvanced: boolean): Store {
	const store = new Store({capacity: 5, staleAfterMs: 30_000, isAdvanced});
	for (const node of ['n0', 'n1', 'many']) {
		store.addNode(node, node);
	}

	store.apply(
		'many',
		[
			takenOf(
				Array.from({length: 2001}, (_, index) => index + 10),
				1,
				START_MS,
			),
		],
		LIVE,
	);
	return store;
}

describe('a past moment of many rows while nodes are read', () => {
	test('is the same as one that is made at once, and has what was there with the figures of then', () => {
		fc.assert(
			fc.property(events, happening => {
				const [advanced, plain] = [crowded(true), crowded(false)];
				/** By the time of a reading and the ids of its rows, what was live then. */
				const shown = new Map<number, ReadonlyMap<string, number | undefined>>();
				let nowMs = START_MS + STEP_MS;
				for (const event of happening) {
					nowMs += 2500;
					if (event.kind === 'wait') {
						nowMs += 2 * STEP_MS;
					} else if (event.kind === 'read') {
						for (const store of [advanced, plain]) {
							store.apply(`n${event.node}`, [takenOf(event.pods, event.cpu, nowMs)], LIVE);
						}

						const rows = plain.rows('pods', {nodeId: `n${event.node}`}, 'live', nowMs);
						shown.set(nowMs, new Map(rows.map(({id, cpuCores}) => [id, cpuCores])));
					} else {
						while (!advanced.advance(nowMs, () => true)) {}
						const atMs = nowMs - event.backMs;
						const [one, other] = [advanced, plain].map(store => {
							// What is of no time, such as requests, is as of another moment each.
							const options = {nowMs, isLookedAt: ({id}: Row) => !id.startsWith('many')};
							const {rows, total} = answerOf(store, event.query, atMs, options).shown;
							return {
								rows,
								shown: {
									total,
									rows: rows.map(figuresOf),
									counts: store.counts(undefined, {atMs}, nowMs),
									cluster: store.cluster({atMs}, nowMs),
								},
							};
						});
						expect(one?.shown).toEqual(other?.shown);
						expectShown(one?.rows ?? [], atMs, shown);
					}
				}
			}),
			{numRuns: 20},
		);
	}, 60_000);
});

function figuresOf(row: Row): unknown {
	const of = row.kind === 'tree' || row.kind === 'problem' ? row.of : row;
	return of.kind === 'process'
		? [row.id]
		: {
				id: row.id,
				cpu: of.cpuCores,
				memory: of.memoryWorkingSetBytes,
				receivedAtMs: 'receivedAtMs' in of ? of.receivedAtMs : undefined,
				problem: row.kind === 'problem' ? row.message : undefined,
			};
}

/** Rings keep four digits. */
function expectShown(
	rows: readonly Row[],
	atMs: number,
	shown: ReadonlyMap<number, ReadonlyMap<string, number | undefined>>,
): void {
	for (const row of rows) {
		if (row.kind !== 'pod') {
			continue;
		}

		const {id, receivedAtMs, cpuCores} = row;
		const then = receivedAtMs === undefined ? undefined : shown.get(receivedAtMs);
		if (then === undefined) {
			expect(cpuCores).toBeUndefined();
			continue;
		}

		expect(receivedAtMs).toBeLessThanOrEqual(atMs);
		const known = then.get(id);
		if (known === undefined) {
			expect(cpuCores).toBeUndefined();
		} else {
			expect(cpuCores).toBeCloseTo(known, 2);
		}
	}
}
