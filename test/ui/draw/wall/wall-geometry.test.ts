import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {TILE_GAP, tileAt, tileBelow, wallGeometry} from '../../../../source/ui/draw/wall/wall-geometry.ts';

describe('a wall', () => {
	test.each([
		[1, 80, 16, {columns: 1, tileWidth: 80, tileHeight: 16}],
		[12, 80, 16, {columns: 3, tileWidth: 26, tileHeight: 4, lines: 4, linesThatFit: 4}],
		[12, 200, 52, {columns: 4, tileWidth: 49, tileHeight: 16, lines: 3}],
		[247, 200, 52, {columns: 8, tileWidth: 24, tileHeight: 4, lines: 31, linesThatFit: 13}],
		[5000, 400, 110, {columns: 16, tileHeight: 4, linesThatFit: 27}],
		[0, 80, 16, {count: 0, lines: 0}],
		[3, 40, 1, {columns: 1, tileHeight: 1, linesThatFit: 1}],
	])('of %i rows in %ix%i is %j', (count, width, height, expected) => {
		expect(wallGeometry(count, {width, height})).toMatchObject(expected);
	});

	const sizes = fc.record({
		count: fc.integer({min: 1, max: 400}),
		width: fc.integer({min: 1, max: 400}),
		height: fc.integer({min: 1, max: 120}),
	});

	test('fits into its width and height at any size', () => {
		fc.assert(
			fc.property(sizes, ({count, width, height}) => {
				const {columns, tileWidth, tileHeight, lines, linesThatFit} = wallGeometry(count, {width, height});
				expect(columns * (tileWidth + TILE_GAP) - TILE_GAP).toBeLessThanOrEqual(width);
				expect(linesThatFit * tileHeight).toBeLessThanOrEqual(height);
				expect(lines * columns).toBeGreaterThanOrEqual(count);
			}),
		);
	});

	test('has below each tile one in the same column, or the last one', () => {
		fc.assert(
			fc.property(sizes, fc.nat(399), fc.integer({min: -5, max: 5}), ({count, ...size}, at, by) => {
				const geometry = wallGeometry(count, size);
				const index = Math.min(at, count - 1);
				const below = tileBelow(geometry, index, by);
				expect(below >= 0 && below < count).toBe(true);
				expect(below === count - 1 || below % geometry.columns === index % geometry.columns).toBe(true);
			}),
		);
	});

	test('has under a click the tile that is drawn there, and none in an empty place', () => {
		const geometry = wallGeometry(12, {width: 80, height: 16});
		expect([tileAt(geometry, 0, 0, 0), tileAt(geometry, 0, 5, 30), tileAt(geometry, 1, 3, 79)]).toEqual([
			0, 4, 5,
		]);
		expect(tileAt(wallGeometry(4, {width: 80, height: 16}), 0, 15, 79)).toBeDefined();
		expect(tileAt(geometry, 0, 16, 0)).toBeUndefined();
		expect(tileAt(geometry, 0, -1, 0)).toBeUndefined();
	});
});
