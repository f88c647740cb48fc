import {type CountsByNamespace, countsOfRows, type ListCounts, sumCounts} from '../model/counts.ts';
import type {ClusterRow, ContainerRow, PodRow, Row, SeriesName} from '../model/row.ts';
import {isContainerWithin, isEverywhere, isOfTables, isPodWithin, isProcessWithin} from '../model/scope.ts';
import type {StatisticSeries, Statistics} from '../model/statistics.ts';
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
	Scope,
	Source,
	Span,
	Unprepared,
	View,
} from '../model/view.ts';
import {groupBy} from '../view/group-by.ts';
import {selectView} from '../view/select-view.ts';
import {statisticsWithin} from '../view/statistics-within.ts';
import {unreadContainerRow} from './unread-rows.ts';

type RowsOnNodes = {
	readonly pods: ReadonlyMap<string, readonly PodRow[]>;
	readonly containers: ReadonlyMap<string, readonly ContainerRow[]>;
};

/**
 * All rows of a source at one moment, for the paused screen: rings keep only a few series of the past, and this keeps
 * every figure. Nothing is copied, since rows are never changed.
 */
export class FrozenSource implements Source {
	readonly atMs: number;
	readonly version: number;
	readonly #source: Source;
	/** Undefined where the source cannot keep its rows. */
	readonly #moment: Moment | undefined;
	readonly #rows: RowsByLevel;
	readonly #cluster: ClusterRow;
	#byNode: RowsOnNodes | undefined;
	#counts: CountsByNamespace | undefined;

	constructor(source: Source, nowMs: number) {
		this.atMs = nowMs;
		this.version = source.version;
		this.#source = source;
		this.#moment = source.freeze?.(nowMs);
		const rowsOf = <L extends ListLevel>(level: L): (() => ReadonlyArray<RowOf[L]>) =>
			whenAsked(level, this.#moment, source, nowMs);
		this.#rows = {
			nodes: rowsOf('nodes'),
			pods: rowsOf('pods'),
			containers: rowsOf('containers'),
			namespaces: rowsOf('namespaces'),
			workloads: rowsOf('workloads'),
			processes: rowsOf('processes'),
		};
		this.#cluster = source.cluster('live', nowMs);
	}

	readonly view = <L extends Level>(query: Query<L>): View<L> => {
		const statistics = statisticsWithin(this, query.windowMs, this);
		const view = isOfTables(query) ? this.#moment?.view(query, this.atMs, statistics) : undefined;
		return view ?? selectView(query, this.rows, this.atMs, this.atMs, statistics);
	};

	/** Pasts are those of the source. */
	readonly prepare = (hasTime: () => boolean): Unprepared => {
		const left = this.#moment?.prepare(hasTime) ?? 'nothing';
		return left === 'view' || this.#source.prepare?.(hasTime) === 'view' ? 'view' : left;
	};

	readonly cluster = (): ClusterRow => this.#cluster;

	readonly counts = (namespaces: Namespaces): ListCounts => {
		if (this.#moment !== undefined) {
			return this.#moment.counts(namespaces);
		}

		this.#counts ??= countsOfRows(this.#all('pods'), this.#all('containers'));
		return sumCounts(this.#all('nodes').length, [this.#counts], namespaces);
	};

	readonly find = <L extends ListLevel>(level: L, id: string): RowOf[L] | undefined => {
		const found = this.#all(level).find(row => row.id === id);
		// A finished container is only listed within its pod.
		return found === undefined && level === 'containers'
			? this.rows(level, {podId: id.slice(0, id.lastIndexOf('/'))}).find(row => row.id === id)
			: found;
	};

	readonly rows = <L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]> => {
		if (isEverywhere(scope)) {
			return this.#all(level);
		}

		const {cluster, nodeId, podId, workloadId, namespaces} = scope;
		const isInCluster = (row: {readonly cluster?: string | undefined}): boolean =>
			cluster === undefined || row.cluster === cluster;
		const rowsOf: RowsByLevel = {
			nodes: () =>
				this.#all('nodes').filter(row => isInCluster(row) && (nodeId === undefined || row.id === nodeId)),
			pods: () => this.#around('pods', scope).filter(row => isPodWithin(row, scope)),
			containers: () =>
				this.#withUnread(
					podId,
					this.#around('containers', scope).filter(row => isContainerWithin(row, scope)),
				),
			// Sums over all nodes, whatever node is asked for.
			namespaces: () =>
				this.#all('namespaces').filter(
					row => isInCluster(row) && (namespaces === undefined || namespaces.includes(row.name)),
				),
			workloads: () =>
				this.#all('workloads').filter(
					row =>
						isInCluster(row) &&
						(workloadId === undefined || row.id === workloadId) &&
						(namespaces === undefined || namespaces.includes(row.namespace)),
				),
			processes: () => this.#all('processes').filter(row => isProcessWithin(row, scope)),
		};
		return rowsOf[level]();
	};

	/** With the containers of a pod that only the API server lists. */
	#withUnread(podId: string | undefined, rows: readonly ContainerRow[]): readonly ContainerRow[] {
		const pod = podId === undefined ? undefined : this.#all('pods').find(({id}) => id === podId);
		return pod === undefined ? rows : [...rows, ...unreadContainersOf(pod, rows)];
	}

	#all<L extends ListLevel>(level: L): ReadonlyArray<RowOf[L]> {
		return this.#rows[level]();
	}

	/** At least the rows within a scope: a tree reads them node by node, and a page those of its namespaces. */
	#around<L extends 'pods' | 'containers'>(level: L, {nodeId, namespaces}: Scope): ReadonlyArray<RowOf[L]> {
		if (this.#moment !== undefined && (nodeId !== undefined || namespaces !== undefined)) {
			return this.#moment.rows(level, {nodeId, namespaces});
		}

		if (nodeId === undefined) {
			return this.#all(level);
		}

		this.#byNode ??= {
			pods: groupBy(this.#all('pods'), row => row.nodeId),
			containers: groupBy(this.#all('containers'), row => row.nodeId),
		};
		const byNode: {[L in 'pods' | 'containers']: ReadonlyMap<string, ReadonlyArray<RowOf[L]>>} = this.#byNode;
		return byNode[level].get(nodeId) ?? [];
	}

	readonly history = (row: Row, series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#source.history(row, series, window);

	readonly statistics = (row: Row, series: StatisticSeries, span: Span): Statistics | undefined =>
		this.#source.statistics(row, series, span);

	readonly clusterHistory = (series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#source.clusterHistory(series, window);

	readonly span = (): Span | undefined => this.#source.span();

	/** Whether a cursor is at this moment. */
	isAt(cursor: Cursor): boolean {
		return cursor !== 'live' && cursor.atMs === this.atMs;
	}
}

/** The rows of a level: put together when they are asked for, if they are kept till then. */
function whenAsked<L extends ListLevel>(
	level: L,
	moment: Moment | undefined,
	source: Source,
	nowMs: number,
): () => ReadonlyArray<RowOf[L]> {
	let rows = moment === undefined ? source.rows(level, {}, 'live', nowMs) : undefined;
	return () => {
		rows ??= moment?.rows(level, {}) ?? [];
		return rows;
	};
}

/** Containers of a pod that have no row yet: those that no longer run. */
function unreadContainersOf(pod: PodRow, rows: readonly ContainerRow[]): readonly ContainerRow[] {
	const {info} = pod;
	const names = new Set(rows.map(({name}) => name));
	return (
		info?.containers
			.filter(({name}) => !names.has(name))
			.map(container => unreadContainerRow(pod, info, container)) ?? []
	);
}
