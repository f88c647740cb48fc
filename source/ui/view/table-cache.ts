import {layoutOf} from '../../metrics/columns/columns.ts';
import type {Column} from '../../metrics/model/column.ts';
import type {ListCounts} from '../../metrics/model/counts.ts';
import type {ClusterRow, ProblemRow, Row, SeriesName} from '../../metrics/model/row.ts';
import type {Cursor, HistoryWindow, Namespaces, Query, Source, Span, View} from '../../metrics/model/view.ts';
import {firstKnownKey, type GroupedRows, groupRows} from '../../metrics/view/group-rows.ts';
import {markedFirst} from '../../metrics/view/marked-first.ts';
import {type MapFigures, mapFigures} from '../draw/map/map-figures.ts';
import {currentPage, type Page} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {CRITICAL_FIRST} from '../state/sort-order.ts';

/** How long answers last at the least, and at the most. Samples become stale after 30 s or more. */
const LEAST_LASTING_MS = 5000;
const MOST_LASTING_MS = 15_000;

/**
 * How long answers last without new samples. Longer than the interval: where nodes are read in time, new samples replace
 * them before they expire.
 */
export function lastingMs(intervalMs: number): number {
	return Math.min(Math.max(1.2 * intervalMs, LEAST_LASTING_MS), MOST_LASTING_MS);
}

const BY_NAME = {column: 'name', isDescending: false};

/** Caches one answer until its key or one of its inputs changes. */
class Latest<Answer> {
	#known: {readonly key: string; readonly of: object | undefined; readonly answer: Answer} | undefined;

	/** `ask` gets the answer before. */
	of(key: string, ask: (before: Answer | undefined) => Answer, of?: object): Answer {
		if (this.#known?.key !== key || this.#known.of !== of) {
			this.#known = {key, of, answer: ask(this.#known?.answer)};
		}

		return this.#known.answer;
	}

	get answer(): Answer | undefined {
		return this.#known?.answer;
	}

	forget(): void {
		this.#known = undefined;
	}
}

/**
 * Caches the rows of the current page and the sums over all nodes until the data, the query or the cursor changes, so that
 * moving the selection in 150,000 rows neither sorts nor sums.
 */
export class TableCache {
	readonly #answersLastMs: () => number;
	/** When the known answers of a source were asked for. */
	readonly #since = new WeakMap<Source, {readonly version: number; readonly atMs: number}>();
	readonly #view = new Latest<View>();
	readonly #grouped = new Latest<GroupedView>();
	readonly #figures = new Latest<MapFigures>();
	readonly #preview = new Latest<View>();
	readonly #problems = new Latest<{readonly rows: readonly ProblemRow[]; readonly isPending: boolean}>();
	readonly #cluster = new Latest<ClusterRow>();
	readonly #counts = new Latest<ListCounts>();
	readonly #span = new Latest<Span | undefined>();
	readonly #histories = new Latest<Map<string, Float64Array>>();

	/** `answersLastMs`: see `lastingMs`. */
	constructor(answersLastMs: () => number) {
		this.#answersLastMs = answersLastMs;
	}

	/** When the answers that are shown at `nowMs` were asked for: they are new with each version, and after some time. */
	sinceMs(source: Source, nowMs: number): number {
		if (this.hasExpired(source, nowMs)) {
			this.#since.set(source, {version: source.version, atMs: nowMs});
		}

		return this.#since.get(source)?.atMs ?? nowMs;
	}

	/** Whether answers that change with time are to be asked for again. */
	hasExpired(source: Source, nowMs: number): boolean {
		const known = this.#since.get(source);
		return (
			known?.version !== source.version || nowMs < known.atMs || nowMs - known.atMs >= this.#answersLastMs()
		);
	}

	/** `windowMs`: of the window that statistics are of. */
	view(state: ScreenState, source: Source, nowMs: number, windowMs?: number): View | undefined {
		const {level, scope, sort, filter, tree, form} = currentPage(state);
		if (level === undefined) {
			return undefined;
		}

		if (form === 'map') {
			return this.grouped(state, source, nowMs, windowMs)?.view;
		}

		const query: Query = {level, scope, sort, filter, windowMs, ...(level === 'tree' ? {tree} : {})};
		const shape = level === 'tree' ? [tree.by, ...tree.open] : [];
		const key = JSON.stringify([source.version, query, shape, state.cursor, ...state.marked]);
		return this.#view.of(key, () => withMarkedFirst(source.view(query, state.cursor, nowMs), state.marked));
	}

