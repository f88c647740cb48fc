import {useStore, useTerminal, useTheme} from '../contexts.ts';
import {cellDetail} from '../draw/map/cell-detail.ts';
import {emptyLine} from '../draw/table/empty-line.ts';
import {drawWall} from '../draw/wall/wall-lines.ts';
import {QUANTITIES} from '../format/chart-kinds.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {hasLegend, type ShownWall} from '../view/shown-wall.ts';
import {momentMs} from '../view/shown-window.ts';
import {Lines} from './lines.tsx';

/** A small chart for each row, with a legend above and the selected row below. */
export function WallPane({shown, wall}: {readonly shown: Shown; readonly wall: ShownWall}) {
	const {feed, scales} = useStore();
	const {tier} = useTerminal();
	const theme = useTheme();
	const {state, source, nowMs, columns: width, areas, window} = shown;
	const {view, series, column, selected, geometry} = wall;
	const freshness = {nowMs, atMs: momentMs(state.cursor, nowMs), staleAfterMs: feed.staleAfterMs()};
	const {legend, lines} = drawWall({
		...wall,
		marked: state.marked,
		hasOwnScales: state.hasOwnScales,
		windowOf: window.windowOf,
		windowLabel: window.label,
		history: source.history,
		topOf: highest => scales.topOf(`wall/${series}`, highest, QUANTITIES[series].steps, nowMs),
		freshness,
		theme,
		tier,
		width,
	});
	const blank = ' '.repeat(width);
	const tiles = view.rows.length === 0 ? [emptyLine(view, width, theme)] : lines;
	const height = geometry.linesThatFit * geometry.tileHeight;
	const detail = cellDetail(view, view.rows.at(selected), column, {width, freshness, theme});
	const all = [
		...(hasLegend(areas.table) ? [legend] : []),
		...Array.from({length: height}, (_, line) => tiles[line] ?? blank),
		detail,
	];
	return <Lines lines={all.slice(-areas.table)} height={areas.table} />;
}
