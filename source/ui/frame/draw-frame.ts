import type {Column} from '../../metrics/column.ts';
import {printable} from '../../metrics/printable.ts';
import type {ClusterRow, Row, Subject} from '../../metrics/row.ts';
import type {HistoryWindow, View} from '../../metrics/view.ts';
import type {Feed} from '../feed.ts';
import type {Tier} from '../format/chart.ts';
import type {DecayingScales} from '../format/decaying-scale.ts';
import {formatInterval} from '../format/numbers.ts';
import {fitText} from '../format/width.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedIndex} from '../state/selection.ts';
import {drawTable, layoutOf} from '../table/draw-table.ts';
import {tableWindow} from '../table-window.ts';
import type {Theme} from '../theme/theme.ts';
import {type Areas, areasOf} from './areas.ts';
import {drawFooter, drawTabs} from './bars.ts';
import {type ChartsOptions, drawCharts} from './charts.ts';
import {detailsHeight, drawDetails} from './details.ts';
import {drawChooser} from './draw-chooser.ts';
import {eventsText} from './events-text.ts';
import {explanationText} from './explanation.ts';
import {drawHeader} from './header.ts';
import {helpText} from './help-text.ts';
import {fillOverlay} from './overlays.ts';

export type FrameOptions = {
	readonly feed: Feed;
	readonly state: ScreenState;
	/** The current page's table; undefined on a container's page. */
	readonly view: View | undefined;
	/** The current page's subject; undefined when there is none or it is gone. */
	readonly subject: Subject | undefined;
	readonly cluster: ClusterRow;
	readonly columns: number;
	readonly rows: number;
	readonly nowMs: number;
	readonly notice: string | undefined;
	/** Words that the filter which is typed could go on with. */
	readonly completions: readonly string[];
	readonly intervalMs: number;
	readonly theme: Theme;
	/** What charts are drawn with. */
	readonly tier: Tier;
	/** Heights of charts, from frame to frame. */
	readonly scales: DecayingScales;
};

/** The shortest sparkline window, while there is little to show yet. */
const LEAST_WINDOW_MS = 30_000;

/** How much of the past sparklines and charts cover until another window is asked for. */
const USUAL_WINDOW_MS = 300_000;

/** How the lines of the screen are shared out on a page of that subject. */
export function pageAreas({
	state,
	view,
	subject,
	nowMs,
	columns,
	rows,
	theme,
}: Pick<FrameOptions, 'state' | 'view' | 'subject' | 'nowMs' | 'columns' | 'rows' | 'theme'>): Areas {
	const hasFacts = state.hasFacts && subject !== undefined;
	return areasOf(rows, state, {
		factLines: hasFacts ? detailsHeight({row: subject, nowMs, width: columns, theme}) : undefined,
		// Of all rows, so that nothing moves while a filter is typed.
		tableRows: view?.total,
	});
}

/** The time that sparklines cover: what was asked for, else all there is, up to five minutes. */
export function shownWindowMs(state: ScreenState, feed: Feed): number {
	if (state.windowMs !== undefined) {
		return state.windowMs;
	}

	const span = feed.source.span();
	const knownMs = span === undefined ? 0 : feed.now() - span.oldestMs;
	return [LEAST_WINDOW_MS, 60_000, 120_000].find(windowMs => knownMs <= windowMs) ?? USUAL_WINDOW_MS;
}

/** The part of a chart's window that lies behind the time cursor. */
const AFTER_CURSOR = 0.25;

/** How many steps through time a window is. */
const STEPS_A_WINDOW = 30;

/** How far `[` and `]` go: from sample to sample in a short window, a cell of a sparkline or so in a long one. */
export function stepMs(state: ScreenState, feed: Feed): number {
	return Math.max(feed.intervalMs(), shownWindowMs(state, feed) / STEPS_A_WINDOW);
}

/** What is hidden, late or cannot be asked, a line each. */
export function allNotices(feed: Feed): readonly string[] {
	const status = feed.past?.status();
	return status?.kind === 'failed'
		? [...feed.notices(), `no history: ${status.failure.message}; ${status.failure.hint}`]
		: feed.notices();
}

