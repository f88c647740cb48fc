import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {DecayingScale, DecayingScales} from '../../../source/ui/format/decaying-scale.ts';

describe('a scale', () => {
	test('rises at once to the next round number', () => {
		const scale = new DecayingScale('decimal');
		expect(scale.topOf(0.31, 0)).toBeCloseTo(0.4);
		expect(scale.topOf(7, 0)).toBe(8);
	});

	test('falls in steps, by half in 30 s', () => {
		const scale = new DecayingScale('decimal');
		expect(scale.topOf(10, 0)).toBe(10);
		expect(scale.topOf(1, 5000)).toBe(10);
		expect(scale.topOf(1, 15_000)).toBe(8);
		expect(scale.topOf(1, 45_000)).toBe(4);
		expect(scale.topOf(1, 600_000)).toBe(1.5);
	});

	test('does not move if values vary around a round number', () => {
		const scale = new DecayingScale('decimal');
		const tops = Array.from({length: 60}, (_, step) => scale.topOf(step % 2 ? 4.01 : 3.99, step * 10_000));
		expect(new Set(tops.slice(1))).toEqual(new Set([5]));
	});

	test('does not fall if the clock goes back', () => {
		const scale = new DecayingScale('binary');
		scale.topOf(1024, 1_000_000);
		expect(scale.topOf(1, 0)).toBe(1024);
	});

	test('is never below the values, and falls at most by half in 30 s', () => {
		const sample = fc.tuple(fc.double({min: 0, max: 1e9, noNaN: true}), fc.integer({min: 0, max: 60_000}));
		fc.assert(
			fc.property(fc.array(sample, {maxLength: 40}), samples => {
				const scale = new DecayingScale('decimal');
				let nowMs = 0;
				let before = 0;
				let sinceMs = 0;
				for (const [highest, laterMs] of samples) {
					nowMs += laterMs;
					const top = scale.topOf(highest, nowMs);
					expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-8));
					expect(top).toBeGreaterThanOrEqual(before * 2 ** (-(nowMs - sinceMs) / 30_000) * (1 - 1e-8));
					if (top !== before) {
						before = top;
						sinceMs = nowMs;
					}
				}
			}),
		);
	});
});

describe('scales', () => {
	test('are independent per key', () => {
		const scales = new DecayingScales();
		expect(scales.topOf('a', 100, 'decimal', 0)).toBe(100);
		expect(scales.topOf('b', 1, 'decimal', 0)).toBe(1);
		expect(scales.topOf('a', 1, 'decimal', 0)).toBe(100);
	});

	test('are dropped after 64 other keys were used', () => {
		const scales = new DecayingScales();
		scales.topOf('a', 100, 'decimal', 0);
		for (let other = 0; other < 64; other++) {
			scales.topOf(String(other), 1, 'decimal', 0);
		}

		expect(scales.topOf('a', 1, 'decimal', 0)).toBe(1);
	});
});
