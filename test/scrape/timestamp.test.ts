import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseTimestamp} from '../../source/scrape/timestamp.ts';

describe('a time', () => {
	test.each([
		['2026-11-23T09:29:44Z', 1_795_426_184_000],
		['2024-02-29T23:59:59Z', 1_709_251_199_000],
		['2026-11-23T10:29:44+01:00', 1_795_426_184_000],
		['2026-11-23T09:29:44.123456789Z', 1_795_426_184_123],
	])('%s is read', (text, expected) => {
		expect(parseTimestamp(text)).toBe(expected);
	});

	test.each([
		null,
		undefined,
		12,
		{},
		'',
		'0001-01-01T00:00:00Z',
		'1970-01-01T00:00:00Z',
		'2026-13-01T00:00:00Z',
		'2026-01-01T25:00:00Z',
		'2026-0a-01T00:00:00Z',
		'20x6-01-01T00:00:00Z',
		'soon',
	])('%j is unknown', value => {
		expect(parseTimestamp(value)).toBeUndefined();
	});

	test('is read as Date.parse reads it, in every form', () => {
		const date = fc.date({min: new Date('2001-01-02'), max: new Date('9999-12-31'), noInvalidDate: true});
		fc.assert(
			fc.property(date, fc.boolean(), (moment, isWhole) => {
				const text = isWhole ? moment.toISOString().replace(/\.\d+Z/, 'Z') : moment.toISOString();
				expect(parseTimestamp(text)).toBe(Date.parse(text));
			}),
		);
	});
});
