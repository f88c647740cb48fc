import fc from 'fast-check';
import {expect, test} from 'vitest';
import {groupBy, groupInSteps} from '../../../source/metrics/view/group-by.ts';

const keyOf = (row: number): string => String(row % 5);

test('rows of a key are a group, in their order', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(99)), rows => {
			const groups = groupBy(rows, keyOf);
			expect([...groups.keys()]).toEqual([...new Set(rows.map(keyOf))]);
			for (const [key, members] of groups) {
				expect(members).toEqual(rows.filter(row => keyOf(row) === key));
			}
		}),
	);
});

test('many rows are put to their groups in steps', () => {
	const rows = Array.from({length: 1000}, (_, index) => index);
	const steps = groupInSteps(rows, keyOf);
	let count = 0;
	for (;;) {
		const {done, value} = steps.next();
		if (done === true) {
			expect(value).toEqual(groupBy(rows, keyOf));
			expect(count).toBeGreaterThan(3);
			return;
		}

		count++;
	}
});
