import {describe, expect, test} from 'vitest';
import {formatSize, parseSize} from '../../source/options/size.ts';

describe('a size', () => {
	test.each([
		['1', 1],
		['512KiB', 524_288],
		['500MiB', 524_288_000],
		['2GiB', 2_147_483_648],
		['0', undefined],
		['0MiB', undefined],
		['', undefined],
		['MiB', undefined],
		['1MB', undefined],
		['1.5GiB', undefined],
		['-1MiB', undefined],
		['1 MiB', undefined],
		['1toString', undefined],
		['1234567890', undefined],
	])('“%s” is %s bytes', (text, bytes) => {
		expect(parseSize(text)).toBe(bytes);
	});

	test.each([
		[200 * 2 ** 20, '200MiB'],
		[2 ** 30, '1GiB'],
		[1.5 * 2 ** 30, '1536MiB'],
		[23.5 * 2 ** 30, '24GiB'],
	])('%d is said as %s', (bytes, text) => {
		expect(formatSize(bytes)).toBe(text);
	});
});
