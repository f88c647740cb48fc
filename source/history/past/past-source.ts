import type {Column} from '../../metrics/model/column.ts';
import {countsOfRows, type ListCounts, sumCounts} from '../../metrics/model/counts.ts';
import type {ClusterRow, NodeRow, Row, SeriesName} from '../../metrics/model/row.ts';
import {isContainerWithin, isPodWithin} from '../../metrics/model/scope.ts';
import type {StatisticSeries, Statistics} from '../../metrics/model/statistics.ts';
import type {
	Cursor,
	HistoryWindow,
	Level,
	ListLevel,
	Moment,
	Namespaces,
	Query,
	RowOf,
	RowsByLevel,
	RowsOf,
	Scope,
	Source,
	Span,
	Unprepared,
	View,
} from '../../metrics/model/view.ts';
import {resampleInto} from '../../metrics/rings/resample.ts';
import {statisticsOf} from '../../metrics/rings/statistics.ts';
import {clusterTotals} from '../../metrics/store/rollup.ts';
import type {Store} from '../../metrics/store/store.ts';
import {selectView} from '../../metrics/view/select-view.ts';
import {statisticsWithin} from '../../metrics/view/statistics-within.ts';
import type {SubjectKind} from '../store/history-request.ts';
import type {HistoryStore} from '../store/history-store.ts';
import {findKeptInstead} from '../store/kept-instead.ts';
import {MAX_RANGE_MS} from '../store/query-bounds.ts';
import {CompletedSeries} from './completed-series.ts';
import {HistoryAccess, type HistoryStatus} from './history-access.ts';
import {MOMENT_LOOK_BACK_MS, momentOf} from './moment-bounds.ts';
import {MomentCache} from './moment-cache.ts';
import {nodeIdOf} from './node-id-of.ts';
import {ownRows} from './own-rows.ts';
import {type MomentRows, rowsOfMoment} from './rows-of-moment.ts';
import {SeriesCache} from './series-cache.ts';
import {StandInRows} from './stand-in-rows.ts';
import type {StoredCluster} from './stored-cluster.ts';
import {StoredMoments} from './stored-moments.ts';
import {subjectOfRow} from './subject-of-row.ts';

export type PastSourceOptions = {
	/** The samples that ktop scraped itself. */
	readonly live: () => Store;
	readonly store: HistoryStore;
	readonly now: () => number;
	/** Called when an answer of the store changed what can be shown. */
	readonly onChange: () => void;
	/** True if no live source is connected, so that all rows come from the store. */
	readonly isAlone: () => boolean;
	/** Whether `advance` is called before answers are read again, so that views of all stored rows are made in turns. */
	readonly isAdvanced?: boolean | undefined;
};

/** The steps of the statistics of a window that the store fills. */
const STATISTICS_STEPS = 60;

/** A sum of all nodes is made of at most so many of their means: InfluxDB computes some 200,000 of them a second. */
const MAX_SUMMED_STEPS = 300_000;

/** Statistics of the rows of a larger table are those of ktop's own samples: to sort it asks for a series of each row. */
const MAX_STATISTICS = 1000;

/** Samples of a stand-in that are older than this are shown, but not summed. */
const STAND_IN_COUNTS_MS = 150_000;

/**
 * Combines ktop's own samples (`live`) with a history store. There are four cases:
 *
 * - The cursor is before the seam, which is the time of ktop's first own sample. All rows come from the store, as of the
 *   cursor (`#pastMoment`).
 * - The cursor is live, but some nodes cannot be scraped. The rows of these nodes come from the store: the *stand-in*
 *   (`StandInRows`). Newer own samples win, and rows of healthy nodes are not touched.
 * - A chart's window extends before the first or after the last own sample of its row. The steps there are filled with
 *   stored points (`CompletedSeries`). Own samples are never overwritten, and gaps between them stay gaps.
 * - Nothing is scraped (`isAlone`): all rows come from the store, now and at the cursor (`StoredMoments`).
 *
 * Otherwise everything comes from `live`. All methods return at once with what is cached. What is missing is queried in
 * the background; when it arrives, `version` grows and `onChange` is called, so that the screen asks again.
 */
export class PastSource implements Source {
	readonly #options: PastSourceOptions;
	readonly #access: HistoryAccess;
	readonly #series: SeriesCache;
	readonly #moments: MomentCache;
	readonly #completed: CompletedSeries;
	readonly #standIn: StandInRows;
	readonly #stored: StoredMoments;
	/** The rows of the last moment of the past, because building them takes long in a large cluster. */
	#rows: {readonly atMs: number; readonly moment: MomentRows} | undefined;
	/** What was asked for last of what only the store has. */
	#shown: StoredCluster | undefined;
	#version = 0;

