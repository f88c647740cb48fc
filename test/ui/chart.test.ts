import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {drawChart} from '../../source/ui/format/chart.ts';
import {widthOf} from '../../source/ui/format/width.ts';

const plain = (text: string): string => text;
const chart = (
	values: readonly number[],
	size: {width: number; height: number},
	symbols: 'unicode' | 'ascii' = 'unicode',
) =>
	drawChart([{values: Float64Array.from(values), paint: plain}], {
		...size,
		least: 4,
		format: value => value.toFixed(1),
		symbols,
	});

describe('a chart', () => {
	test('runs from 0 to the highest value, labelled', () => {
		expect(chart([0, 2, 4, 4, 4], {width: 16, height: 3})).toEqual([
			'     4.0 ┤ ╭──  ',
			'     2.0 ┤╭╯    ',
			'     0.0 ┤╯     ',
		]);
	});

	test('has gaps where nothing is known', () => {
		const [top, , bottom] = chart([4, 4, Number.NaN, Number.NaN, 4, 4], {width: 18, height: 3});
		expect(top?.slice(10)).toBe('─   ─   ');
		expect(bottom?.slice(10).trim()).toBe('');
	});

	test('of nothing is its axis alone', () => {
		expect(chart([], {width: 14, height: 2})).toEqual(['     4.0 ┤    ', '     0.0 ┤    ']);
	});

	test('is drawn in ASCII where the terminal shows no more', () => {
		expect(chart([0, 4, 0, 4], {width: 20, height: 4}, 'ascii').join('')).toMatch(/^[\x20-\x7E]+$/);
	});

	test('has exactly its size for any values', () => {
		const value = fc.oneof(fc.double({min: 0, max: 1e12, noNaN: true}), fc.constant(Number.NaN));
		fc.assert(
			fc.property(
				fc.array(value, {maxLength: 60}),
				fc.integer({min: 12, max: 60}),
				fc.integer({min: 2, max: 12}),
				(values, width, height) => {
					const lines = chart(values, {width, height});
					expect(lines).toHaveLength(height);
					expect(new Set(lines.map(widthOf))).toEqual(new Set([width]));
				},
			),
		);
	});
});
