import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {niceTop, type Steps, ticksOf} from '../../../source/ui/format/axis.ts';
import {bytesTick, coresTick, rateTick, shareTick} from '../../../source/ui/format/tick-label.ts';

const KI = 1024;
const MI = 2 ** 20;
const GI = 2 ** 30;

describe('the top of an axis', () => {
	test.each<[number, Steps, number]>([
		[3.8, 'decimal', 4],
		[4, 'decimal', 4],
		[0.31, 'decimal', 0.4],
		[0.3, 'decimal', 0.3],
		[9.1, 'decimal', 10],
		[1_100_000, 'decimal', 1_500_000],
		[500 * MI, 'binary', 512 * MI],
		[513 * MI, 'binary', 640 * MI],
		[1.8 * GI, 'binary', 2 * GI],
		[0, 'decimal', 1],
		[5e-324, 'decimal', 1],
		[Number.NaN, 'binary', 1],
	])('of %d in %s steps is %d', (highest, steps, top) => {
		expect(niceTop(highest, steps)).toBeCloseTo(top, 9);
	});

	test('is round, and between the highest value and 1.5 times that', () => {
		fc.assert(
			fc.property(
				fc.double({min: 1e-6, max: 1e18, noNaN: true}),
				fc.constantFrom<Steps>('decimal', 'binary'),
				(highest, steps) => {
					const top = niceTop(highest, steps);
					expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-8));
					expect(top).toBeLessThanOrEqual(highest * 1.5 * (1 + 1e-8));
					expect(niceTop(top, steps)).toBe(top);
				},
			),
		);
	});
});

describe('ticks', () => {
	const labels = (top: number, most: number, steps: Steps, label: (value: number) => string): string =>
		ticksOf(top, most, steps).map(label).join(' ');

	test('are round numbers with units', () => {
		expect(labels(0.5, 5, 'decimal', coresTick)).toBe('0 100m 200m 300m 400m 500m');
		expect(labels(2, 4, 'decimal', coresTick)).toBe('0 500m 1 1.5 2');
		expect(labels(8, 4, 'decimal', coresTick)).toBe('0 2 4 6 8');
		expect(labels(1.25 * GI, 5, 'binary', bytesTick)).toBe('0 256Mi 512Mi 768Mi 1Gi 1.25Gi');
		expect(labels(640 * KI, 3, 'binary', bytesTick)).toBe('0 256Ki 512Ki');
		expect(labels(2.5e6, 5, 'decimal', rateTick)).toBe('0 500kB 1MB 1.5MB 2MB 2.5MB');
		expect(labels(0.3, 3, 'decimal', shareTick)).toBe('0% 10% 20% 30%');
	});

	test('are the ends of the axis if no round step fits', () => {
		expect(ticksOf(3, 1, 'decimal')).toEqual([0, 3]);
	});

	test('are at most as many as asked for, with different and short labels', () => {
		const kinds = [
			['decimal', coresTick, 0.01],
			['binary', bytesTick, MI],
			['decimal', rateTick, 1000],
			['decimal', shareTick, 0.1],
		] as const;
		fc.assert(
			fc.property(
				fc.constantFrom(...kinds),
				fc.double({min: 0, max: 8, noNaN: true}),
				fc.integer({min: 1, max: 8}),
				([steps, label, least], power, most) => {
					const ticks = ticksOf(niceTop(least * 10 ** power, steps), most, steps).map(label);
					expect(ticks.length).toBeLessThanOrEqual(most + 1);
					expect(new Set(ticks).size).toBe(ticks.length);
					if (label !== shareTick && label !== coresTick) {
						expect(Math.max(...ticks.map(({length}) => length))).toBeLessThanOrEqual(6);
					}
				},
			),
		);
	});
});
