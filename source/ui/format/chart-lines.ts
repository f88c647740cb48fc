import asciichart from 'asciichart';
import type {ChartCanvas, Paint} from './chart-canvas.ts';
import {runsOf} from './chart-runs.ts';

/** In asciichart's order: four of the axis (unused), level, falls to, rises to, falls from, rises from, vertical. */
type Symbols = [string, string, string, string, string, string, string, string, string, string];

const LIGHT: Readonly<Symbols> = ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'];
const HEAVY: Readonly<Symbols> = ['┼', '┤', '╶', '╴', '━', '┗', '┏', '┓', '┛', '┃'];
const ASCII: Readonly<Symbols> = ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'];
const HEAVY_ASCII: Readonly<Symbols> = ['+', '|', '-', '-', '=', '`', '.', '.', "'", '|'];

export type LineStyle = {readonly isHeavy: boolean; readonly isAscii: boolean};

/** The row in which asciichart draws a value, 0 at the top. */
export function lineRow(value: number, top: number, rows: number): number {
	return rows - 1 - Math.round((clamp(value, top) / top) * (rows - 1));
}

/**
 * Draws a series over the whole canvas, from 0 to `top`, one value per column. Calls asciichart once per run of known
 * values, because it does not support gaps: a NaN breaks it.
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
			// asciichart draws one column less than there are values. With the first value twice there is a column per
			// value, and a single value is a line too.
			[first, ...run.values].map(value => clamp(value, top)),
			{
				height: canvas.rows - 1,
				min: 0,
				max: top,
				offset: 1,
				// Not empty: an empty label would shorten the line by a column.
				format: () => ' ',
				symbols: [...symbols],
			},
		);
		for (const [row, line] of plotted.split('\n').entries()) {
			// The first character is asciichart's own axis.
			for (const [index, character] of [...line].slice(1).entries()) {
				if (character !== ' ') {
					canvas.set(row, run.start + index, character, paint);
				}
			}
		}
	}
}

/** asciichart would add rows for values outside of 0 to `top`. */
function clamp(value: number, top: number): number {
	return Math.min(Math.max(value, 0), top);
}