	/** Whether the rows of the page are not those that were asked for yet. */
	get isPending(): boolean {
		return [this.#view.answer, this.#grouped.answer?.view, this.#problems.answer].some(
			answer => answer?.isPending === true,
		);
	}

	/** Asks for what may not have been ready again: rows of the page, pasts of the cluster, and sums at a past moment. */
	renew(cursor: Cursor): void {
		this.#view.forget();
		this.#grouped.forget();
		this.#problems.forget();
		this.#histories.forget();
		if (cursor !== 'live') {
			this.#cluster.forget();
			this.#counts.forget();
		}
	}

	/** The rows group by group, whatever they are sorted by, so that each keeps its place. */
	grouped(state: ScreenState, source: Source, nowMs: number, windowMs?: number): GroupedView | undefined {
		const {level, scope, filter, grouping} = currentPage(state);
		if (level === undefined) {
			return undefined;
		}

		// By name, so that samples change the place of no row.
		const query: Query = {level, scope, filter, windowMs, sort: BY_NAME};
		const key = JSON.stringify([source.version, query, grouping, state.cursor]);
		return this.#grouped.of(key, before => {
			const view = source.view(query, state.cursor, nowMs);
			return groupedView(view, grouping, nowMs, before?.view.level === level ? before.grouped : undefined);
		});
	}

	/** The values of a column on a map of the grouped rows. */
	figures(column: Column<Row>, {view, grouped}: GroupedView, nowMs: number): MapFigures {
		return this.#figures.of(
			column.id,
			before => mapFigures(column, grouped.rows, grouped.groups, nowMs, before),
			view,
		);
	}

	/** The rows in the selected one. */
	preview(query: Query, {cursor}: ScreenState, source: Source, nowMs: number): View {
		const key = JSON.stringify([source.version, query, cursor]);
		return this.#preview.of(key, () => source.view(query, cursor, nowMs));
	}

	/** Problems, critical first. */
	problems(
		namespaces: Namespaces,
		{cursor}: ScreenState,
		source: Source,
		nowMs: number,
	): readonly ProblemRow[] {
		const key = JSON.stringify([source.version, namespaces, cursor]);
		const query = {level: 'problems', scope: {namespaces}, sort: CRITICAL_FIRST} as const;
		return this.#problems.of(key, () => {
			const {rows, isPending = false} = source.view(query, cursor, nowMs);
			return {rows: rows.slice(), isPending};
		}).rows;
	}

	cluster({cursor}: ScreenState, source: Source, nowMs: number): ClusterRow {
		const key = JSON.stringify([source.version, cursor, cursor === 'live' ? this.sinceMs(source, nowMs) : 0]);
		return this.#cluster.of(key, () => source.cluster(cursor, nowMs));
	}

	counts(state: ScreenState, source: Source, nowMs: number): ListCounts {
		const {namespaces} = currentPage(state).scope;
		const key = JSON.stringify([source.version, state.cursor, namespaces]);
		return this.#counts.of(key, () => source.counts(namespaces, state.cursor, nowMs));
	}

	span(source: Source, nowMs: number): Span | undefined {
		return this.#span.of(`${source.version} ${this.sinceMs(source, nowMs)}`, () => source.span());
	}

	clusterHistory(source: Source, series: SeriesName, window: HistoryWindow, nowMs: number): Float64Array {
		const histories = this.#histories.of(`${source.version} ${this.sinceMs(source, nowMs)}`, () => new Map());
		const key = `${series} ${window.points} ${window.stepMs} ${window.endMs}`;
		const known = histories.get(key) ?? source.clusterHistory(series, window);
		histories.set(key, known);
		return known;
	}
}

/** A view whose rows are in the order of their groups. */
export type GroupedView = {readonly view: View; readonly grouped: GroupedRows<Row>};

function groupedView(
	view: View,
	grouping: Page['grouping'],
	nowMs: number,
	before: GroupedRows<Row> | undefined,
): GroupedView {
	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const rows: readonly Row[] = view.rows.slice();
	const by = grouping ?? firstKnownKey<Row>(rows, columns, layoutOf(view.level).groups, nowMs);
	const grouped = groupRows<Row>(rows, columns, by === 'none' ? undefined : by, nowMs, before);
	return {view: {...view, rows: grouped.rows} as View, grouped};
}

/** Moves marked rows to the top; does not change the tree. */
function withMarkedFirst(view: View, marked: ReadonlySet<string>): View {
	return marked.size === 0 || view.level === 'tree'
		? view
		: ({...view, rows: markedFirst<Row>(view.rows, marked)} as View);
}
