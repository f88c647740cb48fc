import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import {MIN_SAMPLES, type Statistics} from '../../metrics/model/statistics.ts';
import {statisticsOf} from '../../metrics/rings/statistics.ts';
import {chartPoints, drawChart, pointsPerColumn, type Tier} from '../format/chart.ts';
import {eventsOf} from '../format/chart-events.ts';
import {type ChartKind, labelOf} from '../format/chart-kinds.ts';
import {chartTitle, type KnownSeries} from '../format/chart-title.ts';
import {formatMoment} from '../format/numbers.ts';
import {fitLine} from '../format/width.ts';
import type {Style, Theme} from '../theme/theme.ts';
import {type ChartReadingOptions, pointAt, readChart} from './chart-reading.ts';

/** Draws a chart with its title; exactly `height` lines of `width` cells. */
export function chartLines(
	chart: ChartKind,
	options: ChartReadingOptions,
	{width, height}: {readonly width: number; readonly height: number},
): readonly string[] {
	const {theme, tier} = options;
	const window = options.windowOf(chartPoints(width, tier));
	const {known, series, top, point} = readChart(chart, options, window);
	const seam = options.seamOf(window);
	const cursor =
		point === undefined ? undefined : {point, clock: formatMoment(options.cursorMs ?? 0, options.nowMs)};
	const title = chartTitle(chart, {
		series: known,
		cursor,
		above: chart.levels.filter(({value}) => value > top),
		windowLabel: options.windowLabel,
		storeLabel: seam === undefined ? undefined : storeLabelOf(chart, options),
		statistics: known[0] && statisticsOfSeries(known[0], options),
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

/**
 * Of CPU and memory those of the table's columns, of the samples up to the cursor; of other series those of the points. Of
 * other sums none: their first points cover only what was read by then, and a lowest one would be wrong.
 */
function statisticsOfSeries(
	{name, values}: KnownSeries,
	{row, statistics}: ChartReadingOptions,
): Statistics | undefined {
	if (name === 'cpuCores' || name === 'memoryWorkingSetBytes') {
		const known = statistics(name);
		return known === undefined || known.samples < MIN_SAMPLES ? undefined : known;
	}

	const {kind} = objectOfRow(row);
	return kind === 'node' || kind === 'pod' || kind === 'container' ? statisticsOf(values) : undefined;
}

/** The store's name, and its quantity if that differs from the live one: `Prometheus, sums of containers`. */
function storeLabelOf({series}: ChartKind, {storeLabel = '', keptInstead}: ChartReadingOptions): string {
	const kept = series.map(({name}) => keptInstead(name)).find(text => text !== undefined);
	return kept === undefined ? storeLabel : `${storeLabel}, ${kept}`;
}

function columnOf(point: number | undefined, tier: Tier): number | undefined {
	return point === undefined ? undefined : Math.floor(point / pointsPerColumn(tier));
}

/** The canvas paints neighbouring cells together if they have the same function, so create one per style. */
function painter(theme: Theme, style: Style): (text: string) => string {
	return text => theme.paint(style, text);
}
