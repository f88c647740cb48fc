import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {SeriesSlab} from '../../../source/metrics/rings/series-slab.ts';

describe('a slab of series', () => {
	test('holds nothing until an object needs it', () => {
		expect(new SeriesSlab(5, 90).byteLength).toBe(0);
	});

	test('takes a page of eight slots for the first object', () => {
		const slab = new SeriesSlab(5, 90);
		slab.allocate();
		expect(slab.byteLength).toBe(8 * 5 * 90 * 4);
	});

	test('gives a new object a slot in which all is unknown, though another used it before', () => {
		const slab = new SeriesSlab(1, 2, 1);
		const slot = slab.allocate();
		slab.write(slot, 0, 1, 7);
		slab.release(slot);
		const again = slab.allocate();
		expect(again).toBe(slot);
		expect(slab.read(again, 0, 1)).toBeNaN();
	});

	test('keeps unknown apart from zero', () => {
		const slab = new SeriesSlab(1, 2);
		const slot = slab.allocate();
		slab.write(slot, 0, 0, 0);
		slab.write(slot, 0, 1, undefined);
		expect([slab.read(slot, 0, 0), slab.read(slot, 0, 1)]).toEqual([0, Number.NaN]);
	});

	test('answers like a plain map, and grows by no more than what lives at once needs', () => {
		const step = fc.record({
			action: fc.constantFrom('allocate', 'release', 'write'),
			pick: fc.nat(),
			column: fc.nat({max: 2}),
			position: fc.nat({max: 3}),
			value: fc.integer({min: -1000, max: 1000}),
		});
		fc.assert(
			fc.property(fc.array(step, {maxLength: 200}), steps => {
				const slab = new SeriesSlab(3, 4);
				const model = new Map<number, Map<string, number>>();
				let most = 0;
				for (const {action, pick, column, position, value} of steps) {
					const slots = [...model.keys()];
					const slot = slots[pick % Math.max(slots.length, 1)];
					if (action === 'allocate') {
						const fresh = slab.allocate();
						expect(model.has(fresh)).toBe(false);
						model.set(fresh, new Map());
						most = Math.max(most, model.size);
					} else if (action === 'release' && slot !== undefined) {
						slab.release(slot);
						model.delete(slot);
					} else if (slot !== undefined) {
						slab.write(slot, column, position, value);
						model.get(slot)?.set(`${column}/${position}`, value);
					}
				}

				for (const [slot, values] of model) {
					for (let column = 0; column < 3; column++) {
						for (let position = 0; position < 4; position++) {
							expect(slab.read(slot, column, position)).toBe(
								values.get(`${column}/${position}`) ?? Number.NaN,
							);
						}
					}
				}

				expect(slab.byteLength).toBe(Math.ceil(most / 8) * 8 * 3 * 4 * 4);
			}),
		);
	});
});
