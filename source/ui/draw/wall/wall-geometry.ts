/** Charts side by side, each in a tile of the same size. */
export type WallGeometry = {
	/** The number of tiles. */
	readonly count: number;
	readonly columns: number;
	/** Cells of a tile, without the gap between tiles. */
	readonly tileWidth: number;
	/** Lines of a tile: its title, and the chart. */
	readonly tileHeight: number;
	/** Rows of tiles in all, and those that fit. */
	readonly lines: number;
	readonly linesThatFit: number;
};

/** Cells between two tiles. */
export const TILE_GAP = 1;

/** Widths and heights of tiles, the largest first. */
const SIZES = [
	[60, 14],
	[48, 10],
	[40, 8],
	[32, 6],
	[26, 5],
	[24, 4],
] as const;

const MAX_TILE_HEIGHT = 16;

/** The largest tiles of which all fit; else the smallest, and the wall scrolls. */
export function wallGeometry(
	count: number,
	{width, height}: {readonly width: number; readonly height: number},
): WallGeometry {
	let found: WallGeometry | undefined;
	for (const [leastWidth, leastHeight] of SIZES) {
		const columns = Math.max(Math.floor((width + TILE_GAP) / (leastWidth + TILE_GAP)), 1);
		const lines = Math.ceil(count / columns);
		const fits = lines * leastHeight <= height;
		const high = fits ? Math.floor(height / Math.max(lines, 1)) : leastHeight;
		const tileHeight = Math.max(Math.min(high, height, MAX_TILE_HEIGHT), 1);
		found = {
			count,
			columns,
			tileWidth: Math.max(Math.floor((width + TILE_GAP) / columns) - TILE_GAP, 1),
			tileHeight,
			lines,
			linesThatFit: Math.max(Math.floor(height / tileHeight), 1),
		};
		if (fits) {
			return found;
		}
	}

	return found ?? {count, columns: 1, tileWidth: width, tileHeight: 1, lines: count, linesThatFit: 1};
}

/** The index of the tile `by` rows of tiles below another, as near as there is one. */
export function tileBelow({columns, count, lines}: WallGeometry, index: number, by: number): number {
	const line = Math.min(Math.max(Math.floor(index / columns) + by, 0), Math.max(lines - 1, 0));
	return Math.min(line * columns + (index % columns), Math.max(count - 1, 0));
}

/** The index of the tile at a cell, counted from the first shown row of tiles; undefined where there is none. */
export function tileAt(
	{columns, count, tileWidth, tileHeight}: WallGeometry,
	offset: number,
	line: number,
	column: number,
): number | undefined {
	const across = Math.floor(column / (tileWidth + TILE_GAP));
	const index = (offset + Math.floor(line / tileHeight)) * columns + across;
	return line >= 0 && across < columns && index < count ? index : undefined;
}
