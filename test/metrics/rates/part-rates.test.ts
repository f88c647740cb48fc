import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {PartRates} from '../../../source/metrics/rates/part-rates.ts';

const part = (name: string, ...counters: readonly (number | undefined)[]) => ({name, counters});

describe('the rates of parts', () => {
	test('are unknown at first, then the change of each counter a second', () => {
		const rates = new PartRates(2);
		expect(rates.observe([part('0', 5, 1)], 1000, 1000, 0)).toEqual([
			{name: '0', perSecond: [undefined, undefined]},
		]);
		expect(rates.observe([part('0', 25, undefined)], 3000, 3000, 0)).toEqual([
			{name: '0', perSecond: [10, undefined]},
		]);
	});

	test('of one part do not depend on the others, which come and go', () => {
		const rates = new PartRates(1);
		rates.observe([part('0', 0), part('1', 0)], 1000, 1000, 0);
		rates.observe([part('1', 4)], 2000, 2000, 0);
		expect(rates.observe([part('0', 100), part('1', 8)], 3000, 3000, 0)).toEqual([
			{name: '0', perSecond: [undefined]},
			{name: '1', perSecond: [4]},
		]);
	});

	test('stay with the same stamp, and are a gap after a counter went back', () => {
		const rates = new PartRates(1);
		rates.observe([part('0', 10)], 1000, 1000, 0);
		rates.observe([part('0', 20)], 2000, 2000, 0);
		expect(rates.observe([part('0', 20)], 2000, 2000, 0)[0]?.perSecond).toEqual([10]);
		expect(rates.observe([part('0', 5)], 3000, 3000, 0)[0]?.perSecond).toEqual([undefined]);
		expect(rates.observe([part('0', 8)], 4000, 4000, 0)[0]?.perSecond).toEqual([3]);
	});

	test('are a gap where the clock of the source was set ahead', () => {
		const rates = new PartRates(1);
		rates.observe([part('0', 10)], 1000, 1000, 0);
		expect(rates.observe([part('0', 20)], 3_602_000, 2000, 0)[0]?.perSecond).toEqual([undefined]);
		expect(rates.observe([part('0', 20)], 3_602_000, 3000, 0)[0]?.perSecond).toEqual([undefined]);
		expect(rates.observe([part('0', 30)], 3_604_000, 4000, 0)[0]?.perSecond).toEqual([5]);
	});

	test('are never negative and never infinite', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(10_000), fc.option(fc.nat(), {nil: undefined})), {maxLength: 20}),
				samples => {
					const rates = new PartRates(1);
					for (const [timeMs, counter] of samples) {
						for (const rate of rates.observe([part('0', counter)], timeMs, timeMs, 0)[0]?.perSecond ?? []) {
							expect(rate === undefined || (rate >= 0 && Number.isFinite(rate))).toBe(true);
						}
					}
				},
			),
		);
	});
});
