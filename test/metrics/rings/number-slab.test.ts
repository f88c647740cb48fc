import fc from 'fast-check';
import {expect, test} from 'vitest';
import {NumberSlab} from '../../../source/metrics/rings/number-slab.ts';

test('arrays of any lengths are unknown throughout, and what is written to one is in no other', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(12)), lengths => {
			const slab = new NumberSlab(10);
			const taken = lengths.map((length, index) => {
				const numbers = slab.take(length);
				expect([...numbers]).toEqual(Array.from({length}, () => Number.NaN));
				return numbers.fill(index);
			});
			expect(taken.map(numbers => [...numbers])).toEqual(
				lengths.map((length, index) => Array.from({length}, () => index)),
			);
		}),
	);
});

test('short arrays share their memory', () => {
	const slab = new NumberSlab(100);
	expect(slab.take(40).buffer).toBe(slab.take(40).buffer);
	expect(slab.take(200).length).toBe(200);
});
