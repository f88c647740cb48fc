import {describe, expect, test} from 'vitest';
import {parseKernelNumber} from '../../../source/scrape/local/kernel-number.ts';

describe('a number of the kernel', () => {
	test.each([
		['0\n', 0],
		['4096\n', 4096],
		['9223372036854771712\n', 2 ** 63 - 4096],
		['max\n', undefined],
		['-1\n', undefined],
		['9223372036854775808', undefined],
		['18446744073709551615', undefined],
		['1.5', undefined],
		['0x10', undefined],
		['12 34', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j is %s', (text, value) => {
		expect(parseKernelNumber(text)).toBe(value);
	});
});
