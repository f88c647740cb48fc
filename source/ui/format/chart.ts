import type {HistoryWindow} from '../../metrics/model/view.ts';
import {type Steps, ticksOf} from './axis.ts';
import {brailleRow, DOTS_ACROSS, drawBraille} from './braille.ts';
import {ChartCanvas, type Paint} from './chart-canvas.ts';
import {drawLine, lineRow} from './chart-lines.ts';
import {drawReferences, type Reference} from './chart-references.ts';
import {timeEnds, timeTicks} from './time-axis.ts';
import {fitText} from './width.ts';

/** How charts are drawn: asciichart's lines, braille dots (two values per column), or ASCII. */
export type Tier = 'lines' | 'braille' | 'ascii';

export type ChartSeries = {
	/** `chartPoints` values; if there are more, the newest are drawn. */
	readonly values: Float64Array;
	readonly paint: Paint;
	/** A character that stands on the line here and there, so that many lines differ without colours. */
	readonly mark?: string;
};

export type ChartOptions = {
	readonly width: number;
	/** Lines of the drawing, axes included; at least 1. */
	readonly height: number;
	/** The top of the axis; higher values are drawn there. */
	readonly top: number;
	readonly steps: Steps;
	/** The label of a tick of the value axis. */
	readonly format: (value: number) => string;
	readonly tier: Tier;
	/** Those above `top` are not drawn. */
	readonly references?: readonly Reference[] | undefined;
	/** The window of the values, for the time axis, which is drawn if there is room. */
	readonly window?: HistoryWindow | undefined;
	/** Events to mark on the time axis. */
	readonly events?:
		| ReadonlyArray<{readonly column: number; readonly label: string; readonly paint: Paint}>
		| undefined;
	/** Paints the time axis and the seam. */
	readonly paintAxis: Paint;
	/** The column of the first of ktop's own samples, drawn as a vertical line behind the series. */
	readonly seam?: number | undefined;
	/** The column of the cursor, drawn as a vertical line behind the series; `clock` if the title has no room for it. */
	readonly cursor?:
		| {readonly column: number; readonly paint: Paint; readonly clock?: string | undefined}
		| undefined;
};

/** The width of the longest labels: `1.25Gi`, `500k/s`. */
const LABEL_WIDTH = 6;
const AXIS_WIDTH = LABEL_WIDTH + 2;

/** The least height of a chart with a time axis. */
const MIN_HEIGHT_WITH_TIME = 5;

/** Ticks are at least this many rows apart, and there are at most this many. */
const ROWS_PER_TICK = 2;
const MAX_TICKS = 8;

/** The columns that a chart has beside its labels. */
export function chartColumns(width: number): number {
	return Math.max(width - AXIS_WIDTH, 1);
}

/** The number of values that fit beside the labels. */
export function chartPoints(width: number, tier: Tier): number {
	return chartColumns(width) * pointsPerColumn(tier);
}

export function pointsPerColumn(tier: Tier): number {
	return tier === 'braille' ? DOTS_ACROSS : 1;
}

/** The characters of a chart besides its lines. */
type Marks = {
	/** In the legend: the first series, and the others. */
	readonly first: string;
	readonly other: string;
	readonly axis: string;
	readonly tick: string;
	readonly reference: string;
	readonly seam: string;
	readonly cursor: string;
	readonly corner: string;
	readonly timeAxis: string;
	readonly timeTick: string;
	readonly timeCursor: string;
	readonly timeEvent: string;
};

const LINE_MARKS: Marks = {
	first: '━',
	other: '─',
	axis: '│',
	tick: '┤',
	reference: '╌',
	seam: '┊',
	cursor: '╎',
	corner: '└',
	timeAxis: '─',
	timeTick: '┴',
	timeCursor: '▴',
	timeEvent: '×',
};

const MARKS: Readonly<Record<Tier, Marks>> = {
	lines: LINE_MARKS,
	braille: {...LINE_MARKS, first: '─', other: '┈'},
	ascii: {
		first: '=',
		other: '-',
		axis: '|',
		tick: '+',
		reference: '_',
		seam: ':',
		cursor: '!',
		corner: '+',
		timeAxis: '-',
		timeTick: '+',
		timeCursor: '^',
		timeEvent: 'x',
	},
};

