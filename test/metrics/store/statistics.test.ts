import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Cursor, Level} from '../../../source/metrics/model/view.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {cpuReading, nodeReading, podReading, reading} from '../readings.ts';

const STEP_MS = 10_000;
const WINDOW_MS = 100_000;
const START_MS = 1_700_000_000_000;

/** Each node has one pod of the same namespace, and both use as many cores as told, one sample a step; undefined: not read. */
function storeOf(
	nodes: Readonly<Record<string, ReadonlyArray<number | undefined>>>,
	options: {readonly isAdvanced?: boolean} = {},
): Store {
	const store = new Store({capacity: 50, staleAfterMs: 30_000, ...options});
	for (const [name, samples] of Object.entries(nodes)) {
		store.addNode(name, name);
		for (const [step, usageCores] of samples.entries()) {
			if (usageCores !== undefined) {
				const timeMs = START_MS + step * STEP_MS;
				const cpu = cpuReading({timeMs, usageCores});
				const pod = podReading('shop', `web-${name}`, {cpu});
				store.apply(name, [reading(timeMs, {node: nodeReading({cpu}), pods: [pod]})], LIVE);
			}
		}
	}

	store.advance(START_MS, () => true);
	return store;
}

/** The view as of the end of a step. */
const viewOf = (store: Store, level: Level, step: number, sort = 'cpu-p95', cursor: Cursor = 'live') =>
	store.view(
		{level, windowMs: WINDOW_MS, sort: {column: sort, isDescending: true}},
		cursor,
		START_MS + step * STEP_MS,
	);

function figures(view: ReturnType<typeof viewOf>, row: Row | undefined, nowMs: number) {
	return ['cpu-min', 'cpu-mean', 'cpu-p95', 'cpu-max'].map(id => {
		const value = row && view.columns.find(column => column.id === id)?.value(row as never, nowMs);
		return typeof value === 'number' ? Number(value.toFixed(3)) : value;
	});
}

const of = (store: Store, level: Level, step: number, cursor: Cursor = 'live') => {
	const view = viewOf(store, level, step, 'cpu-p95', cursor);
	return figures(view, view.rows.at(0), START_MS + step * STEP_MS);
};

const UNKNOWN = [undefined, undefined, undefined, undefined];

describe('statistics from rings', () => {
	test.each(['nodes', 'pods'] as const)('of %s are of the samples within the window alone', level => {
		const store = storeOf({n1: [9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2]});
		expect(of(store, level, 11)).toEqual([1, 3.9, 8, 8]);
		expect(of(store, level, 13)).toEqual([1, 4.5, 8, 8]);
	});

	test('leave out what was not read, and are unknown of fewer than three samples', () => {
		expect(of(storeOf({n1: [2, undefined, undefined, 4, undefined, 6]}), 'pods', 5)).toEqual([2, 4, 6, 6]);
		expect(of(storeOf({n1: [2, undefined, 4]}), 'pods', 2)).toEqual(UNKNOWN);
		expect(of(storeOf({n1: [1, 2, 3, 4]}), 'pods', 40)).toEqual(UNKNOWN);
	});

	test('of a moment of the past, or of a pause, end there', () => {
		const store = storeOf({n1: [1, 2, 3, 4, 50, 60]});
		const cursor = {atMs: START_MS + 3 * STEP_MS};
		expect(of(store, 'pods', 5, cursor)).toEqual([1, 2.5, 4, 4]);
		const frozen = new FrozenSource(store, cursor.atMs);
		const view = frozen.view({level: 'pods', windowMs: WINDOW_MS});
		expect(figures(view, view.rows.at(0), START_MS + 5 * STEP_MS)).toEqual([1, 2.5, 4, 4]);
	});

	test.each([false, true])(
		'sort a table (kept in order: %s) anew when the window has moved on',
		isAdvanced => {
			const store = storeOf({a: [9, 9, 9, 1, 1, 1, 1], b: [2, 2, 2, 2, 2, 2, 2]}, {isAdvanced});
			const names = (step: number) => viewOf(store, 'pods', step).rows.map(({name}) => name);
			expect(names(6)).toEqual(['web-a', 'web-b']);
			expect(names(12)).toEqual(['web-b', 'web-a']);
		},
	);

	test('filter a table', () => {
		const store = storeOf({a: [1, 1, 1], b: [2, 2, 2]});
		const query = {level: 'pods', windowMs: WINDOW_MS, filter: 'cpu-p95>1.5'} as const;
		expect(store.view(query, 'live', START_MS + 3 * STEP_MS).rows.map(({name}) => name)).toEqual(['web-b']);
	});

	test('of one sample at each step are those of the samples', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 0, max: 1000}), {minLength: 3, maxLength: 40}), samples => {
				const last = samples.length - 1;
				const within = samples.slice(-10).sort((one, other) => one - other);
				const [min, mean, p95, max] = of(storeOf({n1: samples}), 'pods', last);
				expect([min, p95, max]).toEqual([
					within[0],
					within[Math.ceil(0.95 * within.length) - 1],
					within.at(-1),
				]);
				expect(mean).toBeCloseTo(within.reduce((sum, value) => sum + value, 0) / within.length, 2);
			}),
			{numRuns: 60},
		);
	});
});