/** The whole screen: exactly `rows` lines of exactly `columns` cells. */
export function drawFrame(options: FrameOptions): readonly string[] {
	const {feed, state, view, cluster, columns, rows, nowMs, theme} = options;
	const areas = pageAreas(options);
	const windowMs = shownWindowMs(state, feed);
	const windowLabel = formatInterval(windowMs);
	const endMs = state.cursor === 'live' ? nowMs : state.cursor.atMs;
	// A chart shows what came after the cursor too, as far as there is any.
	const chartEndMs = Math.min(endMs + windowMs * AFTER_CURSOR, nowMs);
	const windowEndingAt =
		(lastMs: number) =>
		(points: number): HistoryWindow => {
			const stepMs = windowMs / Math.max(points, 1);
			// Steps begin at whole multiples, so that a sparkline moves by whole cells and does not shimmer.
			return {points, stepMs, endMs: Math.ceil(lastMs / stepMs) * stepMs};
		};
	const windowOf = windowEndingAt(endMs);
	const chartWindowOf = windowEndingAt(state.cursor === 'live' ? nowMs : chartEndMs);
	const header = drawHeader({
		label: feed.label(),
		past: feed.past?.status(),
		speed: feed.playback?.speed(),
		isDemo: feed.isDemo,
		cluster,
		cursor: state.cursor,
		intervalMs: options.intervalMs,
		overrunMs: feed.overrunMs(),
		newestMs: feed.source.span()?.newestMs,
		nowMs,
		width: columns,
		theme,
		windowOf,
		history: feed.source.clusterHistory,
	}).slice(0, areas.header);
	const lines = [
		...header,
		drawTabs(state, view, cluster, windowLabel, columns, theme),
		...drawMiddle(options, areas, windowOf, chartWindowOf, windowLabel),
	].slice(0, Math.max(rows - 1, 0));
	while (lines.length < rows - 1) {
		lines.push(' '.repeat(columns));
	}

	const frame = [...lines, drawFooter(state, view, options.notice, options.completions, columns, theme)];
	return theme.symbols === 'unicode' ? frame : frame.map(toAscii);
}

/** ktop's own signs that have an ASCII twin of the same width; names of the cluster stay as they are. */
const TWINS: Readonly<Record<string, string>> = {
	'–': '-',
	'“': '"',
	'”': '"',
	'’': "'",
	'↓': 'v',
	'↑': '^',
	'→': '>',
	'…': '~',
};

function toAscii(line: string): string {
	return line.replace(/[–“”’↓↑→…]/g, sign => TWINS[sign] ?? sign);
}

/** The first cell of a window that ktop filled itself; undefined where the seam is not within it. */
function seamCell(
	seamMs: number | undefined,
	{points, stepMs: cellMs, endMs}: HistoryWindow,
): number | undefined {
	const cell = seamMs === undefined ? 0 : Math.floor((seamMs - endMs) / cellMs) + points;
	return cell > 0 && cell < points ? cell : undefined;
}

/** A view's columns and its rows belong together, so each column reads the row that it is for. */
function columnsOf(view: View | undefined): ReadonlyArray<Column<Row>> {
	return (view?.columns ?? []) as unknown as ReadonlyArray<Column<Row>>;
}

/** The head tells why figures of the whole cluster are missing. */
function rowOf(subject: Subject | undefined): Row | undefined {
	return subject?.kind === 'cluster' ? undefined : subject;
}

/** All that lies over the table, of which a window is shown. */
export function overlayLines({
	feed,
	state,
	view,
	subject,
	nowMs,
	columns,
}: Pick<FrameOptions, 'feed' | 'state' | 'view' | 'subject' | 'nowMs' | 'columns'>): readonly string[] {
	const {mode} = state;
	if (mode.kind !== 'overlay') {
		return [];
	}

	if (mode.overlay === 'help') {
		return helpText(columns);
	}

	if (mode.overlay === 'events') {
		const atMs = state.cursor === 'live' ? nowMs : state.cursor.atMs;
		return eventsText(
			(feed.events?.() ?? []).filter(({sinceMs}) => sinceMs <= atMs),
			nowMs,
		);
	}

	const page = currentPage(state);
	return explanationText({
		row: view === undefined ? rowOf(subject) : view.rows[selectedIndex(page, view.rows)],
		above: view === undefined ? undefined : rowOf(subject),
		level: page.level,
		source: feed.source,
		cursor: state.cursor,
		hasInventory: feed.hasInventory(),
		notices: allNotices(feed),
		nowMs,
		width: columns,
	});
}

