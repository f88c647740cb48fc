import type {SeriesName, Subject} from '../../metrics/model/row.ts';
import type {HistoryWindow} from '../../metrics/model/view.ts';
import {niceTop, type Steps} from '../format/axis.ts';
import type {Tier} from '../format/chart.ts';
import type {ChartKind} from '../format/chart-kinds.ts';
import type {KnownSeries} from '../format/chart-title.ts';
import type {Theme} from '../theme/theme.ts';

/** What charts of an object are drawn of. */
export type ChartOptions = {
	readonly row: Subject;
	readonly theme: Theme;
	/** Lines are ASCII where the theme is, whatever this says. */
	readonly tier: Tier;
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	/** The first column that ktop filled itself, where those before it are from a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly storeLabel: string | undefined;
	/** What the store keeps instead of the quantity that is shown live. */
	readonly keptInstead: (series: SeriesName) => string | undefined;
	readonly history: (series: SeriesName, window: HistoryWindow) => Float64Array;
	/** A time within the window to read values at, in place of the newest. */
	readonly cursorMs: number | undefined;
	/** Decides whether the cursor's clock needs a date. */
	readonly nowMs: number;
	/** The top of an axis, by what it is of and what it has to hold; NaN where any will do. */
	readonly scaleOf: (key: string, highest: number, steps: Steps) => number;
};

/** A level is within reach of a series that is above this share of it: then the scale holds both. */
const REACH = 1 / 3;

/** The series of a chart over a window, and what they are read and held against. */
export function readChart(chart: ChartKind, options: ChartOptions, window: HistoryWindow) {
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

/** The top of a chart's axis: room for its series, and for the levels that these come near. */
function topOf(
	{quantity, series, levels}: ChartKind,
	shown: readonly KnownSeries[],
	options: ChartOptions,
): number {
	const {steps, least} = quantity;
	const highest = highestOf(shown);
	const near = levels.filter(({value}) => highest > value * REACH).map(({value}) => value);
	const needed = Math.max(highest, least, ...near);
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

/** The value of the window that a time is in; undefined outside it. */
export function pointAt(
	{points, stepMs, endMs}: HistoryWindow,
	timeMs: number | undefined,
): number | undefined {
	// A step ends with its last moment, which is part of it.
	const point = timeMs === undefined ? -1 : points + Math.ceil((timeMs - endMs) / stepMs) - 1;
	return point >= 0 && point < points ? point : undefined;
}
