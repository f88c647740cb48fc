import type {SeriesName, Subject} from '../../metrics/model/row.ts';
import type {StatisticSeries, Statistics} from '../../metrics/model/statistics.ts';
import type {HistoryWindow} from '../../metrics/model/view.ts';
import {niceTop, type Steps} from '../format/axis.ts';
import type {Tier} from '../format/chart.ts';
import type {ChartKind} from '../format/chart-kinds.ts';
import type {KnownSeries} from '../format/chart-title.ts';
import type {Theme} from '../theme/theme.ts';

/** The data and settings of an object's charts. */
export type ChartReadingOptions = {
	readonly row: Subject;
	readonly theme: Theme;
	readonly tier: Tier;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	/** The first point that is ktop's own sample; undefined if the window has no points of a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly storeLabel: string | undefined;
	/** The quantity that the store keeps instead; undefined if it is the live one. */
	readonly keptInstead: (series: SeriesName) => string | undefined;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
	/** Of the row's samples in the window on the screen. */
	readonly statistics: (series: StatisticSeries) => Statistics | undefined;
	/** The time of the cursor, at which the title shows values; undefined: the newest values. */
	readonly cursorMs: number | undefined;
	/** The current time: a cursor on another day is shown with its date. */
	readonly nowMs: number;
	/** The top of the axis with this key, which must hold `highest`; NaN for no preference. */
	readonly scaleOf: (key: string, highest: number, steps: Steps) => number;
};

/** The scale includes a level if the highest value is above this share of it. */
const NEAR_SHARE = 1 / 3;

/**
 * Reads the series of a chart over a window. `known` are the series with at least one value; `series` are those to draw,
 * never none. `top` is the top of the axis, `point` the cursor's index in the window.
 */
export function readChart(chart: ChartKind, options: ChartReadingOptions, window: HistoryWindow) {
	const all = chart.series.map(each => ({...each, values: options.history(each.name, window)}));
	// A series that a route does not provide (metrics.k8s.io has no RSS) is left out of the legend.
	const known = all.filter(({values}) => values.some(value => Number.isFinite(value)));
	const series = known.length === 0 ? all.slice(0, 1) : known;
	return {
		known,
		series,
		top: topOf(chart, series, options),
		point: pointAt(window, options.cursorMs),
	};
}

/** The top of a chart's axis: above all values, and above the levels that are near them. */
function topOf(
	{quantity, series, levels}: ChartKind,
	shown: readonly KnownSeries[],
	options: ChartReadingOptions,
): number {
	const {steps, minTop} = quantity;
	const highest = highestOf(shown);
	const near = levels.filter(({value}) => highest > value * NEAR_SHARE).map(({value}) => value);
	const needed = Math.max(highest, minTop, ...near);
	const {row} = options;
	const key = `${row.kind}/${row.kind === 'cluster' ? '' : row.id}/${series[0]?.name ?? ''}`;
	const held = options.scaleOf(key, needed, steps);
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

/** The index of the step of a window that contains a time; undefined if the time is outside. */
export function pointAt(
	{points, stepMs, endMs}: HistoryWindow,
	timeMs: number | undefined,
): number | undefined {
	// A step includes its end, but not its start.
	const point = timeMs === undefined ? -1 : points + Math.ceil((timeMs - endMs) / stepMs) - 1;
	return point >= 0 && point < points ? point : undefined;
}
