import type {SeriesName, Subject} from '../../metrics/model/row.ts';
import type {HistoryWindow} from '../../metrics/model/view.ts';
import {niceTop, type Steps} from '../format/axis.ts';
import {chartPoints, drawChart, pointsAColumn, type Tier} from '../format/chart.ts';
import {eventsOf} from '../format/chart-events.ts';
import {type Cell, sideBySide, stacked} from '../format/chart-grid.ts';
import {type ChartKind, chartsOf, labelOf} from '../format/chart-kinds.ts';
import {chartTitle, type KnownSeries, valuesText} from '../format/chart-title.ts';
import {formatMoment, UNKNOWN} from '../format/numbers.ts';
import {scaleOf, sparkline} from '../format/sparkline.ts';
import {fitLine, widthOf} from '../format/width.ts';
import type {Style, Theme} from '../theme/theme.ts';

export type ChartsOptions = {
	readonly row: Subject;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	/** The first column that ktop filled itself, where those before it are from a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly storeLabel: string | undefined;
	/** What the store keeps instead of the quantity that is shown live. */
	readonly keptInstead?: ((series: SeriesName) => string | undefined) | undefined;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
	/** A time within the window to read values at, in place of the newest. */
	readonly cursorMs?: number | undefined;
	/** Tells whether the cursor's clock needs a date; the window's end where this is not given. */
	readonly nowMs?: number | undefined;
	/** Lines where nothing is said, but always ASCII where the theme is. */
	readonly tier?: Tier | undefined;
	/** The top of an axis, by what it is of and what it has to hold; the next round number where nothing is said. */
	readonly scaleOf?: ((key: string, highest: number, steps: Steps) => number) | undefined;
};

/** Where not even the labels fit there is no chart. */
const NARROWEST = 14;

/** A level is within reach of a series that is above this share of it: then the scale holds both. */
const REACH = 1 / 3;

/** A title and three lines: what is lower is no chart. */
const LEAST_CHART = 4;

/**
 * The charts of one object side by side, or over the whole page where that is asked. Those that there is no room for
 * are a line each, so that no value goes missing.
 */
export function drawCharts(options: ChartsOptions, isStacked: boolean): readonly string[] {
	const {row, width, height} = options;
	if (width < NARROWEST) {
		return Array.from({length: Math.max(height, 0)}, () => ' '.repeat(Math.max(width, 0)));
	}

	const charts = chartsOf(row);
	const layOut = isStacked ? stacked : sideBySide;
	for (let lines = 0; lines < charts.length && height - lines >= LEAST_CHART; lines++) {
		const count = charts.length - lines;
		const grid = layOut(count, width, height - lines);
		if (grid.flat().length >= count) {
			return [
				...drawGrid(charts.slice(0, count), grid, options),
				...charts.slice(count).map(chart => drawLow(chart, options, width)),
			];
		}
	}

	return drawAllLow(charts, options);
}

function drawGrid(
	charts: readonly ChartKind[],
	grid: ReadonlyArray<readonly Cell[]>,
	options: ChartsOptions,
): readonly string[] {
	let next = 0;
	return grid.flatMap(cells => {
		const drawn = charts.slice(next, next + cells.length).map((chart, index) => {
			const cell = cells[index] ?? {width: 0, height: 0};
			// A blank between neighbours: labels begin where the chart before ends.
			const gap = index < cells.length - 1 ? 1 : 0;
			const lines = drawOne(chart, options, {...cell, width: cell.width - gap});
			return lines.map(line => line + ' '.repeat(gap));
		});
		next += cells.length;
		return Array.from({length: cells[0]?.height ?? 0}, (_, line) =>
			drawn.map(lines => lines[line] ?? '').join(''),
		);
	});
}

/** A line for each chart; where there are not even so many lines, several on each. */
function drawAllLow(charts: readonly ChartKind[], options: ChartsOptions): readonly string[] {
	const {width, height} = options;
	const abreast = Math.ceil(charts.length / Math.max(height, 1));
	const cells = Math.floor(width / abreast);
	return Array.from({length: Math.max(height, 0)}, (_, line) => {
		const drawn = charts
			.slice(line * abreast, (line + 1) * abreast)
			.map(chart => drawLow(chart, options, cells));
		return fitLine(drawn.join(''), width, options.theme.ellipsis);
	});
}

/** What values take at most, as a rule, and with their levels on a wide line: sparklines below each other end alike. */
const VALUES_CELLS = 18;
const LEVELS_CELLS = 12;
const WIDE = 60;

const LEAST_SPARKLINE = 4;
const MOST_SPARKLINE = 60;

/** `  CPU ▁▂▃▅ 676m  lim 1.00`: a chart in one line. */
function drawLow(chart: ChartKind, options: ChartsOptions, width: number): string {
	const {theme} = options;
	const title = `  ${theme.paint('title', chart.short.padEnd(3))} `;
	const beside = VALUES_CELLS + (width >= WIDE ? LEVELS_CELLS : 0);
	const room = Math.min(width - widthOf(title) - beside, MOST_SPARKLINE);
	const {told, series, point} = readChart(chart, options, options.windowOf(Math.max(room, LEAST_SPARKLINE)));
	const {values = new Float64Array(), style = 'plain'} = series[0] ?? {};
	// Without an axis to read a height at, it stands against what there is, as in a table.
	const scale = chart.levels.find(({name}) => name !== 'req')?.value ?? scaleOf(values, chart.quantity.least);
	const drawn =
		room < LEAST_SPARKLINE ? '' : `${theme.paint(style, sparkline(values, scale, theme.symbols))} `;
	const text = `${title}${drawn}${told.length === 0 ? UNKNOWN : valuesText(chart, told, point)}`;
	const levels = chart.levels.map(level => `  ${theme.paint('dim', labelOf(level, chart))}`).join('');
	return fitLine(widthOf(text + levels) < width ? text + levels : text, width, theme.ellipsis);
}

