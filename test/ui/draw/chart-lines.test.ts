import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row, SeriesName} from '../../../source/metrics/model/row.ts';
import type {HistoryWindow} from '../../../source/metrics/model/view.ts';
import {chartLine} from '../../../source/ui/draw/chart-line.ts';
import {chartLines} from '../../../source/ui/draw/chart-lines.ts';
import type {ChartReadingOptions} from '../../../source/ui/draw/chart-reading.ts';
import {chartGrid, LOW_CHART} from '../../../source/ui/format/chart-grid.ts';
import {chartsOf} from '../../../source/ui/format/chart-kinds.ts';
import {DecayingScales} from '../../../source/ui/format/decaying-scale.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {containerInfo, nodeInfo, podInfo} from '../../metrics/inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../../metrics/rows.ts';

const GI = 2 ** 30;
const END = new Date(2026, 10, 22, 10, 42).getTime();
const WINDOW_MS = 300_000;

type Page = {readonly width: number; readonly height: number; readonly isStacked: boolean};
type Known = Partial<ChartReadingOptions & Page>;
type Values = Partial<Readonly<Record<SeriesName, number | ((share: number) => number)>>>;

/** Options for charts. Each series is a constant, or a function of the share of the window that has passed. */
function optionsOf(row: Row, values: Values, known: Known = {}): ChartReadingOptions & Page {
	return {
		row,
		width: 160,
		height: 24,
		isStacked: true,
		tier: 'lines',
		theme: createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}),
		windowOf: points => ({points, stepMs: WINDOW_MS / points, endMs: END}),
		windowLabel: '5m',
		seamOf: () => undefined,
		storeLabel: undefined,
		keptInstead: () => undefined,
		cursorMs: undefined,
		scaleOf: () => Number.NaN,
		history: (series, {points}) =>
			Float64Array.from({length: points}, (_, point) => {
				const value = values[series] ?? Number.NaN;
				return typeof value === 'number' ? value : value((point + 1) / points);
			}),
		statistics: () => ({samples: 30, min: 0.01, mean: 0.2, p95: 0.38, max: 0.4}),
		nowMs: END,
		...known,
	};
}

/** The lines of all charts of a page, without colours. */
function page(row: Row, values: Values, known: Known = {}): string {
	const options = optionsOf(row, values, known);
	const lines = chartGrid(chartsOf(row), options, options.isStacked).flatMap(({cells, height}) =>
		cells.flatMap(({chart, width}) =>
			height === LOW_CHART ? [chartLine(chart, options, width)] : chartLines(chart, options, {width, height}),
		),
	);
	return stripVTControlCharacters(lines.join('\n'));
}

const LIMITED = containerRow('main', {
	cpuLimitCores: 0.5,
	memoryLimitBytes: 4 * GI,
	info: containerInfo('main', {requests: {cpuCores: 0.25, memoryBytes: GI}}),
});

