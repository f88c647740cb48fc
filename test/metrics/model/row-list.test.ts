import fc from 'fast-check';
import {expect, test} from 'vitest';
import {placeOfRow, sampleOfRows} from '../../../source/metrics/model/row-list.ts';
import {OrderedRows, type RowPlaces} from '../../../source/metrics/view/ordered-rows.ts';
import {slotsAsListed} from '../../../source/metrics/view/slot-list.ts';

/** A table that has the row with an id in a slot. */
function tableOf(slotOf: RowPlaces['slotOf']): RowPlaces {
	return {slotOf, show: () => {}};
}

test('a row is found where it is, whatever place is the likely one', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.nat(20), {minLength: 1}),
			fc.integer({min: -2, max: 20}),
			fc.nat(20),
			(names, likely, wanted) => {
				const rows = names.map(name => ({id: String(name)}));
				const expected = names.indexOf(wanted);
				const slots = Uint32Array.from(rows.keys()).reverse();
				const table = tableOf(id => rows.findIndex(row => row.id === id));
				const reversed = new OrderedRows(slot => rows[slot], slotsAsListed(slots), table);
				for (let again = 0; again < 2; again++) {
					expect(placeOfRow(rows, String(wanted), likely)).toBe(expected);
					expect(placeOfRow(reversed, String(wanted), likely)).toBe(
						expected === -1 ? -1 : rows.length - 1 - expected,
					);
				}
			},
		),
	);
});

test('a row is not taken for another one that has its slot by now', () => {
	const slots = slotsAsListed(Uint32Array.of(0, 1));
	const rows = new OrderedRows(
		slot => [{id: 'a'}, {id: 'b'}][slot],
		slots,
		tableOf(() => 0),
	);
	expect([rows.placeOf('a'), rows.placeOf('c')]).toEqual([0, -1]);
});

test('rows in order are read as an array is', () => {
	const rows = ['a', 'b', 'c', 'd'].map(id => ({id}));
	const ordered = new OrderedRows(
		slot => rows[slot],
		slotsAsListed(Uint32Array.of(2, 0, 3)),
		tableOf(() => -1),
	);
	const ids = ['c', 'a', 'd'];
	expect(ordered).toHaveLength(3);
	expect([...ordered].map(({id}) => id)).toEqual(ids);
	expect(ordered.map(({id}) => id)).toEqual(ids);
	expect(ordered.flatMap(({id}) => [id])).toEqual(ids);
	expect([ordered.at(0)?.id, ordered.at(-1)?.id, ordered.at(3)]).toEqual(['c', 'd', undefined]);
	expect(ordered.slice(1, 2).map(({id}) => id)).toEqual(['a']);
	expect(ordered.filter(({id}) => id > 'b').map(({id}) => id)).toEqual(['c', 'd']);
	expect(ordered.find(({id}) => id < 'b')?.id).toBe('a');
	expect(ordered.findIndex(({id}) => id === 'd')).toBe(2);
	expect(ordered.some(({id}) => id === 'b')).toBe(false);
});

test('some rows of a list are from all over it, and all of a short one', () => {
	fc.assert(
		fc.property(fc.nat(40), fc.integer({min: 1, max: 10}), (length, count) => {
			const rows = Array.from({length}, (_, place) => ({id: String(place)}));
			const slots = slotsAsListed(Uint32Array.from(rows.keys()).reverse());
			for (const list of [
				rows,
				new OrderedRows(
					slot => rows[slot],
					slots,
					tableOf(() => -1),
				),
			]) {
				const some = sampleOfRows<{readonly id: string}>(list, count);
				const places = some.map(({id}) => Number(id)).sort((one, other) => one - other);
				expect(new Set(places).size).toBe(places.length);
				expect(places.length).toBeGreaterThanOrEqual(Math.min(length, count));
				expect(places.length).toBeLessThan(Math.max(2 * count, 2));
				const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
				expect(gaps.every(gap => gap <= Math.max(length / count, 1))).toBe(true);
			}
		}),
	);
});
