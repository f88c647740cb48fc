import type {Column} from '../metrics/column.ts';
import type {Row} from '../metrics/row.ts';
import type {View} from '../metrics/view.ts';
import {drawCharts} from './draw/charts.ts';
import {drawChooser} from './draw/chooser.ts';
import {drawFacts} from './draw/facts.ts';
import {drawFooter} from './draw/footer.ts';
import {drawGone} from './draw/gone.ts';
import {drawHeader} from './draw/header.ts';
import {fillOverlay} from './draw/overlay.ts';
import {inSymbols} from './draw/own-signs.ts';
import {drawTabs} from './draw/tab-line.ts';
import {emptyLine} from './draw/table/empty-line.ts';
import {headingLine} from './draw/table/heading-line.ts';
import {rowLine} from './draw/table/row-line.ts';
import type {Feed} from './feed.ts';
import type {Tier} from './format/chart.ts';
import type {DecayingScales} from './format/decaying-scale.ts';
import {currentPage} from './state/page.ts';
import type {ScreenState} from './state/screen-state.ts';
import type {Theme} from './theme/theme.ts';
import {overlayLines} from './view/overlay-lines.ts';
import type {ScreenView} from './view/screen-view.ts';
import type {ShownTable} from './view/shown-table.ts';
import {rowOfLine} from './view/table-window.ts';

export type FrameOptions = {
	readonly feed: Feed;
	readonly state: ScreenState;
	readonly shown: ScreenView;
	readonly rows: number;
	readonly notice: string | undefined;
	/** Words that the filter which is typed could go on with. */
	readonly completions: readonly string[];
	readonly theme: Theme;
	/** What charts are drawn with. */
	readonly tier: Tier;
	/** Heights of charts, from frame to frame. */
	readonly scales: DecayingScales;
};

/** The whole screen: exactly `rows` lines of exactly `columns` cells. */
export function drawFrame(options: FrameOptions): readonly string[] {
	const {feed, state, shown, rows, theme} = options;
	const {areas, cluster, columns, nowMs, source, view, window} = shown;
	const header = drawHeader({
		label: feed.label(),
		past: feed.past?.status(),
		speed: feed.playback?.speed(),
		isDemo: feed.isDemo,
		cluster,
		cursor: state.cursor,
		intervalMs: feed.intervalMs(),
		overrunMs: feed.overrunMs(),
		newestMs: source.span()?.newestMs,
		nowMs,
		width: columns,
		theme,
		windowOf: window.windowOf,
		history: source.clusterHistory,
	}).slice(0, areas.header);
	const lines = [
		...header,
		drawTabs(state, view, shown.counts, window.label, columns, theme),
		...drawMiddle(options),
	].slice(0, Math.max(rows - 1, 0));
	while (lines.length < rows - 1) {
		lines.push(' '.repeat(columns));
	}

	const footer = drawFooter(state, view, options.notice, options.completions, columns, theme);
	return [...lines, footer].map(line => inSymbols(line, theme));
}

/** A view's columns and its rows belong together, so each column reads the row that it is for. */
function columnsOf(view: View | undefined): ReadonlyArray<Column<Row>> {
	return (view?.columns ?? []) as unknown as ReadonlyArray<Column<Row>>;
}

function drawMiddle(options: FrameOptions): readonly string[] {
	const {feed, state, shown, theme} = options;
	const {mode} = state;
	const {areas, columns: width, table, view} = shown;
	const height = areas.charts + areas.table;
	switch (mode.kind) {
		case 'chooser':
			return drawChooser({
				chooser: mode.chooser,
				columns: columnsOf(view),
				laidOut: new Set(table?.layout.columns.map(({id}) => id)),
				width,
				height,
				theme,
			});
		case 'overlay':
			return fillOverlay(overlayLines(state, {...shown, feed, width}), mode.offset, width, height, theme);
		case 'table':
		case 'filter':
			return [...drawAbove(options), ...(table === undefined ? [] : drawTable(options, table))];
	}
}

function drawTable({feed, state, shown, theme}: FrameOptions, table: ShownTable): readonly string[] {
	const {areas, columns: width, nowMs, seamOf, source} = shown;
	if (areas.table === 0) {
		return [];
	}

	const {layout, rows, view, window} = table;
	const {label: windowLabel, windowOf} = shown.window;
	const options = {
		nowMs,
		atMs: view.atMs,
		staleAfterMs: feed.staleAfterMs(),
		theme,
		windowOf,
		history: source.history,
	};
	const lines = [
		headingLine(layout, {sort: currentPage(state).sort, theme, windowLabel, windowOf, seamOf}),
		...rows.map((row, index) =>
			rowLine(
				layout,
				row,
				{isSelected: rowOfLine(index, window) === window.selected, isMarked: state.marked.has(row.id)},
				options,
			),
		),
		...(view.rows.length === 0 ? [emptyLine(view, width, theme)] : []),
	];
	while (lines.length < areas.table) {
		lines.push(' '.repeat(width));
	}

	return lines;
}

/** What stands above the table: facts, charts, or both. */
function drawAbove(options: FrameOptions): readonly string[] {
	const {feed, state, shown, theme} = options;
	const {above, areas, columns: width, nowMs, source, subject} = shown;
	const page = currentPage(state);
	if (areas.charts === 0 || page.subject === undefined) {
		return [];
	}

	if (subject === undefined) {
		return drawGone(page.subject.name, areas.charts, width, theme);
	}

	const {label: windowLabel, chartWindowOf: windowOf} = shown.window;
	return [
		...(above.facts === 0 ? [] : drawFacts({row: subject, nowMs, width, theme, height: above.facts})),
		...(above.charts === 0
			? []
			: drawCharts(
					{
						windowOf,
						windowLabel,
						seamOf: shown.seamOf,
						row: subject,
						width,
						height: above.charts,
						theme,
						tier: options.tier,
						nowMs,
						scaleOf: (key, highest, steps) => options.scales.topOf(key, highest, steps, nowMs),
						cursorMs: state.cursor === 'live' ? undefined : state.cursor.atMs,
						storeLabel: feed.past?.status().label,
						keptInstead: series =>
							feed.past?.keptInstead(subject.kind === 'tree' ? subject.of.kind : subject.kind, series),
						history: (series, window) =>
							subject.kind === 'cluster'
								? source.clusterHistory(series, window)
								: source.history(subject, series, window),
					},
					page.level === undefined,
				)),
	];
}
