import {describe, expect, test} from 'vitest';
import {createBackOff} from '../../../source/cluster/inventory/back-off.ts';

describe('createBackOff', () => {
	test('doubles up to the cap', () => {
		const backOff = createBackOff({minMs: 100, maxMs: 500, random: () => 0});
		expect([1, 2, 3, 4, 5].map(() => backOff.next())).toEqual([100, 200, 400, 500, 500]);
	});

	test('takes off up to half at random', () => {
		const backOff = createBackOff({minMs: 100, maxMs: 100, random: () => 0.5});
		expect(backOff.next()).toBe(75);
	});

	test('never comes back earlier than the server said', () => {
		const backOff = createBackOff({minMs: 100, maxMs: 500, random: () => 0});
		expect(backOff.next(7000)).toBe(7000);
	});

	test('starts over after a success', () => {
		const backOff = createBackOff({minMs: 100, maxMs: 500, random: () => 0});
		backOff.next();
		backOff.next();
		backOff.reset();
		expect(backOff.next()).toBe(100);
	});
});
