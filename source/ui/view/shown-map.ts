import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import type {GroupedRows} from '../../metrics/view/group-rows.ts';
import {isShare, type MapFigures} from '../draw/map/map-figures.ts';
import {cellAt, lineOfCell, type MapGeometry, mapGeometry} from '../draw/map/map-geometry.ts';
import {keyName, namedWidth} from '../draw/map/map-lines.ts';
import {widthOf} from '../format/width.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedIndex, visibleOffset} from '../state/selection.ts';
import type {GroupedView} from './table-cache.ts';

/** A view as a map: a cell a row. */
export type ShownMap = {
	readonly view: View;
	readonly grouped: GroupedRows<Row>;
	readonly figures: MapFigures;
	readonly geometry: MapGeometry;
};

/** The lines of a map beside those of its cells: the legend above them, and the selected cell below. */
export const MAP_FRAME = 2;

/** The lines of cells on a screen with this many lines for a map. */
export function mapHeight(lines: number): number {
	return Math.max(lines - MAP_FRAME, 1);
}

/** Lays a map out in `width` cells and at most `height` lines, of which `MAP_FRAME` are no cells. */
export function shownMap(
	{view, grouped}: GroupedView,
	figures: MapFigures,
	{width, height}: {readonly width: number; readonly height: number},
): ShownMap {
	const {by, groups} = grouped;
	const geometry = mapGeometry({
		counts: groups.map(({count}) => count),
		labelWidth:
			by === undefined
				? undefined
				: Math.max(...groups.map(({name}) => widthOf(name ?? `no ${keyName(by)}`)), 0),
		namedWidth: namedWidth(figures),
		isShare: isShare(figures.column),
		width,
		height: mapHeight(height),
	});
	return {view, grouped, figures, geometry};
}

/** The selected cell, and the first line on a screen with this many lines of cells. */
export function mapWindow(
	state: ScreenState,
	{view, geometry}: ShownMap,
	height: number,
): {readonly selected: number; readonly offset: number} {
	const page = currentPage(state);
	const selected = selectedIndex(page, view.rows);
	const {lines} = geometry;
	return {
		selected,
		offset: visibleOffset(page.offset, lineOfCell(geometry, selected), lines.length, height, 0),
	};
}

/** The index of the cell at a line and column of a screen with this many lines for the map. */
export function pointedCell(
	state: ScreenState,
	map: ShownMap,
	lines: number,
	line: number,
	column: number,
): number | undefined {
	const height = mapHeight(lines);
	const place = line - (lines > MAP_FRAME ? 1 : 0);
	const {offset} = mapWindow(state, map, height);
	return place >= 0 && place < height ? cellAt(map.geometry, place + offset, column) : undefined;
}

/** The rows on a screen with this many lines for the map; none if all are, since none of them comes first. */
export function rowsOnMap(state: ScreenState, map: ShownMap, lines: number): readonly Row[] {
	const {geometry, view} = map;
	const height = mapHeight(lines);
	if (geometry.lines.length <= height) {
		return [];
	}

	const {offset} = mapWindow(state, map, height);
	const shown = geometry.lines.slice(offset, offset + height);
	return shown.flatMap(({start, count}): readonly Row[] => view.rows.slice(start, start + count));
}