function drawMiddle(
	options: FrameOptions,
	areas: Areas,
	windowOf: (points: number) => HistoryWindow,
	chartWindowOf: (points: number) => HistoryWindow,
	windowLabel: string,
): readonly string[] {
	const {feed, state, view, columns, nowMs, theme} = options;
	const {mode} = state;
	const page = currentPage(state);
	const seamOf = (window: HistoryWindow): number | undefined => seamCell(feed.past?.seamMs(), window);
	const height = areas.charts + areas.table;
	const wishes = {
		hasInventory: feed.hasInventory(),
		chosen: page.level && state.memory.columns[page.level],
		isWide: state.isWide,
	};
	if (mode.kind === 'chooser') {
		return drawChooser({
			chooser: mode.chooser,
			columns: columnsOf(view),
			laidOut: new Set(
				view === undefined ? [] : layoutOf({...wishes, view, width: columns}, view.rows).map(({id}) => id),
			),
			width: columns,
			height,
			theme,
		});
	}

	if (mode.kind === 'overlay') {
		return fillOverlay(overlayLines(options), mode.offset, columns, height, theme);
	}

	const lines = [...drawSubject(options, areas.charts, {windowOf: chartWindowOf, windowLabel, seamOf})];
	if (view !== undefined && areas.table > 0) {
		const rows = areas.table - 1;
		lines.push(
			...drawTable({
				...tableWindow(state, view.rows, rows),
				view,
				sort: page.sort,
				width: columns,
				height: rows,
				nowMs,
				staleAfterMs: feed.staleAfterMs(),
				theme,
				windowOf,
				windowLabel,
				...wishes,
				marked: state.marked,
				seamOf,
				history: feed.source.history,
			}),
		);
	}

	return lines;
}

/** Fewer lines than this below facts are left blank. */
const LEAST_BELOW_FACTS = 6;

/** What the page is of, above its table: over time, in facts, or both where no table needs the room. */
function drawSubject(
	options: FrameOptions,
	height: number,
	time: Pick<ChartsOptions, 'windowOf' | 'windowLabel' | 'seamOf'>,
): readonly string[] {
	const {feed, state, subject, columns, nowMs, theme} = options;
	const page = currentPage(state);
	if (height === 0 || page.subject === undefined) {
		return [];
	}

	if (subject === undefined) {
		return gone(page.subject.name, height, columns, theme);
	}

	const facts = {row: subject, nowMs, width: columns, theme};
	const needed = state.hasFacts ? detailsHeight(facts) + 1 : 0;
	const below = height - needed;
	if (state.hasFacts && below < LEAST_BELOW_FACTS) {
		return drawDetails({...facts, height});
	}

	return [
		...(state.hasFacts ? drawDetails({...facts, height: needed}) : []),
		...drawCharts(
			{
				...time,
				row: subject,
				width: columns,
				height: below,
				theme,
				tier: options.tier,
				nowMs,
				scaleOf: (key, highest, steps) => options.scales.topOf(key, highest, steps, nowMs),
				cursorMs: state.cursor === 'live' ? undefined : state.cursor.atMs,
				storeLabel: feed.past?.status().label,
				history: (series, window) =>
					subject.kind === 'cluster'
						? feed.source.clusterHistory(series, window)
						: feed.source.history(subject, series, window),
			},
			page.level === undefined,
		),
	];
}

function gone(name: string, height: number, width: number, theme: Theme): readonly string[] {
	return Array.from({length: height}, (_, line) =>
		fitText(line === 1 ? `  ${printable(name)} is gone; Esc goes back` : '', width, false, theme.ellipsis),
	);
}
