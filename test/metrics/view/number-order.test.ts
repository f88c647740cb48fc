import fc from 'fast-check';
import {expect, test} from 'vitest';
import {orderOfNumbers} from '../../../source/metrics/view/number-order.ts';

test('numbers are put in order as by comparing them, equal ones as they stood', () => {
	const numbers = fc.array(
		fc.oneof(
			fc.double({noNaN: true}),
			fc.integer({min: -3, max: 3}),
			fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, 2 ** 53),
		),
		{size: 'large'},
	);
	fc.assert(
		fc.property(numbers, values => {
			const compared = values
				.map((_, place) => place)
				.sort((a, b) => {
					const [one, other] = [values[a] ?? 0, values[b] ?? 0];
					return one < other ? -1 : one > other ? 1 : a - b;
				});
			expect([...orderOfNumbers(Float64Array.from(values))]).toEqual(compared);
		}),
	);
});
