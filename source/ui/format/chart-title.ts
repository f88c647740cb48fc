import {printable} from '../../metrics/model/printable.ts';
import type {Statistics} from '../../metrics/model/statistics.ts';
import type {Theme} from '../theme/theme.ts';
import {marksOf, type Tier} from './chart.ts';
import {type ChartKind, type ChartLevel, labelOf} from './chart-kinds.ts';
import {UNKNOWN} from './numbers.ts';
import {widthOf} from './width.ts';

export type KnownSeries = ChartKind['series'][number] & {readonly values: Float64Array};

export type TitleOptions = {
	/** The series with at least one value in the window. */
	readonly series: readonly KnownSeries[];
	/** The point whose values are shown; undefined: the newest of each series. */
	readonly cursor: {readonly point: number; readonly clock: string} | undefined;
	/** Levels above the top of the axis. */
	readonly above: readonly ChartLevel[];
	readonly windowLabel: string;
	/** The store of the values before the seam; undefined if there is no seam in the window. */
	readonly storeLabel: string | undefined;
	/** Of the first series over the window; undefined if they are not shown. */
	readonly statistics: Statistics | undefined;
	readonly theme: Theme;
	readonly tier: Tier;
	readonly width: number;
};

/**
 * The title of a chart: its name, the current values or those at the cursor, statistics of the window, levels above the axis, window and store. On
 * narrow charts the least important parts are left out; the values always stay.
 */
export function chartTitle(chart: ChartKind, options: TitleOptions): string {
	const {series, cursor, theme} = options;
	const name = `  ${theme.paint('title', chart.title)}`;
	if (series.length === 0) {
		return `${name}  ${UNKNOWN}  unknown: e explains why`;
	}

	const marks = marksOf(options.tier);
	const values = series.map(({values}) => valueText(chart, values, cursor?.point));
	const legend = (length: 'long' | 'short'): readonly string[] =>
		values.map((text, index) => {
			const {style = 'plain', [length]: name = ''} = series[index] ?? {};
			const mark = index === 0 ? marks.first : marks.other;
			return series.length === 1 ? text : theme.paint(style, `${mark} ${name}${text}`);
		});
	const long = `${name}  ${legend('long').join('  ')}`;
	const short = `${name} ${legend('short').join(' ')}`;
	const moment = cursor && theme.paint('title', `at ${cursor.clock}`);
	const out = options.above.map(level => labelOf(level, chart)).join(', ');
	const above = out && theme.paint('dim', `${out} above`);
	const last = `last ${options.windowLabel}`;
	const before =
		options.storeLabel === undefined
			? undefined
			: theme.paint('dim', `${marks.seam} before: ${printable(options.storeLabel)}`);
	const statistics = options.statistics && statisticsText(chart, series, options.statistics, theme);
	const named = valuesText(chart, series, cursor?.point);
	const bare = `  ${theme.paint('title', chart.short)} ${named}`;
	return firstThatFits(
		[
			[long, moment, above, last, before, statistics],
			[long, moment, above, last, before],
			[long, moment, above, before],
			[short, moment, above, before],
			[short, moment, above],
			[short, moment],
			[short, cursor?.clock],
			[short],
			[bare, cursor?.clock],
			[bare],
		],
		options.width,
	);
}

/** `min 20m  mean 0.3  p95 0.5  max 0.6`; of several series, of the first one. */
function statisticsText(
	{quantity}: ChartKind,
	[first, ...others]: readonly KnownSeries[],
	{min, mean, p95, max}: Statistics,
	theme: Theme,
): string {
	const figures = [
		['min', min],
		['mean', mean],
		['p95', p95],
		['max', max],
	] as const;
	const text = figures.map(([name, value]) => `${name} ${quantity.format(value)}`).join(' ');
	return theme.paint('dim', others.length === 0 ? text : `${first?.long}${text}`);
}

/** `5.3Gi RSS 4.2Gi`: all values with their short names. */
export function valuesText(
	chart: ChartKind,
	series: readonly KnownSeries[],
	point: number | undefined,
): string {
	return series
		.map(({values, short}) => `${series.length === 1 ? '' : short}${valueText(chart, values, point)}`)
		.join(' ');
}

function valueText({quantity}: ChartKind, values: Float64Array, point: number | undefined): string {
	const value = point === undefined ? values.findLast(Number.isFinite) : values[point];
	return value === undefined || !Number.isFinite(value) ? UNKNOWN : quantity.formatWithUnit(value);
}

/** The first title that fits, else the last one. */
function firstThatFits(titles: ReadonlyArray<ReadonlyArray<string | undefined>>, width: number): string {
	let shortest = '';
	for (const parts of titles) {
		shortest = parts.filter(Boolean).join('  ');
		if (widthOf(shortest) <= width) {
			break;
		}
	}

	return shortest;
}
