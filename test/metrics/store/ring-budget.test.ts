import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {placesOfLevel} from '../../../source/metrics/rings/downsampling.ts';
import {RingBudget} from '../../../source/metrics/store/ring-budget.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../node-states.ts';
import {cpuReading, memoryReading, nodeReading, podReading, reading} from '../readings.ts';

const STEP_MS = 10_000;
const START_MS = 1_700_000_000_000;
const CAPACITY = 91;

const timeOf = (step: number): number => START_MS + step * STEP_MS;

/** A node and its pods, all of which use as many cores as told. */
function readingOf(step: number, cores: number, pods = 10): Reading {
	const timeMs = timeOf(step);
	const usage = {cpu: cpuReading({timeMs, usageCores: cores}), memory: memoryReading({timeMs})};
	return reading(timeMs, {
		node: nodeReading(usage),
		pods: Array.from({length: pods}, (_, index) => podReading('shop', `web-${index}`, usage)),
	});
}

/** One node that used as many cores as told in each step; undefined: not read. */
function storeOf(samples: ReadonlyArray<number | undefined>, ringBytes?: number): Store {
	const store = new Store({capacity: CAPACITY, staleAfterMs: 30_000, ringBytes});
	store.addNode('n1', 'n1');
	for (const [step, cores] of samples.entries()) {
		if (cores !== undefined) {
			store.apply('n1', [readingOf(step, cores)], LIVE);
		}
	}

	return store;
}

const rising = Array.from({length: 200}, (_, step) => step);
const LAST_MS = timeOf(199);

function rowOf(store: Store) {
	const [row] = store.view({level: 'pods'}, 'live', LAST_MS).rows;
	if (row === undefined) {
		throw new Error('there is no pod');
	}

	return row;
}

const history = (store: Store, points: number, stepMs: number, endMs = LAST_MS): readonly number[] => [
	...store.history(rowOf(store), 'cpuCores', {points, stepMs, endMs}),
];

/** Half of what the rings of one node with ten pods would take. */
const HALF = Math.floor(storeOf(rising).byteLength / 2) + CAPACITY * 8;

describe('rings with less memory than their window needs', () => {
	test('stay within it, and say what they keep', () => {
		const store = storeOf(rising, HALF);
		expect(store.byteLength).toBeLessThanOrEqual(HALF);
		expect(store.downsampled).toMatchObject({coarsest: 4, whole: 13, budgetBytes: HALF});
		expect(store.downsampled?.bytes).toBeLessThanOrEqual(HALF);
		expect(storeOf(rising).downsampled).toBeUndefined();
	});

	test('keep the newest samples one by one, and all of the window', () => {
		const store = storeOf(rising, HALF);
		const values = history(store, 90, STEP_MS);
		const whole = store.downsampled?.whole ?? 0;
		expect(values.slice(-whole)).toEqual(rising.slice(-whole));
		expect(values.filter(Number.isNaN)).toEqual([]);
		expect(store.span()).toEqual({oldestMs: timeOf(199 - 90), newestMs: LAST_MS});
	});

	test('draw steps as long as the means alike', () => {
		// Groups of four begin at multiples of four.
		const [all, some] = [storeOf(rising), storeOf(rising, HALF)].map(store =>
			history(store, 20, 4 * STEP_MS, timeOf(195)),
		);
		for (const [point, value] of all?.entries() ?? []) {
			expect(some?.[point]).toBeCloseTo(value, 0);
		}
	});

	test('keep a gap in which nothing was read', () => {
		const store = storeOf(
			rising.map(step => (step >= 130 && step < 150 ? undefined : step)),
			HALF,
		);
		expect(history(store, 14, STEP_MS, timeOf(147))).toEqual(Array.from({length: 14}, () => Number.NaN));
	});

	test('have the mean of a window exactly, and lowest and highest of the means', () => {
		const samples = rising.map(step => (step % 2 === 0 ? 1 : 3));
		const spanOf = {oldestMs: timeOf(119), newestMs: LAST_MS};
		const store = storeOf(samples, HALF);
		const row = rowOf(store);
		expect(store.statistics(row, 'cpuCores', spanOf)).toMatchObject({samples: 80, mean: 2, min: 1, max: 3});
		const old = {oldestMs: timeOf(119), newestMs: timeOf(159)};
		expect(store.statistics(row, 'cpuCores', old)).toMatchObject({samples: 40, min: 2, mean: 2, max: 2});
	});

	test('show rows of a past moment with the mean around it, and the time of the sample', () => {
		const cursor = {atMs: timeOf(125) + 1};
		const [row] = storeOf(rising, HALF).view({level: 'pods'}, cursor, LAST_MS).rows;
		expect(row).toMatchObject({cpuCores: 125.5, receivedAtMs: timeOf(125)});
	});

	test('of a node that cannot be read any more give room too', () => {
		const store = storeOf(rising, HALF * 2);
		store.addNode('n2', 'n2');
		for (let step = 0; step < 3; step++) {
			store.apply('n2', [readingOf(step, 1)], LIVE);
		}

		store.setState('n1', {kind: 'waiting'});
		for (let step = 3; step < 200; step++) {
			store.apply('n2', [readingOf(step, 1)], LIVE);
		}

		expect(store.byteLength).toBeLessThanOrEqual(HALF * 2);
	});

	test('take every sample again once a node that left has made room', () => {
		const store = storeOf(rising, HALF * 2.5);
		store.addNode('n2', 'n2');
		store.apply('n2', [readingOf(0, 1, 30)], LIVE);
		store.apply('n1', [readingOf(200, 200)], LIVE);
		expect(store.downsampled).toBeDefined();
		store.removeNode('n2');
		expect(store.downsampled).toBeUndefined();
		for (let step = 201; step < 300; step++) {
			store.apply('n1', [readingOf(step, step)], LIVE);
		}

		expect(history(store, 90, STEP_MS, timeOf(299))).toEqual(Array.from({length: 90}, (_, age) => 210 + age));
	});
});

describe('the budget of rings', () => {
	test('is never exceeded where any layout fits, and else by the coarsest', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 9000}),
				fc.integer({min: 1, max: 2 ** 31}),
				fc.array(fc.tuple(fc.integer({min: 0, max: 20}), fc.integer({min: 0, max: 100_000})), {
					maxLength: 20,
				}),
				(capacity, bytes, added) => {
					const budget = new RingBudget(capacity, bytes);
					for (const [nodes, series] of added) {
						budget.add(nodes, series);
						const {downsampled} = budget;
						expect(downsampled?.whole ?? capacity).toBeLessThanOrEqual(
							placesOfLevel(capacity, budget.levels),
						);
						if (downsampled !== undefined && downsampled.bytes > bytes) {
							const before = budget.levels;
							budget.add(1000, 1_000_000);
							expect(budget.levels).toBe(before);
							budget.add(-1000, -1_000_000);
						}
					}

					for (const [nodes, series] of added) {
						budget.add(-nodes, -series);
					}

					expect(budget.downsampled).toBeUndefined();
				},
			),
		);
	});

	test('gets no finer for a few pods that went, which may come back', () => {
		const budget = new RingBudget(CAPACITY, 100_000);
		budget.add(1, 600);
		expect(budget.levels).toBe(2);
		budget.add(0, -100);
		expect(budget.levels).toBe(2);
		budget.add(0, -100);
		expect(budget.levels).toBe(1);
	});
});
