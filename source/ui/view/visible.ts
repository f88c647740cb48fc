import {chartedColumns} from '../../metrics/columns/charted-columns.ts';
import {layoutOf} from '../../metrics/columns/columns.ts';
import type {View} from '../../metrics/model/view.ts';
import {cellBelow, lineOfCell} from '../draw/map/map-geometry.ts';
import {MOST_LINES} from '../draw/wall/comparison-lines.ts';
import {tileBelow} from '../draw/wall/wall-geometry.ts';
import type {Feed} from '../feed.ts';
import {groupable, groupingOf} from '../state/grouping.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Grid, Visible} from '../state/visible.ts';
import {pageHeight, tableHeight} from './areas.ts';
import {listedEvents} from './listed-events.ts';
import {overlayLines} from './overlay-lines.ts';
import type {ScreenView} from './screen-view.ts';
import {mapHeight, type ShownMap} from './shown-map.ts';
import type {ShownWall} from './shown-wall.ts';
import {stepMs} from './shown-window.ts';
import {
	choiceOf,
	filterAdviceOf,
	filterProblem,
	groupKeysOf,
	labelNamesOf,
	namespacesOf,
	sortableColumns,
	vocabularyOf,
} from './vocabulary.ts';

/** The data on the screen for the reducer. */
export function visibleTo(state: ScreenState, feed: Feed, shown: ScreenView): Visible {
	const {view, table, map, wall, comparison, nowMs} = shown;
	const hasInventory = feed.hasInventory();
	const hasClusters = feed.hasClusters?.() === true;
	const groupedRows = (): View | undefined => {
		const page = currentPage(state);
		const of = page.level === 'tree' ? groupable(page) : undefined;
		return of === undefined ? view : shown.source.view({level: of, scope: page.scope}, state.cursor, nowMs);
	};
	return {
		rows: view?.rows ?? [],
		sortable: sortableColumns(state, {hasInventory, hasClusters}),
		shownColumns: () =>
			wall !== undefined || comparison !== undefined
				? chartedColumns(view?.level ?? 'nodes').map(({id}) => id)
				: map === undefined
					? (table?.layout.columns.flatMap(({id, series}) => (series === undefined ? [id] : [])) ?? [])
					: layoutOf(map.view.level).measures,
		grid: (map && gridOf(map)) ?? (wall && gridOfWall(wall)),
		groupedBy: map === undefined ? groupingOf(currentPage(state))?.key : map.grouped.by,
		groupKeys: () => groupKeysOf(groupedRows(), nowMs),
		groupLabels: () => labelNamesOf(groupedRows()),
		choosable: choiceOf(state, hasInventory),
		vocabulary: vocabularyOf(view, nowMs),
		namespaces: () => namespacesOf(shown.source, state.cursor, nowMs),
		contexts: () => feed.contexts?.list().contexts ?? [],
		context: feed.contexts?.current(),
		filterProblem: filter => filterProblem(filter, view),
		filterAdvice: filterAdviceOf(state, view),
		factsPages: shown.factsPages,
		events: () => listedEvents(state, feed, shown.source, nowMs),
		overlayRest: overlayRest(state, feed, shown),
		height: heightOf(shown),
		nowMs,
		// A pause freezes the rows, but steps in time reach all samples that have arrived since.
		span: shown.span,
		stepMs: stepMs(shown.window.windowMs, feed.intervalMs()),
		windowLimitMs: feed.windowMs,
	};
}

/** The cells of a map, for keys that move the selection. */
function gridOf({geometry}: ShownMap): Grid {
	return {
		below: (index, by) => cellBelow(geometry, index, by),
		lineOf: index => lineOfCell(geometry, index),
		lines: geometry.lines.length,
	};
}

/** The tiles of a wall, likewise. */
function gridOfWall({geometry}: ShownWall): Grid {
	return {
		below: (index, by) => tileBelow(geometry, index, by),
		lineOf: index => Math.floor(index / geometry.columns),
		lines: geometry.lines,
	};
}

/** The number of lines of rows, cells or tiles on the screen. */
function heightOf({map, wall, comparison, areas}: ScreenView): number {
	return (
		wall?.geometry.linesThatFit ??
		(comparison !== undefined ? MOST_LINES : map === undefined ? tableHeight(areas) : mapHeight(areas.table))
	);
}

/** The number of lines of the overlay that do not fit on the screen. */
function overlayRest(state: ScreenState, feed: Feed, shown: ScreenView): number {
	if (state.mode.kind !== 'overlay') {
		return 0;
	}

	return overlayLines(state, {...shown, feed, width: shown.columns}).length - pageHeight(shown.areas);
}
