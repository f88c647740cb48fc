import {describe, expect, test} from 'vitest';
import {SumHistories} from '../../../source/metrics/store/sum-histories.ts';
import type {Steps} from '../../../source/metrics/view/in-turns.ts';

const WINDOW = {points: 2, stepMs: 10, endMs: 100};
const MANY = 1200;

function* pastOf(value: number, steps = 2): Steps<Float64Array> {
	for (let step = 0; step < steps; step++) {
		yield;
	}

	return Float64Array.of(value, value);
}

describe('the pasts of sums', () => {
	test('are there at once as long as there are few', () => {
		const histories = new SumHistories();
		for (let row = 0; row < 10; row++) {
			expect([...histories.of(`row-${row}`, WINDOW, 1, 200, () => pastOf(row))]).toEqual([row, row]);
		}

		expect(histories.advance(() => true)).toBe(true);
	});

	test('of which there are too many for a frame are those of before until they are summed in turns', () => {
		const histories = new SumHistories();
		const shown = (version: number, value: number): readonly number[] => {
			histories.of('first', WINDOW, version, MANY, () => pastOf(0));
			return [...histories.of('second', WINDOW, version, MANY, () => pastOf(value))];
		};
		const turns = (): number => {
			let count = 0;
			while (!histories.advance(() => false)) {
				count++;
			}

			return count;
		};
		expect(shown(1, 5)).toEqual([Number.NaN, Number.NaN]);
		expect(turns()).toBe(3);
		expect(shown(1, 5)).toEqual([5, 5]);
		expect(turns()).toBe(0);
		expect(shown(2, 6)).toEqual([5, 5]);
		expect(turns()).toBe(3);
		expect(shown(2, 6)).toEqual([6, 6]);
	});
});
