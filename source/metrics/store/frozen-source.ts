import {type CountsByNamespace, countsOfRows, type ListCounts, sumCounts} from '../model/counts.ts';
import type {ClusterRow, ContainerRow, PodRow, Row, SeriesName} from '../model/row.ts';
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
} from '../model/view.ts';
import {groupBy} from '../view/group-by.ts';
import {selectView} from '../view/select-view.ts';
import {unreadContainerRow} from './unread-rows.ts';

type RowsOnNodes = {
	readonly pods: ReadonlyMap<string, readonly PodRow[]>;
	readonly containers: ReadonlyMap<string, readonly ContainerRow[]>;
};

/**
 * What a source told at one moment, all of it: rings keep a few series of the past, and whoever stops the screen to read
 * it wants the others too. Nothing is copied: rows are values, and the source makes new ones.
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
		};
		this.#cluster = source.cluster('live', nowMs);
	}

	view<L extends Level>(query: Query<L>): View<L> {
		return selectView(query, (level, scope) => this.rows(level, scope), this.atMs, this.atMs);
	}

	cluster(): ClusterRow {
		return this.#cluster;
	}

	counts(namespace: string | undefined): ListCounts {
		const {nodes, pods, containers} = this.#rows;
		this.#counts ??= countsOfRows(pods, containers);
		return sumCounts(nodes.length, [this.#counts], namespace);
	}

	find<L extends ListLevel>(level: L, id: string): RowOf[L] | undefined {
		const found = this.#rows[level].find(row => row.id === id);
		// A container that did its work is listed with its pod alone.
		return found === undefined && level === 'containers'
			? this.rows(level, {podId: id.slice(0, id.lastIndexOf('/'))}).find(row => row.id === id)
			: found;
	}

	rows<L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]>;
	rows(level: ListLevel, scope: Scope): readonly Row[] {
		const {nodeId, podId} = scope;
		if (level === 'containers' && podId !== undefined) {
			const pod = this.#rows.pods.find(({id}) => id === podId);
			const rows = this.#rows.containers.filter(row => isWithin(row, scope));
			return pod === undefined ? rows : [...rows, ...unreadContainersOf(pod, rows)];
		}

		const isWhole = nodeId === undefined && podId === undefined && scope.namespace === undefined;
		const rows: readonly Row[] =
			nodeId !== undefined && (level === 'pods' || level === 'containers')
				? (this.#onNodes()[level].get(nodeId) ?? [])
				: this.#rows[level];
		return isWhole ? rows : rows.filter(row => isWithin(row, scope));
	}

	/** A tree asks node by node. */
	#onNodes(): RowsOnNodes {
		this.#byNode ??= {
			pods: groupBy(this.#rows.pods, ({nodeId}) => nodeId),
			containers: groupBy(this.#rows.containers, ({nodeId}) => nodeId),
		};
		return this.#byNode;
	}

	// Whoever draws takes these two along without their source.
	readonly history = (row: Row, series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#source.history(row, series, window);

	readonly clusterHistory = (series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#source.clusterHistory(series, window);

	span(): Span | undefined {
		return this.#source.span();
	}

	/** Whether this is what a cursor looks at. */
	isAt(cursor: Cursor): boolean {
		return cursor !== 'live' && cursor.atMs === this.atMs;
	}
}

/** What ran in a pod and does no more, beside the rows that there are. */
function unreadContainersOf(pod: PodRow, rows: readonly ContainerRow[]): readonly ContainerRow[] {
	const {info} = pod;
	const names = new Set(rows.map(({name}) => name));
	return (
		info?.containers
			.filter(({name}) => !names.has(name))
			.map(container => unreadContainerRow(pod, info, container)) ?? []
	);
}

/** As the store scopes its rows; but namespaces are sums over all nodes here, whatever node is asked for. */
function isWithin(row: Row, scope: Scope): boolean {
	switch (row.kind) {
		case 'node':
			return scope.nodeId === undefined || row.id === scope.nodeId;
		case 'namespace':
			return isIn(row.name, scope);
		case 'pod':
			return isOnNode(row, scope) && isIn(row.namespace, scope) && isOfPod(row.id, scope);
		case 'container':
			return (
				isOnNode(row, scope) &&
				isIn(row.pod?.namespace, scope) &&
				isOfPod(row.id.slice(0, -row.name.length - 1), scope)
			);
		case 'tree':
			return isWithin(row.of, scope);
	}
}

function isOnNode(row: PodRow | ContainerRow, {nodeId}: Scope): boolean {
	return nodeId === undefined || row.nodeId === nodeId;
}

function isIn(namespace: string | undefined, scope: Scope): boolean {
	return scope.namespace === undefined || namespace === scope.namespace;
}

function isOfPod(id: string, {podId}: Scope): boolean {
	return podId === undefined || id === podId;
}