export function marksOf(tier: Tier): Marks {
	return MARKS[tier];
}

/** Draws series from 0 to `top`, the first above the others; exactly `height` lines of `width` cells. */
export function drawChart(series: readonly ChartSeries[], options: ChartOptions): readonly string[] {
	const {width, height, steps, format, tier} = options;
	const hasTime = options.window !== undefined && height >= MIN_HEIGHT_WITH_TIME;
	const rows = Math.max(hasTime ? height - 1 : height, 1);
	const canvas = new ChartCanvas(chartColumns(width), rows);
	const marks = marksOf(tier);
	// Values are divided by the top.
	const top = options.top > 0 && Number.isFinite(options.top) ? options.top : 1;
	const rowOf = (value: number): number => (tier === 'braille' ? brailleRow : lineRow)(value, top, rows);

	drawSeries(canvas, series, top, tier);
	drawMarks(canvas, series, tier, rowOf);
	drawVertical(canvas, options.cursor?.column, marks.cursor, options.cursor?.paint ?? options.paintAxis);
	drawVertical(canvas, options.seam, marks.seam, options.paintAxis);
	drawReferences(
		canvas,
		(options.references ?? []).filter(({value}) => value <= top),
		rowOf,
		marks.reference,
	);

	const most = Math.min(Math.max(Math.floor((rows - 1) / ROWS_PER_TICK), 1), MAX_TICKS);
	const labels = new Map(ticksOf(top, most, steps).map(value => [rowOf(value), format(value)]));
	const ellipsis = tier === 'ascii' ? '~' : '…';
	const lines = Array.from({length: rows}, (_, row) => {
		const label = fitText(labels.get(row) ?? '', LABEL_WIDTH, true, ellipsis);
		return `${label} ${labels.has(row) ? marks.tick : marks.axis}${canvas.line(row)}`;
	});
	return fitLines(hasTime ? [...lines, drawTime(options)] : lines, width, height);
}

/** Draws one series from 0 to `top` without an axis; exactly `height` lines of `width` cells. */
export function drawPlain(
	series: ChartSeries,
	{width, height, top, tier}: Pick<ChartOptions, 'width' | 'height' | 'top' | 'tier'>,
): readonly string[] {
	const canvas = new ChartCanvas(width, height);
	drawSeries(canvas, [series], top, tier);
	return Array.from({length: height}, (_, row) => canvas.line(row));
}

function drawSeries(canvas: ChartCanvas, series: readonly ChartSeries[], top: number, tier: Tier): void {
	const points = canvas.columns * pointsPerColumn(tier);
	const shown = series.map(({values, paint}, index) => ({
		values: values.subarray(Math.max(values.length - points, 0)),
		paint,
		isFirst: index === 0,
	}));
	if (tier === 'braille') {
		drawBraille(
			canvas,
			shown.map(({values, paint, isFirst}) => ({values, paint, isDotted: !isFirst})),
			top,
		);
		return;
	}

	for (const {values, paint, isFirst} of shown.toReversed()) {
		// The first of several lines is heavy, so that lines differ without colours.
		drawLine(canvas, values, top, paint, {isHeavy: isFirst && shown.length > 1, isAscii: tier === 'ascii'});
	}
}

/** The columns between two marks of a line. */
const MARK_EVERY = 24;

