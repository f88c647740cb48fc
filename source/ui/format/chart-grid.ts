/** Charts side by side, with `gap` blank cells between them. */
export type ChartRow<Chart> = Omit<Row, 'widths'> & {
	readonly cells: ReadonlyArray<{readonly chart: Chart; readonly width: number}>;
};

type Row = {readonly height: number; readonly widths: readonly number[]; readonly gap: number};

/** A row of this height has a line for each chart in place of a drawing. */
export const LOW_CHART = 1;

/** Where not even the labels fit there is no chart. */
const NARROWEST = 14;

/** Lines from which on a chart shows more than its axis: a title and three lines. */
const LEAST_HEIGHT = 4;

/** Narrower than this a chart is all labels. */
const LEAST_WIDTH = 26;

/** Charts above each other that are lower than this had better be two abreast, where each is still this wide. */
const LOW = 9;
const WIDE = 38;

type Size = {readonly width: number; readonly height: number};

/**
 * Where charts go: side by side, or one above the other over a page of their own. Those that there is no room for are a
 * line each, and several on a line where there are not even so many lines, so that no value goes missing.
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
	if (width < NARROWEST) {
		return [];
	}

	for (let low = 0; low < count && height - low >= LEAST_HEIGHT; low++) {
		const rows = drawnRows(count - low, {width, height: height - low}, isStacked);
		if (rows.flatMap(({widths}) => widths).length >= count - low) {
			return [...rows, ...lowRows(low, {width, height: low})];
		}
	}

	return lowRows(count, size);
}

function lowRows(count: number, {width, height}: Size): readonly Row[] {
	const abreast = Math.ceil(count / Math.max(height, 1));
	return Array.from({length: Math.min(height, Math.ceil(count / abreast))}, (_, index) => ({
		height: LOW_CHART,
		widths: Array.from({length: Math.min(abreast, count - index * abreast)}, () =>
			Math.floor(width / abreast),
		),
		gap: 0,
	}));
}

function drawnRows(count: number, {width, height}: Size, isStacked: boolean): readonly Row[] {
	if (!isStacked) {
		return [row(Math.min(count, Math.max(Math.floor(width / LEAST_WIDTH), 1)), {width, height})];
	}

	const abreast = height / count < LOW && width >= WIDE * 2 ? 2 : 1;
	const rows = Math.min(Math.ceil(count / abreast), Math.max(Math.floor(height / LEAST_HEIGHT), 1));
	// A last odd one is as wide as two.
	return split(height, rows).map((rowHeight, index) =>
		row(Math.min(abreast, count - index * abreast), {width, height: rowHeight}),
	);
}

/** A blank stands between neighbours: labels begin where the chart before ends. */
function row(count: number, {width, height}: Size): Row {
	const gap = 1;
	const widths = split(width, count).map((share, index) => (index < count - 1 ? share - gap : share));
	return {height, widths, gap};
}

/** Shares that differ by one at most and add up to the whole. */
function split(whole: number, shares: number): readonly number[] {
	return Array.from(
		{length: shares},
		(_, index) => Math.floor((whole * (index + 1)) / shares) - Math.floor((whole * index) / shares),
	);
}
