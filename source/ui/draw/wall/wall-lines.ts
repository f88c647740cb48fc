import {printable} from '../../../metrics/model/printable.ts';
import type {Row} from '../../../metrics/model/row.ts';
import {niceTop} from '../../format/axis.ts';
import {drawPlain, pointsPerColumn} from '../../format/chart.ts';
import {QUANTITIES, type Quantity} from '../../format/chart-kinds.ts';
import {sparkline} from '../../format/sparkline.ts';
import {fitName, fitText, widthOf} from '../../format/width.ts';
import {pointerOf} from '../../theme/pointer.ts';
import {cellOf} from '../table/cell.ts';
import {type Freshness, isStale} from '../table/row-age.ts';
import {type ChartedRows, chartedName, highestOf} from './charted-rows.ts';
import {TILE_GAP, type WallGeometry} from './wall-geometry.ts';

export type WallOptions = ChartedRows & {
	readonly geometry: WallGeometry;
	readonly hasOwnScales: boolean;
	readonly freshness: Freshness;
};

type Tile = {readonly row: Row; readonly index: number; readonly values: Float64Array};

/** The legend and the tiles of a wall; each line is exactly as wide as the screen. */
export type Wall = {readonly legend: string; readonly lines: readonly string[]};

export function drawWall(options: WallOptions): Wall {
	const {geometry, rows, first, series, windowOf, history, tier, width} = options;
	const {columns, tileWidth, tileHeight} = geometry;
	const quantity = QUANTITIES[series];
	const points = tileWidth * (tileHeight > 2 ? pointsPerColumn(tier) : 1);
	const tiles = rows.map((row, index): Tile => {
		// A source may give its arrays out again.
		const values = Float64Array.from(history(row, series, windowOf(points)));
		return {row, index: first + index, values};
	});
	const top = options.topOf(Math.max(quantity.minTop, ...tiles.map(({values}) => highestOf(values))));
	const gap = ' '.repeat(TILE_GAP);
	const lines: string[] = [];
	for (let start = 0; start < tiles.length; start += columns) {
		const drawn = tiles.slice(start, start + columns).map(tile => drawTile(tile, top, quantity, options));
		for (let line = 0; line < tileHeight; line++) {
			const used = drawn.length * (tileWidth + TILE_GAP) - TILE_GAP;
			lines.push(drawn.map(tile => tile[line] ?? '').join(gap) + ' '.repeat(Math.max(width - used, 0)));
		}
	}

	return {legend: legendOf(top, quantity, options), lines};
}

/** Its title, and the chart below. */
function drawTile(
	{row, index, values}: Tile,
	commonTop: number,
	quantity: Quantity,
	options: WallOptions,
): readonly string[] {
	const {geometry, hasOwnScales, theme, tier} = options;
	const {tileWidth: width, tileHeight} = geometry;
	const height = tileHeight - 1;
	const isKnown = values.some(Number.isFinite);
	const ownTop = niceTop(Math.max(highestOf(values), quantity.minTop), quantity.steps);
	const top = hasOwnScales ? ownTop : commonTop;
	const title = titleOf(row, index, hasOwnScales && isKnown ? `/${quantity.format(top)}` : '', options);
	if (height < 1) {
		return [title];
	}

	const style = isStale(row, options.freshness) ? 'dim' : 'accent';
	const paint = (text: string): string => theme.paint(style, text);
	if (!isKnown) {
		const none = fitText(`  no samples in ${options.windowLabel}`, width, false, theme.ellipsis);
		const blank = ' '.repeat(width);
		return [
			title,
			...Array.from({length: height}, (_, line) => (line === 0 ? theme.paint('dim', none) : blank)),
		];
	}

	if (height === 1) {
		return [title, paint(sparkline(values, top, theme.symbols))];
	}

	return [title, ...drawPlain({values, paint}, {width, height, top, tier})];
}

/** `▸ name  676m`, exactly as wide as the tile. */
function titleOf(
	row: Row,
	index: number,
	scale: string,
	{geometry: {tileWidth: width}, column, selected, marked, freshness, theme}: WallOptions,
): string {
	const pointer = index === selected ? pointerOf(theme) : ' ';
	const star = marked.has(row.id) ? '*' : ' ';
	const value = cellOf(column, row, freshness.nowMs);
	const right = ` ${value.text}${scale}`;
	const room = Math.max(width - widthOf(right) - 2, 0);
	const name = fitName(printable(chartedName(row)), room, theme.ellipsis);
	const text = fitText(`${pointer}${star}${name}${right}`, width, false, theme.ellipsis);
	if (index === selected) {
		return theme.paint('selected', text);
	}

	return isStale(row, freshness)
		? theme.paint('dim', text)
		: theme.paint('title', text.slice(0, 2 + name.length)) + text.slice(2 + name.length);
}

/** What the charts show, over which time and on which scale, and which of them are on the screen. */
function legendOf(
	top: number,
	quantity: Quantity,
	{column, windowLabel, hasOwnScales, geometry, rows, first, theme, width}: WallOptions,
): string {
	const {heading, fullHeading = heading} = column;
	const scale = hasOwnScales ? 'each to its own /top' : `all to ${quantity.formatWithUnit(top)}`;
	const part =
		rows.length < geometry.count ? `  ${first + 1}-${first + rows.length} of ${geometry.count}` : '';
	const texts = [
		`${fullHeading} of the last ${windowLabel}, ${scale}, z changes it${part}`,
		`${heading} of the last ${windowLabel}, ${scale}${part}`,
		`${heading} ${windowLabel}, ${scale}`,
	];
	const text = texts.find(each => widthOf(each) + 2 <= width) ?? texts.at(-1) ?? '';
	return theme.paint('heading', fitText(`  ${text}`, width, false, theme.ellipsis));
}
