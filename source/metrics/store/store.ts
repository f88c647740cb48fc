import type {ControllersByCluster} from '../model/controller.ts';
import {type CountsByNamespace, countsOfRows, type ListCounts, sumCounts} from '../model/counts.ts';
import type {ClusterInventory} from '../model/inventory.ts';
import type {NodeState} from '../model/node-state.ts';
import type {Reading} from '../model/reading.ts';
import type {
	ClusterRow,
	ContainerRow,
	NamespaceRow,
	NodeRow,
	PodRow,
	ProcessRow,
	Row,
	SeriesName,
	WorkloadRow,
} from '../model/row.ts';
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
import {namespaceOfWorkloadId} from '../model/workload.ts';
import {atOnce} from '../view/in-turns.ts';
import {selectView} from '../view/select-view.ts';
import {statisticsWithin} from '../view/statistics-within.ts';
import {ClusterHistories} from './cluster-histories.ts';
import type {UnreadRows} from './cluster-join.ts';
import {ClusterJoins, type HasAllPods} from './cluster-joins.ts';
import type {Existing} from './existing-objects.ts';
import {LiveRows, NONE_HIDDEN, type RowsOfNode} from './live-rows.ts';
import {ELSEWHERE, MomentTables} from './moment-tables.ts';
import {NamespacePods} from './namespace-pods.ts';
import {NodeCounts} from './node-counts.ts';
import {nodeIdIn} from './node-of-id.ts';
import {NodeRecord, type RingSize} from './node-record.ts';
import {PastRows} from './past-rows.ts';
import {type Downsampled, RingBudget} from './ring-budget.ts';
import {rollUpNamespaces} from './roll-up-namespaces.ts';
import {rollUpWorkloads} from './roll-up-workloads.ts';
import {clusterTotals} from './rollup.ts';
import {RowHistories} from './row-histories.ts';
import {RowStatistics} from './row-statistics.ts';
import {spanOfRecords} from './span-of-records.ts';
import type {WatchedNode} from './threshold-watch.ts';

export type StoreOptions = RingSize & {
	/** A sample older than this no longer counts in sums. */
	readonly staleAfterMs: number;
	/** What the rings of all nodes may take together; undefined: as much as they need. */
	readonly ringBytes?: number | undefined;
	/** The inventory of the API server, if one is read. */
	readonly inventory?: ClusterInventory | undefined;
	/** The inventories of several clusters by their names, in place of it. */
	readonly clusters?: ReadonlyMap<string, ClusterInventory> | undefined;
	/**
	 * Whether `advance` follows the inventory and orders rows, in turns of the event loop that are short. Answers are then
	 * as of its last end; else each answer first does all there is to do.
	 */
	readonly isAdvanced?: boolean | undefined;
};

/**
 * All samples that ktop has read, and the answers to what the screen and the pipe ask of them.
 *
 * - In: `addNode` makes a node known, `apply` adds the readings of one scrape, `setState` records how a scrape failed.
 *   Each node has a `NodeRecord` with its newest rows and a ring of the last `capacity` samples.
 * - The inventory of the API server, if there is one, is joined to these rows by `ClusterJoin`, node by node as they
 *   change. Where several clusters are read, each node is of one, and joined with its inventory: to all others they are
 *   one list of nodes, whose ids and those of their pods begin with the cluster.
 * - Out: the functions of `Source`. Each takes a cursor: `live` gives the newest rows, a past time gives rows made from
 *   the rings. Namespaces and cluster totals are summed when asked for; histories of the cluster are kept up to date.
 * - It has no clock and does no I/O: times come in as values. `version` grows with every change, so equal versions mean
 *   equal answers.
 */
export class Store implements Source {
	/** A sample older than this no longer counts in sums; changes with how often nodes are read. */
	staleAfterMs: number;
	readonly #options: StoreOptions;
	readonly #nodes = new Map<string, NodeRecord>();
	readonly #joins: ClusterJoins;
	readonly #live: LiveRows;
	readonly #counts: NodeCounts;
	readonly #pastRows: PastRows;
	/** Only where `advance` keeps them up to date. */
	readonly #tables: MomentTables | undefined;
	readonly #rowHistories: RowHistories;
	readonly #clusterHistories: ClusterHistories;
	readonly #rowStatistics: RowStatistics;
	readonly #budget: RingBudget;
	#version = 0;
	#joinedVersion = -1;

