import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {NOT_LISTED, SlotsByNumber, SortRoom} from '../../../source/metrics/view/slots-by-number.ts';

/** Numbers of some thousand slots: spread out, close together, few, equal, or unknown. */
const numbers = fc
	.record({
		kinds: fc.array(
			fc.record({
				count: fc.oneof(fc.nat(40), fc.integer({min: 4000, max: 9000})),
				base: fc.constantFrom(0, -0, 1, -1, 3e9, 1e-300, Number.POSITIVE_INFINITY, Number.NaN),
				width: fc.constantFrom(0, 1, 1e-9, 1e12),
				seed: fc.integer({min: 1, max: 2 ** 31 - 1}),
			}),
			{minLength: 1, maxLength: 4},
		),
		single: fc.array(fc.double(), {maxLength: 3}),
	})
	.map(({kinds, single}) => [
		...kinds.flatMap(({count, base, width, seed}) => {
			let state = seed;
			return Array.from({length: count}, () => {
				state = (state * 48_271) % (2 ** 31 - 1);
				return base + width * (state / 2 ** 31 - 0.3);
			});
		}),
		...single,
	]);

/** By comparing each with others. */
function compared(slots: Uint32Array, values: readonly number[], isDescending: boolean): Uint32Array {
	const places = new Map([...slots].map((slot, place) => [slot, place]));
	return slots.slice().sort((a, b) => {
		const [one, other] = [values[a] ?? Number.NaN, values[b] ?? Number.NaN];
		const byPlace = (places.get(a) ?? 0) - (places.get(b) ?? 0);
		if (Number.isNaN(one) || Number.isNaN(other)) {
			return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || byPlace;
		}

		return one === other ? byPlace : one < other === isDescending ? 1 : -1;
	});
}

describe('slots in the order of their numbers', () => {
	const room = new SortRoom();

	test('are at each place those of a full sort, in whatever order places are looked at', () => {
		fc.assert(
			fc.property(
				numbers,
				fc.boolean(),
				fc.constantFrom(undefined, 'most', 'few', 'first'),
				fc.array(fc.tuple(fc.constantFrom('at', 'slice', 'placeOf'), fc.nat(40_000), fc.nat(90)), {
					minLength: 1,
					maxLength: 12,
				}),
				(values, isDescending, filter, looks) => {
					// Not all slots, and in an order of their own.
					const slots = Uint32Array.from(values.keys())
						.filter(slot => slot % 7 !== 3)
						.sort((one, other) => ((one * 7919) % 10_007) - ((other * 7919) % 10_007));
					const isIn = (slot: number): boolean =>
						filter === 'few'
							? slot % 50 === 1
							: filter === 'first'
								? slot < values.length / 2
								: slot % 5 !== 2;
					const isFiltered = filter !== undefined;
					const wanted = isFiltered ? slots.filter(isIn) : slots;
					const expected = compared(wanted, values, isDescending);
					const places = new Uint32Array(values.length).fill(NOT_LISTED);
					for (const [place, slot] of slots.entries()) {
						places[slot] = place;
					}

					const passes = Uint8Array.from(values.keys(), slot => Number(isIn(slot)));
					const listed = {places, ...(isFiltered && {passes})};
					const list = new SlotsByNumber(listed, Float64Array.from(values), isDescending, room);
					expect(list.length).toBe(expected.length);
					for (const [how, where, count] of looks) {
						const place = where % (expected.length + 1);
						const slot = expected[place] ?? 3;
						switch (how) {
							case 'at':
								expect(list.at(place)).toBe(expected[place]);
								expect(list.at(-place - 1)).toBe(expected.at(-place - 1));
								break;
							case 'slice':
								expect(list.slice(place, place + count)).toEqual(expected.slice(place, place + count));
								break;
							default:
								expect(list.placeOf(slot)).toBe(expected.indexOf(slot));
						}
					}

					expect(list.sample(50)).toSatisfy(
						(some: Uint32Array) =>
							some.length >= Math.min(50, expected.length) &&
							new Set(some).size === some.length &&
							some.every(slot => expected.includes(slot)),
					);
					expect(list.slice(-9)).toEqual(expected.slice(-9));
					expect(list.slice()).toEqual(expected);
				},
			),
			{numRuns: 30},
		);
	});

	test('of which there are none are none', () => {
		const list = new SlotsByNumber({places: new Uint32Array()}, new Float64Array(), false);
		expect([list.at(0), list.at(-1), list.placeOf(0), list.slice().length]).toEqual([
			undefined,
			undefined,
			-1,
			0,
		]);
	});
});
