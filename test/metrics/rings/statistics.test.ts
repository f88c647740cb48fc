import fc from 'fast-check';
import {expect, test} from 'vitest';
import {statisticsOf} from '../../../source/metrics/rings/statistics.ts';

const of = (...values: readonly number[]) => statisticsOf(Float64Array.from(values));

test.each([
	[[5], {least: 5, mean: 5, p95: 5, most: 5}],
	[[4, Number.NaN, 2], {least: 2, mean: 3, p95: 4, most: 4}],
	[Array.from({length: 100}, (_, index) => 100 - index), {least: 1, mean: 50.5, p95: 95, most: 100}],
])('%j has the statistics %j', (values, expected) => {
	const {mean, ...rest} = of(...values) ?? {mean: Number.NaN};
	expect(rest).toEqual((({mean: _mean, ...others}) => others)(expected));
	expect(mean).toBeCloseTo(expected.mean, 9);
});

test('nothing is known of unknown values', () => {
	expect([of(), of(Number.NaN, Number.NaN)]).toEqual([undefined, undefined]);
});

test('are in order, and leave the values as they were', () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.double({min: 0, max: 1e15, noNaN: true}), fc.constant(Number.NaN))),
			all => {
				const values = Float64Array.from(all);
				const known = statisticsOf(values);
				expect([...values]).toEqual(all);
				if (known !== undefined) {
					const {least, mean, p95, most} = known;
					const rounding = most * 1e-9;
					expect(least <= p95 && p95 <= most).toBe(true);
					expect(mean >= least - rounding && mean <= most + rounding).toBe(true);
				}
			},
		),
	);
});