/** The series of a chart over a window, and what they are read and held against. */
function readChart(chart: ChartKind, options: ChartsOptions, window: HistoryWindow) {
	const all = chart.series.map(each => ({...each, values: options.history(each.name, window)}));
	// What a source never tells (metrics.k8s.io has no RSS) needs no place in the legend.
	const told = all.filter(({values}) => values.some(value => Number.isFinite(value)));
	const series = told.length === 0 ? all.slice(0, 1) : told;
	return {
		told,
		series,
		top: topOf(chart, series, options),
		point: pointAt(window, options.cursorMs),
	};
}

function drawOne(chart: ChartKind, options: ChartsOptions, {width, height}: Cell): readonly string[] {
	const {theme} = options;
	const tier = theme.symbols === 'ascii' ? 'ascii' : (options.tier ?? 'lines');
	const window = options.windowOf(chartPoints(width, tier));
	const {told, series, top, point} = readChart(chart, options, window);
	const seam = options.seamOf(window);
	const cursor =
		point === undefined
			? undefined
			: {point, clock: formatMoment(options.cursorMs ?? 0, options.nowMs ?? window.endMs)};
	const title = chartTitle(chart, {
		series: told,
		cursor,
		above: chart.levels.filter(({value}) => value > top),
		windowLabel: options.windowLabel,
		storeLabel: seam === undefined ? undefined : storeLabelOf(chart, options),
		theme,
		tier,
		width,
	});
	const drawing = drawChart(
		series.map(({values, style}) => ({values, paint: painter(theme, style)})),
		{
			width,
			height: height - 1,
			top,
			steps: chart.quantity.steps,
			format: chart.quantity.tick,
			tier,
			references: chart.levels
				.filter(({value}) => value <= top)
				.map(level => ({
					value: level.value,
					label: labelOf(level, chart),
					paint: painter(theme, level.name === 'lim' ? 'warning' : 'dim'),
				})),
			window,
			paintAxis: painter(theme, 'dim'),
			seam: columnOf(seam, tier),
			events: eventsOf(options.row).flatMap(({atMs, label, isTrouble}) => {
				const column = columnOf(pointAt(window, atMs), tier);
				return column === undefined
					? []
					: [{column, label, paint: painter(theme, isTrouble ? 'critical' : 'dim')}];
			}),
			cursor: cursor && {
				column: columnOf(cursor.point, tier) ?? 0,
				clock: title.includes(cursor.clock) ? undefined : cursor.clock,
				paint: painter(theme, 'title'),
			},
		},
	);
	return [fitLine(title, width, theme.ellipsis), ...(height > 1 ? drawing : [])].slice(0, height);
}

/** `Prometheus, sums of containers` where these are no values of the same quantity. */
function storeLabelOf({series}: ChartKind, {storeLabel = '', keptInstead}: ChartsOptions): string {
	const kept = series.map(({name}) => keptInstead?.(name)).find(text => text !== undefined);
	return kept === undefined ? storeLabel : `${storeLabel}, ${kept}`;
}

/** The top of a chart's axis: room for its series, and for the levels that these come near. */
function topOf(
	{quantity, series, levels}: ChartKind,
	shown: readonly KnownSeries[],
	options: ChartsOptions,
): number {
	const {steps, least} = quantity;
	const highest = highestOf(shown);
	const near = levels.filter(({value}) => highest > value * REACH).map(({value}) => value);
	const needed = Math.max(highest, least, ...near);
	const {row} = options;
	const key = `${row.kind}/${row.kind === 'cluster' ? '' : row.id}/${series[0]?.name ?? ''}`;
	const held = options.scaleOf?.(key, needed, steps) ?? 0;
	return niceTop(Number.isFinite(held) ? Math.max(held, needed) : needed, steps);
}

function highestOf(series: readonly KnownSeries[]): number {
	let highest = 0;
	for (const {values} of series) {
		for (const value of values) {
			if (value > highest && Number.isFinite(value)) {
				highest = value;
			}
		}
	}

	return highest;
}

/** The value of the window that a time is in; undefined outside it. */
function pointAt({points, stepMs, endMs}: HistoryWindow, timeMs: number | undefined): number | undefined {
	// A step ends with its last moment, which is part of it.
	const point = timeMs === undefined ? -1 : points + Math.ceil((timeMs - endMs) / stepMs) - 1;
	return point >= 0 && point < points ? point : undefined;
}

function columnOf(point: number | undefined, tier: Tier): number | undefined {
	return point === undefined ? undefined : Math.floor(point / pointsAColumn(tier));
}

/** One function a style, since cells are painted together by it. */
function painter(theme: Theme, style: Style): (text: string) => string {
	return text => theme.paint(style, text);
}
