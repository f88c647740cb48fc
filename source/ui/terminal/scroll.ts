/** The rows from `top` to `bottom` (inclusive, from 0) move up by `by` rows, or down if negative. */
export type Scroll = {readonly top: number; readonly bottom: number; readonly by: number};

/** Longer scrolls are not searched for. */
const MAX_DISTANCE = 3;

/** Moving fewer lines than this costs as much as writing them. */
const MIN_LINES = 5;

/** Finds the longest run of changed rows that only moved, as in a scrolled list; undefined if moving saves nothing. */
export function findScroll(before: readonly string[], after: readonly string[]): Scroll | undefined {
	let best: Scroll | undefined;
	let most = MIN_LINES - 1;
	for (let by = -MAX_DISTANCE; by <= MAX_DISTANCE; by++) {
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

			// Moving a row that did not change saves nothing.
			changed += Number(line !== before[row]);
			if (changed > most) {
				most = changed;
				best = {top: Math.min(from, from + by), bottom: Math.max(row, row + by), by};
			}
		}
	}

	return best;
}

/** The lines after a scroll; new rows are empty. */
export function scrolled(lines: readonly string[], {top, bottom, by}: Scroll): readonly string[] {
	return lines.map((line, row) =>
		row < top || row > bottom ? line : row + by < top || row + by > bottom ? '' : (lines[row + by] ?? ''),
	);
}

/** Sets margins (DECSTBM) and deletes or inserts lines at their top (ECMA-48 DL, IL), as supported since the VT102. */
export function scrollSequence({top, bottom, by}: Scroll): string {
	const move = by > 0 ? `\u001B[${by}M` : `\u001B[${-by}L`;
	return `\u001B[${top + 1};${bottom + 1}r\u001B[${top + 1};1H${move}\u001B[r`;
}
