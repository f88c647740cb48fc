import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {drawChart} from '../../source/ui/format/chart.ts';
import {widthOf} from '../../source/ui/format/width.ts';

const plain = (text: string): string => text;
const chart = (
	values: readonly number[],
	size: {width: number; height: number},
	tier: 'lines' | 'braille' | 'ascii' = 'lines',
) =>
	drawChart([{values: Float64Array.from(values), paint: plain}], {
		...size,
		least: 4,
		format: value => value.toFixed(1),
		unit: 'cores',
		tier,
	});

describe('a chart', () => {
	test('runs from 0 to the round number above the highest value', () => {
		expect(chart([0, 2, 4, 4, 4], {width: 16, height: 3})).toEqual([
			'     5.0 ┤ ╭──  ',
			'         │╭╯    ',
			'     0.0 ┤╯     ',
		]);
	});

	test('has gaps where nothing is known', () => {
		const [top, , bottom] = chart([4, 4, Number.NaN, Number.NaN, 4, 4], {width: 18, height: 3});
		expect(top?.slice(10)).toBe('─   ─   ');
		expect(bottom?.slice(10).trim()).toBe('');
	});

	test('of nothing is its axis alone', () => {
		expect(chart([], {width: 14, height: 2})).toEqual(['     5.0 ┤    ', '     0.0 ┤    ']);
	});

	test('is drawn in ASCII where the terminal shows no more', () => {
		expect(chart([0, 4, 0, 4], {width: 20, height: 4}, 'ascii').join('')).toMatch(/^[\x20-\x7E]+$/);
	});

	test('has a line for a limit that is near, with its name where there is room', () => {
		const lines = drawChart([{values: Float64Array.from([1, 2, 1, 1]), paint: plain}], {
			width: 34,
			height: 7,
			least: 1,
			unit: 'cores',
			format: value => value.toFixed(1),
			tier: 'lines',
			lines: [{value: 4, label: 'lim 4.0', paint: plain}],
		});
		expect(lines[0]).toBe('     4.0 ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ lim 4.0');
	});

	test('does not reach up to a limit that is far above', () => {
		const lines = drawChart([{values: Float64Array.from([1, 2, 1, 1]), paint: plain}], {
			width: 34,
			height: 7,
			least: 1,
			unit: 'cores',
			format: value => value.toFixed(1),
			tier: 'lines',
			lines: [{value: 40, label: 'lim 40.0', paint: plain}],
		});
		expect(lines.join('')).not.toContain('lim');
		expect(lines[0]).toMatch(/^ +2\.0 ┤/);
	});

	test('in braille has two values a cell', () => {
		const values = Float64Array.from([0, 4, 4, 4, Number.NaN, Number.NaN, 4, 4]);
		const [top, bottom] = drawChart([{values, paint: plain}], {
			width: 14,
			height: 2,
			least: 5,
			unit: 'cores',
			format: value => value.toFixed(1),
			tier: 'braille',
		});
		expect([top?.slice(10), bottom?.slice(10)]).toEqual(['⢰⠒ ⠒', '⡎   ']);
	});

	test('has exactly its size for any values', () => {
		const value = fc.oneof(fc.double({min: 0, max: 1e12, noNaN: true}), fc.constant(Number.NaN));
		fc.assert(
			fc.property(
				fc.array(value, {maxLength: 60}),
				fc.integer({min: 12, max: 60}),
				fc.integer({min: 2, max: 12}),
				fc.constantFrom('lines' as const, 'braille' as const, 'ascii' as const),
				(values, width, height, tier) => {
					const lines = chart(values, {width, height}, tier);
					expect(lines).toHaveLength(height);
					expect(new Set(lines.map(widthOf))).toEqual(new Set([width]));
				},
			),
		);
	});
});
