/** Dots of a cell (Unicode U+2800), by column and from the bottom up. */
const DOTS = [
	[0x40, 0x04, 0x02, 0x01],
	[0x80, 0x20, 0x10, 0x08],
] as const;

const BLANK = 0x28_00;

/** Values that a cell holds beside each other, and steps that it is high. */
export const BRAILLE_COLUMNS = 2;
export const BRAILLE_STEPS = 4;

/**
 * A line of two values a cell and four steps a row, from 0 to `top`; from the value before to each value the way is
 * drawn, and nothing where a value is unknown. Rows from the top down; cells without a dot are blanks.
 */
export function brailleRows(
	values: Float64Array,
	top: number,
	rows: number,
): ReadonlyArray<readonly string[]> {
	const columns = Math.ceil(values.length / BRAILLE_COLUMNS);
	const cells = Array.from({length: rows}, () => new Array<number>(columns).fill(0));
	const highest = rows * BRAILLE_STEPS - 1;
	let before: number | undefined;
	for (const [index, value] of values.entries()) {
		if (Number.isNaN(value)) {
			before = undefined;
			continue;
		}

		const step = Math.min(Math.max(Math.round((value / top) * highest), 0), highest);
		const from = Math.min(before ?? step, step);
		const to = Math.max(before ?? step, step);
		for (let dot = from; dot <= to; dot++) {
			// The way from the value before belongs half to either side.
			const isFirstHalf = before !== undefined && Math.abs(dot - before) < Math.abs(dot - step);
			const column = isFirstHalf ? index - 1 : index;
			const row = cells[rows - 1 - Math.floor(dot / BRAILLE_STEPS)];
			const cell = Math.floor(column / BRAILLE_COLUMNS);
			const bit = DOTS[column % 2 === 0 ? 0 : 1][(dot % BRAILLE_STEPS) as 0 | 1 | 2 | 3];
			if (row !== undefined) {
				row[cell] = (row[cell] ?? 0) | bit;
			}
		}

		before = step;
	}

	return cells.map(row => row.map(dots => (dots === 0 ? ' ' : String.fromCodePoint(BLANK + dots))));
}
