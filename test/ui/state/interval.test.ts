import {expect, test} from 'vitest';
import {nextInterval} from '../../../source/ui/state/interval.ts';

test.each([
	[10_000, 1, 15_000],
	[10_000, -1, 5000],
	[7000, 1, 10_000],
	[7000, -1, 5000],
	[120_000, 1, 120_000],
	[500, -1, 500],
])('the interval after %d in direction %d is %d', (intervalMs, by, expected) => {
	expect(nextInterval(intervalMs, by)).toBe(expected);
});
