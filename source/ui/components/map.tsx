import {useStore, useTheme} from '../contexts.ts';
import {cellDetail} from '../draw/map/cell-detail.ts';
import {type MapOptions, mapLegend, mapLines} from '../draw/map/map-lines.ts';
import {emptyLine} from '../draw/table/empty-line.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {MAP_FRAME, mapHeight, mapWindow, type ShownMap} from '../view/shown-map.ts';
import {momentMs} from '../view/shown-window.ts';
import {Lines} from './lines.tsx';

/** A cell a row, in groups, with a legend above and the selected row below. */
export function MapPane({shown, map}: {readonly shown: Shown; readonly map: ShownMap}) {
	const {feed} = useStore();
	const theme = useTheme();
	const {state, nowMs, columns: width, areas} = shown;
	const {view, figures} = map;
	const height = mapHeight(areas.table);
	const window = mapWindow(state, map, height);
	const freshness = {nowMs, atMs: momentMs(state.cursor, nowMs), staleAfterMs: feed.staleAfterMs()};
	const options: MapOptions = {...map, ...window, height, freshness, theme, width};
	const cells = view.rows.length === 0 ? [emptyLine(view, width, theme)] : mapLines(options);
	const detail = cellDetail(view, view.rows.at(window.selected), figures.column, {width, freshness, theme});
	// On the lowest screens, cells come before the legend, and the selected one in words before it.
	const lines = areas.table > MAP_FRAME ? [mapLegend(options), ...cells, detail] : [...cells, detail];
	return <Lines lines={lines.slice(-areas.table)} height={areas.table} />;
}
