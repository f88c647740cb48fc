import asciichart from 'asciichart';
import {fitText, widthOf} from './width.ts';

export type ChartSeries = {
	readonly values: Float64Array;
	/** Wraps drawn characters in this series' colour. */
	readonly paint: (text: string) => string;
};

export type ChartOptions = {
	readonly width: number;
	/** Lines of the drawing, axis included; at least 2. */
	readonly height: number;
	/** The top of the axis; values above it raise it. */
	readonly least: number;
	readonly format: (value: number) => string;
	readonly symbols: 'unicode' | 'ascii';
	/** Drawn down a column wherever no line is. */
	readonly seam?: {readonly column: number; readonly mark: string} | undefined;
};

const UNICODE_SYMBOLS = ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'] as const;
const ASCII_SYMBOLS = ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'] as const;
const LABEL_WIDTH = 8;

/** How many values fit beside the labels: one a column. */
export function chartPoints(width: number): number {
	return Math.max(width - LABEL_WIDTH - 2, 2);
}

/**
 * A line chart of one or two series from 0 up, exactly `width` by `height`. asciichart draws each run of known values;
 * it knows no gaps (a NaN breaks it), so runs are placed one after the other on one canvas.
 */
export function drawChart(series: readonly ChartSeries[], options: ChartOptions): readonly string[] {
	const {width, height, format, symbols, seam} = options;
	const rows = Math.max(height - 1, 1);
	const top = Math.max(options.least, ...series.flatMap(({values}) => [...values].filter(Number.isFinite)));
	const columns = chartPoints(width);
	const canvas = Array.from({length: rows + 1}, () => new Array<string>(columns).fill(' '));
	for (const {values, paint} of series) {
		for (const run of runsOf(values.subarray(Math.max(values.length - columns, 0)))) {
			drawRun(canvas, run, top, rows, paint, symbols);
		}
	}

	for (const line of seam === undefined ? [] : canvas) {
		if (line[seam?.column ?? 0] === ' ') {
			line[seam?.column ?? 0] = seam?.mark ?? ' ';
		}
	}

	return canvas.map((line, row) => {
		const label = fitText(
			format(top * (1 - row / rows)),
			LABEL_WIDTH,
			true,
			symbols === 'unicode' ? '…' : '~',
		);
		const text = `${label} ${symbols === 'unicode' ? '┤' : '|'}${line.join('')}`;
		return text + ' '.repeat(Math.max(width - widthOf(text), 0));
	});
}

type Run = {readonly start: number; readonly values: readonly number[]};

/** Stretches of known values. */
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
	rows: number,
	paint: (text: string) => string,
	symbols: 'unicode' | 'ascii',
): void {
	// A single value is no line to asciichart: it is drawn as a short flat one.
	const values = run.values.length === 1 ? [...run.values, ...run.values] : [...run.values];
	const plotted = asciichart.plot(values, {
		height: rows,
		min: 0,
		max: top > 0 ? top : 1,
		offset: 1,
		// One blank: an empty label would shorten the line by a column.
		format: () => ' ',
		symbols: [...(symbols === 'unicode' ? UNICODE_SYMBOLS : ASCII_SYMBOLS)],
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
