import fc from 'fast-check';
import {expect, test} from 'vitest';
import {SlotOrder, sortedInSlices} from '../../../source/metrics/view/slot-order.ts';

const byValue = (values: readonly number[]) => (one: number, other: number) =>
	(values[one] ?? 0) - (values[other] ?? 0);

test('a sort that is interrupted is the stable sort of the engine', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(50), {maxLength: 3000, size: 'max'}), values => {
			const slots = Uint32Array.from(values.keys());
			const sorting = sortedInSlices(slots.slice(), byValue(values));
			let step = sorting.next();
			while (step.done !== true) {
				step = sorting.next();
			}

			expect([...step.value]).toEqual([...values.keys()].sort(byValue(values)));
		}),
		{numRuns: 60},
	);
});

test('slots that come and go while others are merged are in order, each once', () => {
	const change = fc.record({
		add: fc.array(fc.nat(20), {maxLength: 20}),
		remove: fc.array(fc.nat(100), {maxLength: 10}),
		turns: fc.nat(3),
	});
	fc.assert(
		fc.property(fc.array(change, {maxLength: 20}), changes => {
			const values: number[] = [];
			const order = new SlotOrder(byValue(values));
			const there = new Set<number>();
			const left = new Set<number>();
			const onMerged = (gone: ReadonlySet<number>): void => {
				for (const slot of gone) {
					left.add(slot);
				}
			};
			const removed = new Set<number>();
			for (const {add, remove, turns} of changes) {
				for (const value of add) {
					const slot = values.push(value) - 1;
					there.add(slot);
					order.add(slot);
				}

				for (const slot of remove) {
					if (there.delete(slot)) {
						removed.add(slot);
						order.remove(slot);
					}
				}

				for (let turn = 0; turn < turns; turn++) {
					order.advance(() => false, onMerged);
				}
			}

			order.advance(() => true, onMerged);
			const {slots} = order;
			expect([...slots].sort((one, other) => one - other)).toEqual([...there]);
			expect([...slots].map(slot => values[slot])).toEqual(
				[...there].map(slot => values[slot] ?? 0).sort((one, other) => one - other),
			);
			expect(left).toEqual(removed);
		}),
	);
});
