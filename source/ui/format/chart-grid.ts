export type Cell = {readonly width: number; readonly height: number};

/** Lines from which on a chart shows more than its axis. */
const LEAST_HEIGHT = 4;

/** Narrower than this a chart is all labels. */
const LEAST_WIDTH = 26;

/** Charts above each other that are lower than this had better be two abreast, where each is still this wide. */
const LOW = 9;
const WIDE = 38;

/** Cells side by side, as many as there is room for. */
export function sideBySide(count: number, width: number, height: number): readonly (readonly Cell[])[] {
	const columns = Math.min(count, Math.max(Math.floor(width / LEAST_WIDTH), 1));
	return [split(width, columns).map(each => ({width: each, height}))];
}

/** Cells one above the other, or two abreast where they would be too low; a last odd one is as wide as two. */
export function stacked(count: number, width: number, height: number): readonly (readonly Cell[])[] {
	const abreast = height / count < LOW && width >= WIDE * 2 ? 2 : 1;
	const rows = Math.min(Math.ceil(count / abreast), Math.max(Math.floor(height / LEAST_HEIGHT), 1));
	return split(height, rows).map((rowHeight, row) =>
		split(width, Math.min(abreast, count - row * abreast)).map(each => ({width: each, height: rowHeight})),
	);
}

/** Shares that differ by one at most and add up to the whole. */
function split(whole: number, shares: number): readonly number[] {
	return Array.from(
		{length: shares},
		(_, index) => Math.floor((whole * (index + 1)) / shares) - Math.floor((whole * index) / shares),
	);
}
