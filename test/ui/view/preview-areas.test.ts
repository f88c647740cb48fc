import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {previewAreas} from '../../../source/ui/view/preview-areas.ts';

describe('the lines of a preview', () => {
	test('are all used where there are charts, and never exceeded', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 5, max: 200}),
				fc.boolean(),
				fc.nat(500),
				fc.nat(50),
				(height, hasCharts, tableRows, problemCount) => {
					const needs = {hasCharts, tableRows, problems: problemCount};
					const {facts, charts, table, problems} = previewAreas(height, needs);
					expect(facts + charts + table + problems).toBe(height);
					expect(Math.min(facts, table, problems)).toBeGreaterThanOrEqual(0);
					expect(problems).toBeLessThanOrEqual(problemCount + 1);
					expect(charts).toBeGreaterThanOrEqual(hasCharts ? 4 : 0);
				},
			),
		);
	});

	test.each([
		['one node at 80x24', 15, true, 30, {facts: 4, charts: 7, table: 4}],
		['this machine without containers', 15, true, 0, {facts: 4, charts: 11, table: 0}],
		['a low one: charts and two facts', 8, true, 30, {facts: 2, charts: 6, table: 0}],
		['the lowest: charts and a fact', 5, true, 30, {facts: 1, charts: 4, table: 0}],
		['nothing measured: facts instead of charts', 15, false, 2, {facts: 12, charts: 0, table: 3}],
	] as const)('of %s', (_what, height, hasCharts, tableRows, areas) => {
		expect(previewAreas(height, {hasCharts, tableRows, problems: 0})).toEqual({...areas, problems: 0});
	});

	test.each([
		['its number and the first', 8, 9, 2],
		['a fifth at most', 40, 30, 8],
		['no more than there are', 40, 1, 2],
		['none where charts need the lines', 6, 9, 0],
	])('have of problems %s', (_what, height, count, lines) => {
		const needs = {hasCharts: true, tableRows: 30, problems: count};
		expect(previewAreas(height, needs).problems).toBe(lines);
	});
});
