import {type CountsByNamespace, countsOfRows, type ListCounts, sumCounts} from '../model/counts.ts';
import type {ClusterRow, ContainerRow, PodRow, Row, SeriesName} from '../model/row.ts';
import {isContainerWithin, isPodWithin, isProcessWithin} from '../model/scope.ts';
import type {StatisticSeries, Statistics} from '../model/statistics.ts';
import type {
	Cursor,
	HistoryWindow,
	Level,
	ListLevel,
	Namespaces,
	Query,
	RowOf,
	RowsByLevel,
	Scope,
	Source,
	Span,
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
	readonly #rows: {readonly [L in ListLevel]: ReadonlyArray<RowOf[L]>};
	readonly #cluster: ClusterRow;
	#byNode: RowsOnNodes | undefined;
	#counts: CountsByNamespace | undefined;

	constructor(source: Source, nowMs: number) {
		const rowsOf = <L extends ListLevel>(level: L) => source.rows(level, {}, 'live', nowMs);
		this.atMs = nowMs;
		this.version = source.version;
		this.#source = source;
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

	readonly view = <L extends Level>(query: Query<L>): View<L> =>
		selectView(query, this.rows, this.atMs, this.atMs, statisticsWithin(this, query.windowMs, this));

	readonly cluster = (): ClusterRow => this.#cluster;

	readonly counts = (namespaces: Namespaces): ListCounts => {
		const {nodes, pods, containers} = this.#rows;
		this.#counts ??= countsOfRows(pods, containers);
		return sumCounts(nodes.length, [this.#counts], namespaces);
	};

	readonly find = <L extends ListLevel>(level: L, id: string): RowOf[L] | undefined => {
		const found = this.#rows[level].find(row => row.id === id);
		// A finished container is only listed within its pod.
		return found === undefined && level === 'containers'
			? this.rows(level, {podId: id.slice(0, id.lastIndexOf('/'))}).find(row => row.id === id)
			: found;
	};

	readonly rows = <L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]> => {
		const {nodeId, podId, workloadId, namespaces} = scope;
		if ([nodeId, podId, workloadId, namespaces].every(part => part === undefined)) {
			return this.#rows[level];
		}

		const pods = nodeId === undefined ? this.#rows.pods : (this.#onNodes().pods.get(nodeId) ?? []);
		const containers =
			nodeId === undefined ? this.#rows.containers : (this.#onNodes().containers.get(nodeId) ?? []);
		const rowsOf: RowsByLevel = {
			nodes: () => this.#rows.nodes.filter(({id}) => nodeId === undefined || id === nodeId),
			pods: () => pods.filter(row => isPodWithin(row, scope)),
			containers: () =>
				this.#withUnread(
					podId,
					containers.filter(row => isContainerWithin(row, scope)),
				),
			// Sums over all nodes, whatever node is asked for.
			namespaces: () =>
				this.#rows.namespaces.filter(({name}) => namespaces === undefined || namespaces.includes(name)),
			workloads: () =>
				this.#rows.workloads.filter(
					({id, namespace}) =>
						(workloadId === undefined || id === workloadId) &&
						(namespaces === undefined || namespaces.includes(namespace)),
				),
			processes: () => this.#rows.processes.filter(row => isProcessWithin(row, scope)),
		};
		return rowsOf[level]();
	};

	/** With the containers of a pod that only the API server lists. */
	#withUnread(podId: string | undefined, rows: readonly ContainerRow[]): readonly ContainerRow[] {
		const pod = podId === undefined ? undefined : this.#rows.pods.find(({id}) => id === podId);
		return pod === undefined ? rows : [...rows, ...unreadContainersOf(pod, rows)];
	}

	/** A tree reads rows node by node. */
	#onNodes(): RowsOnNodes {
		this.#byNode ??= {
			pods: groupBy(this.#rows.pods, ({nodeId}) => nodeId),
			containers: groupBy(this.#rows.containers, ({nodeId}) => nodeId),
		};
		return this.#byNode;
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
