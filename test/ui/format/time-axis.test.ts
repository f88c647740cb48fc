import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {timeTicks} from '../../../source/ui/format/time-axis.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let zone: string | undefined;

beforeEach(() => {
	zone = process.env.TZ;
});

afterEach(() => {
	if (zone === undefined) {
		delete process.env.TZ;
	} else {
		process.env.TZ = zone;
	}
});

/** The labels of a window of the given length that ends at a local time. */
function labels(lengthMs: number, end: Date, columns: number): readonly string[] {
	const window = {points: columns, stepMs: lengthMs / columns, endMs: end.getTime()};
	return timeTicks(window, columns).map(({label}) => label);
}

describe('the time axis', () => {
	const end = new Date(2026, 10, 22, 10, 42, 7);

	test('has round times, as close as their labels allow', () => {
		expect(labels(5 * MINUTE, end, 60)).toEqual(['10:38', '10:39', '10:40', '10:41', '10:42']);
		expect(labels(5 * MINUTE, end, 24)).toEqual(['10:38', '10:40', '10:42']);
		expect(labels(HOUR, end, 60)).toEqual(['09:50', '10:00', '10:10', '10:20', '10:30', '10:40']);
	});

	test('has seconds in short windows', () => {
		expect(labels(MINUTE, end, 60)).toEqual(['10:41:15', '10:41:30', '10:41:45', '10:42:00']);
	});

	test('has dates in windows above 12 hours', () => {
		expect(labels(24 * HOUR, end, 60)).toEqual(['12:00', '18:00', '11-22', '06:00']);
		expect(labels(13 * HOUR, new Date(2026, 10, 22, 14), 60)).toEqual([
			'11-22 02:00',
			'04:00',
			'06:00',
			'08:00',
			'10:00',
			'12:00',
		]);
		expect(labels(7 * 24 * HOUR, end, 80)).toEqual([
			'11-16',
			'11-17',
			'11-18',
			'11-19',
			'11-20',
			'11-21',
			'11-22',
		]);
	});

	test('marks the cell that starts at the time', () => {
		const window = {points: 60, stepMs: 5000, endMs: new Date(2026, 10, 22, 10, 42).getTime()};
		expect(timeTicks(window, 60)[1]).toEqual({column: 12, label: '10:38'});
	});

	test('uses local time, also half an hour from UTC and when daylight saving time starts', () => {
		process.env.TZ = 'Asia/Kolkata';
		expect(labels(6 * HOUR, new Date(2026, 10, 22, 10, 42), 60)).toEqual([
			'05:00',
			'06:00',
			'07:00',
			'08:00',
			'09:00',
			'10:00',
		]);
		process.env.TZ = 'Europe/Berlin';
		expect(labels(6 * HOUR, new Date(2026, 2, 29, 6, 30), 60)).toEqual([
			'00:00',
			'01:00',
			'03:00',
			'04:00',
			'05:00',
			'06:00',
		]);
	});

	test('has increasing columns within the chart for any window', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 400}),
				fc.double({min: 1, max: 1e9, noNaN: true}),
				fc.integer({min: 0, max: 4_000_000_000_000}),
				fc.integer({min: 1, max: 200}),
				(points, stepMs, endMs, columns) => {
					const ticks = timeTicks({points, stepMs, endMs}, columns);
					for (const [index, {column}] of ticks.entries()) {
						expect(column).toBeGreaterThan(ticks[index - 1]?.column ?? -1);
						expect(column).toBeLessThan(columns);
					}
				},
			),
		);
	});
});