describe('statistics of sums of pods', () => {
	test.each(['namespaces', 'workloads'] as const)('of %s are those of the sums', level => {
		const store = storeOf({a: [1, 1, 1, 2, 1, 1, 1, 1], b: [2, 2, 2, 5, 2, 2, 2, 2]});
		const rows = viewOf(store, level, 7).rows.length;
		expect([rows, of(store, level, 7)]).toEqual(
			level === 'namespaces' ? [1, [3, expect.any(Number), 7, 7]] : [2, [2, expect.any(Number), 5, 5]],
		);
	});

	test.each(['pods', 'nodes'] as const)(
		'of a group of %s are those of the sum, and so is its history',
		of => {
			const store = storeOf({a: [1, 1, 1, 2, 1, 1, 1, 1], b: [2, 2, 2, 5, 2, 2, 2, 2]});
			const nowMs = START_MS + 7 * STEP_MS;
			const by = {of, key: 'nothing'};
			const query = {level: 'tree', windowMs: WINDOW_MS, tree: {by, open: new Set<string>()}} as const;
			const view = store.view(query, 'live', nowMs);
			const [row] = view.rows;
			expect(view.rows).toHaveLength(1);
			expect(figures(view, row, nowMs)).toEqual([3, expect.any(Number), 7, 7]);
			const window = {points: 8, stepMs: STEP_MS, endMs: nowMs};
			expect(row && [...store.history(row, 'cpuCores', window)]).toEqual([3, 3, 3, 7, 3, 3, 3, 3]);
		},
	);

	test('leave out the steps in which a node of theirs was not read', () => {
		const late = [undefined, undefined, undefined, undefined, 2, 2, 2, 2, 2, 2];
		const store = storeOf({a: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], b: late});
		expect(of(store, 'namespaces', 9)).toEqual([3, 3, 3, 3]);
	});

	test('of a namespace are the same alone, as on its page, and among all of a table', () => {
		const store = new Store({capacity: 50, staleAfterMs: 30_000});
		store.addNode('n', 'n');
		for (let step = 0; step < 6; step++) {
			const timeMs = START_MS + step * STEP_MS;
			const pods = ['shop', 'web', 'batch'].map((namespace, index) =>
				podReading(namespace, `p-${namespace}`, {
					cpu: cpuReading({timeMs, usageCores: index + 1 + step / 10}),
				}),
			);
			store.apply('n', [reading(timeMs, {pods})], LIVE);
		}

		const view = viewOf(store, 'namespaces', 5);
		const span = {oldestMs: START_MS + 5 * STEP_MS - WINDOW_MS, newestMs: START_MS + 5 * STEP_MS};
		const alone = view.rows.map(row => store.statistics(row, 'cpuCores', span)?.max.toFixed(1));
		expect(alone).toEqual(['3.5', '2.5', '1.5']);
		expect(view.rows.map(row => figures(view, row, span.newestMs)[3])).toEqual([3.5, 2.5, 1.5]);
	});

	test.each(['namespaces', 'workloads'] as const)(
		'of %s with many pods are the same in the end if they are summed in turns',
		level => {
			const stores = [true, false].map(isAdvanced => {
				const store = new Store({capacity: 50, staleAfterMs: 30_000, isAdvanced});
				store.addNode('n', 'n');
				for (let step = 0; step < 6; step++) {
					const timeMs = START_MS + step * STEP_MS;
					const pods = Array.from({length: 7000}, (_, index) =>
						podReading('shop', `p-${index}`, {
							cpu: cpuReading({timeMs, usageCores: ((index * 7919 + step * 31) % 101) / 100}),
						}),
					);
					store.apply('n', [reading(timeMs, {pods})], LIVE);
				}

				while (!store.advance(START_MS, () => true)) {}
				return store;
			});
			const [advanced, plain] = stores as [Store, Store];
			while (viewOf(advanced, level, 5).isPending === true) {
				advanced.prepare(() => false);
			}

			expect(of(advanced, level, 5)).toEqual(of(plain, level, 5));
			expect(of(advanced, level, 5)).not.toContain(undefined);
		},
	);

	test('of all rows of a table are, to the last digit, those of each row alone', () => {
		const cores = fc.option(fc.integer({min: 0, max: 9}), {nil: undefined});
		fc.assert(
			fc.property(
				fc.array(
					fc.array(fc.record({workload: fc.integer({min: 0, max: 3}), cores}), {minLength: 6, maxLength: 12}),
					{minLength: 1, maxLength: 4},
				),
				fc.constantFrom('namespaces' as const, 'workloads' as const),
				(nodes, level) => {
					const stores = [true, false].map(isAdvanced => {
						const store = new Store({capacity: 50, staleAfterMs: 30_000, isAdvanced});
						for (const [node, samples] of nodes.entries()) {
							store.addNode(`n${node}`, `n${node}`);
							for (const [step, {workload, cores: usageCores}] of samples.entries()) {
								const timeMs = START_MS + step * STEP_MS + node;
								const pods = [workload, 4].map(of =>
									podReading(`team-${of % 2}`, `web-${of}`, {cpu: cpuReading({timeMs, usageCores})}),
								);
								store.apply(`n${node}`, [reading(timeMs, {pods})], LIVE);
							}
						}

						store.advance(START_MS, () => true);
						return store;
					});
					const nowMs = START_MS + 11 * STEP_MS;
					const [together, alone] = stores.map(store => {
						let view = viewOf(store, level, 11);
						while (view.isPending === true) {
							store.prepare(() => false);
							view = viewOf(store, level, 11);
						}

						const value = view.columns.find(({id}) => id === 'cpu-mean')?.value;
						return view.rows.slice().map(row => [row.id, value?.(row as never, nowMs)]);
					});
					expect(together).toEqual(alone);
				},
			),
			{numRuns: 60},
		);
	});

	test.each(['live', {atMs: START_MS + 5 * STEP_MS}] as const)(
		'of many pods are made in turns after a frame that shows them has asked, and those of before are shown until then (%o)',
		cursor => {
			const store = new Store({capacity: 50, staleAfterMs: 60_000, isAdvanced: true});
			store.addNode('n', 'n');
			for (let step = 0; step < 6; step++) {
				const timeMs = START_MS + step * STEP_MS;
				const pods = Array.from({length: 3000}, (_, index) =>
					podReading('shop', `p-${index}`, {cpu: cpuReading({timeMs, usageCores: step})}),
				);
				store.apply('n', [reading(timeMs, {pods})], LIVE);
			}

			store.advance(START_MS, () => true);
			const cellAt = (atStep: number) => {
				const nowMs = START_MS + atStep * STEP_MS;
				const row = store.rows('namespaces', {}, cursor, nowMs)[0];
				return row && store.statistics(row, 'cpuCores', {oldestMs: nowMs - WINDOW_MS, newestMs: nowMs})?.max;
			};
			const prepared = (): void => {
				while (store.prepare(() => false) === 'view') {}
			};
			expect(cellAt(4)).toBeUndefined();
			prepared();
			const before = cellAt(4);
			expect(before).toBeCloseTo(3000 * 4, -1);
			expect(cellAt(5)).toBe(before);
			prepared();
			expect(cellAt(5)).toBeCloseTo(3000 * 5, -1);
		},
	);

	test('filter many pods of workloads by sums that are made in turns', () => {
		const store = new Store({capacity: 50, staleAfterMs: 60_000, isAdvanced: true});
		store.addNode('n', 'n');
		for (let step = 0; step < 6; step++) {
			const timeMs = START_MS + step * STEP_MS;
			const pods = Array.from({length: 3000}, (_, index) =>
				podReading('shop', `p-${index}`, {cpu: cpuReading({timeMs, usageCores: index % 2})}),
			);
			store.apply('n', [reading(timeMs, {pods})], LIVE);
		}

		store.advance(START_MS, () => true);
		const query = {
			level: 'workloads',
			windowMs: WINDOW_MS,
			filter: 'cpu-p95>0.5',
			sort: {column: 'name', isDescending: false},
		} as const;
		const view = () => store.view(query, 'live', START_MS + 5 * STEP_MS);
		while (view().isPending === true) {
			store.prepare(() => false);
		}

		expect(view().rows.length).toBe(1500);
	});

	test('sort groups', () => {
		const store = storeOf({a: [1, 1, 1, 9, 1], b: [2, 2, 2, 2, 2]});
		const by = {of: 'nodes', key: 'name'} as const;
		const names = (column: string) =>
			store
				.view(
					{
						level: 'tree',
						windowMs: WINDOW_MS,
						tree: {by, open: new Set<string>()},
						sort: {column, isDescending: true},
					},
					'live',
					START_MS + 4 * STEP_MS,
				)
				.rows.map(({name}) => name);
		expect([names('cpu-max'), names('cpu-min')]).toEqual([
			['a', 'b'],
			['b', 'a'],
		]);
	});

	test('are known as soon as there are three of them', () => {
		const store = storeOf({a: [1, 1]});
		expect(of(store, 'namespaces', 1)).toEqual(UNKNOWN);
		expect(
			store.statistics({kind: 'namespace', name: 'none', id: 'none'} as never, 'cpuCores', {
				oldestMs: START_MS,
				newestMs: START_MS + WINDOW_MS,
			}),
		).toBeUndefined();
	});
});