describe('charts', () => {
	test('show the limit and request of a container, on a scale that includes both', () => {
		const text = page(LIMITED, {cpuCores: 0.2, memoryWorkingSetBytes: 2 * GI});
		expect(text).toMatch(/ lim 500m ╌+/);
		expect(text).toMatch(/ req 250m ╌+/);
		expect(text).toMatch(/400m ┤/);
		expect(text).toMatch(/4Gi ┤╌ lim 4\.0Gi ╌/);
		expect(text).not.toContain('above');
	});

	test('list levels above their scale in the title', () => {
		const text = page(LIMITED, {cpuCores: 0.15, memoryWorkingSetBytes: GI});
		expect(text).toMatch(/CPU {2}150m {2}lim 500m above/);
		expect(text).toMatch(/MEM {2}1\.0Gi {2}lim 4\.0Gi above/);
		expect(text).toMatch(/ req 250m ╌/);
	});

	test('show the limit of a pod only if all its containers are limited', () => {
		const values = {cpuCores: 0.8, memoryWorkingSetBytes: 1.5 * 2 ** 20};
		const limited = page(podRow('web', {info: podInfo('web')}), values);
		expect(limited).toContain(' lim 1.00 ╌');
		expect(limited).toContain(' lim 2.0Mi ╌');
		const isLimited = {cpu: false, memory: false};
		expect(page(podRow('web', {info: podInfo('web', {isLimited})}), values)).not.toContain('lim');
	});

	test('show the capacity of a node, or its allocatable resources if the capacity is unknown', () => {
		const values = {cpuCores: 2, memoryWorkingSetBytes: 5 * GI, filesystemUsedBytes: 60 * GI};
		const text = page(
			nodeRow('n1', {
				cpuCapacityCores: 4,
				filesystemCapacityBytes: 100 * GI,
				fullestFilesystem: 'imagefs',
				info: nodeInfo('n1'),
			}),
			values,
		);
		expect(text).toContain(' cap 4.00 ╌');
		expect(text).toContain(' alloc 6.0Gi ╌');
		expect(text).toContain(' cap 100Gi ╌');
		expect(text).toContain('FS imagefs  60.0Gi');
	});

	test('name several series in a legend, the top one first', () => {
		const text = page(LIMITED, {
			memoryWorkingSetBytes: 2 * GI,
			memoryRssBytes: GI,
			rxBytesPerSecond: 2000,
			txBytesPerSecond: 500,
		});
		expect(text).toContain('MEM  ━ working set 2.0Gi  ─ RSS 1.0Gi  last 5m');
		expect(text).toContain('NET of its pod  ━ ↓ received 2.0kB/s  ─ ↑ sent 500B/s  last 5m');
	});

	test('leave series without values out of the legend', () => {
		expect(page(podRow('web'), {memoryWorkingSetBytes: 2 * GI})).toContain('MEM  2.0Gi  last 5m');
	});

	test('have the statistics of the window in a wide title, of several series those of the first', () => {
		const rising = (share: number): number => share * 0.4;
		const text = page(LIMITED, {cpuCores: rising, memoryWorkingSetBytes: 2 * GI, memoryRssBytes: GI});
		expect(text).toContain('CPU  400m  last 5m  min 10m mean 200m p95 380m max 400m');
		const wide = page(
			LIMITED,
			{memoryWorkingSetBytes: 2 * GI, memoryRssBytes: GI},
			{width: 240, statistics: () => ({samples: 3, min: 2 * GI, mean: 2 * GI, p95: 2 * GI, max: 2 * GI})},
		);
		expect(wide).toContain('last 5m  working set min 2.0Gi mean 2.0Gi p95 2.0Gi max 2.0Gi');
		expect(page(LIMITED, {cpuCores: rising}, {width: 100})).not.toContain('p95');
		const few = {width: 240, statistics: () => undefined};
		expect(page(LIMITED, {cpuCores: rising}, few)).not.toContain('p95');
		expect(page(LIMITED, {rxBytesPerSecond: 2000}, few)).toContain('min 2.0kB/s mean 2.0kB/s');
	});

	test('of a sum of pods have them for CPU and memory, as its columns, and for nothing else', () => {
		const sums = {cpuCores: 0.4, memoryWorkingSetBytes: 2 * GI, rxBytesPerSecond: 2000};
		const text = page(namespaceRow('shop'), sums, {width: 240});
		expect(text).toContain('CPU  400m  last 5m  min 10m mean 200m p95 380m max 400m');
		expect(text).toMatch(/MEM .* p95 /);
		expect(text).not.toMatch(/NET .* p95 /);
	});

	test('point to the explanation if no value is known', () => {
		expect(page(LIMITED, {})).toContain('THROTTLED  –  unknown: e explains why');
	});

	test('show the values at the cursor and its time', () => {
		const text = page(
			LIMITED,
			{cpuCores: share => (share < 0.5 ? 0.1 : 0.3), memoryWorkingSetBytes: 2 * GI, memoryRssBytes: GI},
			{cursorMs: END - 200_000},
		);
		expect(text).toContain('CPU  100m  at 10:38:40');
		expect(text).toContain('─ RSS 1.0Gi  at 10:38:40');
		expect(text).toContain('╎');
		expect(text).toContain('▴');
	});

	test('show a dash for a gap at the cursor, and the date of a cursor on an earlier day', () => {
		const text = page(
			LIMITED,
			{cpuCores: share => (share < 0.5 ? Number.NaN : 0.3)},
			{cursorMs: END - 200_000, nowMs: END + 86_400_000},
		);
		expect(text).toContain('CPU  –  at 11-22 10:38:40');
	});

	test('ignore a cursor outside their window', () => {
		for (const cursorMs of [END + 1, END - WINDOW_MS]) {
			expect(page(LIMITED, {cpuCores: 0.3}, {cursorMs})).not.toMatch(/ at |╎/);
		}
	});

	test('name the store of the values before the seam', () => {
		const text = page(LIMITED, {cpuCores: 0.3}, {seamOf: ({points}) => points / 2, storeLabel: 'InfluxDB'});
		expect(text).toContain('CPU  300m  last 5m  ┊ before: InfluxDB');
	});

	test('say that values before the seam are another quantity', () => {
		const text = page(
			podRow('web'),
			{cpuCores: 0.3, rxBytesPerSecond: 5},
			{
				seamOf: ({points}) => points / 2,
				storeLabel: 'InfluxDB',
				keptInstead: series => (series === 'cpuCores' ? 'sums of containers' : undefined),
			},
		);
		expect(text).toContain('┊ before: InfluxDB, sums of containers');
		expect(text.match(/sums of containers/g)).toHaveLength(1);
	});

	test('ask for a scale by object and series, and raise one that is too low', () => {
		const keys: string[] = [];
		const text = page(
			podRow('web'),
			{cpuCores: 3, memoryWorkingSetBytes: GI},
			{
				scaleOf(key, highest, steps) {
					keys.push(`${key} ${highest} ${steps}`);
					return key.endsWith('cpuCores') ? 7.3 : Number.NaN;
				},
			},
		);
		expect(keys.slice(0, 2)).toEqual([
			'pod/id-web/cpuCores 3 decimal',
			`pod/id-web/memoryWorkingSetBytes ${GI} binary`,
		]);
		expect(text).toMatch(/ 8 ┤/);
		expect(text).toMatch(/ 1Gi ┤/);
	});

	test('use decaying scales without rounding them again', () => {
		const scales = new DecayingScales();
		const at = (cores: number, nowMs: number): string =>
			page(
				podRow('web'),
				{cpuCores: cores},
				{
					scaleOf: (key, highest, steps) => scales.topOf(key, highest, steps, nowMs),
				},
			);
		expect(at(8, 0)).toMatch(/ 8 ┤/);
		expect(at(1, 10_000)).toMatch(/ 8 ┤/);
		expect(at(1, 600_000)).not.toMatch(/ 8 ┤/);
	});

	test('shorten their titles, the least important part first', () => {
		const titleAt = (width: number, known: Known = {}): string | undefined =>
			page(podRow('web'), {memoryWorkingSetBytes: GI, memoryRssBytes: GI}, {width, height: 12, ...known})
				.split('\n')
				.find(line => line.includes('MEM'))
				?.trim();
		expect(titleAt(60)).toBe('MEM  ━ working set 1.0Gi  ─ RSS 1.0Gi  last 5m');
		expect(titleAt(44)).toBe('MEM  ━ working set 1.0Gi  ─ RSS 1.0Gi');
		expect(titleAt(30)).toBe('MEM ━ 1.0Gi ─ RSS 1.0Gi');
		expect(titleAt(36, {cursorMs: END})).toBe('MEM ━ 1.0Gi ─ RSS 1.0Gi  10:42:00');
	});

	test.each([22, 26, 30, 34])('show all values with their names rather than the clock in %i cells', width => {
		const lines = page(
			podRow('web'),
			{memoryWorkingSetBytes: GI, memoryRssBytes: GI / 2, rxBytesPerSecond: 2000, txBytesPerSecond: 500},
			{width, height: 30, cursorMs: END - 150_000},
		).split('\n');
		expect(lines.find(line => line.includes('MEM'))).toMatch(/MEM (━ )?1\.0Gi (─ )?RSS 512Mi/);
		expect(lines.find(line => line.includes('NET'))).toMatch(/NET (━ )?↓2\.0kB\/s (─ )?↑500B\/s/);
	});

	test('show the time of the cursor on the time axis if the title has no room for it', () => {
		const text = page(
			podRow('web'),
			{memoryWorkingSetBytes: GI, memoryRssBytes: GI},
			{width: 30, height: 30, cursorMs: END - 150_000},
		);
		expect(text).toMatch(/▴10:39:30/);
	});

	test.each([
		['a node in 40 cells', nodeRow('n1'), 40, 7, ['CPU', 'MEM', 'NET', 'FS']],
		['a container in 40 cells', LIMITED, 40, 7, ['CPU', 'MEM', 'NET', 'THR']],
		['a node in 80 cells, with three charts side by side', nodeRow('n1'), 80, 8, ['CPU', 'MEM', 'NET', 'FS']],
		['a pod on two lines', podRow('p'), 60, 2, ['CPU', 'MEM', 'NET']],
		['a node on one line', nodeRow('n1'), 80, 1, ['CPU', 'MEM', 'NET', 'FS']],
	] as const)('show all values of %s', (_what, row, width, height, names) => {
		const values = {
			cpuCores: 0.25,
			memoryWorkingSetBytes: GI,
			rxBytesPerSecond: 2000,
			txBytesPerSecond: 500,
			filesystemUsedBytes: 3 * GI,
			throttledRatio: 0.5,
		};
		for (const isStacked of [true, false]) {
			const text = page(row, values, {width, height, isStacked});
			expect(names.filter(name => !text.includes(name))).toEqual([]);
			expect(text).toContain('250m');
			expect(text).toContain('1.0Gi');
			expect(text).toMatch(/↓.*2\.0kB\/s/);
			expect(text).toMatch(row.kind === 'node' ? /3\.0Gi/ : row.kind === 'container' ? /50%/ : /500B\/s/);
		}
	});

	test('on one line each have sparklines of the same length', () => {
		const text = page(
			nodeRow('n1', {cpuCapacityCores: 4}),
			{cpuCores: share => share * 4},
			{width: 60, height: 4},
		);
		const lines = text.split('\n').slice(0, 4);
		expect(lines[0]).toMatch(/^ {2}CPU ▁+▂.*█ 4\.00 cores {2}cap 4\.00 *$/);
		expect(lines[1]).toMatch(/^ {2}MEM {26}–/);
	});

	test('on one line each are scaled to the capacity', () => {
		const text = page(nodeRow('n1', {cpuCapacityCores: 4}), {cpuCores: 1}, {width: 60, height: 4});
		expect(text.split('\n')[0]).toMatch(/^ {2}CPU ▂+ 1\.00 cores/);
	});

	test('mark the exit of a container and its reason on each time axis', () => {
		const ended = (finishedAtMs: number, name = 'main') =>
			containerInfo(name, {
				lastTermination: {reason: 'OOMKilled', exitCode: 137, signal: undefined, finishedAtMs},
			});
		const at = (row: Row, width = 160): string =>
			page(row, {cpuCores: 0.2, memoryWorkingSetBytes: GI}, {width});
		const within = END - 150_000;
		const axes = at(containerRow('main', {info: ended(within)})).match(/×OOMKilled \(137\) /g);
		expect(axes).toHaveLength(4);
		expect(at(containerRow('main', {info: ended(within)}), 30)).toMatch(/└.*×/);
		expect(at(podRow('web', {info: podInfo('web', {containers: [ended(within, 'app')]})}))).toContain(
			'×app OOMKilled (137)',
		);
		expect(at(containerRow('main', {info: ended(END - WINDOW_MS - 1000)}))).not.toContain('×');
	});

	test('of a row of the tree are those of its object', () => {
		const tree = {kind: 'tree', id: 't', name: 'n1', depth: 0, isOpen: undefined, of: nodeRow('n1')} as const;
		expect(page(tree, {filesystemUsedBytes: GI})).toContain('FS  1.0Gi');
	});

	test('have exactly the given size, for any size, object and tier', () => {
		const wide = '日本語ノード';
		const rows: readonly Row[] = [
			LIMITED,
			podRow(wide, {
				info: podInfo(wide, {
					containers: [
						containerInfo(wide, {
							lastTermination: {reason: wide, exitCode: 1, signal: undefined, finishedAtMs: END - 20_000},
						}),
					],
				}),
			}),
			nodeRow(wide, {fullestFilesystem: wide, cpuCapacityCores: 4, info: nodeInfo(wide)}),
			namespaceRow(wide),
		];
		const value = fc.oneof(
			fc.double({min: 0, max: 1e13, noNaN: true}),
			fc.constantFrom(0, 0.001, 0.4, Number.NaN, Number.POSITIVE_INFINITY),
		);
		fc.assert(
			fc.property(
				fc.record({
					row: fc.constantFrom(...rows),
					width: fc.integer({min: 14, max: 200}),
					height: fc.integer({min: 4, max: 60}),
					values: fc.array(value, {minLength: 1, maxLength: 12}),
					tier: fc.constantFrom('lines', 'braille', 'ascii'),
					symbols: fc.constantFrom('unicode', 'ascii'),
					hasColor: fc.boolean(),
					cursorMs: fc.option(fc.integer({min: END - 400_000, max: END + 100_000}), {nil: undefined}),
					windowMs: fc.constantFrom(60_000, 300_000, 86_400_000, 604_800_000),
					hasSeam: fc.boolean(),
				}),
				({row, width, height, values, tier, symbols, hasColor, cursorMs, windowMs, hasSeam}) => {
					const options = optionsOf(
						row,
						{},
						{
							tier,
							cursorMs,
							theme: createTheme({name: 'terminal', colors: hasColor ? '16' : 'none', symbols}),
							windowOf: points => ({points, stepMs: windowMs / points, endMs: END}),
							seamOf: ({points}: HistoryWindow) => (hasSeam ? Math.floor(points / 2) : undefined),
							storeLabel: wide,
							history: (series, {points}) =>
								Float64Array.from(
									{length: points},
									(_, point) => values[(point + series.length) % values.length] ?? 0,
								),
						},
					);
					for (const chart of chartsOf(row)) {
						const lines = chartLines(chart, options, {width, height});
						expect(lines).toHaveLength(height);
						const line = chartLine(chart, options, width);
						expect([line, ...lines].filter(each => widthOf(each) !== width)).toEqual([]);
						expect(widthOf(chartLine(chart, options, height))).toBe(height);
						expect([line, ...lines].join('')).not.toMatch(/NaN|undefined|Infinity/);
					}
				},
			),
			{numRuns: 150},
		);
	});
});
