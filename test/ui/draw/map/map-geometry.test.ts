import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	cellAt,
	cellBelow,
	lineOfCell,
	type MapNeeds,
	mapGeometry,
} from '../../../../source/ui/draw/map/map-geometry.ts';

const needs = (known: Partial<MapNeeds> = {}): MapNeeds => ({
	counts: [4, 4, 4],
	labelWidth: 6,
	namedWidth: 20,
	isShare: true,
	width: 80,
	height: 18,
	...known,
});

describe('a map', () => {
	test.each([
		['names and values of a few', {}, 'named'],
		['percent of some hundred', {counts: [200]}, 'percent'],
		['marks of more', {counts: [500]}, 'spaced'],
		['marks of what are no shares', {counts: [200], isShare: false}, 'spaced'],
		['marks without blanks of most', {counts: [1200]}, 'dense'],
	] as const)('shows %s', (_what, known, form) => {
		expect(mapGeometry(needs(known)).form).toBe(form);
	});

	test('shows 5,000 nodes of three zones on one screen of 200x60', () => {
		const {lines} = mapGeometry(needs({counts: [1667, 1667, 1666], width: 200, height: 53}));
		expect(lines.length).toBeLessThanOrEqual(53);
	});

	test('has a blank line between groups where there is room', () => {
		const counts = (height: number) => mapGeometry(needs({height})).lines.map(({count}) => count);
		expect(counts(18)).toEqual([3, 1, 0, 3, 1, 0, 3, 1]);
		expect(counts(6)).toEqual([3, 1, 3, 1, 3, 1]);
	});

	test('has every cell once, no line wider than the screen, and finds each cell where it is', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({min: 1, max: 90}), {minLength: 1, maxLength: 9}),
				fc.integer({min: 16, max: 220}),
				fc.integer({min: 1, max: 60}),
				fc.boolean(),
				(counts, width, height, isShare) => {
					const geometry = mapGeometry(needs({counts, width, height, isShare}));
					const {lines, gutter, cellWidth} = geometry;
					const cells = lines.flatMap(({start, count}) =>
						Array.from({length: count}, (_, index) => start + index),
					);
					const total = counts.reduce((sum, count) => sum + count, 0);
					expect(cells).toEqual(Array.from({length: total}, (_, index) => index));
					expect(lines.every(({count}) => gutter + count * cellWidth <= width)).toBe(true);
					for (const [line, {start, count}] of lines.entries()) {
						for (let place = 0; place < count; place++) {
							expect(cellAt(geometry, line, gutter + place * cellWidth)).toBe(start + place);
							expect(lineOfCell(geometry, start + place)).toBe(line);
						}
					}
				},
			),
			{numRuns: 60},
		);
	});

	test('has no cell in its gutter, after the last of a line, and on other lines', () => {
		const geometry = mapGeometry(needs());
		expect([0, 11, 12, 31, 32, 71, 72].map(column => cellAt(geometry, 0, column))).toEqual([
			undefined,
			undefined,
			0,
			0,
			1,
			2,
			undefined,
		]);
		expect([cellAt(geometry, 2, 12), cellAt(geometry, 99, 12)]).toEqual([undefined, undefined]);
	});

	test('has a cell below another in the same column, or the last of its line', () => {
		const geometry = mapGeometry(needs());
		expect([0, 1, 3, 4].map(index => cellBelow(geometry, index, 1))).toEqual([3, 3, 4, 7]);
		expect([4, 11].map(index => cellBelow(geometry, index, -1))).toEqual([3, 8]);
		expect([cellBelow(geometry, 1, -9), cellBelow(geometry, 1, 99)]).toEqual([1, 11]);
		expect(cellBelow(mapGeometry(needs({counts: [0]})), 0, 1)).toBe(0);
	});
});
