import type {ControllersByCluster} from '../model/controller.ts';
import {type CountsByNamespace, countsOfRows, type ListCounts, sumCounts} from '../model/counts.ts';
import type {ClusterInventory} from '../model/inventory.ts';
import type {NodeState} from '../model/node-state.ts';
import type {Reading} from '../model/reading.ts';
import type {
	ClusterRow,
	ContainerRow,
	GroupRow,
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
import {isSumOfPods, type SumOfPods} from '../model/sum-of-pods.ts';
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
} from '../model/view.ts';
import {namespaceOfWorkloadId} from '../model/workload.ts';
import {FigureRoom} from '../rates/figure-room.ts';
import {CONTAINER_NUMBERS} from '../rates/packed-container.ts';
import type {Tracked} from '../rates/tracked.ts';
import {NumberSlab} from '../rings/number-slab.ts';
import {statisticsOfKnown} from '../rings/statistics.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import {selectView} from '../view/select-view.ts';
import {type StatisticsAdvance, statisticsWithin} from '../view/statistics-within.ts';
import type {UnreadRows} from './cluster-join.ts';
import {ClusterJoins, type HasAllPods} from './cluster-joins.ts';
import {ExistingCounts, existedAt} from './existing-counts.ts';
import {LiveCounts} from './live-counts.ts';
import {isOfAny, LiveRows, NONE_HIDDEN, type RowsOfNode} from './live-rows.ts';
import {LiveTables, type LiveTablesOptions} from './live-tables.ts';
import {NamespacePods, type PodOnNode} from './namespace-pods.ts';
import {NodeRecord, type RingSize} from './node-record.ts';
import {PastNodeRows, type RingMoment} from './past-node-rows.ts';
import {PastTables} from './past-tables.ts';
import {type Downsampled, RingBudget} from './ring-budget.ts';
import {rollUpNamespaces} from './roll-up-namespaces.ts';
import {rollUpWorkloads} from './roll-up-workloads.ts';
import {clusterTotals} from './rollup.ts';
import {SumHistories} from './sum-histories.ts';
import {SumStatistics} from './sum-statistics.ts';
import {SummedHistory} from './summed-history.ts';
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

/** Numbers in the pasts of the rows of a few frames. */
const PASTS_AT_ONCE = 8192;

/** Numbers in the rows of some dozens of nodes. */
const PAST_FIGURES_AT_ONCE = 65_536;

/** A past moment of more pods is made in turns. */
const MANY_PODS = 2000;

