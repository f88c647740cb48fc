import fc from 'fast-check';
import {expect, test} from 'vitest';
import {markedFirst} from '../../../source/metrics/view/marked-first.ts';
import {OrderedRows} from '../../../source/metrics/view/ordered-rows.ts';
import {slotsAsListed} from '../../../source/metrics/view/slot-list.ts';

test('marked rows come first, and all others as they stand, in a list that is put together while it is asked for', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.nat(30), {maxLength: 20}),
			fc.uniqueArray(fc.nat(30), {maxLength: 6}),
			fc.integer({min: -8, max: 24}),
			fc.integer({min: -8, max: 24}),
			(names, marks, start, end) => {
				const rows = names.map(name => ({id: String(name)}));
				const marked = new Set(marks.map(String));
				const expected = [
					...rows.filter(({id}) => marked.has(id)),
					...rows.filter(({id}) => !marked.has(id)),
				];
				const slots = slotsAsListed(Uint32Array.from(rows.keys()));
				const slotOf = (id: string): number => names.indexOf(Number(id));
				for (const list of [rows, new OrderedRows(rows, slots, {slotOf, show: () => {}})]) {
					const shown = markedFirst(list, marked);
					expect(shown).toHaveLength(rows.length);
					expect(shown.slice()).toEqual(expected);
					expect(shown.slice(start, end)).toEqual(expected.slice(start, end));
					expect(shown.at(start)).toBe(expected.at(start));
					expect(rows.map(({id}) => shown.placeOf?.(id) ?? -2)).toEqual(
						rows.map(row => (shown.placeOf === undefined ? -2 : expected.indexOf(row))),
					);
					expect(shown.placeOf?.('none') ?? -1).toBe(-1);
				}
			},
		),
	);
});
