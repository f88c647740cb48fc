/** Charts side by side, with `gap` blank cells between them. */
export type ChartRow<Chart> = Omit<Row, 'widths'> & {
	readonly cells: ReadonlyArray<{readonly chart: Chart; readonly width: number}>;
};

type Row = {readonly height: number; readonly widths: readonly number[]; readonly gap: number};

/** In a row of this height, each chart is a single line. */
export const LOW_CHART = 1;

/** On a narrower screen there are no charts, because not even their labels fit. */
const MIN_SCREEN_WIDTH = 14;

/** The least height of a drawn chart: a title and three lines. */
const MIN_HEIGHT = 4;

/** The least width of charts side by side. */
const MIN_WIDTH = 26;

/** Stacked charts that would be lower than `PAIR_HEIGHT` are drawn in pairs if each is at least `PAIR_WIDTH` wide. */
const PAIR_HEIGHT = 9;
const PAIR_WIDTH = 38;

type Size = {readonly width: number; readonly height: number};

/**
 * Arranges charts: side by side above a table, or stacked on a page of their own. Charts without room for a drawing are
 * one line each, or several on a line, so that all values are visible.
 */
export function chartGrid<Chart>(
	charts: readonly Chart[],
	size: Size,
	isStacked: boolean,
): ReadonlyArray<ChartRow<Chart>> {
	const left = [...charts];
	return rowsFor(charts.length, size, isStacked).map(({height, widths, gap}) => ({
		height,
		gap,
		cells: left.splice(0, widths.length).map((chart, index) => ({chart, width: widths[index] ?? 0})),
	}));
}

function rowsFor(count: number, size: Size, isStacked: boolean): readonly Row[] {
	const {width, height} = size;
	if (width < MIN_SCREEN_WIDTH) {
		return [];
	}

	for (let low = 0; low < count && height - low >= MIN_HEIGHT; low++) {
		const rows = drawnRows(count - low, {width, height: height - low}, isStacked);
		if (rows.flatMap(({widths}) => widths).length >= count - low) {
			return [...rows, ...lowRows(low, {width, height: low})];
		}
	}

	return lowRows(count, size);
}

function lowRows(count: number, {width, height}: Size): readonly Row[] {
	const perRow = Math.ceil(count / Math.max(height, 1));
	return Array.from({length: Math.min(height, Math.ceil(count / perRow))}, (_, index) => ({
		height: LOW_CHART,
		widths: Array.from({length: Math.min(perRow, count - index * perRow)}, () => Math.floor(width / perRow)),
		gap: 0,
	}));
}

function drawnRows(count: number, {width, height}: Size, isStacked: boolean): readonly Row[] {
	if (!isStacked) {
		return [row(Math.min(count, Math.max(Math.floor(width / MIN_WIDTH), 1)), {width, height})];
	}

	const perRow = height / count < PAIR_HEIGHT && width >= PAIR_WIDTH * 2 ? 2 : 1;
	const rows = Math.min(Math.ceil(count / perRow), Math.max(Math.floor(height / MIN_HEIGHT), 1));
	// With an odd number, the last chart has a row to itself.
	return split(height, rows).map((rowHeight, index) =>
		row(Math.min(perRow, count - index * perRow), {width, height: rowHeight}),
	);
}

/** Charts side by side with one blank between them, because labels start at the left edge of a chart. */
function row(count: number, {width, height}: Size): Row {
	const gap = 1;
	const widths = split(width, count).map((share, index) => (index < count - 1 ? share - gap : share));
	return {height, widths, gap};
}

/** Splits a whole number into shares that differ by at most one. */
function split(whole: number, shares: number): readonly number[] {
	return Array.from(
		{length: shares},
		(_, index) => Math.floor((whole * (index + 1)) / shares) - Math.floor((whole * index) / shares),
	);
}
