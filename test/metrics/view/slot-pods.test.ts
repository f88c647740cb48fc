import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ExtendedAmounts} from '../../../source/metrics/model/extended-resources.ts';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import type {PodRow} from '../../../source/metrics/model/row.ts';
import {workloadIdOf} from '../../../source/metrics/model/workload.ts';
import {podFacts} from '../../../source/metrics/rollups/pod-facts.ts';
import {RowTable} from '../../../source/metrics/view/row-table.ts';
import {SlotPods} from '../../../source/metrics/view/slot-pods.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const NAMES = ['a', 'b', 'c', 'd'];

/** What the API server says of a pod, if anything. */
const infos = fc.option(
	fc.record({
		createdAtMs: fc.constantFrom(1, 2, undefined),
		phase: fc.constantFrom<PodInfo['phase']>('Running', 'Succeeded'),
		restarts: fc.nat(2),
		nodeName: fc.constantFrom('n1', undefined),
		workload: fc.constantFrom({kind: 'Deployment', name: 'web'}, {kind: 'Job', name: 'import'}, undefined),
		extendedRequests: fc.constantFrom<ExtendedAmounts>({'nvidia.com/gpu': 1}, {'nvidia.com/gpu': 2}, {}),
		requests: fc.constantFrom({cpuCores: 1, memoryBytes: undefined}, {cpuCores: undefined, memoryBytes: 1}),
		isLimited: fc.record({cpu: fc.boolean(), memory: fc.boolean()}),
		containers: fc.array(
			fc
				.record({isReady: fc.boolean(), kind: fc.constantFrom('app' as const, 'init' as const)})
				.map(known => containerInfo('main', known)),
			{maxLength: 2},
		),
	}),
	{nil: undefined},
);

const parts = fc.dictionary(fc.constantFrom('n1', 'n2'), fc.dictionary(fc.constantFrom(...NAMES), infos));

function rowsOf(pods: Readonly<Record<string, Partial<PodInfo> | undefined>>): readonly PodRow[] {
	return Object.entries(pods).map(([name, info]) => podRow(name, {info: info && podInfo(name, info)}));
}

function expectAsFresh(known: SlotPods, table: RowTable<PodRow>): void {
	for (const slot of table.order) {
		const row = table.rows[slot] ?? podRow('none');
		expect(known.factsOf(row, slot)).toEqual(podFacts(row.info));
		expect(known.createdAtMsOf(row, slot)).toBe(row.info?.createdAtMs ?? Number.NaN);
		expect(known.workloadIdOf(row, slot)).toBe(workloadIdOf(row));
		expect(known.workloadIds[known.workloadOf(row, slot)]).toBe(workloadIdOf(row));
	}
}

test('what is known of pods is what their newest records say, also in a fork of before', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(parts, fc.boolean()), {minLength: 1, maxLength: 8}), history => {
			const table = new RowTable<PodRow>();
			const known = new SlotPods(table);
			let fork: {readonly table: RowTable<PodRow>; readonly known: SlotPods} | undefined;
			for (const [changed, isForked] of history) {
				for (const [part, pods] of Object.entries(changed)) {
					table.set(part, rowsOf(pods));
				}

				table.settle(() => true);
				for (const slot of table.order) {
					const row = table.rows[slot] ?? podRow('none');
					expect(known.workloadIdOf(row, slot)).toBe(workloadIdOf(row));
				}

				while (!known.advance(() => false)) {}
				expectAsFresh(known, table);
				if (isForked) {
					const other = table.fork();
					fork = {table: other, known: known.fork(other)};
				}

				if (fork !== undefined) {
					while (!fork.known.advance(() => false)) {}
					expectAsFresh(fork.known, fork.table);
				}
			}
		}),
	);
});

test('pods of which the API server says the same share it', () => {
	const table = new RowTable<PodRow>();
	const known = new SlotPods(table);
	table.set('n1', rowsOf({a: {}, b: {}, c: {restarts: 3}}));
	known.advance(() => true);
	const [a, b, c] = table.rows.map((row, slot) => known.factsOf(row, slot));
	expect(a).toBe(b);
	expect(a).not.toBe(c);
});

test('workloads that are gone are forgotten', () => {
	const table = new RowTable<PodRow>();
	const known = new SlotPods(table);
	for (let round = 0; round < 30; round++) {
		table.set(
			'n1',
			rowsOf(Object.fromEntries(Array.from({length: 100}, (_, pod) => [`${round}-${pod}`, {}]))),
		);
		table.settle(() => true);
		known.advance(() => true);
		expectAsFresh(known, table);
	}

	expect(known.workloadIds.length).toBeLessThan(1500);
});
