import {setImmediate} from 'node:timers/promises';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {PastSource} from '../../../source/history/past/past-source.ts';
import type {MomentEntry} from '../../../source/history/store/history-request.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Cursor, Level, Query} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {FakeStore} from './fake-store.ts';

/** On a multiple of the step of moments. */
const START_MS = 1_700_000_000_000;
const STEP_MS = 10_000;

/** In more than one group, with more pods than are sorted at once. */
const NODES = 130;
const PODS_A_NODE = 12;

/** After so many all is read that is asked for. */
const LOOKS = 4;

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'workloads', 'problems'];

const OPEN = new Set(['n1', 'n7', 'n1/team-1/web-1', 'namespace/team-3', 'group/pods/namespace/team-1']);

const QUERIES: readonly Query[] = [
	...LEVELS.map(level => ({level})),
	{level: 'pods', sort: {column: 'cpu', isDescending: false}},
	{level: 'pods', filter: 'web-1', sort: {column: 'name', isDescending: true}},
	{level: 'pods', scope: {namespaces: ['team-2']}},
	{level: 'pods', scope: {nodeId: 'n3'}},
	{level: 'pods', windowMs: 50_000, sort: {column: 'cpu-mean', isDescending: true}},
	{level: 'containers', filter: 'app cpu>0.5', sort: {column: 'node', isDescending: false}},
	{level: 'containers', scope: {namespaces: ['team-1', 'team-4']}},
	{level: 'namespaces', windowMs: 50_000, sort: {column: 'cpu', isDescending: true}},
	{level: 'problems', scope: {namespaces: ['team-3']}},
	{level: 'tree', tree: {by: 'nodes', open: OPEN}},
	{level: 'tree', tree: {by: 'nodes', open: OPEN}, filter: 'web-7'},
	{level: 'tree', tree: {by: 'namespaces', open: OPEN}},
	{level: 'tree', tree: {by: {of: 'pods', key: 'namespace'}, open: OPEN}},
	{level: 'tree', tree: {by: {of: 'nodes', key: 'name'}, open: OPEN}},
];

/** What is there at a step, which differs with its seed: some nodes and pods are gone, some figures unknown. */
function entriesOf(timeMs: number, seed: number, podsANode = PODS_A_NODE): readonly MomentEntry[] {
	const entries: MomentEntry[] = [];
	const figure = (...of: readonly number[]): number =>
		of.reduce((mixed, number) => (mixed * 31 + number * 7919 + seed * 101) % 997, 7);
	const valuesOf = (mixed: number): MomentEntry['values'] => ({
		...(mixed % 9 === 0 ? {} : {cpuCores: (mixed % 50) / 16}),
		memoryWorkingSetBytes: mixed * 1e6,
		cpuCapacityCores: 4,
	});
	for (let place = 0; place < NODES; place++) {
		const node = `n${place}`;
		if (figure(place) % 11 === 0) {
			continue;
		}

		entries.push({subject: {kind: 'node', name: node}, node, timeMs, values: valuesOf(figure(place, 1))});
		for (let index = 0; index < podsANode; index++) {
			const mixed = figure(place, index);
			if (mixed % 13 !== 0) {
				const [namespace, pod, values] = [`team-${index % 5}`, `web-${index}`, valuesOf(mixed)];
				entries.push(
					{subject: {kind: 'pod', namespace, name: pod}, node, timeMs, values},
					{subject: {kind: 'container', namespace, pod, name: 'app'}, node, timeMs, values},
				);
			}
		}
	}

	return entries;
}

function open(isAdvanced: boolean, now: () => number) {
	const store = new FakeStore();
	const live = new Store({capacity: 10, staleAfterMs: 30_000, isAdvanced});
	const source = new PastSource({
		live: () => live,
		store,
		now,
		onChange: () => {},
		isAlone: () => true,
		isAdvanced,
	});
	return {store, source};
}

/** Of what the store was asked. */
function askedOf({momentRequests}: FakeStore): readonly string[] {
	return momentRequests
		.map(({kind, atMs, nodes, values}) => JSON.stringify([kind, atMs, nodes?.[0], nodes?.length, values]))
		.sort();
}