	constructor(options: PastSourceOptions) {
		this.#options = options;
		const onChange = this.#onChange;
		const {store, now} = options;
		this.#access = new HistoryAccess({store, now, onChange});
		this.#series = new SeriesCache({access: this.#access, now, onChange});
		this.#moments = new MomentCache({access: this.#access, onChange});
		this.#completed = new CompletedSeries({stored: this.#series, now});
		this.#standIn = new StandInRows({live: options.live, store, moments: this.#moments, startedMs: now()});
		this.#stored = new StoredMoments({
			access: this.#access,
			now,
			onChange,
			label: store.label,
			hasAllPods: options.isAdvanced === true ? (...of) => this.#live.hasAllPods(...of) : undefined,
		});
	}

	get version(): number {
		return this.#version + this.#live.version;
	}

	get status(): HistoryStatus {
		return this.#access.status;
	}

	readonly view = <L extends Level>(query: Query<L>, cursor: Cursor, nowMs: number): View<L> => {
		if (this.#isLive(cursor, nowMs) && !this.#isSmallTable(query.level, nowMs)) {
			const source = isTable(query.level) ? this.#live : this;
			return this.#live.view(query, cursor, nowMs, source);
		}

		const atMs = cursor === 'live' ? nowMs : cursor.atMs;
		const stored = this.#options.isAlone() ? this.#stored.at(cursor) : undefined;
		this.#shown = stored;
		// Many rows have statistics of ktop's own samples.
		const ready = stored?.view(query, nowMs, atMs, statisticsWithin(this.#live, query.windowMs, cursor));
		if (ready !== undefined) {
			return ready;
		}

		let most = 0;
		const rowsOf: RowsOf = (level, scope) => {
			const rows = stored?.within(level, scope) ?? this.rows(level, scope, cursor, nowMs);
			most = Math.max(most, rows.length);
			return rows;
		};
		const statistics = (row: Row, series: StatisticSeries, span: Span): Statistics | undefined =>
			(most > MAX_STATISTICS ? this.#live : this).statistics(row, series, span);
		return selectView(query, rowsOf, nowMs, atMs, statisticsWithin({statistics}, query.windowMs, cursor));
	};

	readonly prepare = (hasTime: () => boolean): Unprepared =>
		(this.#options.isAlone() ? this.#shown : this.#live)?.prepare(hasTime) ?? 'nothing';

	/** Makes views ready of what the store has answered, as long as there is time; returns whether all is done. */
	advance(hasTime: () => boolean): boolean {
		return this.#stored.advance(hasTime);
	}

	readonly freeze = (nowMs: number): Moment | undefined =>
		this.#isLive('live', nowMs) ? this.#live.freeze(nowMs) : undefined;

	/** Whether all rows are those of `live`. */
	#isLive(cursor: Cursor, nowMs: number): boolean {
		return !this.#options.isAlone() && this.#momentOf(cursor, nowMs) === undefined;
	}

	/** Statistics of small tables are taken from the store, and change with its answers. */
	#isSmallTable(level: Level, nowMs: number): boolean {
		const {pods, containers} = this.#live.counts(undefined, 'live', nowMs);
		const count = level === 'pods' ? pods : level === 'containers' ? containers : undefined;
		return count !== undefined && count <= MAX_STATISTICS;
	}

	readonly cluster = (cursor: Cursor, nowMs: number): ClusterRow => {
		if (this.#isLive(cursor, nowMs)) {
			return this.#live.cluster(cursor, nowMs);
		}

		const atMs = cursor === 'live' ? nowMs : cursor.atMs;
		const countsMs = (row: NodeRow): number =>
			row.state.kind === 'stored' || row.state.kind === 'past'
				? Math.max(STAND_IN_COUNTS_MS, this.#live.staleAfterMs)
				: this.#live.staleAfterMs;
		return clusterTotals(
			this.rows('nodes', {}, cursor, nowMs),
			row => row.receivedAtMs !== undefined && atMs - row.receivedAtMs <= countsMs(row),
		);
	};

	readonly counts = (namespaces: Namespaces, cursor: Cursor, nowMs: number): ListCounts => {
		if (this.#options.isAlone()) {
			const stored = this.#stored.at(cursor);
			const [pods, containers] = [stored.counts('pod'), stored.counts('container')];
			const {namespaces: found, ...counts} = sumCounts(
				stored.nodes?.length ?? 0,
				[...(pods ?? []), ...(containers ?? [])],
				namespaces,
			);
			return {
				nodes: counts.nodes,
				pods: pods && counts.pods,
				containers: containers && counts.containers,
				namespaces: pods && found,
			};
		}

		const moment = this.#momentOf(cursor, nowMs);
		return moment === undefined
			? this.#live.counts(namespaces, cursor, nowMs)
			: sumCounts(moment.nodes.length, [countsOfRows(moment.pods, moment.containers)], namespaces);
	};

	readonly find = <L extends ListLevel>(
		level: L,
		id: string,
		cursor: Cursor,
		nowMs: number,
	): RowOf[L] | undefined => {
		if (this.#options.isAlone()) {
			const scope = level === 'pods' || level === 'containers' ? {nodeId: nodeIdOf(id)} : {};
			return this.rows(level, scope, cursor, nowMs).find(row => row.id === id);
		}

		return this.#momentOf(cursor, nowMs) === undefined
			? this.#live.find(level, id, cursor, nowMs)
			: this.rows(level, {}, cursor, nowMs).find(row => row.id === id);
	};

	readonly history = (row: Row, series: SeriesName, window: HistoryWindow): Float64Array => {
		const subject = subjectOfRow(row, series);
		const own = this.#live.history(row, series, window);
		return subject === undefined
			? own
			: this.#completed.of(own, subject, series, window, this.#live.spanOf(row));
	};

	/** Statistics of a window that begins before ktop's own samples of the row, from the means of its steps, stored and own. */
	readonly statistics = (row: Row, series: StatisticSeries, span: Span): Statistics | undefined => {
		const subject = subjectOfRow(row, series);
		const ownSpan = this.#live.spanOf(row);
		if (subject === undefined || (ownSpan !== undefined && ownSpan.oldestMs <= span.oldestMs)) {
			return this.#live.statistics(row, series, span);
		}

		const stepMs = (span.newestMs - span.oldestMs) / STATISTICS_STEPS;
		const window = {
			points: STATISTICS_STEPS,
			stepMs,
			endMs: Math.ceil(span.newestMs / stepMs) * stepMs,
		};
		const own = this.#live.history(row, series, window);
		const completed = this.#completed.of(own, subject, series, window, ownSpan);
		return completed === own ? this.#live.statistics(row, series, span) : statisticsOf(completed);
	};

	readonly clusterHistory = (series: SeriesName, window: HistoryWindow): Float64Array => {
		if (this.#options.isAlone()) {
			return this.#storedTotals(series, window);
		}

		const own = this.#live.clusterHistory(series, window);
		return this.#completed.of(own, {kind: 'cluster'}, series, window, this.#live.span());
	};

	/** Sums of what was read of all nodes; of the time before, the store is asked after that, and in coarser steps. */
	#storedTotals(series: SeriesName, window: HistoryWindow): Float64Array {
		const {nodes, totals} = this.#stored.at('live');
		const own = new Float64Array(window.points).fill(Number.NaN);
		resampleInto(own, window, totals.samples(series), totals.holdMs);
		const rangeMs = window.points * window.stepMs;
		return totals.span === undefined
			? own
			: this.#completed.of(own, {kind: 'cluster'}, series, window, totals.span, {
					leastStepMs: (rangeMs * (nodes?.length ?? 0)) / MAX_SUMMED_STEPS,
				});
	}

	/** The range of the cursor: back to `MAX_RANGE_MS` if the store answers, up to ktop's newest sample. */
	readonly span = (): Span | undefined => {
		const own = this.#live.span();
		if (this.status.kind !== 'ok') {
			return own;
		}

		const nowMs = this.#options.now();
		return {
			oldestMs: Math.min(nowMs - MAX_RANGE_MS, own?.oldestMs ?? nowMs),
			newestMs: this.#newestMs(own) ?? nowMs,
		};
	};

	#newestMs(own: Span | undefined): number | undefined {
		if (this.#options.isAlone()) {
			return this.#stored.newest?.newestMs;
		}

		return this.#standIn.nodes.reduce<number | undefined>(
			(newest, {receivedAtMs}) =>
				receivedAtMs === undefined ? newest : Math.max(newest ?? receivedAtMs, receivedAtMs),
			own?.newestMs,
		);
	}

	/** The time of ktop's first own sample. Everything before it comes from the store. */
	seamMs(): number | undefined {
		return this.#live.span()?.oldestMs;
	}

	/** What the store keeps instead of the quantity shown live; undefined if it keeps the same, or is not known yet. */
	keptInstead(kind: SubjectKind, series: SeriesName): string | undefined {
		return this.status.kind === 'ok' ? findKeptInstead(this.status.differences, kind, series) : undefined;
	}

	/** True while the rows of a moment of the past are missing. */
	isLoading(cursor: Cursor): boolean {
		if (cursor !== 'live' && this.#options.isAlone()) {
			return this.#stored.at(cursor).nodes === undefined;
		}

		return cursor !== 'live' && this.#isBeforeSeam(cursor.atMs) && this.#rows?.atMs !== momentOf(cursor.atMs);
	}

	/** What of the store has not arrived yet, where nothing is scraped. */
	notices(): readonly string[] {
		const progress = this.#options.isAlone() ? this.#stored.newest?.progress() : undefined;
		return progress === undefined
			? []
			: [
					`${this.#options.store.label} has answered for ${progress.read} of ${progress.of} nodes: pods and their sums are of these`,
				];
	}

	/** Resolves when the stand-in for unread nodes, or all of a table where nothing is scraped, has arrived or failed. */
	async whenStandInIsThere(level: ListLevel, nowMs: number): Promise<void> {
		if (this.#options.isAlone()) {
			// Whose pods to ask for is known when the nodes are.
			await this.#stored.at('live').settled();
			this.rows(level, {}, 'live', nowMs);
			await this.#stored.at('live').settled();
			return;
		}

		this.#standIn.of(nowMs);
		await this.#moments.settled();
		this.#standIn.of(nowMs);
	}

	/** Resolves when the store has answered for the statistics of all rows of some tables, or has failed. */
	async whenStatisticsAreThere(levels: readonly ListLevel[], windowMs: number, nowMs: number): Promise<void> {
		do {
			for (const level of levels) {
				const view: View = this.view({level, windowMs}, 'live', nowMs);
				const columns: ReadonlyArray<Column<Row>> = view.columns;
				for (const column of columns.filter(({ofWindow}) => ofWindow !== undefined)) {
					for (const row of view.rows) {
						column.value(row, nowMs);
					}
				}
			}
		} while (await this.#series.settled());
	}

	async close(): Promise<void> {
		this.#series.close();
		this.#stored.close();
		await this.#access.close();
	}

	get #live(): Store {
		return this.#options.live();
	}

	readonly rows = <L extends ListLevel>(
		level: L,
		scope: Scope,
		cursor: Cursor,
		nowMs: number,
	): ReadonlyArray<RowOf[L]> => {
		const moment = this.#options.isAlone()
			? this.#stored.within(scope, cursor)
			: this.#momentOf(cursor, nowMs);
		if (moment === undefined) {
			return this.#live.rows(level, scope, cursor, nowMs);
		}

		const pods = () => moment.pods.filter(row => isPodWithin(row, scope));
		const containers = () => moment.containers.filter(row => isContainerWithin(row, scope));
		const rowsOf: RowsByLevel = {
			nodes: () => moment.nodes.filter(row => scope.nodeId === undefined || row.id === scope.nodeId),
			pods,
			containers,
			namespaces: () => this.#live.rollUp(pods(), containers()),
			workloads: () => this.#live.rollUpWorkloads(pods()),
			processes: () => this.#live.rows('processes', scope, cursor, nowMs),
		};
		return rowsOf[level]();
	};

	readonly #onChange = (): void => {
		this.#version++;
		this.#options.onChange();
	};

	/** The rows at the cursor, if any come from the store; undefined if `live` has all of them. */
	#momentOf(cursor: Cursor, nowMs: number): MomentRows | undefined {
		if (cursor === 'live') {
			return this.#standIn.of(nowMs);
		}

		return this.#isBeforeSeam(cursor.atMs) ? this.#pastMoment(cursor.atMs, nowMs) : undefined;
	}

	#isBeforeSeam(atMs: number): boolean {
		const seamMs = this.seamMs();
		return seamMs === undefined || atMs < seamMs;
	}

	#pastMoment(cursorMs: number, nowMs: number): MomentRows | undefined {
		const atMs = momentOf(cursorMs);
		if (this.#rows?.atMs === atMs) {
			return this.#rows.moment;
		}

		const entries = this.#moments.findAll({atMs, lookBackMs: MOMENT_LOOK_BACK_MS});
		// If the store has no rows either, `live` shows the known objects without values.
		if (entries === undefined || entries.nodes.length + entries.pods.length === 0) {
			return undefined;
		}

		const moment = rowsOfMoment(entries, ownRows(this.#live, nowMs));
		this.#rows = {atMs, moment};
		return moment;
	}
}

/** Whether a level is a list that the source keeps in order, with its own statistics. */
function isTable(level: Level): boolean {
	return level === 'pods' || level === 'containers';
}
