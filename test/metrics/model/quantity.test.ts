import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseQuantity} from '../../../source/metrics/model/quantity.ts';

/** What `resource.ParseQuantity` of k8s.io/apimachinery v0.36.2 gave for each text (`AsDec().String()`). */
const parsed: ReadonlyArray<readonly [string, number]> = [
	['0', 0],
	['-0', 0],
	['250m', 0.25],
	['1500m', 1.5],
	['3Ki', 3072],
	['1e3', 1000],
	['1e+3', 1000],
	['1E-3', 0.001],
	['1E', 1_000_000_000_000_000_000],
	['12E2', 1200],
	['0.5', 0.5],
	['.5', 0.5],
	['5.', 5],
	['1.G', 1_000_000_000],
	['100n', 0.0000001],
	['5u', 0.000005],
	['1.5u', 0.0000015],
	['64', 64],
	['+3', 3],
	['-250m', -0.25],
	['1k', 1000],
	['1M', 1_000_000],
	['1T', 1_000_000_000_000],
	['1P', 1_000_000_000_000_000],
	['1Mi', 1_048_576],
	['000012Mi', 12_582_912],
	['1Gi', 1_073_741_824],
	['1.5Gi', 1_610_612_736],
	['0.1Ki', 102.4],
	['1Ti', 1_099_511_627_776],
	['1Pi', 1_125_899_906_842_624],
	['7Ei', 7 * 2 ** 60],
	['24684092Ki', 25_276_510_208],
	['265142110657', 265_142_110_657],
	['9007199254740988Ki', 2 ** 63 - 4096],
	['100E', 100_000_000_000_000_000_000],
	['m', 0],
	['0e99', 0],
];

const refused = [
	'',
	'1K',
	'1ki',
	'1gi',
	'1.1.1',
	'1+1.0',
	'0.1mi',
	'aoeu',
	'.5i',
	'1i',
	'-3.01e-',
	'1e',
	'1 Gi',
	' 1',
	'1m2',
	'1Ki2',
	'1e3Ki',
	'1e3.5',
	'0x10',
	'1,5',
	'1ee3',
	'NaN',
	'Infinity',
	'1e٣',
	'１',
	'1kk',
	'1m+',
];

describe('parseQuantity', () => {
	test.each(parsed)('reads %s as apimachinery does', (text, expected) => {
		expect(parseQuantity(text)).toBe(expected);
	});

	test.each([
		['0.1n', 1e-9],
		['1e-10', 1e-9],
		['-0.1n', -1e-9],
		['0.3333333333333333', 0.333333334],
		['1.0000000001Ki', 1024.000000103],
	])('rounds %s away from zero at the ninth decimal place', (text, expected) => {
		expect(parseQuantity(text)).toBe(expected);
	});

	test.each(['8Ei', '10Ei', '999999999999999999999Ki'])('caps %s, which no int64 holds', text => {
		expect(parseQuantity(text)).toBe(2 ** 63);
	});

	test.each(refused)('refuses %j', text => {
		expect(parseQuantity(text)).toBeUndefined();
	});

	test.each([undefined, null, {}, [], true, Number.NaN, '1e999'])('has no number for %j', value => {
		expect(parseQuantity(value)).toBeUndefined();
	});

	test('accepts a JSON number', () => {
		expect(parseQuantity(2)).toBe(2);
		expect(parseQuantity(0.25)).toBe(0.25);
	});

	test('gives the same amount for the same milli value however it is written', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 2 ** 40}), milli => {
				const expected = milli / 1000;
				const whole = Math.floor(milli / 1000);
				const rest = String(milli % 1000).padStart(3, '0');
				for (const text of [
					`${milli}m`,
					`${milli}000u`,
					`${milli}e-3`,
					`${whole}.${rest}`,
					`+${milli}000000n`,
				]) {
					expect(parseQuantity(text)).toBe(expected);
				}
			}),
		);
	});

	test('multiplies whole numbers exactly by the power of each binary suffix', () => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 1023}), fc.integer({min: 0, max: 4}), (count, index) => {
				const suffix = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'][index] ?? '';
				expect(parseQuantity(`${count}${suffix}`)).toBe(count * 1024 ** (index + 1));
			}),
		);
	});

	test('negates with the sign', () => {
		fc.assert(
			fc.property(fc.constantFrom(...parsed), ([text, expected]) => {
				fc.pre(!/^[+-]/.test(text) && expected !== 0);
				expect(parseQuantity(`-${text}`)).toBe(-expected);
			}),
		);
	});

	test('never gives anything but a finite number or undefined', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.stringMatching(/^[+-]?\d{0,30}\.?\d{0,30}[numkKMGTPEei+\d-]{0,6}$/)),
				text => {
					const value = parseQuantity(text);
					expect(value === undefined || Number.isFinite(value)).toBe(true);
				},
			),
		);
	});
});
