import {printable} from '../../metrics/printable.ts';
import type {Row, SeriesName} from '../../metrics/row.ts';
import type {HistoryWindow} from '../../metrics/view.ts';
import {type ChartSeries, chartPoints, drawChart} from '../format/chart.ts';
import {formatBytes, formatCores, formatRate} from '../format/numbers.ts';
import {fitLine} from '../format/width.ts';
import type {Style, Theme} from '../theme/theme.ts';

export type ChartsOptions = {
	readonly row: Row;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	/** The first column that ktop filled itself, where those before it are from a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly storeLabel: string | undefined;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
};

type Chart = {
	readonly title: string;
	readonly series: ReadonlyArray<readonly [SeriesName, Style]>;
	readonly format: (value: number) => string;
	readonly least: number;
};

/** Narrower than this a chart is all labels. */
const LEAST_WIDTH = 26;

/** Where not even the labels fit there is no chart. */
const NARROWEST = 14;

/** The charts of one object side by side, as many as there is room for, or one above the other where that is asked. */
export function drawCharts(options: ChartsOptions, isStacked: boolean): readonly string[] {
	if (options.width < NARROWEST) {
		return blank(options.width, options.height);
	}

	const charts = chartsOf(options.row, options.theme);
	if (isStacked) {
		const count = Math.min(charts.length, Math.max(Math.floor(options.height / 4), 1));
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

function chartsOf(row: Row, theme: Theme): readonly Chart[] {
	const cpu: Chart = {title: 'CPU', series: [['cpuCores', 'accent']], format: formatCores, least: 0.01};
	const memory: Chart = {
		title: 'MEM',
		series: [['memoryWorkingSetBytes', 'accent']],
		format: formatBytes,
		least: 2 ** 20,
	};
	const network: Chart = {
		title: `NET${row.kind === 'container' && row.pod !== undefined ? ' of its pod' : ''} ${theme.paint('receive', `↓ received`)} ${theme.paint('send', `↑ sent`)}`,
		series: [
			['rxBytesPerSecond', 'receive'],
			['txBytesPerSecond', 'send'],
		],
		format: formatRate,
		least: 1000,
	};
	// How often its CPU limit stops it.
	const throttling: Chart = {
		title: 'THROTTLED',
		series: [['throttledRatio', 'critical']],
		format: value => `${Math.round(value * 100)}%`,
		least: 0.1,
	};
	return row.kind === 'container' ? [cpu, memory, network, throttling] : [cpu, memory, network];
}

function drawOne(chart: Chart, options: ChartsOptions, width: number, height: number): readonly string[] {
	const {theme, windowOf, windowLabel} = options;
	const points = chartPoints(width);
	const seam = options.seamOf(windowOf(points));
	const joint = theme.symbols === 'unicode' ? '┊' : ':';
	const before =
		seam === undefined ? '' : theme.paint('dim', `  ${joint} before: ${printable(options.storeLabel ?? '')}`);
	const series: readonly ChartSeries[] = chart.series.map(([name, style]) => ({
		values: options.history(name, windowOf(points)),
		paint: text => theme.paint(style, text),
	}));
	const newest = series.map(({values}) => values.findLast(value => !Number.isNaN(value)));
	const values = newest.map(value => (value === undefined ? '–' : chart.format(value))).join(' ');
	const isEmpty = newest.every(value => value === undefined);
	const title = `  ${theme.paint('title', chart.title)}  ${values}${isEmpty ? '  nothing measured yet' : `  last ${windowLabel}${before}`}`;
	return [
		fitLine(title, width, theme.ellipsis),
		...drawChart(series, {
			width,
			height: height - 1,
			least: chart.least,
			format: chart.format,
			symbols: theme.symbols,
			seam: seam === undefined ? undefined : {column: seam, mark: theme.paint('dim', joint)},
		}),
	].slice(0, height);
}

function blank(width: number, count: number): readonly string[] {
	return Array.from({length: Math.max(count, 0)}, () => ' '.repeat(width));
}
