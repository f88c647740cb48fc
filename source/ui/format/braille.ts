import type {ChartCanvas, Paint} from './chart-canvas.ts';
import {runsOf} from './chart-runs.ts';

/** A braille cell has two columns of four dots. */
export const DOTS_ACROSS = 2;
const DOTS_DOWN = 4;

/** The bit of each dot in U+2800 to U+28FF: the left column from the top, then the right one. */
const BITS = [
	[0x01, 0x02, 0x04, 0x40],
	[0x08, 0x10, 0x20, 0x80],
] as const;

const BLANK = 0x2800;

export type BrailleSeries = {
	/** Two values per column of cells. */
	readonly values: Float64Array;
	readonly paint: Paint;
	/** Draws only every second value, unconnected, so that the line differs from others without colours. */
	readonly isDotted: boolean;
};

/** The row of cells in which a value is drawn, 0 at the top. */
export function brailleRow(value: number, top: number, rows: number): number {
	return Math.floor(dotRow(value, top, rows) / DOTS_DOWN);
}

/** Draws series over the whole canvas, from 0 to `top`. A cell with dots of two series has the colour of the first. */
export function drawBraille(canvas: ChartCanvas, series: readonly BrailleSeries[], top: number): void {
	const masks = new Uint8Array(canvas.rows * canvas.columns);
	for (const {values, paint, isDotted} of series.toReversed()) {
		const dot = (x: number, y: number): void => {
			const row = Math.floor(y / DOTS_DOWN);
			const column = Math.floor(x / DOTS_ACROSS);
			if (column >= canvas.columns) {
				return;
			}

			const cell = row * canvas.columns + column;
			const mask = (masks[cell] ?? 0) | (BITS[x % DOTS_ACROSS]?.[y % DOTS_DOWN] ?? 0);
			masks[cell] = mask;
			canvas.set(row, column, String.fromCodePoint(BLANK + mask), paint);
		};

		for (const run of runsOf(values)) {
			let before: number | undefined;
			for (const [index, value] of run.values.entries()) {
				const x = run.start + index;
				const y = dotRow(value, top, canvas.rows);
				if (!isDotted) {
					for (const between of upTo(before ?? y, y)) {
						dot(x, between);
					}
				}

				if (!isDotted || index % DOTS_ACROSS === 0) {
					dot(x, y);
				}

				before = y;
			}
		}
	}
}

/** The row of dots in which a value is drawn, 0 at the top. */
function dotRow(value: number, top: number, rows: number): number {
	const most = rows * DOTS_DOWN - 1;
	return most - Math.round((Math.min(Math.max(value, 0), top) / top) * most);
}

/** The rows of dots between two neighbouring values, both excluded. */
function upTo(from: number, to: number): readonly number[] {
	const step = Math.sign(to - from);
	return Array.from({length: Math.max(Math.abs(to - from) - 1, 0)}, (_, index) => from + step * (index + 1));
}