/** How many histories of the whole cluster are kept up to date: those of a page of charts and of the head. */
const MOST_SUMMED = 10;

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
	/** Pods and containers that nodes report. */
	readonly #counts = new LiveCounts<NodeRecord>();
	/** The rows of each node that `#counts` has. */
	readonly #counted = new WeakMap<NodeRecord, RowsOfNode>();
	#unread: {readonly key: string; readonly rows: UnreadRows} | undefined;
	readonly #joins: ClusterJoins;
	readonly #live: LiveRows;
	/** While the screen is at a moment of the past. */
	#past: PastTables<NodeRecord | typeof ELSEWHERE> | undefined;
	/** While the screen is paused. */
	#frozen: {readonly atMs: number; readonly tables: LiveTables} | undefined;
	readonly #existing = new ExistingCounts();
	readonly #pastNodes = new PastNodeRows();
	readonly #namespacePods = new NamespacePods(() => this.#nodes.values());
	/** Only where `advance` keeps them up to date. */
	readonly #tables: LiveTables | undefined;
	readonly #sumHistories = new SumHistories();
	readonly #pasts = new NumberSlab(PASTS_AT_ONCE);
	/** By series and window; the least recently used first. */
	readonly #summed = new Map<string, SummedHistory>();
	readonly #sums: SumStatistics;
	readonly #budget: RingBudget;
	/** The values that statistics are made of, in turn. */
	readonly #known: Float64Array;
	#version = 0;
	#joinedVersion = -1;

	constructor(options: StoreOptions) {
		this.#options = options;
		this.staleAfterMs = options.staleAfterMs;
		this.#known = new Float64Array(options.capacity);
		this.#budget = new RingBudget(options.capacity, options.ringBytes ?? Number.POSITIVE_INFINITY);
		this.#joins = new ClusterJoins(options.inventory, options.clusters);
		this.#live = new LiveRows(this.#joins);
		this.#tables = options.isAdvanced === true ? this.#newTables() : undefined;
		this.#sums = new SumStatistics({
			nodes: this.#nodes,
			podsOf: row => atOnce(this.#namespacePods.of(row, this.#tables?.version ?? this.#version)),
			rowsOn: this.#tables && ((node, atMs) => this.#rowsAt(atMs)('pods', {nodeId: node.id})),
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
		this.#touch(record);
		this.#version++;
	}

	/** Removes a node that left the cluster, and its history. */
	removeNode(id: string): void {
		const record = this.#nodes.get(id);
		if (record !== undefined) {
			this.#past = undefined;
			this.#nodes.delete(id);
			this.#budget.add(-1, -record.series);
			this.#joins.of(record)?.remove(record);
			this.#counts.set(record, undefined);
			this.#tables?.remove(record);
			for (const summed of this.#summed.values()) {
				summed.remove(record);
			}

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
		this.#count(node);
		this.#touch(node);
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

		this.#summed.clear();
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
		const tables = this.#tables;
		if (tables === undefined) {
			return true;
		}

		if (!this.#joins.advance(nowMs, hasTime)) {
			return false;
		}

		const isFrozen = this.#joins.frozen();
		for (const record of this.#nodes.values()) {
			if (tables.set(record, this.#live.of(record, isFrozen(record)))) {
				this.#count(record);
				if (!hasTime()) {
					return false;
				}
			}
		}

		tables.set(ELSEWHERE, this.#elsewhere());
		return tables.advance(this.#joins.version, hasTime);
	}

	#newTables(): LiveTables {
		return new LiveTables({
			...this.#partsOf(this.#nodes),
			nodes: id => this.rows('nodes', {nodeId: id}, 'live', 0),
			nodeOf: part => (part instanceof NodeRecord ? part.node.row : undefined),
			processes: scope => this.rows('processes', scope, 'live', 0),
		});
	}

	readonly freeze = (nowMs: number): Moment | undefined => {
		if (this.#tables === undefined) {
			return undefined;
		}

		const nodes = this.rows('nodes', {}, 'live', nowMs);
		const byId = new Map(nodes.map(row => [row.id, row]));
		const processes = this.rows('processes', {}, 'live', nowMs);
		const options: LiveTablesOptions = {
			...this.#partsOf(new Map(this.#nodes)),
			nodeOf: part => (part instanceof NodeRecord ? byId.get(part.id) : undefined),
			nodes: id => (id === undefined ? nodes : [byId.get(id)].filter(row => row !== undefined)),
			processes: scope => processes.filter(row => isProcessWithin(row, scope)),
		};
		const tables = new LiveTables(options, this.#tables);
		this.#frozen = {atMs: nowMs, tables};
		const counts = [...this.#countsOf('live')].map(counted => structuredClone(counted));
		return {
			view: tables.view,
			prepare: tables.prepare,
			rows: tables.rows,
			counts: namespaces => sumCounts(nodes.length, counts, namespaces),
		};
	};

	/** Rows of tables that end at a moment: of the past, of a pause, or of now. */
	#rowsAt(atMs: number): RowsOf {
		const tables =
			this.#past?.tablesAt(atMs) ?? (this.#frozen?.atMs === atMs ? this.#frozen.tables : undefined);
		return tables?.rows ?? this.#tables?.rows ?? (() => []);
	}

	/** Undefined where the past is of so few rows that all are made at once. */
	#pastTables(): PastTables<NodeRecord | typeof ELSEWHERE> | undefined {
		if (this.#tables === undefined || this.#counts.podCount <= MANY_PODS) {
			return undefined;
		}

		this.#past ??= this.#newPast(this.#tables);
		return this.#past;
	}

	#newPast(tables: LiveTables): PastTables<NodeRecord | typeof ELSEWHERE> {
		const nodes = new Map(this.#nodes);
		// An array for each node may wait each time until the collector has swept all that went.
		const room = new FigureRoom(PAST_FIGURES_AT_ONCE, PAST_FIGURES_AT_ONCE);
		let atMs = 0;
		const options: LiveTablesOptions = {
			...this.#partsOf(nodes),
			// What controllers want is known of now alone.
			controllers: () => new Map(),
			nodeOf: part => (part instanceof NodeRecord ? this.#nodeRows({nodeId: part.id}, {atMs})[0] : undefined),
			nodes: nodeId => this.#nodeRows({nodeId}, {atMs}),
			processes: () => [],
		};
		return new PastTables(new LiveTables(options, tables), [...nodes.values(), ELSEWHERE], (part, at) => {
			atMs = at;
			if (!(part instanceof NodeRecord)) {
				return NO_ROWS;
			}

			this.#nodeRows({nodeId: part.id}, {atMs});
			return {
				pods: this.#podRows({nodeId: part.id}, {atMs}, room),
				containers: this.#containerRows({nodeId: part.id}, {atMs}, room),
			};
		});
	}

	#partsOf(
		nodes: ReadonlyMap<string, NodeRecord>,
	): Pick<LiveTablesOptions, 'parts' | 'partOf' | 'partWith' | 'hasAllPods' | 'controllers'> {
		return {
			*parts() {
				yield* nodes.values();
				yield ELSEWHERE;
			},
			partOf: nodeId => nodes.get(nodeId),
			partWith: id => nodes.get(nodeIdIn(id, nodes) ?? '') ?? ELSEWHERE,
			hasAllPods: this.#joins.hasAllPods,
			controllers: () => this.#joins.controllers(),
		};
	}

	readonly prepare = (hasTime: () => boolean): Unprepared => {
		const left = (this.#past ?? this.#tables)?.prepare(hasTime) ?? 'nothing';
		return left === 'view' ||
			!this.#sums.advanceAsked(hasTime) ||
			!this.#sumHistories.advance(hasTime) ||
			!this.#advanceSummed(hasTime)
			? 'view'
			: left;
	};

	/** Returns whether no past of the cluster was awaited. */
	#advanceSummed(hasTime: () => boolean): boolean {
		for (const summed of this.#summed.values()) {
			if (!summed.advance(hasTime)) {
				return false;
			}
		}

		return true;
	}

	/** `source`: whose statistics are shown. */
	readonly view = <L extends Level>(
		query: Query<L>,
		cursor: Cursor,
		nowMs: number,
		source: Pick<Source, 'statistics'> = this,
	): View<L> => {
		const statistics = statisticsWithin(source, query.windowMs, cursor, this.#advanceStatistics);
		if (cursor === 'live') {
			this.#past = undefined;
			this.#frozen = undefined;
		} else {
			this.#pastTables()?.moveTo(cursor.atMs);
		}

		if (isOfTables(query)) {
			const view =
				cursor === 'live'
					? this.#tables?.view(query, nowMs, statistics)
					: this.#pastTables()?.view(query, nowMs, cursor.atMs, statistics);
			if (view !== undefined) {
				return view;
			}
		}

		const selected = selectView(
			query,
			(level, scope) =>
				(cursor === 'live' ? this.#tables?.within(level, scope) : undefined) ??
				this.rows(level, scope, cursor, nowMs),
			nowMs,
			cursor === 'live' ? nowMs : cursor.atMs,
			statistics,
		);
		const showsNodes = query.level === 'nodes' || query.level === 'tree';
		return cursor === 'live' || !showsNodes || this.#isMadeAt(cursor.atMs)
			? selected
			: {...selected, isPending: true};
	};

	readonly cluster = (cursor: Cursor, nowMs: number): ClusterRow => {
		const atMs = cursor === 'live' ? nowMs : cursor.atMs;
		if (cursor !== 'live') {
			this.#pastTables()?.moveTo(atMs);
		}

		return clusterTotals(
			this.rows('nodes', {}, cursor, nowMs),
			row => row.receivedAtMs !== undefined && atMs - row.receivedAtMs <= this.staleAfterMs,
		);
	};

	readonly counts = (namespaces: Namespaces, cursor: Cursor, nowMs: number): ListCounts => {
		this.#refreshJoin(nowMs);
		return sumCounts(this.#nodes.size, this.#countsOf(cursor), namespaces);
	};

	*#countsOf(cursor: Cursor): Iterable<CountsByNamespace> {
		if (cursor !== 'live') {
			const past = this.#pastTables();
			yield past === undefined
				? countsOfRows(this.#podRows({}, cursor), this.#containerRows({}, cursor))
				: (past.countsAt(cursor.atMs) ?? this.#counts.sum);
			return;
		}

		for (const record of this.#nodes.values()) {
			if (this.#counted.get(record) !== this.#live.of(record)) {
				this.#count(record);
			}
		}

		yield this.#counts.sum;
		const {pods, containers} = this.#elsewhere();
		yield countsOfRows(pods, containers);
	}

	#count(record: NodeRecord): void {
		const rows = this.#live.of(record);
		this.#counted.set(record, rows);
		this.#counts.set(record, countsOfRows(rows.pods, rows.containers));
	}

	/** Rows of pods that are on no node that is read; the same object until they may have changed. */
	#elsewhere(): UnreadRows {
		const key = this.#joins.unreadElsewhereKey;
		if (this.#unread?.key !== key || this.#unread === undefined) {
			this.#unread = {key, rows: this.#joins.unreadElsewhere()};
		}

		return this.#unread.rows;
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

	readonly history = (row: Row, series: SeriesName, window: HistoryWindow): Float64Array => {
		const into = this.#pasts.take(window.points);
		switch (row.kind) {
			case 'tree':
			case 'problem':
				return this.history(row.of, series, window);
			case 'node': {
				const node = this.#nodes.get(row.id);
				node?.resampleInto(into, node.node, series, window);
				break;
			}

			case 'pod':
			case 'container': {
				const node = this.#nodes.get(row.nodeId);
				const object = node && objectOf(node, row, series);
				if (object !== undefined) {
					node?.resampleInto(into, object, series, window);
				}

				break;
			}

			case 'workload':
			case 'group':
			case 'namespace':
				return this.#pastOfSum(row, series, window, into);
		}

		return into;
	};

	/** At once where that is not asked for in turns. */
	#pastOfSum(row: SumOfPods, series: SeriesName, window: HistoryWindow, into: Float64Array): Float64Array {
		const tables = this.#tables;
		if (tables === undefined) {
			return atOnce(this.#summedPast(row, series, window, into));
		}

		const count =
			row.kind === 'namespace'
				? Math.max(row.podCount, this.#namespacePods.isKnown(tables.version) ? 0 : this.#counts.podCount)
				: (row.kind === 'group' ? row.members : row.pods).length;
		return this.#sumHistories.of(`${row.id} ${series}`, window, tables.version, count, () =>
			this.#summedPast(row, series, window, into),
		);
	}

	*#summedPast(
		row: SumOfPods,
		series: SeriesName,
		window: HistoryWindow,
		into: Float64Array,
	): Steps<Float64Array> {
		let count = 0;
		const version = this.#tables?.version ?? this.#version;
		for (const {node, object} of row.kind === 'namespace'
			? membersOfPods(yield* this.#namespacePods.of(row, version), series)
			: this.#membersOf(row.kind === 'group' ? row.members : row.pods, series)) {
			node.resampleInto(into, object, series, window);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}

		return into;
	}

	/** Those with a past of a series: pods on the network of their node have none of traffic. */
	*#membersOf(members: GroupRow['members'], series: SeriesName): Iterable<Member> {
		for (const member of members) {
			if (member.kind === 'node' || !(isTraffic(series) && member.isHostNetwork)) {
				const node = this.#nodes.get(member.kind === 'node' ? member.id : member.nodeId);
				const object = node && (member.kind === 'node' ? node.node : objectOf(node, member, series));
				if (node !== undefined && object !== undefined) {
					yield {node, object};
				}
			}
		}
	}

	readonly statistics = (row: Row, series: StatisticSeries, span: Span): Statistics | undefined => {
		switch (row.kind) {
			case 'tree':
			case 'problem':
				return isSumOfPods(row.of)
					? this.#sums.atOnce(row.of, series, span)
					: this.statistics(row.of, series, span);
			case 'namespace':
			case 'workload':
			case 'group':
				return this.#sums.of(row, series, span);
			case 'node':
			case 'pod':
			case 'container': {
				const node = this.#nodes.get(row.kind === 'node' ? row.id : row.nodeId);
				const object = node && (row.kind === 'node' ? node.node : objectOf(node, row, series));
				return node && object
					? statisticsOfKnown(this.#known, node.knownWithin(this.#known, object, series, span))
					: undefined;
			}

			case 'process':
				return undefined;
		}
	};

	/** Only those of sums take long. */
	readonly #advanceStatistics: StatisticsAdvance = (row, _series, span, hasTime) =>
		!isSumOfPods(row) || this.#sums.advance(row, span, hasTime);

	readonly clusterHistory = (series: SeriesName, window: HistoryWindow): Float64Array => {
		const key = `${series} ${window.points} ${window.stepMs}`;
		const known =
			this.#summed.get(key) ?? new SummedHistory(series, this.#nodes.values(), this.#tables !== undefined);
		this.#summed.delete(key);
		this.#summed.set(key, known);
		for (const oldest of this.#summed.keys()) {
			if (this.#summed.size <= MOST_SUMMED) {
				break;
			}

			this.#summed.delete(oldest);
		}

		return known.at(window);
	};

	readonly span = (): Span | undefined => spanOf(this.#nodes.values());

	/** The time range of the rings that hold a row; of all rings for namespaces and for the cluster. */
	spanOf(row: Row | undefined): Span | undefined {
		switch (row?.kind) {
			case 'tree':
			case 'problem':
				return this.spanOf(row.of);
			case 'node':
				return spanOf(this.#records({nodeId: row.id}));
			case 'pod':
			case 'container':
				return spanOf(this.#records({nodeId: row.nodeId}));
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
			namespaces: () => (isNow ? this.#tables?.namespaces : undefined) ?? this.#namespaceRows(scope, cursor),
			workloads: () =>
				(isNow ? this.#tables?.workloads : undefined) ??
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

	#touch(record: NodeRecord): void {
		for (const summed of this.#summed.values()) {
			summed.touch(record);
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
		const rows: NodeRow[] = [];
		// Those of before until all are made, in turns.
		const isMade = cursor === 'live' || scope.nodeId !== undefined || this.#isMadeAt(cursor.atMs);
		for (const record of this.#records(scope)) {
			const {node} = record;
			if (cursor === 'live') {
				rows.push(node.row);
				continue;
			}

			if (!isMade) {
				rows.push(this.#pastNodes.last(record) ?? node.row);
				continue;
			}

			const existing = this.#existing.at(record, cursor.atMs);
			rows.push(this.#pastNodes.of(record, this.#moment(record, cursor.atMs), existing));
		}

		return rows;
	}

	/** Whether all rows of a past moment may be asked for: where they are made in turns, they are already. */
	#isMadeAt(atMs: number): boolean {
		const past = this.#pastTables();
		return past === undefined || past.isMadeAt(atMs);
	}

	/** Those of now: rings keep none. */
	#processRows(scope: Scope): readonly ProcessRow[] {
		return [...this.#records(scope)].flatMap(({processes}) =>
			processes.filter(row => isProcessWithin(row, scope)),
		);
	}

	#podRows(scope: Scope, cursor: Cursor, room?: FigureRoom): readonly PodRow[] {
		return cursor === 'live'
			? this.#liveRows(scope, ({pods}) => pods, isPodWithin)
			: this.#objectRows<'pod'>(
					scope,
					cursor.atMs,
					record => record.pods,
					(pod, _record, hidden) => isPodWithin(pod.row, scope) && !hidden.has(pod),
					room,
				);
	}

	#containerRows(scope: Scope, cursor: Cursor, room?: FigureRoom): readonly ContainerRow[] {
		if (cursor !== 'live') {
			return this.#objectRows<'container'>(
				scope,
				cursor.atMs,
				record => record.containers,
				({row}, record, hidden) =>
					isContainerWithin(row, scope) && !(hidden.size > 0 && isOfAny(hidden, record, row)),
				room,
			);
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
			add(rowsOf({...this.#elsewhere(), reported: NO_ROWS}));
		}

		return rows;
	}

	#objectRows<K extends 'pod' | 'container'>(
		scope: Scope,
		atMs: number,
		objectsOf: (record: NodeRecord) => ReadonlyMap<string, Tracked<K>>,
		isShown: (object: Tracked<K>, record: NodeRecord, hidden: ReadonlySet<Tracked<'pod'>>) => boolean,
		roomOfAll?: FigureRoom,
	): Array<Tracked<K>['row']> {
		const rows: Array<Tracked<K>['row']> = [];
		for (const record of this.#records(scope)) {
			const {position, timeMs} = this.#moment(record, atMs);
			const hidden = this.#joins.of(record)?.hiddenPods(record) ?? NONE_HIDDEN;
			const objects = objectsOf(record);
			const room = roomOfAll ?? new FigureRoom(objects.size * CONTAINER_NUMBERS);
			for (const object of objects.values()) {
				if (existedAt(object, atMs) && isShown(object, record, hidden)) {
					rows.push(object.rowAt(position, timeMs, room));
				}
			}
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

	/** The ring's sample for a past cursor; undefined if the newest one before it is older than `staleAfterMs`. */
	#moment(record: NodeRecord, atMs: number): RingMoment {
		const age = record.ticks.ageAt(atMs);
		const timeMs = age === undefined ? undefined : record.ticks.timeAt(age);
		return age === undefined || timeMs === undefined || atMs - timeMs > this.staleAfterMs
			? {position: undefined, timeMs: undefined}
			: {position: record.ticks.position(age), timeMs};
	}
}

const NO_ROWS: UnreadRows = {pods: [], containers: []};

/** An object whose past is part of a sum. */
type Member = {
	readonly node: NodeRecord;
	readonly object: Tracked<'node'> | Tracked<'pod'> | Tracked<'container'>;
};

/** The node that a row is on, with whose id that of the row begins. */
function nodeIdIn(id: string, nodes: ReadonlyMap<string, unknown>): string | undefined {
	for (let end = id.indexOf('/'); end !== -1; end = id.indexOf('/', end + 1)) {
		const key = id.slice(0, end);
		if (nodes.has(key)) {
			return key;
		}
	}

	return nodes.has(id) ? id : undefined;
}

/** Stands for the rows that are on no node. */
const ELSEWHERE = {};

/** Pods with a past of a series. */
function* membersOfPods(pods: readonly PodOnNode[], series: SeriesName): Iterable<Member> {
	for (const {node, pod} of pods) {
		if (!(isTraffic(series) && pod.row.isHostNetwork)) {
			yield {node, object: pod};
		}
	}
}

/** The object whose rings hold a series of a pod or container: the network of a container is that of its pod. */
function objectOf(
	node: NodeRecord,
	row: PodRow | ContainerRow,
	series: SeriesName,
): Tracked<'pod'> | Tracked<'container'> | undefined {
	if (row.kind === 'pod') {
		return node.podOf(row);
	}

	return isTraffic(series) && row.pod !== undefined
		? node.pods.get(row.id.slice(row.nodeId.length + 1, -row.name.length - 1))
		: node.containers.get(row.id);
}

function isTraffic(series: SeriesName): boolean {
	return series === 'rxBytesPerSecond' || series === 'txBytesPerSecond';
}

function spanOf(records: Iterable<NodeRecord>): Span | undefined {
	let oldestMs = Number.POSITIVE_INFINITY;
	let newestMs = Number.NEGATIVE_INFINITY;
	for (const {ticks} of records) {
		oldestMs = Math.min(oldestMs, ticks.oldestMs ?? oldestMs);
		newestMs = Math.max(newestMs, ticks.newestMs ?? newestMs);
	}

	return oldestMs > newestMs ? undefined : {oldestMs, newestMs};
}
