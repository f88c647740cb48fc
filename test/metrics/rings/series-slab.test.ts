import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Packing} from '../../../source/metrics/rings/packing.ts';
import {SeriesSlab} from '../../../source/metrics/rings/series-slab.ts';
import {valueAt} from '../../../source/metrics/rings/tick-ring.ts';

/** Whole numbers up to 4095 are exact. */
function columns(count: number): readonly Packing[] {
	return Array.from({length: count}, () => new Packing(1));
}

describe('a slab of series', () => {
	test('holds nothing until an object needs it', () => {
		expect(new SeriesSlab(columns(5), 90, 8).byteLength).toBe(0);
	});

	test('takes memory for a series with its first value: of eight objects and eight moments', () => {
		const slab = new SeriesSlab(columns(5), 90, 8);
		const slot = slab.allocate();
		slab.write(slot, 2, 0, undefined);
		expect(slab.byteLength).toBe(0);
		slab.write(slot, 2, 0, 1);
		expect(slab.byteLength).toBe(8 * 8 * 2);
	});

	test('doubles the room for moments as they come, up to the capacity', () => {
		const slab = new SeriesSlab(columns(1), 20, 1);
		const slot = slab.allocate();
		const bytes = Array.from({length: 20}, (_, position) => {
			slab.write(slot, 0, position, position);
			return slab.byteLength / 2;
		});
		expect([...new Set(bytes)]).toEqual([8, 16, 20]);
		expect(Array.from({length: 20}, (_, position) => valueAt(slab.column(slot, 0), position))).toEqual(
			Array.from({length: 20}, (_, position) => position),
		);
	});

	test('knows nothing of moments after its room, which another object would have written to', () => {
		const slab = new SeriesSlab(columns(1), 90, 2);
		const [first, second] = [slab.allocate(), slab.allocate()];
		slab.write(second, 0, 0, 7);
		slab.write(first, 0, 8, undefined);
		expect(valueAt(slab.column(first, 0), 8)).toBeNaN();
		expect(valueAt(slab.column(second, 0), 0)).toBe(7);
	});

	test('gives a new object a slot in which all is unknown, though another used it before', () => {
		const slab = new SeriesSlab(columns(1), 2, 1);
		const slot = slab.allocate();
		slab.write(slot, 0, 1, 7);
		slab.release(slot);
		const again = slab.allocate();
		expect(again).toBe(slot);
		expect(valueAt(slab.column(again, 0), 1)).toBeNaN();
	});

	test('knows nothing of an object that has no slot any more, whatever series others have', () => {
		const slab = new SeriesSlab(columns(2), 2, 1);
		const slot = slab.allocate();
		for (const column of [0, 1]) {
			slab.write(slot, column, 0, 7);
			expect(valueAt(slab.column(-1, column), 0)).toBeNaN();
			expect(slab.valueAt(-1, column, 0)).toBeNaN();
		}
	});

	test('keeps unknown apart from zero', () => {
		const slab = new SeriesSlab(columns(1), 2, 8);
		const slot = slab.allocate();
		slab.write(slot, 0, 0, 0);
		slab.write(slot, 0, 1, undefined);
		expect([valueAt(slab.column(slot, 0), 0), valueAt(slab.column(slot, 0), 1)]).toEqual([0, Number.NaN]);
	});

	test('answers like a plain map, and grows by no more than what lives at once needs', () => {
		const step = fc.record({
			action: fc.constantFrom('allocate', 'release', 'write'),
			pick: fc.nat(),
			column: fc.nat({max: 2}),
			position: fc.nat({max: 29}),
			value: fc.integer({min: 0, max: 4095}),
		});
		fc.assert(
			fc.property(fc.array(step, {maxLength: 200}), steps => {
				const slab = new SeriesSlab(columns(3), 30, 8);
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
						for (let position = 0; position < 30; position++) {
							expect(valueAt(slab.column(slot, column), position)).toBe(
								values.get(`${column}/${position}`) ?? Number.NaN,
							);
						}
					}
				}

				expect(slab.byteLength).toBeLessThanOrEqual(Math.ceil(most / 8) * 8 * 3 * 30 * 2);
			}),
		);
	});
});
