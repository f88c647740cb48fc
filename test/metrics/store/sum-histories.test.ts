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
			expect([...histories.of(`row-${row}`, WINDOW, '1', 200, () => pastOf(row))]).toEqual([row, row]);
		}

		expect(histories.advance(() => true)).toBe(true);
	});

	test('are summed again only when something changed', () => {
		const histories = new SumHistories();
		let begun = 0;
		const shown = (version: number): readonly number[] => [
			...histories.of('row', WINDOW, `${version}`, 100, () => pastOf(++begun)),
		];
		expect([shown(1), shown(1), shown(2), shown(2)]).toEqual([
			[1, 1],
			[1, 1],
			[2, 2],
			[2, 2],
		]);
		expect([...histories.of('row', {...WINDOW, endMs: 110}, '2', 100, () => pastOf(9))]).toEqual([9, 9]);
	});

	test('are not replaced by those that were asked for before', () => {
		const histories = new SumHistories();
		const shown = (version: number, count: number): readonly number[] => [
			...histories.of('row', WINDOW, `${version}`, count, () => pastOf(version)),
		];
		expect(shown(1, 10_000)).toEqual([Number.NaN, Number.NaN]);
		expect(shown(2, 10)).toEqual([2, 2]);
		expect(histories.advance(() => true)).toBe(true);
		expect(shown(2, 10)).toEqual([2, 2]);
	});

	test('of which there are too many for a frame are those of before until they are summed in turns', () => {
		const histories = new SumHistories();
		const shown = (version: number, value: number): readonly number[] => {
			histories.of('first', WINDOW, `${version}`, MANY, () => pastOf(0));
			return [...histories.of('second', WINDOW, `${version}`, MANY, () => pastOf(value))];
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
