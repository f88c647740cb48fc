import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../../source/metrics/model/column.ts';
import type {Row} from '../../../../source/metrics/model/row.ts';
import type {HistoryWindow} from '../../../../source/metrics/model/view.ts';
import {comparisonLines} from '../../../../source/ui/draw/wall/comparison-lines.ts';
import {wallGeometry} from '../../../../source/ui/draw/wall/wall-geometry.ts';
import {drawWall, type WallOptions} from '../../../../source/ui/draw/wall/wall-lines.ts';
import {niceTop} from '../../../../source/ui/format/axis.ts';
import {widthOf} from '../../../../source/ui/format/width.ts';
import {createTheme} from '../../../../source/ui/theme/theme.ts';
import {containerRow, podRow} from '../../../metrics/rows.ts';

const COLUMNS: ReadonlyArray<Column<Row>> = columnsOf('pods');
const cpu = COLUMNS.find(({id}) => id === 'cpu') as Column<Row>;
const unicode = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const ascii = createTheme({name: 'terminal', colors: 'none', symbols: 'ascii'});
const windowOf = (points: number): HistoryWindow => ({points, stepMs: 1000, endMs: points * 1000});

/** Each row rises to its CPU; one without has no samples. */
const history = (row: Row, _series: unknown, {points}: HistoryWindow): Float64Array => {
	const top = row.kind === 'pod' || row.kind === 'container' ? (row.cpuCores ?? Number.NaN) : Number.NaN;
	return Float64Array.from({length: points}, (_, point) => (top * (point + 1)) / points);
};

const PODS = [
	podRow('web', {cpuCores: 2}),
	podRow('db', {cpuCores: 0.5}),
	podRow('new', {cpuCores: undefined}),
];

function optionsOf(
	rows: readonly Row[],
	size: {readonly width: number; readonly height: number},
	known: Partial<WallOptions> = {},
): WallOptions {
	return {
		column: cpu,
		series: 'cpuCores',
		geometry: wallGeometry(rows.length, size),
		rows,
		first: 0,
		selected: 0,
		marked: new Set(),
		hasOwnScales: false,
		windowOf,
		windowLabel: '5m',
		history,
		topOf: highest => niceTop(highest, 'decimal'),
		freshness: {nowMs: 0, atMs: 0, staleAfterMs: 30_000},
		theme: unicode,
		tier: 'lines',
		width: size.width,
		...known,
	};
}

const linesOf = (
	rows: readonly Row[],
	size: {width: number; height: number},
	known?: Partial<WallOptions>,
) => {
	const {legend, lines} = drawWall(optionsOf(rows, size, known));
	return [legend, ...lines].map(line => stripVTControlCharacters(line).trimEnd());
};

const SMALL = {width: 80, height: 4};

