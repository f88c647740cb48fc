import asciichart from 'asciichart';
import {type Axis, type AxisUnit, axisOf, timeTicks} from './axis.ts';
import {BRAILLE_COLUMNS, brailleRows} from './braille.ts';
import {fitText, widthOf} from './width.ts';

export type ChartSeries = {
	/** A value a column, or two where it is drawn in braille. */
	readonly values: Float64Array;
	/** Wraps drawn characters in this series' colour. */
	readonly paint: (text: string) => string;
};

/** A value to stand against: a limit, a request, a capacity. */
export type ReferenceLine = {
	readonly value: number;
	/** `lim 500m`. */
	readonly label: string;
	readonly paint: (text: string) => string;
};

/** What lines are drawn with. */
export type ChartTier = 'lines' | 'braille' | 'ascii';

export type ChartOptions = {
	readonly width: number;
	/** Lines of the drawing, axes included; at least 2. */
	readonly height: number;
	/** The least that the axis reaches up to. */
	readonly least: number;
	readonly unit: AxisUnit;
	readonly format: (value: number) => string;
	readonly tier: ChartTier;
	/** Time of the columns; undefined leaves the axis of time out. */
	readonly time?: {readonly stepMs: number; readonly endMs: number} | undefined;
	readonly lines?: readonly ReferenceLine[] | undefined;
	/** Drawn down a column wherever no line is: where ktop's own samples begin, and the cursor. */
	readonly marks?: ReadonlyArray<{readonly column: number; readonly mark: string}> | undefined;
};

const UNICODE_SYMBOLS = ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'] as const;
const ASCII_SYMBOLS = ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'] as const;
const LABEL_WIDTH = 8;

/** Lower than this there is no room for an axis of time. */
const TIME_LEAST_HEIGHT = 5;

/** Lines from one mark of the axis to the next. */
const LINES_A_TICK = 3;

/** How far above all values a limit may be for the axis to reach up to it. */
const REACH = 2.5;

/** Columns beside the labels. */
export function chartColumns(width: number): number {
	return Math.max(width - LABEL_WIDTH - 2, 2);
}

/** How many values fit beside the labels. */
export function chartPoints(width: number, tier: ChartTier): number {
	return chartColumns(width) * (tier === 'braille' ? BRAILLE_COLUMNS : 1);
}

/** The highest that has to be seen: of the values, and of the lines that they come near to. */
export function highestOf(
	series: readonly ChartSeries[],
	lines: readonly ReferenceLine[],
	least: number,
): number {
	const highest = Math.max(least, ...series.map(({values}) => largest(values)));
	const near = lines.map(({value}) => value).filter(value => value <= highest * REACH);
	return Math.max(highest, ...near);
}

/** A line chart of some series from 0 up, exactly `width` by `height`. */
export function drawChart(series: readonly ChartSeries[], options: ChartOptions): readonly string[] {
	const {width, height, tier, time, lines = []} = options;
	const hasTime = time !== undefined && height >= TIME_LEAST_HEIGHT;
	const rows = Math.max(height - (hasTime ? 1 : 0), 1);
	const columns = chartColumns(width);
	const highest = highestOf(series, lines, options.least);
	const axis = axisOf(highest, Math.max(Math.floor((rows - 1) / LINES_A_TICK), 1), options.unit);
	const canvas = Array.from({length: rows}, () => new Array<string>(columns).fill(' '));
	for (const {values, paint} of series) {
		if (tier === 'braille') {
			drawBraille(
				canvas,
				values.subarray(Math.max(values.length - columns * BRAILLE_COLUMNS, 0)),
				axis.top,
				paint,
			);
			continue;
		}

		for (const run of runsOf(values.subarray(Math.max(values.length - columns, 0)))) {
			drawRun(canvas, run, axis.top, rows - 1, paint, tier);
		}
	}

	for (const line of lines) {
		drawReference(canvas, line, axis.top, tier);
	}

	for (const {column, mark} of options.marks ?? []) {
		for (const row of canvas) {
			if (row[column] === ' ') {
				row[column] = mark;
			}
		}
	}

	const drawn = canvas.map((row, index) =>
		withLabel(row.join(''), labelAt(index, rows, axis, options), options),
	);
	return hasTime ? [...drawn, timeLine(columns, time, width)] : drawn;
}

function largest(values: Float64Array): number {
	let highest = 0;
	for (const value of values) {
		if (value > highest && value < Number.POSITIVE_INFINITY) {
			highest = value;
		}
	}

	return highest;
}

