import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import {SPARE_RANK} from './display-columns.ts';

export type LaidOut = DisplayColumn & {readonly cells: number};

/** Cells between two columns. */
export const GAP = 1;

/** From this rank on a column is worth less than whole names. */
const SECONDARY_RANK = 13;

/** A sparkline of so many cells is worth more than one more column. */
const GOOD_SPARKLINE = 12;

/** The cells that sparklines among the columns lack for a good length. */
function lackingForSparklines(columns: Iterable<DisplayColumn>): number {
	let cells = 0;
	for (const {width, series} of columns) {
		cells += series === undefined ? 0 : Math.max(GOOD_SPARKLINE - width, 0);
	}

	return cells;
}

/** The cells that the names among the columns lack to be read whole. */
function lackingForNames(columns: Iterable<DisplayColumn>): number {
	let cells = 0;
	for (const {width, most, series} of columns) {
		cells += series === undefined ? most - width : 0;
	}

	return cells;
}

/** Names take no more room than the longest of them needs; without any, a column may take all it can. */
function fitted(column: DisplayColumn, nameWidths: ReadonlyMap<string, number>): DisplayColumn {
	const longest = column.series === undefined ? nameWidths.get(column.id) : undefined;
	return longest === undefined
		? column
		: {...column, most: Math.min(column.most, Math.max(column.width, longest))};
}

/** The columns that fit into `width` cells, each with its cells; the first in rank is there however narrow it is. */
export function layOut(
	available: readonly DisplayColumn[],
	width: number,
	nameWidths: ReadonlyMap<string, number>,
): readonly LaidOut[] {
	const columns = available.map(column => fitted(column, nameWidths));
	const chosen = new Set<DisplayColumn>();
	let used = -GAP;
	for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
		const wanted =
			(column.rank < SECONDARY_RANK ? 0 : lackingForNames(chosen)) +
			(column.rank < SPARE_RANK ? 0 : lackingForSparklines(chosen));
		if (used + GAP + column.width + wanted > width && chosen.size > 0) {
			break;
		}

		chosen.add(column);
		used += GAP + column.width;
	}

	const cells = new Map([...chosen].map(column => [column, Math.min(column.width, Math.max(width, 1))]));
	// What is left goes round the names, a cell each at a time, and then round the sparklines.
	let left = width - used;
	while (left > 0) {
		const unfilled = [...chosen].filter(column => (cells.get(column) ?? 0) < column.most);
		const names = unfilled.filter(({series}) => series === undefined);
		const growing = names.length > 0 ? names : unfilled;
		if (growing.length === 0) {
			break;
		}

		for (const column of growing.slice(0, left)) {
			cells.set(column, (cells.get(column) ?? 0) + 1);
			left--;
		}
	}

	return columns
		.filter(column => chosen.has(column))
		.map(column => ({...column, cells: cells.get(column) ?? 0}));
}
