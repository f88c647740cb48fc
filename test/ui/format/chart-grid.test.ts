import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {chartGrid} from '../../../source/ui/format/chart-grid.ts';

const FOUR = ['a', 'b', 'c', 'd'];

/** `a79 b80 x12`: the charts of a row with their widths, and its height. */
function shape(
	charts: readonly string[],
	width: number,
	height: number,
	isStacked: boolean,
): readonly string[] {
	return chartGrid(charts, {width, height}, isStacked).map(
		row => `${row.cells.map(cell => cell.chart + cell.width).join(' ')} x${row.height}`,
	);
}

describe('charts', () => {
	test.each([
		['side by side', 160, 12, false, ['a39 b39 c39 d40 x12']],
		['side by side, and those without room on one line each', 80, 8, false, ['a25 b26 c27 x7', 'd80 x1']],
		['stacked on a high page', 70, 40, true, ['a70 x10', 'b70 x10', 'c70 x10', 'd70 x10']],
		['in pairs on a low and wide page', 160, 24, true, ['a79 b80 x12', 'c79 d80 x12']],
		[
			'on one line each if there is no room to draw any',
			60,
			4,
			true,
			['a60 x1', 'b60 x1', 'c60 x1', 'd60 x1'],
		],
		['on shared lines if there are fewer lines than charts', 80, 2, false, ['a40 b40 x1', 'c40 d40 x1']],
		['nowhere if not even their labels fit', 13, 20, true, []],
	])('are %s', (_where, width, height, isStacked, rows) => {
		expect(shape(FOUR, width, height, isStacked)).toEqual(rows);
	});

	test('are all placed, in order, within the given size', () => {
		fc.assert(
			fc.property(
				fc.record({
					count: fc.integer({min: 1, max: 5}),
					width: fc.integer({min: 14, max: 300}),
					height: fc.integer({min: 1, max: 100}),
					isStacked: fc.boolean(),
				}),
				({count, width, height, isStacked}) => {
					const charts = Array.from({length: count}, (_, index) => index);
					const rows = chartGrid(charts, {width, height}, isStacked);
					expect(rows.flatMap(({cells}) => cells.map(({chart}) => chart))).toEqual(charts);
					expect(rows.reduce((sum, row) => sum + row.height, 0)).toBeLessThanOrEqual(height);
					for (const {cells, gap} of rows) {
						const gaps = gap * (cells.length - 1);
						expect(cells.reduce((sum, cell) => sum + cell.width, gaps)).toBeLessThanOrEqual(width);
					}
				},
			),
		);
	});
});
