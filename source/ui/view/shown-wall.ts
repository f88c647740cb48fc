import {chartedColumns} from '../../metrics/columns/charted-columns.ts';
import type {Column} from '../../metrics/model/column.ts';
import type {Row, SeriesName} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {tileAt, type WallGeometry, wallGeometry} from '../draw/wall/wall-geometry.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedIndex, visibleOffset} from '../state/selection.ts';

/** What charts of rows show: a column, and the series that has its past. */
export type ShownSeries = {readonly column: Column<Row>; readonly series: SeriesName};

/** The rows of a table as charts, one each. */
export type ShownWall = ShownSeries & {
	readonly view: View;
	readonly geometry: WallGeometry;
	/** The selected tile, and the first row of tiles on the screen. */
	readonly selected: number;
	readonly offset: number;
	/** The rows on the screen, from the index `first` on. */
	readonly first: number;
	readonly rows: readonly Row[];
};

/** The lines beside those of the tiles: the legend above them, and the selected row below. */
const WALL_FRAME = 2;

/** The lines of tiles on a screen with this many lines for a wall; on the lowest, only the selected row is below them. */
export function wallHeight(lines: number): number {
	return Math.max(lines - WALL_FRAME, 1);
}

/** Whether there is room for the legend. */
export function hasLegend(lines: number): boolean {
	return lines > WALL_FRAME;
}

/** What the charts of a page show; undefined if its rows have no past. */
export function shownSeries(state: ScreenState, view: View): ShownSeries | undefined {
	const {charted} = currentPage(state);
	const all = chartedColumns(view.level);
	const shown = all.find(({id}) => id === charted) ?? all[0];
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const column = columns.find(({id}) => id === shown?.id);
	return shown === undefined || column === undefined ? undefined : {column, series: shown.series};
}

/** Lays out the rows of a view in `width` cells and `height` lines; undefined if they have no past. */
export function shownWall(
	state: ScreenState,
	view: View,
	{width, height}: {readonly width: number; readonly height: number},
): ShownWall | undefined {
	const shown = shownSeries(state, view);
	if (shown === undefined) {
		return undefined;
	}

	const page = currentPage(state);
	const geometry = wallGeometry(view.rows.length, {width, height: wallHeight(height)});
	const {columns, lines, linesThatFit} = geometry;
	const selected = selectedIndex(page, view.rows);
	const offset = visibleOffset(page.offset, Math.floor(selected / columns), lines, linesThatFit, 0);
	const first = offset * columns;
	const rows: readonly Row[] = view.rows.slice(first, first + linesThatFit * columns);
	return {...shown, view, geometry, selected, offset, first, rows};
}

/** The index of the row at a line and column of a screen with this many lines for the wall. */
export function pointedTile(
	{geometry, offset}: ShownWall,
	lines: number,
	line: number,
	column: number,
): number | undefined {
	const place = line - (hasLegend(lines) ? 1 : 0);
	return place < geometry.linesThatFit * geometry.tileHeight
		? tileAt(geometry, offset, place, column)
		: undefined;
}