describe('a wall of charts', () => {
	test('has all charts on one scale, with the name and the value of each row', () => {
		expect(linesOf(PODS, SMALL)).toEqual([
			'  CPU of the last 5m, all to 2.00 cores, z changes it',
			'▸ web                 2.00   db                  500m   new                    –',
			'                   ╭──────                              no samples in 5m',
			'      ╭────────────╯                                ╭',
			'──────╯                    ─────────────────────────╯',
		]);
	});

	test('has a scale for each chart on request, and says which', () => {
		const lines = linesOf(PODS, SMALL, {hasOwnScales: true});
		expect(lines[0]).toBe('  CPU of the last 5m, each to its own /top, z changes it');
		expect(lines[1]).toBe('▸ web            2.00/2.00   db             500m/500m   new                    –');
		expect(lines[2]).toMatch(/ ╭─+ +╭─+ +no samples/);
	});

	test('is drawn in braille and ASCII too', () => {
		expect(linesOf(PODS, SMALL, {tier: 'braille'}).join('\n')).toMatch(/[\u2801-\u28ff]/u);
		const plain = linesOf(PODS, SMALL, {theme: ascii, tier: 'ascii'}).join('\n');
		expect(plain).toContain('> web');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, but the dash of what is unknown
		expect(plain.replaceAll('–', '-')).toMatch(/^[\x00-\x7f]*$/);
	});

	test('has sparklines where there is one line for a chart, and names alone where there is none', () => {
		expect(linesOf(PODS, {width: 80, height: 2})[2]).toMatch(/^▁+▂+.*█ +▁+▂+ +no samples in 5m$/m);
		expect(linesOf(PODS, {width: 80, height: 1})[1]).toMatch(/^▸ web +2\.00 +db +500m +new +–$/);
	});

	test('marks rows, and names containers with their pod', () => {
		const container = containerRow('app', {
			pod: {uid: 'u', namespace: 'shop', name: 'web-1'},
			cpuCores: 1,
		});
		expect(linesOf([container], SMALL, {marked: new Set([container.id])})[1]).toMatch(
			/^▸\*web-1\/app +1\.00$/,
		);
	});

	test('says which rows are on the screen if not all are', () => {
		const geometry = wallGeometry(40, SMALL);
		expect(linesOf(PODS, SMALL, {geometry, first: 3})[0]).toContain('4-6 of 40');
	});

	const anyRows = fc.array(
		fc.record({
			name: fc.constantFrom('web', '日本語の名前', 'a-very-long-name-of-a-pod-abcdef-12345', ''),
			cpuCores: fc.option(fc.double({min: 0, max: 1e6, noNaN: true}), {nil: undefined}),
		}),
		{maxLength: 12},
	);

	test('and a comparison are exactly as large as their place at any size', () => {
		fc.assert(
			fc.property(
				anyRows,
				fc.integer({min: 1, max: 200}),
				fc.integer({min: 1, max: 40}),
				fc.constantFrom('lines', 'braille', 'ascii'),
				fc.boolean(),
				(known, width, height, tier, hasOwnScales) => {
					const rows = known.map(({name, cpuCores}, index) => podRow(name, {id: `${index}`, cpuCores}));
					const options = optionsOf(rows, {width, height}, {tier, hasOwnScales});
					const {legend, lines} = drawWall(options);
					const compared = comparisonLines({
						...options,
						rows: rows.slice(0, 8),
						count: rows.length,
						seamOf: () => undefined,
						nowMs: 0,
						height,
					});
					expect(compared.length).toBeLessThanOrEqual(height);
					for (const line of [legend, ...lines, ...compared]) {
						expect(widthOf(stripVTControlCharacters(line))).toBe(width);
					}
				},
			),
			{numRuns: 300},
		);
	});
});

describe('a comparison', () => {
	const compare = (rows: readonly Row[], known: Partial<Parameters<typeof comparisonLines>[0]> = {}) =>
		comparisonLines({
			...optionsOf(rows, {width: 100, height: 14}),
			count: rows.length,
			seamOf: () => undefined,
			nowMs: 0,
			height: 14,
			...known,
		}).map(line => stripVTControlCharacters(line).trimEnd());

	test('has a line for each row, with the digit of the legend on it', () => {
		const lines = compare(PODS, {selected: 1});
		expect(lines[0]).toBe('  CPU of the last 5m');
		const chart = lines.slice(1, -2).join('\n');
		expect(chart).toMatch(/1/);
		expect(chart).toMatch(/━.*2|2.*━/);
		expect(chart).not.toMatch(/3$/m);
		expect(lines.slice(-2)).toEqual([
			expect.stringMatching(/^ {2}1 web +2\.00 +3 new +–$/),
			expect.stringMatching(/^▸ 2 db +500m$/),
		]);
	});

	test('says which rows it is of if the table has more', () => {
		expect(compare(PODS, {first: 8, count: 40})[0]).toBe('  CPU of the last 5m  9-11 of 40');
	});

	test('keeps some chart on a low screen', () => {
		expect(compare(PODS, {height: 5})).toHaveLength(5);
		expect(compare(PODS, {height: 5}).join('\n')).toContain('┤');
	});
});
