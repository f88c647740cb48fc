import fc from 'fast-check';
import {expect, test} from 'vitest';
import {markedFirst} from '../../../source/metrics/view/marked-first.ts';
import {OrderedRows} from '../../../source/metrics/view/ordered-rows.ts';
import {slotsAsListed} from '../../../source/metrics/view/slot-list.ts';
import {SlotsByNumber} from '../../../source/metrics/view/slots-by-number.ts';

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
				const slots = Uint32Array.from(rows.keys());
				const byNumber = new SlotsByNumber({places: slots}, Float64Array.from(slots), false);
				const slotOf = (id: string): number => names.indexOf(Number(id));
				const inOrder = [slotsAsListed(slots), byNumber].map(
					list => new OrderedRows(slot => rows[slot], list, {slotOf, show: () => {}}),
				);
				const others = new Set(names.slice(0, 2).map(String));
				const twice = inOrder.map(list => markedFirst(list, others));
				expect(twice.map(list => markedFirst(list, marked).slice())).toEqual(
					twice.map(() => markedFirst(markedFirst(rows, others), marked)),
				);
				for (const list of [rows, ...inOrder]) {
					const shown = markedFirst(list, marked);
					expect(shown).toHaveLength(rows.length);
					expect(shown.slice()).toEqual(expected);
					expect(shown.slice(start, end)).toEqual(expected.slice(start, end));
					expect(shown.at(start)).toBe(expected.at(start));
					expect(new Set(shown.sample?.(3) ?? expected).size).toBeGreaterThanOrEqual(
						Math.min(3, names.length),
					);
					expect(rows.map(({id}) => shown.placeOf?.(id) ?? -2)).toEqual(
						rows.map(row => (shown.placeOf === undefined ? -2 : expected.indexOf(row))),
					);
					expect(shown.placeOf?.('none') ?? -1).toBe(-1);
				}
			},
		),
	);
});
