import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findScroll, scrolled} from '../../../source/ui/terminal/scroll.ts';

const rows = (text: string): readonly string[] => [...text];

describe('a scroll', () => {
	test.each([
		['by one row up', 'hABCDEFGf', 'hBCDEFGHf', {top: 1, bottom: 7, by: 1}],
		['by one row down', 'hBCDEFGHf', 'hABCDEFGf', {top: 1, bottom: 7, by: -1}],
		['by three rows', 'hABCDEFGHIJf', 'hDEFGHIJKLMf', {top: 1, bottom: 10, by: 3}],
		['past a row that changed', 'hABCDEFGH!f', 'hBCDEFGHi?f', {top: 1, bottom: 8, by: 1}],
	] as const)('%s is found', (_what, before, after, scroll) => {
		expect(findScroll(rows(before), rows(after))).toEqual(scroll);
	});

	test.each([
		['nothing changed', 'hABCDEFGf', 'hABCDEFGf'],
		['all is new', 'hABCDEFGf', 'hTUVWXYZf'],
		['a few lines moved', 'hABCf', 'hBCDf'],
		['lines are all the same', 'h       f', 'h       g'],
		['nothing was there', '', 'hABCDEFGf'],
	])('is not found if %s', (_what, before, after) => {
		expect(findScroll(rows(before), rows(after))).toBeUndefined();
	});

	test('moves lines to their new position', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', ' '), {minLength: 6, maxLength: 30}),
				fc.integer({min: -3, max: 3}),
				(lines, by) => {
					const after = lines.map((_, row) => lines[row + by] ?? 'new');
					const scroll = findScroll(lines, after);
					const moved = scroll === undefined ? lines : scrolled(lines, scroll);
					const wrong = (shown: readonly string[]) => shown.filter((line, row) => line !== after[row]).length;
					expect(wrong(moved)).toBeLessThanOrEqual(wrong(lines));
				},
			),
		);
	});
});
