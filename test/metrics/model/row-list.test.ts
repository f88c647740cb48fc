import fc from 'fast-check';
import {expect, test} from 'vitest';
import {placeOfRow} from '../../../source/metrics/model/row-list.ts';
import {OrderedRows} from '../../../source/metrics/view/ordered-rows.ts';
import {slotsAsListed} from '../../../source/metrics/view/slot-list.ts';

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
				const reversed = new OrderedRows(rows, slotsAsListed(slots), () => likely);
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

test('rows in order are read as an array is', () => {
	const rows = ['a', 'b', 'c', 'd'].map(id => ({id}));
	const ordered = new OrderedRows(rows, slotsAsListed(Uint32Array.of(2, 0, 3)), () => -1);
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