/** Puts the marks of series on their lines, each in columns of its own, and on the newest value where that is free. */
function drawMarks(
	canvas: ChartCanvas,
	series: readonly ChartSeries[],
	tier: Tier,
	rowOf: (value: number) => number,
): void {
	const perColumn = pointsPerColumn(tier);
	const taken = new Set<string>();
	for (const [index, {values, mark, paint}] of series.entries()) {
		if (mark === undefined) {
			continue;
		}

		const start = Math.round((MARK_EVERY * index) / series.length);
		const newest = Math.floor(values.findLastIndex(Number.isFinite) / perColumn);
		for (let column = 0; column < canvas.columns; column++) {
			const value = values[column * perColumn] ?? Number.NaN;
			const row = rowOf(value);
			const place = `${row} ${column}`;
			if (
				Number.isFinite(value) &&
				!taken.has(place) &&
				(column === newest || column % MARK_EVERY === start % MARK_EVERY)
			) {
				taken.add(place);
				canvas.set(row, column, mark, paint);
			}
		}
	}
}

/** Draws a vertical line through the free cells of a column. */
function drawVertical(canvas: ChartCanvas, column: number | undefined, mark: string, paint: Paint): void {
	for (let row = 0; row < canvas.rows && column !== undefined; row++) {
		if (canvas.isFree(row, column)) {
			canvas.set(row, column, mark, paint);
		}
	}
}

/**
 * The time axis: the clock of the cursor, events, and a tick with a label at each round time. If no label of a tick fits,
 * the start and the end of the window.
 */
function drawTime({width, tier, window, paintAxis, cursor, events = []}: ChartOptions): string {
	const canvas = new ChartCanvas(chartColumns(width), 1);
	const marks = marksOf(tier);
	if (cursor !== undefined) {
		clocks(cursor.clock).some(clock =>
			putLabelled(canvas, cursor.column, marks.timeCursor, clock, cursor.paint),
		);
		put(canvas, cursor.column, marks.timeCursor, cursor.paint);
	}

	for (const {column, label, paint} of events) {
		if (!putLabelled(canvas, column, marks.timeEvent, label, paint)) {
			put(canvas, column, marks.timeEvent, paint);
		}
	}

	const ticks = window === undefined ? [] : timeTicks(window, canvas.columns);
	const labelled = ticks.filter(({column, label}) =>
		putLabelled(canvas, column, marks.timeTick, label, paintAxis),
	);
	if (window !== undefined && labelled.length === 0) {
		const {first, last} = timeEnds(window, canvas.columns);
		if (first !== undefined) {
			put(canvas, 0, `${first} `, paintAxis);
		}

		put(canvas, canvas.columns - last.length - 1, ` ${last}`, paintAxis);
	}

	for (const {column} of ticks) {
		put(canvas, column, marks.timeTick, paintAxis);
	}

	for (let column = 0; column < canvas.columns; column++) {
		put(canvas, column, marks.timeAxis, paintAxis);
	}

	return `${' '.repeat(LABEL_WIDTH + 1)}${paintAxis(marks.corner)}${canvas.line(0)}`;
}

/** `11-22 10:42:07` and shorter forms: without the date, and without seconds. */
function clocks(clock: string | undefined): readonly string[] {
	return clock === undefined ? [] : [clock, clock.slice(-8), clock.slice(-8, -3)];
}

/** Draws a mark with a label right of it, or left of it near the right end. Returns false if there is no room. */
function putLabelled(
	canvas: ChartCanvas,
	column: number,
	mark: string,
	label: string,
	paint: Paint,
): boolean {
	return (
		put(canvas, column, `${mark}${label} `, paint) ||
		(column + label.length + 1 > canvas.columns - 1 &&
			put(canvas, column - label.length - 1, ` ${label}${mark}`, paint))
	);
}

/** Draws a text if all its cells are free. Returns false if they are not. */
function put(canvas: ChartCanvas, column: number, text: string, paint: Paint): boolean {
	const cells = [...text];
	const hasRoom = cells.every((_, index) => canvas.isFree(0, column + index));
	for (const [index, character] of (hasRoom ? cells : []).entries()) {
		canvas.set(0, column + index, character, paint);
	}

	return hasRoom;
}

/** A chart that is narrower than its axis is blank. */
function fitLines(lines: readonly string[], width: number, height: number): readonly string[] {
	return width > AXIS_WIDTH
		? lines.slice(0, height)
		: Array.from({length: Math.max(height, 0)}, () => ' '.repeat(Math.max(width, 0)));
}
