import {printable} from '../../metrics/printable.ts';
import type {Row, SeriesName} from '../../metrics/row.ts';
import type {HistoryWindow} from '../../metrics/view.ts';
import type {AxisUnit} from '../format/axis.ts';
import {
	type ChartSeries,
	type ChartTier,
	chartPoints,
	drawChart,
	highestOf,
	type ReferenceLine,
} from '../format/chart.ts';
import type {DecayingScales} from '../format/decaying-scale.ts';
import {formatBytes, formatCores, formatMoment, formatRate} from '../format/numbers.ts';
import {fitLine} from '../format/width.ts';
import type {Style, Theme} from '../theme/theme.ts';
import {referencesOf} from './references.ts';

export type ChartsOptions = {
	readonly row: Row;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly tier: ChartTier;
	readonly nowMs: number;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	/** The moment that is looked at; undefined for now. */
	readonly cursorMs: number | undefined;
	/** The first point that ktop filled itself, where those before it are from a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly storeLabel: string | undefined;
	readonly scales: DecayingScales;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
};

type Chart = {
	readonly title: string;
	readonly series: ReadonlyArray<readonly [name: SeriesName, style: Style, label: string]>;
	readonly unit: AxisUnit;
	readonly format: (value: number) => string;
	readonly least: number;
};

/** Narrower than this a chart is all labels. */
const LEAST_WIDTH = 30;

/** Where not even the labels fit there is no chart. */
const NARROWEST = 14;

/** The charts of one object side by side, as many as there is room for, or one above the other where that is asked. */
export function drawCharts(options: ChartsOptions, isStacked: boolean): readonly string[] {
	if (options.width < NARROWEST) {
		return blank(options.width, options.height);
	}

	const charts = chartsOf(options.row);
	if (isStacked) {
		const count = Math.min(charts.length, Math.max(Math.floor(options.height / 6), 1));
		const height = Math.floor(options.height / count);
		const lines = charts.slice(0, count).flatMap(chart => drawOne(chart, options, options.width, height));
		return [...lines, ...blank(options.width, options.height - lines.length)];
	}

	const count = Math.min(charts.length, Math.max(Math.floor(options.width / LEAST_WIDTH), 1));
	const width = Math.floor(options.width / count);
	const drawn = charts.slice(0, count).map((chart, index) => {
		const isLast = index === count - 1;
		return drawOne(chart, options, isLast ? options.width - width * (count - 1) : width, options.height);
	});
	return Array.from({length: options.height}, (_, line) => drawn.map(lines => lines[line] ?? '').join(''));
}

function chartsOf(row: Row): readonly Chart[] {
	const cpu: Chart = {
		title: 'CPU',
		series: [['cpuCores', 'accent', '']],
		unit: 'cores',
		format: formatCores,
		least: 0.01,
	};
	const memory: Chart = {
		title: 'MEM',
		series: [
			['memoryWorkingSetBytes', 'accent', 'working set'],
			['memoryRssBytes', 'send', 'rss'],
		],
		unit: 'bytes',
		format: formatBytes,
		least: 2 ** 20,
	};
	const network: Chart = {
		title: row.kind === 'container' && row.pod !== undefined ? 'NET of its pod' : 'NET',
		series: [
			['rxBytesPerSecond', 'receive', '↓'],
			['txBytesPerSecond', 'send', '↑'],
		],
		unit: 'rate',
		format: formatRate,
		least: 1000,
	};
	// How often its CPU limit stops it.
	const throttling: Chart = {
		title: 'THROTTLED',
		series: [['throttledRatio', 'critical', '']],
		unit: 'ratio',
		format: value => `${Math.round(value * 100)}%`,
		least: 0.1,
	};
	const filesystem: Chart = {
		title: 'FS',
		series: [['filesystemUsedBytes', 'accent', 'fullest']],
		unit: 'bytes',
		format: formatBytes,
		least: 2 ** 30,
	};
	switch (row.kind) {
		case 'container':
			return [cpu, memory, network, throttling];
		case 'node':
			return [cpu, memory, network, filesystem];
		default:
			return [cpu, memory, network];
	}
}

function drawOne(chart: Chart, options: ChartsOptions, width: number, height: number): readonly string[] {
	const {theme, tier, windowOf, row, scales, cursorMs, nowMs} = options;
	const window = windowOf(chartPoints(width, tier));
	const pointsAColumn = tier === 'braille' ? 2 : 1;
	const series = chart.series.map(([name, style]) => ({
		values: options.history(name, window),
		paint: (text: string) => theme.paint(style, text),
	}));
	const references = referencesOf(row, chart.series[0]?.[0]).map(
		(reference): ReferenceLine => ({
			value: reference.value,
			label: `${reference.name} ${chart.format(reference.value)}`,
			paint: text => theme.paint(reference.style, text),
		}),
	);
	const least = scales.heightOf(
		`${row.id} ${chart.title}`,
		highestOf(series, references, chart.least),
		nowMs,
	);
	const seam = options.seamOf(window);
	const cursorPoint = cursorMs === undefined ? undefined : pointAt(cursorMs, window);
	const joint = tier === 'ascii' ? ':' : '┊';
	const marks = [
		...(seam === undefined
			? []
			: [{column: Math.floor(seam / pointsAColumn), mark: theme.paint('dim', joint)}]),
		...(cursorPoint === undefined
			? []
			: [
					{
						column: Math.floor(cursorPoint / pointsAColumn),
						mark: theme.paint('warning', tier === 'ascii' ? '|' : '│'),
					},
				]),
	];
	return [
		fitLine(titleOf(chart, series, references, least, cursorPoint, seam, options), width, theme.ellipsis),
		...drawChart(series, {
			width,
			height: height - 1,
			least,
			unit: chart.unit,
			format: chart.format,
			tier,
			time: {stepMs: window.stepMs * pointsAColumn, endMs: window.endMs},
			lines: references,
			marks,
		}),
	].slice(0, height);
}

/** The values now, or at the cursor with its time; what is too far above to be drawn; where the store's part ends. */
function titleOf(
	chart: Chart,
	series: readonly ChartSeries[],
	references: readonly ReferenceLine[],
	top: number,
	cursorPoint: number | undefined,
	seam: number | undefined,
	{theme, windowLabel, cursorMs, nowMs, storeLabel, tier}: ChartsOptions,
): string {
	const values = series.map(({values}) =>
		cursorPoint === undefined ? values.findLast(value => !Number.isNaN(value)) : values[cursorPoint],
	);
	const isEmpty = series.every(({values}) => values.every(value => Number.isNaN(value)));
	const shown = chart.series.map(([, style, label], index) => {
		const value = values[index];
		const text = value === undefined || Number.isNaN(value) ? '–' : chart.format(value);
		return theme.paint(style, label === '' ? text : `${label} ${text}`);
	});
	const when =
		cursorMs === undefined || cursorPoint === undefined
			? `last ${windowLabel}`
			: `at ${formatMoment(cursorMs, nowMs)}`;
	const above = references
		.filter(({value}) => value > top)
		.map(({label}) => theme.paint('dim', `  ${label} above`))
		.join('');
	const before =
		seam === undefined
			? ''
			: theme.paint('dim', `  ${tier === 'ascii' ? ':' : '┊'} before: ${printable(storeLabel ?? '')}`);
	return `  ${theme.paint('title', chart.title)}  ${shown.join(' ')}  ${isEmpty ? 'nothing measured yet' : when}${above}${before}`;
}

function pointAt(timeMs: number, {points, stepMs, endMs}: HistoryWindow): number | undefined {
	const point = Math.ceil((timeMs - endMs) / stepMs) + points - 1;
	return point >= 0 && point < points ? point : undefined;
}

function blank(width: number, count: number): readonly string[] {
	return Array.from({length: Math.max(count, 0)}, () => ' '.repeat(width));
}
