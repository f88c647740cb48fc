import {describe, expect, test} from 'vitest';
import type {Level, Query} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../readings.ts';

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
	{level: 'pods', windowMs: 50_000, sort: {column: 'cpu-mean', isDescending: true}},
	{level: 'namespaces', windowMs: 50_000, sort: {column: 'cpu-max', isDescending: true}},
	{level: 'problems', scope: {namespaces: ['team-3']}},
	{level: 'tree', filter: 'web-77', tree: {by: 'nodes', open: new Set()}},
	{level: 'tree', tree: {by: {of: 'pods', key: 'namespace'}, open: new Set()}},
];

/** What is shown in the end of all turns, and how many there were. Rows tell all that columns do, but statistics of a window. */
function answerOf(store: Store, query: Query, atMs: number) {
	let turns = 0;
	for (;;) {
		const {rows, isPending = false, columns, ...view} = store.view(query, {atMs}, NOW_MS);
		if (!isPending) {
			const asked = query.windowMs === undefined ? [] : columns;
			const values = rows.map(row =>
				asked.map(({value}) => (value as (row: unknown, nowMs: number) => unknown)(row, NOW_MS)),
			);
			return {shown: {...view, ids: columns.map(({id}) => id), rows: rows.slice(), values}, turns};
		}

		turns++;
		store.prepare(() => false);
	}
}

describe('a past moment of many rows', () => {
	test('is made in turns, and is the same as one that is made at once', () => {
		const [advanced, plain] = [storeOf(true), storeOf(false)];
		for (const step of [4, 2, 3]) {
			const atMs = START_MS + step * STEP_MS + 1;
			const [first, ...others] = QUERIES.filter(({level}) => level !== 'nodes').map(query =>
				answerOf(advanced, query, atMs),
			);
			expect(first?.turns).toBeGreaterThan(2);
			expect([first, ...others].map(answer => answer?.shown)).toEqual(
				QUERIES.filter(({level}) => level !== 'nodes').map(query => answerOf(plain, query, atMs).shown),
			);
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
		expect(advanced.cluster({atMs: earlier}, NOW_MS).containers).toEqual(
			plain.cluster({atMs}, NOW_MS).containers,
		);
		expect(advanced.view({level: 'nodes'}, {atMs: earlier}, NOW_MS).rows.slice()).toEqual(shown.rows);
	});
});
