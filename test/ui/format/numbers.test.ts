import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	formatBytes,
	formatCores,
	formatCount,
	formatDuration,
	formatPercent,
	formatRate,
} from '../../../source/ui/format/numbers.ts';

test.each([
	[0, '0'],
	[0.0001, '<1m'],
	[0.0014, '1m'],
	[0.25, '250m'],
	[0.9994, '999m'],
	[0.9996, '1.00'],
	[7.834, '7.83'],
	[38.24, '38.2'],
	[250, '250'],
])('formats %d cores as %s', (cores, text) => {
	expect(formatCores(cores)).toBe(text);
});

test.each([
	[0, '0'],
	[0.001, '<0.1'],
	[0.1, '0.1'],
	[2.5, '2.5'],
	[3, '3'],
	[9.97, '10'],
	[1234.4, '1234'],
])('formats %d per second as %s', (perSecond, text) => {
	expect(formatCount(perSecond)).toBe(text);
});

test.each([
	[0, '0'],
	[512, '512'],
	[1023.9, '1.0Ki'],
	[2 ** 20, '1.0Mi'],
	[150 * 2 ** 20, '150Mi'],
	[28.1 * 2 ** 30, '28.1Gi'],
	[99.96 * 2 ** 30, '100Gi'],
	[2 ** 63, '8.0Ei'],
])('formats %d bytes as %s', (bytes, text) => {
	expect(formatBytes(bytes)).toBe(text);
});

test.each([
	[0, '0B/s'],
	[999, '999B/s'],
	[999.6, '1.0kB/s'],
	[1_200_000_000, '1.2GB/s'],
	[860_000, '860kB/s'],
])('formats %d bytes per second as %s', (rate, text) => {
	expect(formatRate(rate)).toBe(text);
});

test.each([
	[0, '0%'],
	[0.001, '<1%'],
	[0.984, '98%'],
	[1.5, '150%'],
])('formats the share %d as %s', (share, text) => {
	expect(formatPercent(share)).toBe(text);
});

test.each([
	[0, '0s'],
	[119_999, '119s'],
	[120_000, '2m'],
	[7_199_000, '119m'],
	[7_200_000, '2h'],
	[172_800_000, '2d'],
])('formats %d ms as %s', (durationMs, text) => {
	expect(formatDuration(durationMs)).toBe(text);
});

test('every number fits into its column', () => {
	fc.assert(
		fc.property(fc.double({min: 0, max: 2 ** 63, noNaN: true}), value => {
			expect(formatBytes(value).length).toBeLessThanOrEqual(6);
			expect(formatRate(Math.min(value, 1e17)).length).toBeLessThanOrEqual(8);
			expect(formatCores(Math.min(value, 99_999)).length).toBeLessThanOrEqual(5);
		}),
	);
});
