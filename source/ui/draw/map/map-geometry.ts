/**
 * How much a cell shows: `named` a mark, a name and a value, `percent` two digits, `spaced` and `dense` only the mark, with
 * and without a blank.
 */
export type CellForm = 'named' | 'percent' | 'spaced' | 'dense';

/** Cells of one group on one line; a line with no cells is blank. */
export type MapLine = {
	readonly group: number;
	/** The line within its group, from 0. */
	readonly place: number;
	/** The index of the first cell. */
	readonly start: number;
	readonly count: number;
};

export type MapGeometry = {
	readonly form: CellForm;
	readonly cellWidth: number;
	/** Cells of the screen before each line, for the names of groups; 0 if there is only one. */
	readonly gutter: number;
	readonly lines: readonly MapLine[];
};

export type MapNeeds = {
	/** The number of cells of each group. */
	readonly counts: readonly number[];
	/** The widest name of a group; undefined if they have no names. */
	readonly labelWidth: number | undefined;
	/** The width of a cell with a name. */
	readonly namedWidth: number;
	/** Whether values are shares, which two digits can show. */
	readonly isShare: boolean;
	readonly width: number;
	readonly height: number;
};

const PERCENT_WIDTH = 5;

/** The names of groups take at most this part of the width. */
const MAX_GUTTER = 0.25;
const MIN_GUTTER = 12;

/** Lays out cells that show as much as fits into the height; if not even single marks fit, the map scrolls. */
export function mapGeometry(needs: MapNeeds): MapGeometry {
	const {labelWidth, width, height, namedWidth, isShare} = needs;
	const gutter =
		labelWidth === undefined
			? 0
			: Math.min(Math.max(labelWidth + 1, MIN_GUTTER), Math.floor(width * MAX_GUTTER));
	const forms: ReadonlyArray<readonly [CellForm, number]> = [
		['named', Math.min(namedWidth, width - gutter)],
		...(isShare ? [['percent', PERCENT_WIDTH] as const] : []),
		['spaced', 2],
		['dense', 1],
	];
	let found: MapGeometry | undefined;
	for (const [form, cellWidth] of forms) {
		const perLine = Math.max(Math.floor((width - gutter) / cellWidth), 1);
		found = {form, cellWidth, gutter, lines: linesOf(needs.counts, perLine, height)};
		if (found.lines.length <= height) {
			break;
		}
	}

	return found ?? {form: 'dense', cellWidth: 1, gutter, lines: []};
}

/** The lines of all groups, with blank lines between them if there is room. */
function linesOf(counts: readonly number[], perLine: number, height: number): readonly MapLine[] {
	const needed = counts.reduce((sum, count) => sum + Math.ceil(count / perLine), 0);
	const hasGaps = needed + counts.length - 1 <= height;
	const lines: MapLine[] = [];
	let first = 0;
	for (const [group, count] of counts.entries()) {
		for (let start = 0; start < count; start += perLine) {
			const rest = Math.min(perLine, count - start);
			lines.push({group, place: start / perLine, start: first + start, count: rest});
		}

		first += count;
		if (hasGaps && group < counts.length - 1) {
			lines.push({group, place: Math.ceil(count / perLine), start: first, count: 0});
		}
	}

	return lines;
}

/** The line of a cell; 0 if there is no such cell. */
export function lineOfCell({lines}: MapGeometry, index: number): number {
	return Math.max(
		lines.findIndex(({start, count}) => index >= start && index < start + count),
		0,
	);
}

/** The index of the cell `by` lines below another one, as near as there is one. */
export function cellBelow({lines}: MapGeometry, index: number, by: number): number {
	const withCells = lines.filter(({count}) => count > 0);
	const line = withCells.findIndex(({start, count}) => index >= start && index < start + count);
	const from = withCells[line];
	const to = withCells[Math.min(Math.max(line + by, 0), withCells.length - 1)];
	return from === undefined || to === undefined
		? index
		: to.start + Math.min(index - from.start, to.count - 1);
}

/** The index of the cell at a column of a line; undefined where there is none. */
export function cellAt(
	{lines, gutter, cellWidth}: MapGeometry,
	line: number,
	column: number,
): number | undefined {
	const place = Math.floor((column - gutter) / cellWidth);
	const found = lines[line];
	return found !== undefined && place >= 0 && place < found.count ? found.start + place : undefined;
}
