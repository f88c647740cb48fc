import {countsOfRows, type ListCounts, sumCounts} from '../../metrics/model/counts.ts';
import type {ClusterRow, NodeRow, Row, SeriesName} from '../../metrics/model/row.ts';
import type {
	Cursor,
	HistoryWindow,
	Level,
	ListLevel,
	Query,
	RowOf,
	Scope,
	Source,
	Span,
	View,
} from '../../metrics/model/view.ts';
import {resampleInto} from '../../metrics/rings/resample.ts';
import {clusterTotals} from '../../metrics/store/rollup.ts';
import type {Store} from '../../metrics/store/store.ts';
import {selectView} from '../../metrics/view/select-view.ts';
import type {HistorySubject, MomentRequest, SubjectKind} from '../store/history-request.ts';
import type {HistoryStore} from '../store/history-store.ts';
import {findKeptInstead} from '../store/kept-instead.ts';
import {LEAST_STEP_MS, LONGEST_RANGE_MS, MOST_SUBJECTS} from '../store/query-bounds.ts';
import {HistoryAccess, type HistoryStatus} from './history-access.ts';
import {MomentCache} from './moment-cache.ts';
import {type MomentRows, rowsOfMoment} from './rows-of-moment.ts';
import {SeriesCache} from './series-cache.ts';
import {onNodes, replaceUnread, unreadNodes, withoutGone} from './stand-in.ts';
import {subjectOfRow} from './subject-of-row.ts';

export type PastSourceOptions = {
	/** What ktop has read itself. */
	readonly live: () => Store;
	readonly store: HistoryStore;
	readonly now: () => number;
	/** Called when there is more to show than before. */
	readonly onChange: () => void;
	/** Whether nothing live is connected, so that all there is comes from the store. */
	readonly isAlone: () => boolean;
};

/** Steps that series are asked for in, so that charts of different widths share their points. */
const STEPS_MS = [
	LEAST_STEP_MS,
	30_000,
	60_000,
	300_000,
	600_000,
	1_800_000,
	3_600_000,
	10_800_000,
	21_600_000,
];

/** A moment of the past is rounded to this, so that stepping to and fro asks once. */
const MOMENT_STEP_MS = 10_000;

/** Heapster writes once a minute: the values of a moment may be as old as two and a half of its rounds. */
const MOMENT_LOOK_BACK_MS = 150_000;

/** How often a stand-in for what cannot be read is asked for anew, and how old it may be. */
const STAND_IN_STEP_MS = 15_000;
const BEHIND_STEP_MS = 2000;
const STAND_IN_LOOK_BACK_MS = 600_000;

/** A stand-in older than this is shown, but in no sum. */
const STAND_IN_COUNTS_MS = 150_000;

/** How long nodes may be silent at the start before a store stands in for them. */
const PATIENCE_MS = 2000;

/**
 * What ktop has read itself, and for what it has not, what a store has: the time before the first sample, and the nodes
 * that cannot be read. Answers come at once with what there is; what is missing is asked for, and changes the version.
 */
export class PastSource implements Source {
	readonly #options: PastSourceOptions;
	readonly #access: HistoryAccess;
	readonly #series: SeriesCache;
	readonly #moments: MomentCache;
	readonly #startedMs: number;
	/** Rows made of entries, which are as many as the cluster has. */
	#rows: {readonly key: string; readonly moment: MomentRows} | undefined;
	/** The newest stand-in, shown until the next one is there. */
	#standIn: {readonly key: string; readonly moment: MomentRows} | undefined;
	/** The moment that the next stand-in is asked for. */
	#asked: {readonly key: string; readonly atMs: number} | undefined;
	/** The live rows with the stand-in's among them, until either changes. */
	#merged: {readonly version: number; readonly standIn: MomentRows; readonly moment: MomentRows} | undefined;
	#version = 0;

