import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {LEAST_OF} from '../../../source/metrics/model/series.ts';
import {Packing, UNKNOWN} from '../../../source/metrics/rings/packing.ts';

const LEAST = 2 ** -20;
const packing = new Packing(LEAST);
const MOST = LEAST * 2 ** 31;

function kept(value: number): number {
	return packing.unpack(packing.pack(value));
}

describe('a number in 16 bits', () => {
	test('is off by at most one part in 4096, from the least to two billion times that', () => {
		const value = fc.double({min: LEAST, max: MOST * (1 - 2 ** -11), noNaN: true});
		fc.assert(fc.property(value, number => Math.abs(kept(number) - number) <= number / 4096));
	});

	test('is off by at most one part in 4096 of the least, where it is less', () => {
		const value = fc.double({min: 0, max: LEAST, noNaN: true});
		fc.assert(fc.property(value, number => Math.abs(kept(number) - number) <= LEAST / 4096));
	});

	test('keeps the order of numbers, so that least and most are of the same moments', () => {
		const value = fc.double({min: 0, max: MOST * 2, noNaN: true});
		fc.assert(fc.property(value, value, (one, other) => one < other === false || kept(one) <= kept(other)));
	});

	test('is the same when it is kept a second time', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: UNKNOWN}), packed => {
				expect(packing.pack(packing.unpack(packed))).toBe(packed);
			}),
		);
	});

	test.each([
		{value: 0, is: 0},
		{value: -0, is: 0},
		{value: 0.5, is: 0.5},
		{value: 2047, is: 2047},
		{value: 1023.75, is: 1023.75},
		{value: LEAST / 2 ** 11, is: LEAST / 2 ** 11},
		{value: MOST, is: MOST * (1 - 2 ** -11)},
		{value: Number.MAX_VALUE, is: MOST * (1 - 2 ** -11)},
		{value: Number.POSITIVE_INFINITY, is: MOST * (1 - 2 ** -11)},
		{value: Number.NaN, is: Number.NaN},
		{value: -1, is: Number.NaN},
	])('$value comes back as $is', ({value, is}) => {
		expect(kept(value)).toBe(is);
	});
});

describe('the packing of each series', () => {
	test.each([
		['cpuCores', 2e-6, 4000],
		['memoryWorkingSetBytes', 2 ** 15, 60 * 2 ** 40],
		['memoryRssBytes', 2 ** 15, 60 * 2 ** 40],
		['rxBytesPerSecond', 128, 200e9],
		['txBytesPerSecond', 128, 200e9],
		['filesystemUsedBytes', 2 ** 23, 16e15],
		['throttledRatio', 1e-9, 1],
		['filesystemFullRatio', 1e-9, 1],
	] as const)('%s is right to one part in 4096 from %d to %d', (series, from, to) => {
		for (const value of [from, Math.sqrt(from * to), to]) {
			const own = new Packing(LEAST_OF[series]);
			const back = own.unpack(own.pack(value));
			expect(Math.abs(back - value) / value).toBeLessThanOrEqual(1 / 4096);
		}
	});
});
