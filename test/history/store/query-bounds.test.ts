import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isPlausible} from '../../../source/history/store/plausible.ts';
import {boundedRange} from '../../../source/history/store/query-bounds.ts';

test('no range asks for more than a screen shows, and all begin at whole steps', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 0, max: 2e12}),
			fc.integer({min: 1, max: 1e11}),
			fc.integer({min: 1, max: 1e9}),
			(startMs, lengthMs, stepMs) => {
				const range = boundedRange({startMs, endMs: startMs + lengthMs, stepMs});
				expect((range.endMs - range.startMs) / range.stepMs).toBeLessThanOrEqual(1001);
				expect([range.startMs % range.stepMs, range.endMs % range.stepMs]).toEqual([0, 0]);
				expect(range.stepMs).toBeGreaterThanOrEqual(Math.max(stepMs, 10_000));
				expect(range.endMs).toBeGreaterThanOrEqual(startMs + lengthMs);
			},
		),
	);
});

test.each([
	['cpuCores', 0, true],
	['cpuCores', -0.001, false],
	['cpuCores', 1.8e16, false],
	['memoryRssBytes', 1.8446744e19, false],
	['throttledRatio', 1.5, false],
	['rxBytesPerSecond', Number.NaN, false],
] as const)('%s of %d is plausible: %s', (name, value, isSo) => {
	expect(isPlausible(name, value)).toBe(isSo);
});
