import type {HistoryWindow} from '../../metrics/model/view.ts';
import {type Steps, ticksOf} from './axis.ts';
import {brailleRow, DOTS_ACROSS, drawBraille} from './braille.ts';
import {ChartCanvas, type Paint} from './chart-canvas.ts';
import {drawLine, lineRow} from './chart-lines.ts';
import {drawReferences, type Reference} from './chart-references.ts';
import {timeEnds, timeTicks} from './time-axis.ts';
import {fitText} from './width.ts';

/** How charts are drawn: asciichart's lines, dots of braille (twice as many values), or ASCII. */
export type Tier = 'lines' | 'braille' | 'ascii';

export type ChartSeries = {
	/** As many as `chartPoints` says; of more, the newest are drawn. */
	readonly values: Float64Array;
	/** Wraps drawn characters in this series' colour. */
	readonly paint: Paint;
};

export type ChartOptions = {
	readonly width: number;
	/** Lines of the drawing, axes included; at least 1. */
	readonly height: number;
	/** The top of the axis, where what is above it is drawn too. */
	readonly top: number;
	readonly steps: Steps;
	/** Writes a tick of the value axis. */
	readonly format: (value: number) => string;
	readonly tier: Tier;
	/** Levels not above the top. */
	readonly references?: readonly Reference[] | undefined;
	/** The time that is drawn, for a time axis where there is room for one. */
	readonly window?: HistoryWindow | undefined;
	/** What happened at the time of a column, for the time axis. */
	readonly events?:
		| ReadonlyArray<{readonly column: number; readonly label: string; readonly paint: Paint}>
		| undefined;
	/** For what is no value: the time axis and the seam. */
	readonly paintAxis: Paint;
	/** A mark down a column, wherever no line is: what is before it came from elsewhere. */
	readonly seam?: number | undefined;
	/** A mark down a column, wherever no line is: the time that is looked at, with its clock where nobody else says it. */
	readonly cursor?:
		| {readonly column: number; readonly paint: Paint; readonly clock?: string | undefined}
		| undefined;
};

/** The longest labels that round numbers have: `1.25Gi`, `500k/s`. */
const LABEL_WIDTH = 6;
const AXIS_WIDTH = LABEL_WIDTH + 2;

/** A chart of fewer lines is for its values alone. */
const LEAST_WITH_TIME = 5;

/** Labels nearer to each other than two rows, or more of them than this, are hard to read. */
const ROWS_A_TICK = 2;
const MOST_TICKS = 8;

/** Cells beside the labels. */
export function chartColumns(width: number): number {
	return Math.max(width - AXIS_WIDTH, 1);
}

/** How many values fit beside the labels. */
export function chartPoints(width: number, tier: Tier): number {
	return chartColumns(width) * pointsAColumn(tier);
}

export function pointsAColumn(tier: Tier): number {
	return tier === 'braille' ? DOTS_ACROSS : 1;
}

/** What is drawn of a chart besides its lines, a cell each. */
type Marks = {
	/** Of the series in a legend: the first, and the others. */
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

/** A chart of one or more series from 0 up, the first above the others; exactly `width` by `height`. */
export function drawChart(series: readonly ChartSeries[], options: ChartOptions): readonly string[] {
	const {width, height, steps, format, tier} = options;
	const hasTime = options.window !== undefined && height >= LEAST_WITH_TIME;
	const rows = Math.max(hasTime ? height - 1 : height, 1);
	const canvas = new ChartCanvas(chartColumns(width), rows);
	const marks = marksOf(tier);
	// A top of 0 or none would divide by it.
	const top = options.top > 0 && Number.isFinite(options.top) ? options.top : 1;
	const rowOf = (value: number): number => (tier === 'braille' ? brailleRow : lineRow)(value, top, rows);

	drawSeries(canvas, series, top, tier);
	drawDown(canvas, options.cursor?.column, marks.cursor, options.cursor?.paint ?? options.paintAxis);
	drawDown(canvas, options.seam, marks.seam, options.paintAxis);
	drawReferences(
		canvas,
		(options.references ?? []).filter(({value}) => value <= top),
		rowOf,
		marks.reference,
	);

	const most = Math.min(Math.max(Math.floor((rows - 1) / ROWS_A_TICK), 1), MOST_TICKS);
	const labels = new Map(ticksOf(top, most, steps).map(value => [rowOf(value), format(value)]));
	const ellipsis = tier === 'ascii' ? '~' : '…';
	const lines = Array.from({length: rows}, (_, row) => {
		const label = fitText(labels.get(row) ?? '', LABEL_WIDTH, true, ellipsis);
		return `${label} ${labels.has(row) ? marks.tick : marks.axis}${canvas.line(row)}`;
	});
	return fitLines(hasTime ? [...lines, drawTime(options)] : lines, width, height);
}

function drawSeries(canvas: ChartCanvas, series: readonly ChartSeries[], top: number, tier: Tier): void {
	const points = canvas.columns * pointsAColumn(tier);
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
		// Colour alone must not tell lines apart: the first of several is a heavy one.
		drawLine(canvas, values, top, paint, {isHeavy: isFirst && shown.length > 1, isAscii: tier === 'ascii'});
	}
}

function drawDown(canvas: ChartCanvas, column: number | undefined, mark: string, paint: Paint): void {
	for (let row = 0; row < canvas.rows && column !== undefined; row++) {
		if (canvas.isFree(row, column)) {
			canvas.set(row, column, mark, paint);
		}
	}
}

/**
 * The line under a chart: the time at the cursor, what happened and when, a mark at each round time with the time beside
 * it where that fits, and where none does when it begins and ends.
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

/** `11-22 10:42:07` ever shorter: without the day, and without seconds. */
function clocks(clock: string | undefined): readonly string[] {
	return clock === undefined ? [] : [clock, clock.slice(-8), clock.slice(-8, -3)];
}

/** A mark with a text right of it, or left of it near the right end; whether there was room for both. */
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

/** Writes a text where all its cells are free; whether they were. */
function put(canvas: ChartCanvas, column: number, text: string, paint: Paint): boolean {
	const cells = [...text];
	const isRoom = cells.every((_, index) => canvas.isFree(0, column + index));
	for (const [index, character] of (isRoom ? cells : []).entries()) {
		canvas.set(0, column + index, character, paint);
	}

	return isRoom;
}

/** Narrower than its own axis a chart is cut, and nothing but blanks is left of it. */
function fitLines(lines: readonly string[], width: number, height: number): readonly string[] {
	return width > AXIS_WIDTH
		? lines.slice(0, height)
		: Array.from({length: Math.max(height, 0)}, () => ' '.repeat(Math.max(width, 0)));
}