/** The label of a line: of the mark that is nearest to it, if one is. */
function labelAt(row: number, rows: number, axis: Axis, {format}: ChartOptions): string {
	const tick = axis.ticks.find(value => rowOf(value, axis.top, rows - 1) === row);
	return tick === undefined ? '' : format(tick);
}

function rowOf(value: number, top: number, lastRow: number): number {
	return Math.round(lastRow * (1 - value / top));
}

function withLabel(text: string, label: string, {width, tier}: ChartOptions): string {
	const isAscii = tier === 'ascii';
	const axis = label === '' ? (isAscii ? '|' : '│') : isAscii ? '+' : '┤';
	const line = `${fitText(label, LABEL_WIDTH, true, isAscii ? '~' : '…')} ${axis}${text}`;
	return line + ' '.repeat(Math.max(width - widthOf(line), 0));
}

function timeLine(
	columns: number,
	{stepMs, endMs}: {readonly stepMs: number; readonly endMs: number},
	width: number,
): string {
	const cells = new Array<string>(columns).fill(' ');
	let free = 0;
	for (const {column, label} of timeTicks(columns, stepMs, endMs)) {
		const start = Math.max(column - Math.floor(label.length / 2), 0);
		if (start >= free && start + label.length <= columns) {
			cells.splice(start, label.length, ...label);
			free = start + label.length + 1;
		}
	}

	return fitText(' '.repeat(LABEL_WIDTH + 2) + cells.join(''), width, false, '');
}

/** A line across the chart wherever nothing else is, its label at the right end. */
function drawReference(
	canvas: string[][],
	{value, label, paint}: ReferenceLine,
	top: number,
	tier: ChartTier,
): void {
	const row = value <= top ? canvas[rowOf(value, top, canvas.length - 1)] : undefined;
	if (row === undefined) {
		return;
	}

	const text = ` ${label}`;
	const start = row.length - text.length;
	// Where a series runs through it the label would be torn: then the line has none.
	const hasRoom = start > 0 && row.slice(start).every(cell => cell === ' ');
	for (const [column, cell] of row.entries()) {
		if (cell === ' ') {
			const dash = tier === 'ascii' ? '.' : '╌';
			row[column] = paint(hasRoom && column >= start ? (text[column - start] ?? dash) : dash);
		}
	}
}

type Run = {readonly start: number; readonly values: readonly number[]};

/** Stretches of known values. asciichart knows no gaps: a NaN breaks it. */
function runsOf(values: Float64Array): readonly Run[] {
	const runs: Array<{start: number; values: number[]}> = [];
	let current: {start: number; values: number[]} | undefined;
	for (const [index, value] of values.entries()) {
		if (Number.isNaN(value)) {
			current = undefined;
			continue;
		}

		if (current === undefined) {
			current = {start: index, values: []};
			runs.push(current);
		}

		current.values.push(value);
	}

	return runs;
}

function drawRun(
	canvas: string[][],
	run: Run,
	top: number,
	lastRow: number,
	paint: (text: string) => string,
	tier: 'lines' | 'ascii',
): void {
	// A single value is no line to asciichart: it is drawn as a short flat one.
	const values = run.values.length === 1 ? [...run.values, ...run.values] : [...run.values];
	const plotted = asciichart.plot(values, {
		height: Math.max(lastRow, 1),
		min: 0,
		max: top,
		offset: 1,
		// One blank: an empty label would shorten the line by a column.
		format: () => ' ',
		symbols: [...(tier === 'ascii' ? ASCII_SYMBOLS : UNICODE_SYMBOLS)],
	});
	for (const [row, line] of plotted.split('\n').entries()) {
		// asciichart's own axis is the first character; the canvas has one already.
		for (const [index, character] of [...line].slice(1).entries()) {
			const column = run.start + index;
			const target = canvas[row];
			if (character !== ' ' && target !== undefined && column < target.length) {
				target[column] = paint(character);
			}
		}
	}
}

function drawBraille(
	canvas: string[][],
	values: Float64Array,
	top: number,
	paint: (text: string) => string,
): void {
	for (const [row, cells] of brailleRows(values, top, canvas.length).entries()) {
		for (const [column, cell] of cells.entries()) {
			const target = canvas[row];
			if (cell !== ' ' && target !== undefined && column < target.length) {
				target[column] = paint(cell);
			}
		}
	}
}