/** Until nothing more arrives. */
async function settle({store, source}: ReturnType<typeof open>): Promise<void> {
	for (let calm = 0, before = ''; calm < 4; ) {
		await setImmediate();
		const known = `${source.version} ${store.momentRequests.length}`;
		calm = known === before ? calm + 1 : 0;
		before = known;
	}
}

/** Sums list what they are of in no order. */
function listedById(row: Row): unknown {
	const byId = (rows: readonly Row[]): readonly Row[] =>
		[...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
	switch (row.kind) {
		case 'tree':
			return {...row, of: listedById(row.of)};
		case 'workload':
			return {...row, pods: byId(row.pods)};
		case 'group':
			return {...row, members: byId(row.members)};
		default:
			return row;
	}
}

/** What is shown after all turns of a question, each of which ends at once, and how many there were. */
function answerOf(source: PastSource, query: Query, cursor: Cursor, nowMs: number) {
	for (let turns = 0; ; turns++) {
		const {rows, isPending = false, columns, ...view} = source.view(query, cursor, nowMs);
		if (!isPending) {
			return {turns, shown: {...view, ids: columns.map(({id}) => id), rows: rows.slice().map(listedById)}};
		}

		source.prepare(() => false);
	}
}

test('many rows of a store are shown in turns as they are at once, and no more of it is read for that', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(
				fc.record({
					seed: fc.nat(2),
					afterSteps: fc.nat(8),
					isPast: fc.boolean(),
					asked: fc.shuffledSubarray([...QUERIES], {minLength: 1, maxLength: 6}),
				}),
				{minLength: 2, maxLength: 5},
			),
			async steps => {
				let nowMs = START_MS;
				const [inTurns, atOnce] = [open(true, () => nowMs), open(false, () => nowMs)];
				for (const {seed, afterSteps, isPast, asked} of steps) {
					nowMs += afterSteps * STEP_MS;
					const cursor = isPast ? {atMs: nowMs} : 'live';
					for (const {store} of [inTurns, atOnce]) {
						store.entries = entriesOf(nowMs, seed);
					}

					// A look begins to read what it lacks, unless what one before began is about to end.
					for (let look = 0; look < LOOKS; look++) {
						for (const opened of [inTurns, atOnce]) {
							for (const query of asked) {
								opened.source.view(query, cursor, nowMs);
							}

							await settle(opened);
						}
					}

					while (!inTurns.source.advance(() => false)) {}
					for (const query of asked) {
						const {shown} = answerOf(inTurns.source, query, cursor, nowMs);
						expect(shown).toEqual(answerOf(atOnce.source, query, cursor, nowMs).shown);
					}

					expect(askedOf(inTurns.store)).toEqual(askedOf(atOnce.store));
				}

				await Promise.all([inTurns.source.close(), atOnce.source.close()]);
			},
		),
		{numRuns: 5},
	);
});

test.each<Query>([
	{level: 'namespaces'},
	{level: 'workloads'},
	{level: 'pods', filter: 'web-1', sort: {column: 'name', isDescending: true}},
	{level: 'tree', filter: 'web-7'},
])('very many rows of a store take more than one turn, and are the same then: %o', async query => {
	const [inTurns, atOnce] = [open(true, () => START_MS), open(false, () => START_MS)];
	for (const opened of [inTurns, atOnce]) {
		opened.store.entries = entriesOf(START_MS, 1, 100);
		for (let look = 0; look < LOOKS; look++) {
			for (const level of ['pods', 'containers'] as const) {
				opened.source.view({level}, 'live', START_MS);
				await settle(opened);
			}
		}
	}

	while (!inTurns.source.advance(() => false)) {}
	const {turns, shown} = answerOf(inTurns.source, query, 'live', START_MS);
	expect(turns).toBeGreaterThan(1);
	expect(shown).toEqual(answerOf(atOnce.source, query, 'live', START_MS).shown);
	await Promise.all([inTurns.source.close(), atOnce.source.close()]);
});
