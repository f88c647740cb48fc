import type {ListCounts} from '../../metrics/model/counts.ts';
import type {ClusterRow, Subject} from '../../metrics/model/row.ts';
import type {HistoryWindow, Source, Span, View} from '../../metrics/model/view.ts';
import {factsHeight} from '../draw/facts.ts';
import type {Feed} from '../feed.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Theme} from '../theme/theme.ts';
import {type AboveAreas, type Areas, aboveAreas, areasOf, tableHeight} from './areas.ts';
import {type ShownTable, shownTable} from './shown-table.ts';
import {type ShownWindow, seamCell, shownWindow} from './shown-window.ts';
import {subjectOf} from './subject.ts';
import type {TableCache} from './table-cache.ts';

/** What is on the screen. */
export type ScreenView = {
	readonly columns: number;
	readonly nowMs: number;
	/** The source of what is shown: the live one, or what was frozen on pause. */
	readonly source: Source;
	/** The page's rows; undefined on a container's page. */
	readonly view: View | undefined;
	readonly cluster: ClusterRow;
	/** How many rows the tables have, within the page's namespaces. */
	readonly counts: ListCounts;
	/** The object that the page is of; undefined when it has none, or that is gone. */
	readonly subject: Subject | undefined;
	readonly areas: Areas;
	readonly above: AboveAreas;
	/** Undefined on a container's page. */
	readonly table: ShownTable | undefined;
	readonly window: ShownWindow;
	/** What the rings hold by now, on a paused screen too. */
	readonly span: Span | undefined;
	/** The first cell of a window that is of ktop's own samples, where those before it are from a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
};

export type ScreenViewOptions = {
	readonly source: Source;
	readonly feed: Pick<Feed, 'hasInventory' | 'past' | 'source'>;
	readonly columns: number;
	readonly rows: number;
	readonly nowMs: number;
	readonly theme: Theme;
	readonly tables: TableCache;
};

/** What a state shows of a source on a screen of that size. */
export function screenView(
	state: ScreenState,
	{source, feed, columns, rows, nowMs, theme, tables}: ScreenViewOptions,
): ScreenView {
	const view = tables.view(state, source, nowMs);
	const cluster = tables.cluster(state, source, nowMs);
	const counts = tables.counts(state, source, nowMs);
	const span = tables.span(feed.source, nowMs);
	const subject = subjectOf(state, source, cluster, nowMs);
	const factLines =
		state.hasFacts && subject !== undefined
			? factsHeight({row: subject, nowMs, width: columns, theme})
			: undefined;
	// The number of all rows, so that nothing moves while a filter is typed.
	const areas = areasOf(rows, state, {factLines, tableRows: view?.total});
	const hasInventory = feed.hasInventory();
	const seamMs = feed.past?.seamMs();
	return {
		columns,
		nowMs,
		source,
		view,
		cluster,
		counts,
		subject,
		areas,
		above: aboveAreas(areas.charts, factLines),
		table: view && shownTable(state, view, {width: columns, height: tableHeight(areas), hasInventory}),
		window: shownWindow(state, span, nowMs),
		span,
		seamOf: window => seamCell(seamMs, window),
	};
}
