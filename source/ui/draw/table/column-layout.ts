import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import {SPARE_RANK} from './display-columns.ts';

/** A column to lay out. */
export type WantedColumn = DisplayColumn & {
	/** The cells of its heading in full words, if that is to be shown where there is room. */
	readonly fullHeadingCells?: number | undefined;
};

export type LaidOut = WantedColumn & {readonly cells: number};

/** Cells between two columns. */
export const GAP = 1;

/** Columns from this rank on are shown only if names are not cut. */
const SECONDARY_RANK = 13;

/** Spare columns are shown only if sparklines are at least this wide. */
const GOOD_SPARKLINE = 12;

/** The cells that are missing until all sparklines have a good width. */
function missingForSparklines(columns: Iterable<DisplayColumn>): number {
	let cells = 0;
	for (const {width, series} of columns) {
		cells += series === undefined ? 0 : Math.max(GOOD_SPARKLINE - width, 0);
	}

	return cells;
}

/** The cells that are missing until no name is cut. */
function missingForNames(columns: Iterable<DisplayColumn>): number {
	let cells = 0;
	for (const {width, most, series} of columns) {
		cells += series === undefined ? most - width : 0;
	}

	return cells;
}

/** The cells that are missing until all headings are in full words. */
function missingForHeadings(columns: Iterable<WantedColumn>): number {
	let cells = 0;
	for (const {width, fullHeadingCells = 0} of columns) {
		cells += Math.max(fullHeadingCells - width, 0);
	}

	return cells;
}

/** The cells of the longest text of a column, or `most` where it is longer; undefined for columns without texts. */
type WidthOf = (id: string, most: number) => number | undefined;

const isSpare = ({rank}: WantedColumn): boolean => rank >= SPARE_RANK;

/** The fewest cells of a column that is not the only one. */
const leastOf = ({narrowest, width}: WantedColumn): number => narrowest ?? width;

/** Limits a text column that may grow to its longest text. */
function fitted(column: WantedColumn, widthOf: WidthOf): WantedColumn {
	const {id, width, most, series} = column;
	const longest = series === undefined && most > width ? widthOf(id, most) : undefined;
	return longest === undefined ? column : {...column, most: Math.min(most, Math.max(width, longest))};
}

/** Widens columns, the most important first, whose heading in full words fits then; the cells that this takes. */
function widenToHeadings(cells: Map<WantedColumn, number>, room: number): number {
	let used = 0;
	for (const column of [...cells.keys()].sort((a, b) => a.rank - b.rank)) {
		const missing = (column.fullHeadingCells ?? 0) - (cells.get(column) ?? 0);
		if (missing > 0 && used + missing <= room) {
			cells.set(column, column.fullHeadingCells ?? 0);
			used += missing;
		}
	}

	return used;
}

/**
 * Selects the columns that fit into `width` cells, by rank, and distributes the remaining cells. The column of the lowest
 * rank is always there. `isEmpty`: whether a spare column has no value, which takes no room then.
 */
export function layOut(
	available: readonly WantedColumn[],
	width: number,
	widthOf: WidthOf,
	isEmpty: (id: string) => boolean = () => false,
): readonly LaidOut[] {
	const fittedOf = new Map<WantedColumn, WantedColumn>();
	const chosen = new Set<WantedColumn>();
	const cells = new Map<WantedColumn, number>();
	const ranked = [...available].sort((a, b) => a.rank - b.rank);
	const narrowestSpare = Math.min(...ranked.filter(isSpare).map(leastOf));
	let used = -GAP;
	for (const column of ranked) {
		const wanted =
			(column.rank < SECONDARY_RANK ? 0 : missingForNames(chosen)) +
			(column.rank < SPARE_RANK ? 0 : missingForSparklines(chosen) + missingForHeadings(chosen));
		const room = width - used - GAP - wanted;
		const isIn = (cells: number): boolean => room >= cells || chosen.size === 0;
		// Many rows are asked for that, and mostly there is no room for any spare column.
		if (isSpare(column) && isIn(narrowestSpare) && isEmpty(column.id)) {
			continue;
		}

		if (!isIn(leastOf(column))) {
			break;
		}

		const least = Math.min(column.width, Math.max(room, 1));
		const shown = fitted(column, widthOf);
		fittedOf.set(column, shown);
		chosen.add(shown);
		cells.set(shown, least);
		used += GAP + least;
	}

	// Give the remaining cells to the names in turn, one cell each, then to headings, and then to the sparklines.
	let left = width - used;
	while (left > 0) {
		const unfilled = [...chosen].filter(column => (cells.get(column) ?? 0) < column.most);
		const names = unfilled.filter(({series}) => series === undefined);
		if (names.length === 0) {
			left -= widenToHeadings(cells, left);
		}

		const growing = names.length > 0 ? names : unfilled;
		if (growing.length === 0) {
			break;
		}

		for (const column of growing.slice(0, left)) {
			cells.set(column, (cells.get(column) ?? 0) + 1);
			left--;
		}
	}

	return available.flatMap(column => {
		const shown = fittedOf.get(column);
		return shown === undefined ? [] : [{...shown, cells: cells.get(shown) ?? 0}];
	});
}
