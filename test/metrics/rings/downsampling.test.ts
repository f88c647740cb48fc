import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {mostLevels, placesOf, placesOfLevel} from '../../../source/metrics/rings/downsampling.ts';
import {Packing} from '../../../source/metrics/rings/packing.ts';
import {SeriesSlab} from '../../../source/metrics/rings/series-slab.ts';
import {TickRing, valueAt} from '../../../source/metrics/rings/tick-ring.ts';

/** What is lost in 16 bits, at each of the few times that a mean is packed. */
const PRECISION = 1 / 500;

/** A ring and the slab of one series of one object, which lies between two others. */
class Kept {
	readonly ring: TickRing;
	readonly #slab: SeriesSlab;
	readonly #slot: number;

	constructor(capacity: number, levels: number) {
		this.ring = new TickRing(capacity);
		this.#slab = new SeriesSlab([new Packing(1), new Packing(1)], capacity, 1);
		this.#slab.allocate();
		this.#slot = this.#slab.allocate();
		this.#slab.allocate();
		this.arrange(levels);
	}

	push(value: number): void {
		const timeMs = (this.ring.newestMs ?? 0) + 10;
		const position = this.ring.push(timeMs, (from, other, into) => this.#slab.merge(from, other, into));
		this.#slab.write(this.#slot, 1, position, value);
	}

	arrange(levels: number): void {
		this.#slab.arrange(placesOf(this.ring.capacity, levels), this.ring.arrange(levels));
	}

	/** Of each moment, oldest first. */
	values(): readonly number[] {
		return Array.from({length: this.ring.length}, (_, age) =>
			valueAt(this.#slab.column(this.#slot, 1), this.ring.position(age)),
		);
	}

	get byteLength(): number {
		return this.#slab.byteLength;
	}
}

type Group = {readonly samples: number; readonly value: number};

/** The same in plain lists: where one is full, its two oldest go on into the next as one. */
function reference(capacity: number, levels: number, values: readonly number[]): readonly number[] {
	const lists: Group[][] = Array.from({length: levels}, () => []);
	const most = placesOfLevel(capacity, levels);
	const add = (level: number, group: Group): void => {
		const list = lists[level] ?? [];
		if (list.length === most) {
			const [one, two] = list.splice(0, level === levels - 1 ? 1 : 2);
			if (one !== undefined && two !== undefined) {
				add(level + 1, {samples: one.samples + two.samples, value: meanOf([one.value, two.value])});
			}
		}

		list.push(group);
	};
	for (const value of values) {
		add(0, {samples: 1, value});
	}

	return lists
		.reverse()
		.flat()
		.flatMap(({samples, value}) => Array.from({length: samples}, () => value))
		.slice(-capacity);
}

function meanOf(values: readonly number[]): number {
	const known = values.filter(value => !Number.isNaN(value));
	return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function expectAlike(actual: readonly number[], expected: readonly number[]): void {
	expect(actual.length).toBe(expected.length);
	for (const [index, value] of expected.entries()) {
		if (Number.isNaN(value)) {
			expect(actual[index]).toBeNaN();
		} else {
			expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(value * PRECISION);
		}
	}
}

const ring = fc
	.integer({min: 12, max: 200})
	.chain(capacity =>
		fc.record({capacity: fc.constant(capacity), levels: fc.integer({min: 1, max: mostLevels(capacity)})}),
	);
const known = fc.integer({min: 0, max: 4000});
const value = fc.oneof({weight: 4, arbitrary: known}, {weight: 1, arbitrary: fc.constant(Number.NaN)});

describe('a ring with less room than samples', () => {
	test('keeps the newest as they are and older ones as means of two, four and eight', () => {
		const kept = new Kept(15, 2);
		for (let sample = 0; sample < 15; sample++) {
			kept.push(sample);
		}

		expect(kept.values()).toEqual([0.5, 0.5, 2.5, 2.5, 4.5, 4.5, 6.5, 6.5, 8.5, 8.5, 10, 11, 12, 13, 14]);
	});

	test('has unknown only where all samples of a mean are', () => {
		const kept = new Kept(15, 2);
		for (const value of [Number.NaN, Number.NaN, Number.NaN, 4, 6, Number.NaN, ...Array(9).fill(0)]) {
			kept.push(value);
		}

		expect(kept.values().slice(0, 6)).toEqual([Number.NaN, Number.NaN, 4, 4, 6, 6]);
	});

	test('has at each moment what plain lists have that hand on their oldest as means', () => {
		fc.assert(
			fc.property(ring, fc.array(value, {maxLength: 500}), ({capacity, levels}, values) => {
				const kept = new Kept(capacity, levels);
				for (const one of values) {
					kept.push(one);
				}

				expectAlike(kept.values(), reference(capacity, levels, values));
			}),
		);
	});

	test('never lacks a moment of its window', () => {
		fc.assert(
			fc.property(ring, fc.integer({min: 1, max: 700}), ({capacity, levels}, count) => {
				const kept = new Kept(capacity, levels);
				for (let sample = 0; sample < count; sample++) {
					kept.push(7);
				}

				expect(kept.values()).toEqual(Array.from({length: Math.min(count, capacity)}, () => 7));
			}),
		);
	});

	test('takes no more memory than its places, however long it runs', () => {
		fc.assert(
			fc.property(ring, fc.integer({min: 1, max: 700}), ({capacity, levels}, count) => {
				const kept = new Kept(capacity, levels);
				for (let sample = 0; sample < count; sample++) {
					kept.push(sample);
				}

				// Of two series of three objects one has values, and eight moments are the least room.
				expect(kept.byteLength).toBeLessThanOrEqual(3 * 2 * Math.max(placesOf(capacity, levels), 8));
			}),
		);
	});

	test('takes less room on each further level', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 9000}), capacity => {
				const places = Array.from({length: mostLevels(capacity)}, (_, level) =>
					placesOf(capacity, level + 1),
				);
				expect(places).toEqual([...new Set(places)].sort((one, other) => other - one));
			}),
		);
	});
});

describe('a ring that is laid out on other levels while it runs', () => {
	test('has each group as the mean of what its moments had, and goes on from there', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 12, max: 200}),
				fc.array(known, {maxLength: 400}),
				fc.array(known, {maxLength: 400}),
				fc.nat(),
				fc.nat(),
				(capacity, before, after, some, others) => {
					const most = mostLevels(capacity);
					const [levels, next] = [1 + (some % most), 1 + (others % most)];
					const kept = new Kept(capacity, levels);
					for (const one of before) {
						kept.push(one);
					}

					// Moments that the ring no longer had are unknown to the groups of the other layout.
					const had = reference(capacity, levels, before);
					const forgotten = Array.from({length: before.length - had.length}, () => Number.NaN);
					kept.arrange(next);
					for (const one of after) {
						kept.push(one);
					}

					const expected = reference(capacity, next, [...forgotten, ...had, ...after]);
					// But the oldest may be in a group with such, whose mean is that of the others however they are nested.
					const checked = Math.max(capacity - 2 ** (next - 1), 0);
					expectAlike(kept.values().slice(-checked), expected.slice(-checked));
				},
			),
		);
	});

	test('is as it was where it is laid out as before', () => {
		fc.assert(
			fc.property(ring, fc.array(value, {maxLength: 300}), ({capacity, levels}, values) => {
				const kept = new Kept(capacity, levels);
				for (const one of values) {
					kept.push(one);
				}

				const before = kept.values();
				kept.arrange(levels);
				expect(kept.values()).toEqual(before);
			}),
		);
	});
});
