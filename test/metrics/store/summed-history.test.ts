import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {HistoryWindow} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {cpuReading, nodeReading, reading} from '../readings.ts';

const NODES = ['n1', 'n2', 'n3'];

type Step =
	| {readonly kind: 'reading'; readonly id: string; readonly cores: number | undefined}
	| {readonly kind: 'node' | 'no node'; readonly id: string}
	| {readonly kind: 'pause'; readonly ms: number}
	| {
			readonly kind: 'look';
			readonly points: number;
			readonly stepMs: number;
			/** How long ago the window ends: mostly now, as on a screen that is live. */
			readonly agoMs: number;
	  };

const id = fc.constantFrom(...NODES);
const steps: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('reading' as const),
			id,
			cores: fc.option(fc.integer({min: 0, max: 64}), {nil: undefined}),
		}),
	},
	{weight: 1, arbitrary: fc.record({kind: fc.constantFrom('node' as const, 'no node' as const), id})},
	{weight: 4, arbitrary: fc.record({kind: fc.constant('pause' as const), ms: fc.nat(10_000)})},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('look' as const),
			points: fc.constantFrom(1, 8, 8, 8, 8, 8),
			stepMs: fc.constantFrom(2000, 5000, 5000, 5000, 5000, 5000),
			agoMs: fc.constantFrom(0, 0, 0, 0, 0, 20_000),
		}),
	},
);

/** Seven digits of a step are kept. Unknown is close to unknown alone. */
const isClose = (one: number, other = 0): boolean =>
	Number.isNaN(one) ? Number.isNaN(other) : Math.abs(one - other) <= other * 1e-6;

/** The same by the past of each node. */
function sumOfNodes(store: Store, window: HistoryWindow): readonly number[] {
	const sum: number[] = Array.from({length: window.points}, () => Number.NaN);
	for (const row of store.rows('nodes', {}, 'live', 0)) {
		for (const [point, value] of store.history(row, 'cpuCores', window).entries()) {
			const before = sum[point] ?? Number.NaN;
			sum[point] = Number.isNaN(value) ? before : Number.isNaN(before) ? value : before + value;
		}
	}

	return sum;
}

test('the past of the cluster is the sum of its nodes, whatever was looked at before', () => {
	fc.assert(
		fc.property(fc.array(steps, {minLength: 30, maxLength: 60}), history => {
			const store = new Store({capacity: 6, staleAfterMs: 30_000});
			store.addNode('n1', 'n1');
			store.addNode('n2', 'n2');
			let nowMs = 1_000_000;
			for (const step of history) {
				switch (step.kind) {
					case 'reading': {
						nowMs++;
						const cpu = cpuReading({timeMs: nowMs, usageCores: step.cores});
						store.apply(step.id, [reading(nowMs, {node: nodeReading({cpu})})], LIVE);
						break;
					}

					case 'node':
						store.addNode(step.id, step.id);
						break;
					case 'no node':
						store.removeNode(step.id);
						break;
					case 'pause':
						nowMs += step.ms;
						break;
					case 'look': {
						const {points, stepMs, agoMs} = step;
						const window = {points, stepMs, endMs: Math.ceil((nowMs - agoMs) / stepMs) * stepMs};
						const sum = store.clusterHistory('cpuCores', window);
						const expected = sumOfNodes(store, window);
						// The sums themselves where they are not, to be seen.
						expect(
							[...sum].every((value, point) => isClose(value, expected[point])) ? expected : [...sum],
						).toEqual(expected);
					}
				}
			}
		}),
		{numRuns: 200},
	);
});

test('the past of a large cluster is that of before until all nodes are asked for another window, in turns', () => {
	const stores = [true, false].map(isAdvanced => new Store({capacity: 6, staleAfterMs: 30_000, isAdvanced}));
	const [advanced, plain] = stores as [Store, Store];
	const startMs = 1_000_000;
	for (const store of stores) {
		for (let node = 0; node < 600; node++) {
			store.addNode(`n${node}`, `n${node}`);
			for (let step = 0; step < 4; step++) {
				const timeMs = startMs + step * 5000;
				const cpu = cpuReading({timeMs, usageCores: (node % 7) + step});
				store.apply(`n${node}`, [reading(timeMs, {node: nodeReading({cpu})})], LIVE);
			}
		}
	}

	const at = (endMs: number): HistoryWindow => ({points: 4, stepMs: 5000, endMs});
	const shown = (store: Store, endMs: number): readonly number[] =>
		// Sums differ in their last digits by the order of what is summed.
		Array.from(store.clusterHistory('cpuCores', at(endMs)), value => Math.round(value * 1e3) / 1e3);
	const turns = (): number => {
		let count = 0;
		while (advanced.prepare(() => false) === 'view') {
			count++;
		}

		return count;
	};
	const [later, earlier] = [startMs + 15_000, startMs + 5000];
	expect(shown(advanced, later)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
	expect(turns()).toBeGreaterThan(2);
	const before = shown(advanced, later);
	expect(before).toEqual(shown(plain, later));
	expect(turns()).toBe(0);
	expect(shown(advanced, earlier)).toEqual(before);
	expect(turns()).toBeGreaterThan(2);
	expect(shown(advanced, earlier)).toEqual(shown(plain, earlier));
});
