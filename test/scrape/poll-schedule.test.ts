import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {backOffMs, nextDueMs, secondReadDelayMs, startDelayMs} from '../../source/scrape/poll-schedule.ts';

const chance = fc.double({min: 0, max: 1, noNaN: true});

describe('the schedule', () => {
	test('lets a single node wait for nothing', () => {
		expect(startDelayMs(1, 0.99)).toBe(0);
	});

	test('spreads the starts by 8 ms a node', () => {
		expect([startDelayMs(100, 0), startDelayMs(100, 0.5), startDelayMs(100, 1)]).toEqual([0, 400, 800]);
	});

	test('spreads 5,000 nodes over 4 s and no more', () => {
		expect(startDelayMs(5000, 1)).toBe(4000);
	});

	test('reads a second time after a quarter of what the source needs', () => {
		expect([
			secondReadDelayMs(10_000, 10_000),
			secondReadDelayMs(2000, 2000),
			secondReadDelayMs(1000, 10_000),
		]).toEqual([2500, 500, 250]);
	});

	test('is on the beat when a read was in time', () => {
		expect(nextDueMs(1000, 1500, {intervalMs: 10_000, targetCount: 1}, 0)).toBe(11_000);
	});

	test('stretches the interval, and makes up for nothing, when a read took longer than it', () => {
		expect(nextDueMs(1000, 26_000, {intervalMs: 10_000, targetCount: 1}, 0)).toBe(26_000);
	});

	test('lets nodes that were read soon after each other be read together from then on', () => {
		const next = (dueMs: number) => nextDueMs(dueMs, dueMs, {intervalMs: 10_000, targetCount: 100}, 0.9);
		expect([next(1010), next(1200), next(1490)]).toEqual([11_500, 11_500, 11_500]);
		expect(next(11_500)).toBe(21_500);
	});

	test('keeps spreading thousands of nodes, some ten of them together', () => {
		const next = (luck: number) => nextDueMs(1000, 1000, {intervalMs: 10_000, targetCount: 5000}, luck);
		expect([next(0), next(0.5), next(1)].map(Math.round)).toEqual([11_000, 11_240, 11_500]);
	});

	test('is never due in the past, nor later than 5 % after the beat or now', () => {
		fc.assert(
			fc.property(
				fc.nat(1e6),
				fc.integer({min: 500, max: 60_000}),
				fc.nat(2e6),
				fc.integer({min: 1, max: 10_000}),
				chance,
				(due, interval, now, targetCount, luck) => {
					const next = nextDueMs(due, now, {intervalMs: interval, targetCount}, luck);
					expect(next).toBeGreaterThanOrEqual(now);
					expect(next).toBeGreaterThanOrEqual(due + interval - 1);
					expect(next).toBeLessThanOrEqual(Math.max(due + interval, now) + interval * 0.05 + 1e-3);
				},
			),
		);
	});

	test('leaves a failing node alone for ever longer, two minutes at most', () => {
		expect([1, 2, 3, 4, 5, 50].map(attempts => backOffMs(attempts, 10_000, 0))).toEqual([
			10_000, 20_000, 40_000, 80_000, 120_000, 120_000,
		]);
	});

	test('never asks a failing node more often than a healthy one, jitter aside', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 1000}),
				fc.integer({min: 500, max: 600_000}),
				chance,
				(attempts, interval, luck) => {
					expect(backOffMs(attempts, interval, luck)).toBeGreaterThanOrEqual(interval * 0.8);
				},
			),
		);
	});
});
