import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Packing} from '../../../source/metrics/rings/packing.ts';
import {TickRing, valueAt} from '../../../source/metrics/rings/tick-ring.ts';

const OFFSET = 3;
const PACKING = new Packing(1);

const unmerged = (): never => {
	throw new Error('a ring with room for all has nothing to merge');
};

function ringOf(capacity: number, times: readonly number[]) {
	const ring = new TickRing(capacity);
	// Another series lies before this one, as in a slab.
	const values = new Uint16Array(OFFSET + capacity).fill(7, 0, OFFSET);
	for (const timeMs of times) {
		values[OFFSET + ring.push(timeMs, unmerged)] = PACKING.pack(timeMs);
	}

	return {ring, column: {values, offset: OFFSET, length: values.length - OFFSET, packing: PACKING}};
}

function resample(
	times: readonly number[],
	window: {points: number; stepMs: number; endMs: number},
	capacity = 10,
) {
	const {ring, column} = ringOf(capacity, times);
	const into = new Float64Array(window.points).fill(Number.NaN);
	ring.stepsIn(window).addTo(into, position => valueAt(column, position));
	return [...into];
}

describe('a ring of moments', () => {
	test('is empty at first', () => {
		const {ring} = ringOf(3, []);
		expect([ring.length, ring.oldestMs, ring.newestMs, ring.ageAt(5)]).toEqual([
			0,
			undefined,
			undefined,
			undefined,
		]);
	});

	test('forgets the oldest when full', () => {
		const {ring} = ringOf(3, [10, 20, 30, 40]);
		expect([ring.length, ring.oldestMs, ring.newestMs]).toEqual([3, 20, 40]);
	});

	test.each([
		[9, undefined],
		[20, 20],
		[29, 20],
		[40, 40],
		[99, 40],
	])('finds at %d the newest moment that is not later', (atMs, expected) => {
		const {ring} = ringOf(4, [10, 20, 30, 40].slice(1));
		const age = ring.ageAt(atMs);
		expect(age === undefined ? undefined : ring.timeAt(age)).toBe(expected);
	});

	test('holds no value over a gap that is none of its usual steps', () => {
		const minutes = [0, 10, 20, 30, 3630, 3640].map(second => second * 1000);
		expect(ringOf(10, minutes).ring.usualStepMs).toBe(10_000);
		const window = {points: 4, stepMs: 900_000, endMs: 3_600_000};
		expect(resample(minutes, window)).toEqual([expect.any(Number), Number.NaN, Number.NaN, Number.NaN]);
	});

	test('moves as a whole with a clock that is set back', () => {
		const {ring} = ringOf(3, [10, 20, 30, 40]);
		ring.setBack(15);
		expect([ring.oldestMs, ring.newestMs, ring.usualStepMs]).toEqual([5, 25, 10]);
	});

	test('finds what a plain search over the kept moments finds', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 12}),
				fc.array(fc.integer({min: 1, max: 50}), {maxLength: 40}),
				fc.integer({min: 0, max: 2100}),
				(capacity, steps, atMs) => {
					let timeMs = 0;
					const times = steps.map(step => (timeMs += step));
					const {ring} = ringOf(capacity, times);
					const age = ring.ageAt(atMs);
					const expected = times.slice(-capacity).findLast(time => time <= atMs);
					expect(age === undefined ? undefined : ring.timeAt(age)).toBe(expected);
				},
			),
		);
	});
});

describe('the past in equal steps', () => {
	test('takes the mean of the samples in each step, later edge included', () => {
		expect(resample([10, 20, 30, 40], {points: 2, stepMs: 20, endMs: 40})).toEqual([15, 35]);
	});

	test('holds a value where the steps are finer than the samples', () => {
		expect(resample([10, 20, 30], {points: 4, stepMs: 5, endMs: 30})).toEqual([10, 20, 20, 30]);
	});

	test('is a gap where nothing came for more than a few typical steps', () => {
		expect(resample([10, 20, 30], {points: 5, stepMs: 20, endMs: 110})).toEqual([
			25,
			30,
			Number.NaN,
			Number.NaN,
			Number.NaN,
		]);
	});

	test('goes on in the last step, which may end long after now, as long as it began in time', () => {
		expect(resample([10, 20, 30], {points: 2, stepMs: 100, endMs: 130})).toEqual([20, 30]);
		expect(resample([10, 20, 30], {points: 2, stepMs: 100, endMs: 160})).toEqual([20, Number.NaN]);
	});

	test('is no gap between the first two samples and the next, which is an interval later', () => {
		const ring = new TickRing(10, 10_000);
		const values = new Uint16Array(10);
		for (const timeMs of [1000, 3000, 13_000]) {
			values[ring.push(timeMs, unmerged)] = PACKING.pack(4);
		}

		const into = new Float64Array(6).fill(Number.NaN);
		const column = {values, offset: 0, length: 10, packing: PACKING};
		ring.stepsIn({points: 6, stepMs: 2000, endMs: 13_000}).addTo(into, position => valueAt(column, position));
		expect([...into]).toEqual([4, 4, 4, 4, 4, 4]);
	});

	test.each([
		['a new moment', (ring: TickRing) => ring.push(30, unmerged)],
		['a clock that was set back', (ring: TickRing) => ring.setBack(10)],
		['fewer places for what is far back', (ring: TickRing) => ring.arrange(2)],
	])('is looked for again after %s', (_, change) => {
		const ring = new TickRing(10);
		for (const timeMs of [10, 20]) {
			ring.push(timeMs, unmerged);
		}

		const window = {points: 3, stepMs: 10, endMs: 30};
		const before = ring.stepsIn(window);
		expect(ring.stepsIn({...window})).toBe(before);
		change(ring);
		expect(ring.stepsIn(window)).not.toBe(before);
	});

	test('is a gap before the first sample', () => {
		expect(resample([100], {points: 3, stepMs: 10, endMs: 100})).toEqual([Number.NaN, Number.NaN, 100]);
	});

	test('is the same wherever the ring begins', () => {
		expect(resample([-40, -30, -20, -10, 10, 20, 30, 40], {points: 2, stepMs: 20, endMs: 40}, 5)).toEqual([
			15, 35,
		]);
	});

	test('of two series in one array is their sum, where either is known', () => {
		const into = new Float64Array(3).fill(Number.NaN);
		const window = {points: 3, stepMs: 10, endMs: 30};
		const one = ringOf(5, [10, 20]);
		const other = ringOf(5, [20, 30]);
		for (const {ring, column} of [one, other]) {
			ring.stepsIn(window).addTo(into, position => valueAt(column, position));
		}

		expect([...into]).toEqual([10, 40, 50]);
	});
});
