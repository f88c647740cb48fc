import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {axisOf, timeTicks} from '../../source/ui/format/axis.ts';
import {DecayingScales} from '../../source/ui/format/decaying-scale.ts';

const MiB = 2 ** 20;

describe('an axis', () => {
	test.each([
		['cores', 3.7, 4, [0, 1, 2, 3, 4]],
		['cores', 0.23, 3, [0, 0.1, 0.2, 0.3]],
		['bytes', 700 * MiB, 3, [0, 256 * MiB, 512 * MiB, 768 * MiB]],
		['bytes', 1.5 * 1024 * MiB, 2, [0, 1024 * MiB, 2048 * MiB]],
		['rate', 45_000, 2, [0, 50_000]],
		['ratio', 0.43, 3, [0, 0.2, 0.4, 0.6]],
	] as const)('of %s up to %d in %d steps is marked at round numbers', (unit, highest, steps, ticks) => {
		expect(axisOf(highest, steps, unit).ticks.map(tick => Number(tick.toPrecision(12)))).toEqual(ticks);
	});

	test('holds what is the highest, in no more steps than it may have and one', () => {
		fc.assert(
			fc.property(
				fc.double({min: 1e-6, max: 1e15, noNaN: true}),
				fc.integer({min: 1, max: 20}),
				fc.constantFrom('cores' as const, 'bytes' as const, 'rate' as const),
				(highest, steps, unit) => {
					const {top, ticks} = axisOf(highest, steps, unit);
					expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-6));
					expect(ticks.length).toBeLessThanOrEqual(steps + 2);
					expect(ticks.at(-1)).toBeCloseTo(top);
				},
			),
		);
	});
});

describe('marks of time', () => {
	const at = (hour: number, minute: number, second = 0): number =>
		new Date(2026, 0, 15, hour, minute, second).getTime();

	test('are at whole times, far enough from each other to be read', () => {
		expect(timeTicks(60, 5000, at(10, 42))).toEqual([
			{column: 0, label: '10:37'},
			{column: 12, label: '10:38'},
			{column: 24, label: '10:39'},
			{column: 36, label: '10:40'},
			{column: 48, label: '10:41'},
		]);
	});

	test('have seconds in short windows and dates in long ones', () => {
		expect(timeTicks(30, 500, at(10, 42)).map(({label}) => label)).toEqual(['10:41:50']);
		expect(timeTicks(84, 2 * 3_600_000, at(0, 0))[0]).toEqual({column: 0, label: '01-08'});
	});
});

describe('the height of a chart', () => {
	test('rises at once and sinks slowly', () => {
		const scales = new DecayingScales();
		expect(scales.heightOf('a', 10, 0)).toBe(10);
		expect(scales.heightOf('a', 100, 1000)).toBe(100);
		const soon = scales.heightOf('a', 10, 11_000);
		expect(soon).toBeGreaterThan(60);
		expect(soon).toBeLessThan(100);
		expect(scales.heightOf('a', 10, 600_000)).toBeCloseTo(10, 3);
	});

	test('is each chart’s own', () => {
		const scales = new DecayingScales();
		scales.heightOf('a', 100, 0);
		expect(scales.heightOf('b', 10, 0)).toBe(10);
	});
});