	constructor(options: PastSourceOptions) {
		this.#options = options;
		const onChange = (): void => {
			this.#version++;
			options.onChange();
		};
		const {store, now} = options;
		this.#access = new HistoryAccess({store, now, onChange});
		this.#series = new SeriesCache({access: this.#access, now, onChange});
		this.#moments = new MomentCache({access: this.#access, onChange});
		this.#startedMs = now();
	}

	get version(): number {
		return this.#version + this.#live.version;
	}

	get status(): HistoryStatus {
		return this.#access.status;
	}

	view<L extends Level>(query: Query<L>, cursor: Cursor, nowMs: number): View<L> {
		const atMs = cursor === 'live' ? nowMs : cursor.atMs;
		return selectView(query, (level, scope) => this.rows(level, scope, cursor, nowMs), nowMs, atMs);
	}

	cluster(cursor: Cursor, nowMs: number): ClusterRow {
		const moment = this.#momentOf(cursor, nowMs);
		if (moment === undefined) {
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
	}

	counts(namespace: string | undefined, cursor: Cursor, nowMs: number): ListCounts {
		const moment = this.#momentOf(cursor, nowMs);
		return moment === undefined
			? this.#live.counts(namespace, cursor, nowMs)
			: sumCounts(moment.nodes.length, [countsOfRows(moment.pods, moment.containers)], namespace);
	}

	find<L extends ListLevel>(level: L, id: string, cursor: Cursor, nowMs: number): RowOf[L] | undefined {
		return this.#momentOf(cursor, nowMs) === undefined
			? this.#live.find(level, id, cursor, nowMs)
			: this.rows(level, {}, cursor, nowMs).find(row => row.id === id);
	}

	history(row: Row, series: SeriesName, window: HistoryWindow): Float64Array {
		const subject = subjectOfRow(row);
		const own = this.#live.history(row, series, window);
		return subject === undefined
			? own
			: this.#completed(own, subject, series, window, this.#live.spanOf(row));
	}

	clusterHistory(series: SeriesName, window: HistoryWindow): Float64Array {
		const own = this.#live.clusterHistory(series, window);
		return this.#completed(own, {kind: 'cluster'}, series, window, this.#live.span());
	}

	/** As far back as may be looked at; the newest is ktop's own. */
	span(): Span | undefined {
		const own = this.#live.span();
		if (this.status.kind !== 'ok') {
			return own;
		}

		const nowMs = this.#options.now();
		return {
			oldestMs: Math.min(nowMs - LONGEST_RANGE_MS, own?.oldestMs ?? nowMs),
			newestMs: own?.newestMs ?? nowMs,
		};
	}

	/** Where what ktop has read itself begins: before that, everything is from the store. */
	seamMs(): number | undefined {
		return this.#live.span()?.oldestMs;
	}

	/** What the store keeps instead of the quantity that is shown live; undefined where it keeps the same, or is unknown. */
	keptInstead(kind: SubjectKind, series: SeriesName): string | undefined {
		return this.status.kind === 'ok' ? findKeptInstead(this.status.differences, kind, series) : undefined;
	}

	/** Whether the rows of a moment are being asked for. */
	isAsking(cursor: Cursor): boolean {
		return cursor !== 'live' && this.#isBeforeSeam(cursor.atMs) && this.#rows?.key !== keyOf(cursor.atMs);
	}

	/** Resolves when what stands in for nodes that cannot be read is there, or cannot be had. */
	async whenStandInIsThere(nowMs: number): Promise<void> {
		this.#standInFor(nowMs);
		await this.#moments.settled();
		this.#standInFor(nowMs);
	}

	async close(): Promise<void> {
		this.#series.close();
		await this.#access.close();
	}

	get #live(): Store {
		return this.#options.live();
	}

