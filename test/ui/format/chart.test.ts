import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ChartOptions, chartPoints, drawChart, type Tier} from '../../../source/ui/format/chart.ts';
import {widthOf} from '../../../source/ui/format/width.ts';

const plain = (text: string): string => text;
const GAP = Number.NaN;
const START = new Date(2026, 10, 22, 10, 40).getTime();

function chart(
	series: ReadonlyArray<readonly number[]>,
	size: {readonly width: number; readonly height: number},
	options: Partial<ChartOptions> = {},
): readonly string[] {
	return drawChart(
		series.map(values => ({values: Float64Array.from(values), paint: plain})),
		{
			...size,
			top: 4,
			steps: 'decimal',
			format: String,
			tier: 'lines',
			paintAxis: plain,
			...options,
		},
	);
}

describe('a chart', () => {
	test('has an axis from 0 to its top with round labels, and the newest value in the last column', () => {
		expect(chart([[0, 0, 2, 4, 4, 4]], {width: 14, height: 5})).toEqual([
			'     4 ┤   ╭──',
			'       │   │  ',
			'     2 ┤  ╭╯  ',
			'       │  │   ',
			'     0 ┤──╯   ',
		]);
	});

	test('leaves gaps for unknown values', () => {
		const lines = chart([[4, 4, GAP, GAP, 0, 0]], {width: 14, height: 3});
		expect(lines.map(line => line.slice(8))).toEqual(['──    ', '      ', '    ──']);
	});

	test.each<Tier>(['lines', 'braille', 'ascii'])('draws a single value as %s', tier => {
		const [line] = chart([[GAP, GAP, 4, GAP, GAP, GAP]], {width: 14, height: 3}, {tier});
		expect(line?.slice(8).trim()).toHaveLength(1);
	});

	test('without values is only its axis', () => {
		expect(chart([[]], {width: 14, height: 2})).toEqual(['     4 ┤      ', '     0 ┤      ']);
		expect(chart([], {width: 14, height: 2})).toEqual(['     4 ┤      ', '     0 ┤      ']);
	});

	test('draws the first series in heavy lines above the others', () => {
		const both = [
			[4, 4, 4, 0, 0, 0],
			[4, 4, 4, 4, 4, 4],
		];
		expect(chart(both, {width: 14, height: 2})[0]?.slice(8)).toBe('━━━┓──');
		expect(chart(both, {width: 14, height: 2}, {tier: 'ascii'})[0]?.slice(8)).toBe('===.--');
	});

	test('draws values above the axis at the top, and values below it at the bottom', () => {
		const lines = chart([[9, 9, 9, -9, -9, -9]], {width: 14, height: 2});
		expect(lines.map(line => line.slice(8))).toEqual(['───╮  ', '   ╰──']);
	});

	test('draws references with labels, and does not overwrite the series', () => {
		const references = [{value: 4, label: 'lim 4', paint: plain}];
		const lines = chart([[GAP, GAP, ...new Array(9).fill(0), 4, 4, 0]], {width: 22, height: 3}, {references});
		expect(lines.map(line => line.slice(8))).toEqual(['╌ lim 4 ╌╌╌╭─╮', '           │ │', '  ─────────╯ ╰']);
	});

	test('puts the label of a reference into the next row if the series fills its own', () => {
		const references = [{value: 4, label: 'lim 4', paint: plain}];
		const lines = chart([new Array(14).fill(4)], {width: 22, height: 3}, {references});
		expect(lines.map(line => line.slice(8))).toEqual(['─'.repeat(14), '  lim 4       ', ' '.repeat(14)]);
	});

	test('does not draw references above its top', () => {
		const references = [{value: 5, label: 'lim 5', paint: plain}];
		expect(chart([[1]], {width: 22, height: 4}, {references}).join('')).not.toMatch(/lim|╌/);
	});

	test('draws the cursor and the seam as vertical lines behind the series', () => {
		const lines = chart(
			[[0, 0, 0, 4, 4, 4]],
			{width: 14, height: 3},
			{
				seam: 1,
				cursor: {column: 4, paint: plain},
			},
		);
		expect(lines.map(line => line.slice(8))).toEqual([' ┊ ╭──', ' ┊ │╎ ', '───╯╎ ']);
	});

	test('has a time axis if it is high enough', () => {
		const window = {points: 32, stepMs: 10_000, endMs: START + 320_000};
		const lines = chart([[]], {width: 40, height: 5}, {window, cursor: {column: 20, paint: plain}});
		expect(lines[4]).toBe('       └┴10:40 ─────┴10:42 ─▴───┴10:44 ─');
		expect(chart([[]], {width: 40, height: 4}, {window}).join('')).not.toContain('10:4');
	});

	test('shows the end of the window if no tick has room', () => {
		const endMs = new Date(2026, 10, 22, 10, 41, 50).getTime();
		const axis = (width: number) =>
			chart([[]], {width, height: 5}, {window: {points: 60, stepMs: 500, endMs}})[4]?.slice(7);
		expect(axis(29)).toBe('└──────┴10:41:30 ─────');
		expect(axis(20)).toBe('└─── 10:41:50');
	});

	test('shows a time at any width from 20 cells, for any window and cursor', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 20, max: 120}),
				fc.constantFrom(30_000, 60_000, 300_000, 3_600_000, 86_400_000, 604_800_000),
				fc.integer({min: 0, max: 86_400_000}),
				fc.option(fc.nat(200), {nil: undefined}),
				(width, lengthMs, shiftMs, column) => {
					const window = {points: 60, stepMs: lengthMs / 60, endMs: START + shiftMs};
					const cursor =
						column === undefined
							? undefined
							: {column: column % (width - 8), paint: plain, clock: '10:41:00'};
					expect(chart([[]], {width, height: 5}, {window, cursor})[4]).toMatch(/\d\d[:-]\d\d/);
				},
			),
		);
	});

	test('draws two values per column in braille', () => {
		expect(chartPoints(14, 'braille')).toBe(12);
		const lines = chart([[0, 1, 2, 3, 4, 4, 4, 4, 3, 2, 1, 0]], {width: 14, height: 1}, {tier: 'braille'});
		expect(lines).toEqual(['     4 ┤⡠⠒⠉⠉⠒⢄']);
	});

	test('uses only ASCII in the ASCII tier', () => {
		const lines = chart(
			[
				[0, 4, 0, 4],
				[1, 2, 3, 4],
			],
			{width: 40, height: 9},
			{
				tier: 'ascii',
				seam: 1,
				cursor: {column: 4, paint: plain},
				references: [{value: 3, label: 'req 3', paint: plain}],
				window: {points: 32, stepMs: 10_000, endMs: START},
			},
		);
		expect(lines.join('')).toMatch(/^[\x20-\x7E]+$/);
	});

	test('paints neighbouring cells of one style together', () => {
		const lines = drawChart([{values: Float64Array.from([4, 4, 4]), paint: text => `<${text}>`}], {
			width: 14,
			height: 2,
			top: 4,
			steps: 'decimal',
			format: String,
			tier: 'lines',
			paintAxis: plain,
		});
		expect(lines[0]).toBe('     4 ┤<───>   ');
	});

	test('has exactly the given size for any values', () => {
		const value = fc.oneof(
			fc.double({min: -1, max: 1e12, noNaN: true}),
			fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
		);
		fc.assert(
			fc.property(
				fc.array(fc.array(value, {maxLength: 400}), {maxLength: 3}),
				fc.integer({min: 1, max: 200}),
				fc.integer({min: 1, max: 60}),
				fc.constantFrom<Tier>('lines', 'braille', 'ascii'),
				fc.constantFrom(0, 0.1, 4, 1e9, Number.NaN),
				fc.integer({min: -5, max: 210}),
				(series, width, height, tier, top, column) => {
					const lines = chart(
						series,
						{width, height},
						{
							tier,
							top,
							seam: column,
							cursor: {column, paint: plain},
							events: [{column: column + 3, label: 'OOMKilled 137', paint: plain}],
							window: {points: chartPoints(width, tier), stepMs: 1000, endMs: START},
							references: [{value: top / 2, label: 'req 500m', paint: plain}],
						},
					);
					expect(lines).toHaveLength(height);
					expect(new Set(lines.map(widthOf))).toEqual(new Set([width]));
					expect(lines.join('')).not.toMatch(/NaN|undefined|Infinity/);
				},
			),
		);
	});
});
