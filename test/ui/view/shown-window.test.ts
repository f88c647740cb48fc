import {describe, expect, test} from 'vitest';
import {seamCell, shownWindow, shownWindowMs, stepMs} from '../../../source/ui/view/shown-window.ts';
import {START} from '../state/states.ts';

const NOW = 1_800_000_000_000;
const knownFor = (ms: number | undefined) =>
	ms === undefined ? undefined : {oldestMs: NOW - ms, newestMs: NOW};

describe('the window', () => {
	test.each([
		['no time', undefined, 30_000],
		['20 s', 20_000, 30_000],
		['45 s', 45_000, 60_000],
		['100 s', 100_000, 120_000],
		['an hour', 3_600_000, 300_000],
	])('covers samples of %s, at most five minutes', (_what, knownMs, windowMs) => {
		expect(shownWindowMs({windowMs: undefined}, knownFor(knownMs), NOW)).toBe(windowMs);
	});

	test('is the chosen one', () => {
		const window = shownWindow({...START, windowMs: 900_000}, knownFor(60_000), NOW);
		expect([window.windowMs, window.label]).toEqual([900_000, '15m']);
	});

	test('ends at the first whole step after now while live', () => {
		const {windowOf, chartWindowOf} = shownWindow({...START, windowMs: 300_000}, knownFor(60_000), NOW + 1);
		expect(windowOf(30)).toEqual({points: 30, stepMs: 10_000, endMs: NOW + 10_000});
		expect(chartWindowOf(30)).toEqual(windowOf(30));
	});

	test('of a chart continues after the cursor, at most until now', () => {
		const at = (atMs: number) =>
			shownWindow({...START, windowMs: 300_000, cursor: {atMs}}, knownFor(3_600_000), NOW);
		const old = at(NOW - 600_000);
		expect(old.windowOf(300).endMs).toBe(NOW - 600_000);
		expect(old.chartWindowOf(300).endMs).toBe(NOW - 525_000);
		expect(at(NOW - 10_000).chartWindowOf(300).endMs).toBe(NOW);
	});
});

test.each([
	['one interval in a short window', 300_000, 10_000, 10_000],
	['a thirtieth of a long window', 3_600_000, 10_000, 120_000],
])('a step in time is %s', (_what, windowMs, intervalMs, expected) => {
	expect(stepMs(windowMs, intervalMs)).toBe(expected);
});

test.each([
	['is in the middle', 50, 5],
	['is before the window', -10, undefined],
	['is at its start', 0, undefined],
	['is after the window', 110, undefined],
	['does not exist', undefined, undefined],
])('a seam that %s is at cell %s', (_what, seamMs, cell) => {
	expect(seamCell(seamMs, {points: 10, stepMs: 10, endMs: 100})).toBe(cell);
});