	constructor(options: StoreOptions) {
		this.#options = options;
		this.staleAfterMs = options.staleAfterMs;
		this.#budget = new RingBudget(options.capacity, options.ringBytes ?? Number.POSITIVE_INFINITY);
		this.#joins = new ClusterJoins(options.inventory, options.clusters);
		this.#live = new LiveRows(this.#joins);
		this.#counts = new NodeCounts(this.#live);
		this.#pastRows = new PastRows(this.#joins, () => this.staleAfterMs);
		const nodes = this.#nodes;
		const podCount = (): number => this.#counts.podCount;
		const isInTurns = options.isAdvanced === true;
		const tables = isInTurns
			? new MomentTables({
					nodes,
					joins: this.#joins,
					pastRows: this.#pastRows,
					podCount,
					nodeRows: scope => this.#nodeRows(scope, 'live'),
					processRows: scope => this.#processRows(scope),
					counts: this.#counts,
					countsOfNow: (record, existing) => this.#countsOfNow(record, existing),
					version: () => this.version,
				})
			: undefined;
		this.#tables = tables;
		const version = (): number => tables?.live.version ?? this.#version;
		const namespacePods = new NamespacePods(() => nodes.values());
		this.#clusterHistories = new ClusterHistories(isInTurns);
		this.#rowHistories = new RowHistories({nodes, namespacePods, podCount, version, isInTurns});
		this.#rowStatistics = new RowStatistics({
			nodes,
			capacity: options.capacity,
			podsOf: row => atOnce(namespacePods.of(row, version())),
			workloadsOn: tables && ((node, atMs) => tables.workloadsOn(node.id, atMs)),
		});
	}

	/** Both parts only grow, so their sum is never the same for two states. */
	get version(): number {
		return this.#version + this.#joins.version;
	}

	/** Whether an API server is read. */
	get hasInventory(): boolean {
		return this.#joins.areAny;
	}

	/** Whether all pods of a namespace are known, which sums of requests need. */
	readonly hasAllPods: HasAllPods = (namespace, cluster) => this.#joins.hasAllPods(namespace, cluster);

	get nodeCount(): number {
		return this.#nodes.size;
	}

	/** Bytes of all rings. */
	get byteLength(): number {
		let bytes = 0;
		for (const node of this.#nodes.values()) {
			bytes += node.byteLength;
		}

		return bytes;
	}

	/** How the past is kept where not all of it has room; undefined where every sample is kept. */
	get downsampled(): Downsampled | undefined {
		return this.#budget.downsampled;
	}

	/**
	 * Adds a node, which then has a row before its first reading. A node that exists keeps its history. `cluster` is the name
	 * of its cluster, where several are read.
	 */
	addNode(id: string, name: string, cluster?: string): void {
		if (this.#nodes.has(id)) {
			return;
		}

		const record = new NodeRecord(id, name, this.#options, this.#joins.areAny, cluster);
		this.#nodes.set(id, record);
		this.#budget.add(1, 0);
		this.#joins.of(record)?.add(record);
		this.#tables?.add();
		this.#clusterHistories.touch(record);
		this.#version++;
	}

	/** Removes a node that left the cluster, and its history. */
	removeNode(id: string): void {
		const record = this.#nodes.get(id);
		if (record !== undefined) {
			this.#nodes.delete(id);
			this.#budget.add(-1, -record.series);
			this.#joins.of(record)?.remove(record);
			this.#counts.remove(record);
			this.#tables?.remove(record);
			this.#clusterHistories.remove(record);
			this.#version++;
		}
	}

	/** Adds the readings of one scrape, oldest first. */
	apply(id: string, readings: readonly Reading[], state: NodeState): void {
		const node = this.#nodes.get(id);
		if (node === undefined) {
			return;
		}

		this.#followClock(node, readings.at(-1));
		const cores = this.#joins.inventoryOf(node)?.nodes().get(node.name)?.capacity.cpuCores;
		const seriesBefore = node.series;
		for (const reading of readings) {
			node.apply(reading, cores);
		}

		this.#budget.add(0, node.series - seriesBefore);
		// One node at a time: all of them at once would be a long turn.
		node.downsample(this.#budget.levels);

		const newest = readings.at(-1);
		if (newest !== undefined) {
			// Joined now, one node at a time: `refresh` would otherwise join thousands at once.
			const join = this.#joins.of(node);
			join?.join(node, newest.receivedAtMs);
			// Hidden pods must not count in the history of their namespace either.
			node.blank(join?.hiddenPods(node) ?? NONE_HIDDEN);
		}

		node.setState(state);
		// Now as well, since `counts` would otherwise count those of a fifth of all nodes at once.
		this.#counts.count(node);
		this.#clusterHistories.touch(node);
		this.#version++;
	}

	/**
	 * A reading that is far older than the node's last one means that ktop's clock was set back. All times move with it:
	 * readings would otherwise be dropped, and dead nodes look fresh, until the clock is where it was. How long ago the last
	 * reading was is not known; the usual step is close to it.
	 */
	#followClock(node: NodeRecord, reading: Reading | undefined): void {
		const {newestMs} = node.ticks;
		const backMs = newestMs === undefined || reading === undefined ? 0 : newestMs - reading.receivedAtMs;
		if (backMs <= this.staleAfterMs) {
			return;
		}

		const byMs = backMs + Math.max(node.ticks.usualStepMs, 1);
		for (const record of this.#nodes.values()) {
			record.setBack(byMs);
		}

		this.#clusterHistories.forget();
	}

	/** Records how a scrape failed. The node's last samples stay, and age. */
	setState(id: string, state: NodeState): void {
		const node = this.#nodes.get(id);
		node?.setState(state);
		node?.downsample(this.#budget.levels);
		this.#version++;
	}

	/**
	 * Takes over what changed in the inventory and in rows, as long as there is time, and returns whether that was all. To be
	 * called in turn after turn until then, where the store was made for it.
	 */
	advance(nowMs: number, hasTime: () => boolean): boolean {
		const tables = this.#tables?.live;
		if (tables === undefined) {
			return true;
		}

		if (!this.#joins.advance(nowMs, hasTime)) {
			return false;
		}

		const isFrozen = this.#joins.frozen();
		for (const record of this.#nodes.values()) {
			if (tables.set(record, this.#live.of(record, isFrozen(record)))) {
				this.#counts.count(record);
				if (!hasTime()) {
					return false;
				}
			}
		}

		tables.set(ELSEWHERE, this.#live.elsewhere());
		return tables.advance(this.#joins.version, hasTime);
	}

	readonly freeze = (nowMs: number): Moment | undefined => {
		const tables = this.#tables?.freeze(nowMs);
		if (tables === undefined) {
			return undefined;
		}

		const nodeCount = this.#nodes.size;
		const counts = [...this.#countsOf('live')].map(counted => structuredClone(counted));
		return {
			view: tables.view,
			prepare: tables.prepare,
			rows: tables.rows,
			counts: namespaces => sumCounts(nodeCount, counts, namespaces),
		};
	};

	readonly prepare = (hasTime: () => boolean): Unprepared => {
		const left = this.#tables?.shown.prepare(hasTime) ?? 'nothing';
		return left === 'view' ||
			!this.#rowStatistics.advanceAsked(hasTime) ||
			!this.#rowHistories.advance(hasTime) ||
			!this.#clusterHistories.advance(hasTime)
			? 'view'
			: left;
	};

	/** `source`: whose statistics are shown. */
	readonly view = <L extends Level>(
		query: Query<L>,
		cursor: Cursor,
		nowMs: number,
		source: Pick<Source, 'statistics'> = this,
	): View<L> => {
		const statistics = statisticsWithin(source, query.windowMs, cursor, this.#rowStatistics.advance);
		if (cursor === 'live') {
			this.#tables?.showLive();
		}

		if (isOfTables(query)) {
			const view =
				cursor === 'live'
					? this.#tables?.live.view(query, nowMs, statistics)
					: this.#tables?.past(cursor.atMs)?.view(query, nowMs, statistics);
			if (view !== undefined) {
				return view;
			}
		}

		const selected = selectView(
			query,
			(level, scope) =>
				(cursor === 'live' ? this.#tables?.live.within(level, scope) : undefined) ??
				this.rows(level, scope, cursor, nowMs),
			nowMs,
			cursor === 'live' ? nowMs : cursor.atMs,
			statistics,
		);
		const showsNodes = query.level === 'nodes' || query.level === 'tree';
		return cursor === 'live' || !showsNodes || this.#tables?.hasNodesAt(cursor.atMs) !== false
			? selected
			: {...selected, isPending: true};
	};

	readonly cluster = (cursor: Cursor, nowMs: number): ClusterRow => {
		const atMs = cursor === 'live' ? nowMs : cursor.atMs;
		this.#refreshJoin(nowMs);
		return clusterTotals(
			cursor === 'live'
				? this.#nodeRows({}, cursor)
				: (this.#tables?.past(atMs)?.nodesOfCluster() ??
						Array.from(this.#nodes.values(), record => this.#pastRows.nodeOfCluster(record, atMs))),
			row => row.receivedAtMs !== undefined && atMs - row.receivedAtMs <= this.staleAfterMs,
			cursor === 'live' && this.#joins.areComplete,
		);
	};

	readonly counts = (namespaces: Namespaces, cursor: Cursor, nowMs: number): ListCounts => {
		this.#refreshJoin(nowMs);
		return sumCounts(this.#nodes.size, this.#countsOf(cursor), namespaces);
	};

	*#countsOf(cursor: Cursor): Iterable<CountsByNamespace> {
		if (cursor !== 'live') {
			const past = this.#tables?.past(cursor.atMs);
			yield past === undefined
				? countsOfRows(this.#podRows({}, cursor), this.#containerRows({}, cursor))
				: past.counts();
			return;
		}

		for (const record of this.#nodes.values()) {
			this.#counts.count(record);
		}

		yield this.#counts.sum;
		const {pods, containers} = this.#live.elsewhere();
		yield countsOfRows(pods, containers);
	}

	/** The counts of a node, if it has what there was. */
	#countsOfNow(record: NodeRecord, {isOfNow, pods, containers}: Existing): CountsByNamespace | undefined {
		const rows = this.#live.of(record);
		if (
			!isOfNow ||
			this.#joins.of(record)?.isBehind(record) === true ||
			pods.length !== rows.pods.length ||
			containers.length !== rows.containers.length
		) {
			return undefined;
		}

		this.#counts.count(record);
		return this.#counts.of(record);
	}

	readonly find = <L extends ListLevel>(
		level: L,
		id: string,
		cursor: Cursor,
		nowMs: number,
	): RowOf[L] | undefined => {
		if (level === 'workloads') {
			// Only the pods of the workload are summed.
			const scope = {namespaces: [namespaceOfWorkloadId(id)], workloadId: id};
			return this.rows(level, scope, cursor, nowMs).find(row => row.id === id);
		}

		// Ids of pods and containers begin with their node's, so only that node is searched.
		const node = nodeIdIn(id, this.#nodes);
		const found = this.rows(level, {nodeId: node}, cursor, nowMs).find(row => row.id === id);
		// A finished container is only listed within its pod.
		return found === undefined && level === 'containers' && cursor === 'live'
			? this.rows(level, {podId: id.slice(0, id.lastIndexOf('/'))}, cursor, nowMs).find(row => row.id === id)
			: found;
	};

	readonly history = (row: Row, series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#rowHistories.of(row, series, window);

	readonly statistics = (row: Row, series: StatisticSeries, span: Span): Statistics | undefined =>
		this.#rowStatistics.of(row, series, span);

	readonly clusterHistory = (series: SeriesName, window: HistoryWindow): Float64Array =>
		this.#clusterHistories.of(series, window, this.#nodes.values());

	readonly span = (): Span | undefined => spanOfRecords(this.#nodes.values());

	/** The time range of the rings that hold a row; of all rings for namespaces and for the cluster. */
	spanOf(row: Row | undefined): Span | undefined {
		switch (row?.kind) {
			case 'tree':
			case 'problem':
				return this.spanOf(row.of);
			case 'node':
				return spanOfRecords(this.#records({nodeId: row.id}));
			case 'pod':
			case 'container':
				return spanOfRecords(this.#records({nodeId: row.nodeId}));
			default:
				return this.span();
		}
	}

	/** Every node with its rows, for the watch over thresholds. */
	*watchedNodes(nowMs: number): Iterable<WatchedNode> {
		this.#refreshJoin(nowMs);
		for (const record of this.#nodes.values()) {
			yield this.#watched(record);
		}
	}

	/** The newest row of a node, as of its last reading. */
	nodeRow(id: string): NodeRow | undefined {
		return this.#nodes.get(id)?.node.row;
	}

	/** One node, joined with the inventory as of the last refresh. */
	watchedNode(id: string): WatchedNode | undefined {
		const record = this.#nodes.get(id);
		return record && this.#watched(record);
	}

	#watched(record: NodeRecord): WatchedNode {
		const {id, revision} = record;
		return {
			id,
			revision,
			rows: () => ({
				nodes: [record.node.row],
				...this.#live.of(record).reported,
			}),
		};
	}

	/** All rows of a level within a scope, in no order. */
	readonly rows = <L extends ListLevel>(
		level: L,
		scope: Scope,
		cursor: Cursor,
		nowMs: number,
	): ReadonlyArray<RowOf[L]> => {
		this.#refreshJoin(nowMs);
		const isNow = cursor === 'live' && isEverywhere(scope);
		const rowsOf: RowsByLevel = {
			nodes: () => this.#nodeRows(scope, cursor),
			pods: () => this.#podRows(scope, cursor),
			containers: () => this.#containerRows(scope, cursor),
			namespaces: () =>
				(isNow ? this.#tables?.live.namespaces : undefined) ?? this.#namespaceRows(scope, cursor),
			workloads: () =>
				(isNow ? this.#tables?.live.workloads : undefined) ??
				this.rollUpWorkloads(
					this.#podRows(scope, cursor),
					// What they wanted at a past moment is not kept.
					cursor === 'live' ? this.#joins.controllers(scope) : undefined,
				),
			processes: () => (cursor === 'live' ? this.#processRows(scope) : []),
		};
		return rowsOf[level]();
	};

	#refreshJoin(nowMs: number): void {
		if (this.#joins.areAny && this.#tables === undefined && this.#joinedVersion !== this.version) {
			this.#joinedVersion = this.version;
			this.#joins.advance(nowMs, () => true);
		}
	}

	#records(scope: Scope): Iterable<NodeRecord> {
		if (scope.nodeId === undefined) {
			const {cluster} = scope;
			return cluster === undefined
				? this.#nodes.values()
				: [...this.#nodes.values()].filter(record => record.cluster === cluster);
		}

		const node = this.#nodes.get(scope.nodeId);
		return node === undefined ? [] : [node];
	}

	#nodeRows(scope: Scope, cursor: Cursor): readonly NodeRow[] {
		const records = this.#records(scope);
		if (cursor === 'live') {
			return Array.from(records, ({node}) => node.row);
		}

		return this.#tables === undefined || scope.nodeId !== undefined
			? Array.from(records, record => this.#pastRows.node(record, cursor.atMs))
			: this.#tables.nodeRowsAt(records, cursor.atMs);
	}

	/** Those of now: rings keep none. */
	#processRows(scope: Scope): readonly ProcessRow[] {
		return [...this.#records(scope)].flatMap(({processes}) =>
			processes.filter(row => isProcessWithin(row, scope)),
		);
	}

	#podRows(scope: Scope, cursor: Cursor): readonly PodRow[] {
		return cursor === 'live'
			? this.#liveRows(scope, ({pods}) => pods, isPodWithin)
			: this.#pastRows.pods(this.#records(scope), scope, cursor.atMs);
	}

	#containerRows(scope: Scope, cursor: Cursor): readonly ContainerRow[] {
		if (cursor !== 'live') {
			return this.#pastRows.containers(this.#records(scope), scope, cursor.atMs);
		}

		const {podId} = scope;
		if (podId === undefined) {
			return this.#liveRows(scope, ({containers}) => containers, isContainerWithin);
		}

		const unread = this.#joins.unreadContainersOf(podId);
		return [
			...this.#liveRows(scope, ({reported}) => reported.containers, isContainerWithin),
			...unread.filter(row => isContainerWithin(row, scope)),
		];
	}

	#liveRows<R extends PodRow | ContainerRow>(
		scope: Scope,
		rowsOf: (rows: RowsOfNode) => readonly R[],
		isWithin: (row: R, scope: Scope) => boolean,
	): readonly R[] {
		const rows: R[] = [];
		const isAll = isEverywhere(scope);
		const add = (some: readonly R[]): void => {
			for (const row of some) {
				if (isAll || isWithin(row, scope)) {
					rows.push(row);
				}
			}
		};
		const isFrozen = this.#joins.frozen();
		for (const record of this.#records(scope)) {
			add(rowsOf(this.#live.of(record, isFrozen(record))));
		}

		if (scope.nodeId === undefined) {
			add(rowsOf({...this.#live.elsewhere(), reported: NO_ROWS}));
		}

		return rows;
	}

	#namespaceRows(scope: Scope, cursor: Cursor): readonly NamespaceRow[] {
		return this.rollUp(this.#podRows(scope, cursor), this.#containerRows(scope, cursor));
	}

	/** Sums rows by namespace; requests and limits only where all pods of the namespace are listed. */
	rollUp(pods: readonly PodRow[], containers: readonly ContainerRow[]): readonly NamespaceRow[] {
		return rollUpNamespaces(pods, containers, this.#joins.hasAllPods);
	}

	/** The same by workload. */
	rollUpWorkloads(pods: readonly PodRow[], controllers?: ControllersByCluster): readonly WorkloadRow[] {
		return rollUpWorkloads(pods, this.#joins.hasAllPods, controllers);
	}
}

const NO_ROWS: UnreadRows = {pods: [], containers: []};
