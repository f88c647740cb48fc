import fc from 'fast-check';
import {expect, test} from 'vitest';
import {statisticsOf} from '../../../source/metrics/rings/statistics.ts';

const of = (...values: readonly number[]) => statisticsOf(Float64Array.from(values));

test.each([
	[[5], {samples: 1, min: 5, mean: 5, p95: 5, max: 5}],
	[[4, Number.NaN, 2], {samples: 2, min: 2, mean: 3, p95: 4, max: 4}],
	[
		Array.from({length: 100}, (_, index) => 100 - index),
		{samples: 100, min: 1, mean: 50.5, p95: 95, max: 100},
	],
])('%j has the statistics %j', (values, expected) => {
	const {mean, ...rest} = of(...values) ?? {mean: Number.NaN};
	expect(rest).toEqual((({mean: _mean, ...others}) => others)(expected));
	expect(mean).toBeCloseTo(expected.mean, 9);
});

test('nothing is known of unknown values', () => {
	expect([of(), of(Number.NaN, Number.NaN)]).toEqual([undefined, undefined]);
});

test('are those of the sorted values, whose order stays as it was', () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.double({min: 0, max: 1e15, noNaN: true}), fc.constant(Number.NaN))),
			all => {
				const values = Float64Array.from(all);
				const statistics = statisticsOf(values);
				expect([...values]).toEqual(all);
				const known = values.filter(value => !Number.isNaN(value)).sort();
				expect(statistics?.samples ?? 0).toBe(known.length);
				if (statistics !== undefined) {
					const {min, mean, p95, max} = statistics;
					expect({min, p95, max}).toEqual({
						min: known[0],
						p95: known[Math.ceil(0.95 * known.length) - 1],
						max: known.at(-1),
					});
					const rounding = max * 1e-9;
					expect(mean >= min - rounding && mean <= max + rounding).toBe(true);
				}
			},
		),
	);
});
