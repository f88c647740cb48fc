import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {JoinedTexts} from '../../../source/metrics/view/joined-texts.ts';

/** Enough texts for some chunks of 2,048, of few letters, some of which become two in lower case. */
const texts = fc
	.record({
		some: fc.array(
			fc.string({unit: fc.constantFrom('a', 'b', 'B', '-', 'İ', 'Σ', '\n', '日'), maxLength: 5}),
			{
				minLength: 1,
				maxLength: 12,
			},
		),
		count: fc.oneof(fc.nat(20), fc.integer({min: 2000, max: 5000})),
	})
	.map(({some, count}) => Array.from({length: count}, (_, place) => some[(place * 7) % some.length] ?? ''));

const words = fc.array(
	fc.string({unit: fc.constantFrom('a', 'b', '-', 'σ', 'i', '日'), minLength: 1, maxLength: 3}),
	{minLength: 1, maxLength: 3},
);

describe('texts that are joined', () => {
	test('have a word where each of them has it, also those that are added later', () => {
		fc.assert(
			fc.property(fc.array(texts, {minLength: 1, maxLength: 3}), words, (batches, wanted) => {
				const all: string[] = [];
				const joined = new JoinedTexts(all);
				for (const batch of batches) {
					all.push(...batch);
					while (!joined.advance(() => false)) {}
					const found = new Uint8Array(all.length).fill(7);
					for (let next = 0; next < all.length; ) {
						[next] = joined.search(next, wanted, found);
					}

					const expected = all.map(text => Number(wanted.some(word => text.toLowerCase().includes(word))));
					expect([...found]).toEqual(expected);
				}
			}),
			{numRuns: 60},
		);
	});
});
