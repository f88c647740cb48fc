/** Rows from `top` to `bottom` (both within, from 0) that stand `by` rows further up than before; down where negative. */
export type Scroll = {readonly top: number; readonly bottom: number; readonly by: number};

/** Further than this a table is another one. */
const FURTHEST = 3;

/** Fewer lines than this are as soon written as moved. */
const LEAST_LINES = 5;

/**
 * What a list that is scrolled by a few rows has in common with itself: of the rows that changed, the longest run that only
 * moved. Undefined where none is worth moving.
 */
export function findScroll(before: readonly string[], after: readonly string[]): Scroll | undefined {
	let best: Scroll | undefined;
	let most = LEAST_LINES - 1;
	for (let by = -FURTHEST; by <= FURTHEST; by++) {
		if (by === 0) {
			continue;
		}

		let from = 0;
		let changed = 0;
		for (const [row, line] of after.entries()) {
			if (line !== before[row + by]) {
				from = row + 1;
				changed = 0;
				continue;
			}

			// What stands where it stood gains nothing by being moved.
			changed += Number(line !== before[row]);
			if (changed > most) {
				most = changed;
				best = {top: Math.min(from, from + by), bottom: Math.max(row, row + by), by};
			}
		}
	}

	return best;
}

/** The lines as they stand after a scroll: rows that came in are empty, and what is not known stays so. */
export function scrolled(lines: readonly string[], {top, bottom, by}: Scroll): readonly string[] {
	return lines.map((line, row) =>
		row < top || row > bottom ? line : row + by < top || row + by > bottom ? '' : (lines[row + by] ?? ''),
	);
}

/** Margins (DECSTBM) around the rows, and lines deleted or inserted at their top (ECMA-48 DL, IL): even a VT102 knows. */
export function scrollSequence({top, bottom, by}: Scroll): string {
	const move = by > 0 ? `\u001B[${by}M` : `\u001B[${-by}L`;
	return `\u001B[${top + 1};${bottom + 1}r\u001B[${top + 1};1H${move}\u001B[r`;
}
