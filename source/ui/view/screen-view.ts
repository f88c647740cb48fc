import {measureId} from '../../metrics/columns/columns.ts';
import type {Column} from '../../metrics/model/column.ts';
import type {ListCounts} from '../../metrics/model/counts.ts';
import type {ClusterRow, Row, Subject} from '../../metrics/model/row.ts';
import type {HistoryWindow, Source, Span, View} from '../../metrics/model/view.ts';
import {factsHeight, factsPages} from '../draw/facts.ts';
import type {Feed} from '../feed.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Theme} from '../theme/theme.ts';
import {type AboveAreas, type Areas, aboveAreas, areasOf, tableHeight} from './areas.ts';
import {type Described, describedOf} from './described.ts';
import {type MeasuredCharts, measuredCharts} from './measured-charts.ts';
import {noticeOf} from './notices.ts';
import {type Preview, type PreviewOptions, previewOf} from './preview.ts';
import {type ShownComparison, shownComparison} from './shown-comparison.ts';
import {MAP_FRAME, type ShownMap, shownMap} from './shown-map.ts';
import {type ShownTable, shownTable} from './shown-table.ts';
import {type ShownWall, shownWall} from './shown-wall.ts';
import {type ShownWindow, seamCell, shownWindow} from './shown-window.ts';
import {subjectOf} from './subject.ts';
import type {TableCache} from './table-cache.ts';

/** The data on the screen and its layout, without text. */
export type ScreenView = {
	readonly columns: number;
	readonly nowMs: number;
	/** The source of the data: the live one, or the one frozen by a pause. */
	readonly source: Source;
	/** The rows of the page; undefined on the page of a container. */
	readonly view: View | undefined;
	readonly cluster: ClusterRow;
	/** The number of rows of each table, within the page's namespaces. */
	readonly counts: ListCounts;
	/** The object of the page; undefined if there is none or it no longer exists. */
	readonly subject: Subject | undefined;
	/** The notice at the bottom; undefined if no data is hidden or delayed. */
	readonly notice: string | undefined;
	readonly areas: Areas;
	readonly above: AboveAreas;
	/** The charts of the page's object; none if there is no object. */
	readonly charts: MeasuredCharts;
	/** Undefined on the page of a container. */
	readonly table: ShownTable | undefined;
	/** The rows as a map, which replaces the table; undefined in another form. */
	readonly map: ShownMap | undefined;
	/** The rows as a wall of charts, or the first of them in one chart; undefined in another form. */
	readonly wall: ShownWall | undefined;
	readonly comparison: ShownComparison | undefined;
	/** The selected row's facts, charts and children, if a short table leaves room. */
	readonly preview: Preview | undefined;
	/** The object whose facts are shown with what the API server says about it now; undefined if it is not asked. */
	readonly described: Described | undefined;
	/** The number of pages of facts; 1 without facts. */
	readonly factsPages: number;
	readonly window: ShownWindow;
	/** The time range of the samples in memory; grows while the screen is paused. */
	readonly span: Span | undefined;
	/** The first point that is ktop's own sample; undefined if the window has no points of a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
};

export type ScreenViewOptions = {
	readonly source: Source;
	readonly feed: Pick<Feed, 'description' | 'hasClusters' | 'hasInventory' | 'notices' | 'past' | 'source'>;
	readonly columns: number;
	readonly rows: number;
	readonly nowMs: number;
	readonly theme: Theme;
	readonly tables: TableCache;
};

const NO_CHARTS: MeasuredCharts = {drawn: [], unmeasured: []};

/** Computes what a state shows of a source on a screen of the given size. */
export function screenView(
	state: ScreenState,
	{source, feed, columns, rows, nowMs, theme, tables}: ScreenViewOptions,
): ScreenView {
	const span = tables.span(feed.source, nowMs);
	const window = shownWindow(state, span, nowMs);
	const view = tables.view(state, source, nowMs, window.windowMs);
	const cluster = tables.cluster(state, source, nowMs);
	const counts = tables.counts(state, source, nowMs);
	const subject = subjectOf(state, source, cluster, nowMs);
	const charts =
		subject === undefined
			? NO_CHARTS
			: measuredCharts(subject, state.cursor, series =>
					subject.kind === 'cluster'
						? new Float64Array()
						: source.history(subject, series, window.chartWindowOf(columns)),
				);
	const isMeasured = charts.drawn.length > 0;
	const hasFacts = subject !== undefined && (state.hasFacts || !isMeasured);
	const described = hasFacts ? describedOf(subject, state, feed.description) : undefined;
	const facts = hasFacts && {
		row: subject,
		nowMs,
		width: columns,
		theme,
		isKnownOnly: !isMeasured,
		description: described?.description,
	};
	const factLines = facts ? factsHeight(facts) : undefined;
	const notice = noticeOf(feed);
	const needs = {factLines, hasNotice: notice !== undefined, isMeasured};
	const map = mapOf(
		state,
		{source, nowMs, tables, windowMs: window.windowMs},
		{
			width: columns,
			height: areasOf(rows, state, {...needs, tableRows: undefined}).table,
		},
	);
	const {form} = currentPage(state);
	const hasCharts = view !== undefined && (form === 'wall' || form === 'comparison');
	// Charts of rows take all the room there is.
	const tableRows = hasCharts
		? undefined
		: map === undefined
			? rowsToPlace(state, view)
			: map.geometry.lines.length + MAP_FRAME - 1;
	const areas = areasOf(rows, state, {...needs, tableRows});
	const above = aboveAreas(areas.charts, factLines, isMeasured);
	const seamMs = feed.past?.seamMs();
	return {
		columns,
		nowMs,
		source,
		view,
		cluster,
		counts,
		subject,
		notice,
		areas,
		charts,
		above,
		table:
			view &&
			shownTable(state, view, {
				width: columns,
				height: tableHeight(areas),
				hasInventory: feed.hasInventory(),
				hasClusters: feed.hasClusters?.() === true,
			}),
		described,
		factsPages: facts && above.facts > 0 ? factsPages({...facts, height: above.facts}) : 1,
		map,
		wall: form === 'wall' && view ? shownWall(state, view, {width: columns, height: areas.table}) : undefined,
		comparison: form === 'comparison' && view ? shownComparison(state, view) : undefined,
		preview:
			areas.preview === 0
				? undefined
				: previewOf(state, view, {source, nowMs, tables, windowMs: window.windowMs}),
		window,
		span,
		seamOf: window => seamCell(seamMs, window),
	};
}

/** The rows of a page as a map of at most the given size; undefined if the page has another form. */
function mapOf(
	state: ScreenState,
	{source, nowMs, tables, windowMs}: PreviewOptions,
	size: {readonly width: number; readonly height: number},
): ShownMap | undefined {
	const {form, level, sort} = currentPage(state);
	const grouped = form === 'map' ? tables.grouped(state, source, nowMs, windowMs) : undefined;
	const id = level && measureId(level, sort.column);
	const columns: ReadonlyArray<Column<Row>> = grouped?.view.columns ?? [];
	const column = columns.find(known => known.id === id);
	return grouped === undefined || column === undefined
		? undefined
		: shownMap(grouped, tables.figures(column, grouped, nowMs), size);
}

/** The first page counts the rows that match its filter, but all while one is typed, so that the layout does not change. */
function rowsToPlace(state: ScreenState, view: View | undefined): number | undefined {
	return currentPage(state).subject === undefined && state.mode.kind !== 'filter'
		? view?.rows.length
		: view?.total;
}
