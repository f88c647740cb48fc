import {expect, test} from 'vitest';
import {isRecent} from '../../../source/metrics/model/recent.ts';

test.each([
	[1000, 1000, true],
	[1000, 1499, true],
	[1000, 1500, false],
	[1000, 501, true],
	[1000, 500, false],
	[Number.NEGATIVE_INFINITY, 0, false],
])('of half a second, %d is recent at %d: %s', (atMs, nowMs, expected) => {
	expect(isRecent(atMs, nowMs, 500)).toBe(expected);
});

test('nothing is recent within no time', () => {
	expect(isRecent(1000, 1000, 0)).toBe(false);
});