	rows<L extends ListLevel>(level: L, scope: Scope, cursor: Cursor, nowMs: number): ReadonlyArray<RowOf[L]>;
	rows(level: ListLevel, scope: Scope, cursor: Cursor, nowMs: number): readonly Row[] {
		const moment = this.#momentOf(cursor, nowMs);
		if (moment === undefined) {
			return this.#live.rows(level, scope, cursor, nowMs);
		}

		switch (level) {
			case 'nodes':
				return moment.nodes.filter(row => scope.nodeId === undefined || row.id === scope.nodeId);
			case 'pods':
				return moment.pods.filter(
					row =>
						(scope.nodeId === undefined || row.nodeId === scope.nodeId) &&
						(scope.podId === undefined || row.id === scope.podId) &&
						(scope.namespace === undefined || row.namespace === scope.namespace),
				);
			case 'containers':
				return moment.containers.filter(
					row =>
						(scope.nodeId === undefined || row.nodeId === scope.nodeId) &&
						(scope.podId === undefined || row.id === `${scope.podId}/${row.name}`) &&
						(scope.namespace === undefined || row.pod?.namespace === scope.namespace),
				);
			case 'namespaces':
				return this.#live.rollUp(
					this.rows('pods', scope, cursor, nowMs),
					this.rows('containers', scope, cursor, nowMs),
				);
		}
	}

	/** The rows of a moment that the store has a part in; undefined where ktop's own are all there is to show. */
	#momentOf(cursor: Cursor, nowMs: number): MomentRows | undefined {
		if (cursor === 'live') {
			return this.#standInFor(nowMs);
		}

		return this.#isBeforeSeam(cursor.atMs) ? this.#pastMoment(cursor.atMs, nowMs) : undefined;
	}

	#isBeforeSeam(atMs: number): boolean {
		const seamMs = this.seamMs();
		return seamMs === undefined || atMs < seamMs;
	}

	#pastMoment(cursorMs: number, nowMs: number): MomentRows | undefined {
		const key = keyOf(cursorMs);
		if (this.#rows?.key === key) {
			return this.#rows.moment;
		}

		const entries = this.#entries({
			atMs: Math.floor(cursorMs / MOMENT_STEP_MS) * MOMENT_STEP_MS,
			lookBackMs: MOMENT_LOOK_BACK_MS,
		});
		// Where the store has nothing either, what is known to be there is shown without figures.
		if (entries === undefined || entries.nodes.length + entries.pods.length === 0) {
			return undefined;
		}

		const moment = rowsOfMoment(entries, this.#ownRows(nowMs));
		this.#rows = {key, moment};
		return moment;
	}

	/** The live rows with those of nodes that cannot be read replaced; undefined where all of them can. */
	#standInFor(nowMs: number): MomentRows | undefined {
		const nodes = this.#live.rows('nodes', {}, 'live', nowMs);
		const isPatient = nowMs - this.#startedMs < PATIENCE_MS;
		const unread = unreadNodes(nodes, isPatient);
		// Without an API server a node that was never read has no name but its address, which no store knows.
		const isUnnamed = ({receivedAtMs}: NodeRow): boolean =>
			!this.#live.hasInventory && receivedAtMs === undefined;
		const isAlone = this.#options.isAlone() || (unread.length === nodes.length && unread.every(isUnnamed));
		if (unread.length === 0 && !isAlone) {
			this.#standIn = undefined;
			this.#merged = undefined;
			return undefined;
		}

		const names = isAlone ? undefined : unread.map(({name}) => name).sort();
		const stepMs = this.#isBehind(unread) ? BEHIND_STEP_MS : STAND_IN_STEP_MS;
		const key = JSON.stringify([Math.floor(nowMs / stepMs), stepMs, names]);
		if (this.#standIn?.key !== key) {
			// Asked for once as of now, and then about the same moment until it is there.
			this.#asked = this.#asked?.key === key ? this.#asked : {key, atMs: nowMs};
			const {atMs} = this.#asked;
			const entries = this.#entries({atMs, lookBackMs: STAND_IN_LOOK_BACK_MS, nodes: names});
			if (entries !== undefined) {
				const known = onNodes(this.#ownRows(nowMs), names && new Set(names));
				this.#standIn = {key, moment: rowsOfMoment(withoutGone(entries), known)};
			}
		}

		return this.#standIn && this.#merge(this.#standIn.moment, names, nowMs);
	}

	/** Whether what ktop last saw itself of some nodes is newer than the stand-in, which is then asked for sooner. */
	#isBehind(unread: readonly NodeRow[]): boolean {
		const times = new Map(this.#standIn?.moment.nodes.map(row => [row.name, row.receivedAtMs ?? 0]));
		return (
			unread.length <= MOST_SUBJECTS &&
			unread.some(
				({name, receivedAtMs}) => receivedAtMs !== undefined && (times.get(name) ?? 0) <= receivedAtMs,
			)
		);
	}

	#merge(standIn: MomentRows, names: readonly string[] | undefined, nowMs: number): MomentRows {
		const {version} = this.#live;
		if (this.#merged?.version !== version || this.#merged.standIn !== standIn) {
			const moment = replaceUnread(this.#ownRows(nowMs), standIn, {
				names: names && new Set(names),
				isComplete: this.#live.hasInventory,
				store: this.#options.store.label,
			});
			this.#merged = {version, standIn, moment};
		}

		return this.#merged.moment;
	}

	#ownRows(nowMs: number): MomentRows {
		return {
			nodes: this.#live.rows('nodes', {}, 'live', nowMs),
			pods: this.#live.rows('pods', {}, 'live', nowMs),
			containers: this.#live.rows('containers', {}, 'live', nowMs),
		};
	}

	#entries(request: Omit<MomentRequest, 'kind'>): Parameters<typeof rowsOfMoment>[0] | undefined {
		const nodes = this.#moments.find({...request, kind: 'node'});
		const pods = this.#moments.find({...request, kind: 'pod'});
		const containers = this.#moments.find({...request, kind: 'container'});
		return nodes === undefined || pods === undefined || containers === undefined
			? undefined
			: {nodes, pods, containers};
	}

	/** Fills the steps before the first and after the last sample of ktop's own. */
	#completed(
		own: Float64Array,
		subject: HistorySubject,
		series: SeriesName,
		window: HistoryWindow,
		span: Span | undefined,
	): Float64Array {
		const startMs = window.endMs - window.points * window.stepMs;
		const isBefore = (point: number): boolean =>
			span === undefined || startMs + (point + 1) * window.stepMs <= span.oldestMs + window.stepMs;
		const isAfter = (point: number): boolean =>
			span !== undefined && startMs + point * window.stepMs >= span.newestMs + STAND_IN_STEP_MS;
		const isLacking = own.some((value, point) => Number.isNaN(value) && (isBefore(point) || isAfter(point)));
		if (!isLacking) {
			return own;
		}

		const nowMs = this.#options.now();
		const hasAfter = isAfter(window.points - 1) && window.endMs - window.stepMs <= nowMs;
		const neededToMs = span === undefined || hasAfter ? Math.min(window.endMs, nowMs) : span.oldestMs;
		const stepMs = STEPS_MS.findLast(step => step <= window.stepMs) ?? LEAST_STEP_MS;
		const stored = this.#series.find(subject, series, {
			startMs: Math.floor(startMs / stepMs) * stepMs,
			endMs: Math.min(neededToMs, window.endMs),
			stepMs,
		});
		if (stored === undefined) {
			return own;
		}

		const past = new Float64Array(window.points).fill(Number.NaN);
		resampleInto(past, window, stored.samples, stored.holdMs);
		return own.map((value, point) =>
			Number.isNaN(value) && (isBefore(point) || isAfter(point)) ? (past[point] ?? Number.NaN) : value,
		);
	}
}

function keyOf(atMs: number): string {
	return String(Math.floor(atMs / MOMENT_STEP_MS));
}
