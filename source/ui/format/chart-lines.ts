import asciichart from 'asciichart';
import type {ChartCanvas, Paint} from './chart-canvas.ts';
import {runsOf} from './chart-runs.ts';

/** asciichart's order: axis (four, not used here), level, falls to, rises to, falls from, rises from, upright. */
type Symbols = [string, string, string, string, string, string, string, string, string, string];

const LIGHT: Readonly<Symbols> = ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'];
const HEAVY: Readonly<Symbols> = ['┼', '┤', '╶', '╴', '━', '┗', '┏', '┓', '┛', '┃'];
const ASCII: Readonly<Symbols> = ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'];
const HEAVY_ASCII: Readonly<Symbols> = ['+', '|', '-', '-', '=', '`', '.', '.', "'", '|'];

export type LineStyle = {readonly isHeavy: boolean; readonly isAscii: boolean};

/** The row, from 0 at the top, that asciichart draws a value in. */
export function lineRow(value: number, top: number, rows: number): number {
	return rows - 1 - Math.round((clamp(value, top) / top) * (rows - 1));
}

/**
 * Draws a series from 0 to `top` over the whole canvas, one value a column. asciichart draws each run of known values
 * by itself; it knows no gaps (a NaN breaks it).
 */
export function drawLine(
	canvas: ChartCanvas,
	values: Float64Array,
	top: number,
	paint: Paint,
	{isHeavy, isAscii}: LineStyle,
): void {
	const symbols = isAscii ? (isHeavy ? HEAVY_ASCII : ASCII) : isHeavy ? HEAVY : LIGHT;
	for (const run of runsOf(values)) {
		const first = run.values[0] ?? 0;
		const plotted = asciichart.plot(
			// A line has one column less than values. With its first value twice, each column leads to its own value,
			// and a value alone is a line too.
			[first, ...run.values].map(value => clamp(value, top)),
			{
				height: canvas.rows - 1,
				min: 0,
				max: top,
				offset: 1,
				// One blank: an empty label would shorten the line by a column.
				format: () => ' ',
				symbols: [...symbols],
			},
		);
		for (const [row, line] of plotted.split('\n').entries()) {
			// asciichart's own axis is the first character; the chart has one already.
			for (const [index, character] of [...line].slice(1).entries()) {
				if (character !== ' ') {
					canvas.set(row, run.start + index, character, paint);
				}
			}
		}
	}
}

/** Beyond its ends asciichart would add rows. */
function clamp(value: number, top: number): number {
	return Math.min(Math.max(value, 0), top);
}
