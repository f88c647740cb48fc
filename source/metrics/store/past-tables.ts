import {type CountsByNamespace, countsOfRows} from '../model/counts.ts';
import type {ContainerRow, NodeRow, PodRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Level, Query, Unprepared, View} from '../model/view.ts';
import type {RingMoment} from '../rings/tick-ring.ts';
import {BY_NODES} from '../view/select-view.ts';
import type {UnreadRows} from './cluster-join.ts';
import type {Existing, ExistingObjects} from './existing-objects.ts';
import type {LiveCounts} from './live-counts.ts';
import {LiveTables, type LiveTablesOptions} from './live-tables.ts';
import {NodeRecord} from './node-record.ts';
import {pastNodeOfCluster} from './past-node-rows.ts';
import type {PastRows} from './past-rows.ts';
import {MomentOfRings, PastSlots} from './past-slots.ts';
import type {NodeOfCluster} from './rollup.ts';

export type PastTablesOptions = Omit<LiveTablesOptions, 'nodeOf' | 'nodes' | 'processes' | 'controllers'> & {
	/** All nodes, by id. */
	readonly records: ReadonlyMap<string, NodeRecord>;
	/** A part whose rows are of no past. */
	readonly elsewhere: object;
	readonly pastRows: PastRows;
	/** Counts of the newest rows, to begin with. */
	readonly counts: LiveCounts<NodeRecord>;
	/** Those of a node, where these are the objects that it has now. */
	readonly countsOfNow: (record: NodeRecord, existing: Existing) => CountsByNamespace | undefined;
	/** Changes with what rows of a past moment are made of. */
	readonly version: () => number;
};

type Table = 'pods' | 'containers';

/** Nodes with another state than before that are looked at for one answer: some milliseconds. */
const NODES_AT_ONCE = 1024;

/**
 * The views of a past moment of many rows. The tables have the rows of now, or of when an object was there last, in an order
 * that is kept; their figures are read from the rings where they are looked at: one of each row for an order, and all
 * of those on the screen. What was there is found out node by node, in turns. Until that is done, views are those of before.
 */
export class PastTables {
	readonly #options: PastTablesOptions;
	readonly #nodes: readonly PastNode[];
	readonly #tables: LiveTables;
	readonly #slots: {readonly pods: PastSlots<PodRow>; readonly containers: PastSlots<ContainerRow>};
	/** By level; of problems, which are shown of some namespaces, by these too. */
	readonly #given = new Map<string, View>();
	/** For how many nodes each is done. */
	#done = NOTHING_DONE;
	#atMs: number;
	#version: number;
	#moments: MomentOfRings;
	#cluster: readonly NodeOfCluster[];
	#isSummed = false;
	#counts: CountsByNamespace;
	#isCounted = false;
	/** What was asked for last: whether it shows nodes, and the tables that it is made of. */
	#showsNodes = false;
	#needs: readonly Table[] = [];

	/** `before`: tables with rows of about the same objects, to begin with. */
	constructor(options: PastTablesOptions, before: LiveTables, atMs: number) {
		this.#options = options;
		const {records, pastRows, elsewhere, version} = options;
		this.#atMs = atMs;
		this.#version = version();
		this.#moments = this.#momentsAt(atMs);
		this.#nodes = Array.from(
			records.values(),
			record => new PastNode(record, pastRows.existingOn(record), this.#moments),
		);
		this.#cluster = Array.from(records.values(), ({node}) => node.row);
		this.#counts = structuredClone(options.counts.sum);
		this.#slots = {pods: new PastSlots(this.#moments), containers: new PastSlots(this.#moments)};
		const rowOf = (record: NodeRecord): NodeRow => pastRows.node(record, this.#atMs);
		this.#tables = new LiveTables(
			{
				...options,
				// What controllers want is known of now alone.
				controllers: () => new Map(),
				nodeOf: part => (part instanceof NodeRecord ? rowOf(part) : undefined),
				nodes: id => {
					const record = id === undefined ? undefined : records.get(id);
					return id === undefined
						? this.nodeRows(records.values())
						: record === undefined
							? []
							: [rowOf(record)];
				},
				processes: () => [],
			},
			before,
			this.#slots,
		);
		this.#tables.remove(elsewhere);
		this.#move(this.#moments);
	}

	/** Undefined until it is known which pods there were at that moment. */
	tablesAt(atMs: number): LiveTables | undefined {
		return this.#atMs === atMs && this.#isDone('pods') ? this.#tables : undefined;
	}

	/** Whether all rows of nodes at a moment are made. */
	hasNodesAt(atMs: number): boolean {
		return this.#atMs === atMs && this.#isDone('nodes');
	}

	/** By namespace; those of before until all is counted. */
	counts(): CountsByNamespace {
		const hasTime = nodesAtOnce();
		if (this.#find(hasTime) && this.#count(hasTime) && !this.#isCounted) {
			this.#isCounted = true;
			this.#counts = structuredClone(this.#options.counts.sum);
		}

		return this.#counts;
	}

	/** What of nodes is in the sums of the cluster; of before until it is known of all nodes what was on them. */
	nodesOfCluster(): readonly NodeOfCluster[] {
		if (this.#find(nodesAtOnce()) && !this.#isSummed) {
			this.#isSummed = true;
			this.#cluster = this.#nodes.map(({record, existing, moment}) =>
				pastNodeOfCluster(record, moment, existing.counts),
			);
		}

		return this.#cluster;
	}

	/** Rows of nodes at the moment, or at another one until all are made. */
	nodeRows(records: Iterable<NodeRecord>): readonly NodeRow[] {
		const {pastRows} = this.#options;
		const isMade = this.#isDone('nodes');
		return Array.from(records, record =>
			isMade ? pastRows.node(record, this.#atMs) : pastRows.lastOfNode(record),
		);
	}

	/** A view of all rows; undefined where it is to be made of rows of a level. */
	view<L extends Level>(query: Query<L>, nowMs: number, statistics?: StatisticsOf): View<L> | undefined {
		const {level} = query;
		// Problems are shown beside another table, too.
		if (level !== 'problems') {
			this.#showsNodes = level === 'nodes' || level === 'tree';
			this.#needs = tablesFor(query);
		}

		const hasTime = nodesAtOnce();
		const isReady = this.#find(hasTime) && this.#place(hasTime);
		const key = JSON.stringify([level, query.scope?.namespaces]);
		const before = isReady ? undefined : this.#given.get(key);
		const view = before ?? this.#tables.view(query, nowMs, statistics, this.#atMs);
		if (view === undefined) {
			return undefined;
		}

		this.#given.set(key, view);
		// The level determines the type of the rows, which the compiler cannot tell.
		return (isReady ? view : {...view, isPending: true}) as View<L>;
	}

	/** Goes on with the last view as long as there is time. Nothing is made ready that was not asked for. */
	prepare(hasTime: () => boolean): Unprepared {
		const isReady =
			this.#find(hasTime) &&
			(!this.#showsNodes || this.#makeNodes(hasTime)) &&
			this.#place(hasTime) &&
			this.#tables.advanceView(hasTime) &&
			this.#count(hasTime);
		return isReady ? 'nothing' : 'view';
	}

	/** From now on all is of this moment. */
	moveTo(atMs: number): void {
		const version = this.#options.version();
		if (atMs === this.#atMs && version === this.#version) {
			return;
		}

		// A moment is overwritten some time, and may have a sample that comes late.
		const moments = this.#momentsAt(atMs);
		const hasMoved =
			atMs !== this.#atMs ||
			this.#nodes.some(({record, moment}) => moment?.timeMs !== moments.of(record.ticks)?.timeMs);
		this.#version = version;
		this.#atMs = atMs;
		this.#done = hasMoved ? NOTHING_DONE : {...NOTHING_DONE, nodes: this.#done.nodes};
		this.#isSummed = false;
		this.#isCounted = false;
		if (hasMoved) {
			this.#move(moments);
		}
	}

	#momentsAt(atMs: number): MomentOfRings {
		return new MomentOfRings(ticks => this.#options.pastRows.momentAt(ticks, atMs));
	}

	#move(moments: MomentOfRings): void {
		this.#moments = moments;
		this.#slots.pods.moveTo(moments);
		this.#slots.containers.moveTo(moments);
		for (const node of this.#nodes) {
			node.moveTo(moments);
			this.#tables.know(node.record, node.rows);
		}

		this.#tables.moved();
	}

	/** Finds out what was on nodes. */
	#find(hasTime: () => boolean): boolean {
		return this.#go('found', hasTime, node => {
			const before = node.rows;
			const isNew = node.find(this.#atMs);
			if (node.rows !== before) {
				this.#tables.know(node.record, node.rows);
			}

			return isNew;
		});
	}

	#makeNodes(hasTime: () => boolean): boolean {
		return this.#go('nodes', hasTime, ({record}) => {
			this.#options.pastRows.node(record, this.#atMs);
			return true;
		});
	}

	#count(hasTime: () => boolean): boolean {
		const {counts, countsOfNow} = this.#options;
		return this.#go('counts', hasTime, node => {
			const {record, counted, existing} = node;
			if (counted === existing) {
				return false;
			}

			node.counted = existing;
			counts.set(
				record,
				countsOfNow(record, existing) ??
					countsOfRows(
						existing.pods.map(({row}) => row),
						existing.containers.map(({row}) => row),
					),
			);
			return true;
		});
	}

	/** Puts what there was into the tables that are needed. */
	#place(hasTime: () => boolean): boolean {
		return this.#needs.every(
			table =>
				this.#go(table, hasTime, node => this.#placeOn(node, table)) && this.#tables.settle(table, hasTime),
		);
	}

	#placeOn(node: PastNode, table: Table): boolean {
		const {record, existing, placed} = node;
		if (placed[table] === existing[table]) {
			return false;
		}

		if (table === 'pods') {
			const {pods} = existing;
			placed.pods = pods;
			this.#slots.pods.put(
				record,
				this.#tables.place(
					table,
					record,
					pods.map(({row}) => row),
				),
				pods,
			);
		} else {
			const {containers} = existing;
			placed.containers = containers;
			this.#slots.containers.put(
				record,
				this.#tables.place(
					table,
					record,
					containers.map(({row}) => row),
				),
				containers,
			);
		}

		return true;
	}

	/** Goes on from node to node as long as there is time for those with which something is done. */
	#go(what: keyof Done, hasTime: () => boolean, visit: (node: PastNode) => boolean): boolean {
		let next = this.#done[what];
		let isInTime = true;
		while (next < this.#nodes.length && isInTime) {
			const node = this.#nodes[next++];
			isInTime = node === undefined || !visit(node) || hasTime();
		}

		this.#done = {...this.#done, [what]: next};
		return this.#isDone(what);
	}

	#isDone(what: keyof Done): boolean {
		return this.#done[what] >= this.#nodes.length;
	}
}

/** For how many nodes something is done. */
type Done = Readonly<Record<Table | 'counts' | 'found' | 'nodes', number>>;

const NOTHING_DONE: Done = {pods: 0, containers: 0, counts: 0, found: 0, nodes: 0};

const NOTHING: Existing = {pods: [], containers: [], counts: {pods: 0, containers: 0}, isOfNow: false};

/** A node, and what was on it at the moment. */
class PastNode {
	readonly record: NodeRecord;
	/** What the tables have. */
	readonly placed: {pods?: Existing['pods']; containers?: Existing['containers']} = {};
	/** What is counted. */
	counted: Existing | undefined;
	readonly #objects: ExistingObjects;
	#existing = NOTHING;
	#moment: RingMoment | undefined;
	#rows: RowsOfPast;

	constructor(record: NodeRecord, objects: ExistingObjects, moments: MomentOfRings) {
		this.record = record;
		this.#objects = objects;
		this.#moment = moments.of(record.ticks);
		this.#rows = new RowsOfPast(this.#existing, this.#moment);
	}

	/** As of the last `find`. */
	get existing(): Existing {
		return this.#existing;
	}

	/** Undefined where the node was not read by then. */
	get moment(): RingMoment | undefined {
		return this.#moment;
	}

	/** Other ones each time that they are others. */
	get rows(): UnreadRows {
		return this.#rows;
	}

	moveTo(moments: MomentOfRings): void {
		this.#moment = moments.of(this.record.ticks);
		this.#rows = new RowsOfPast(this.#existing, this.#moment);
	}

	/** Finds out what there was at a moment; returns whether that took long. */
	find(atMs: number): boolean {
		const known = this.#objects.knownAt(atMs);
		const existing = known ?? this.#objects.at(atMs);
		if (existing !== this.#existing) {
			this.#existing = existing;
			this.#rows = new RowsOfPast(existing, this.#moment);
		}

		return known === undefined;
	}
}

/** The rows of what was on a node, made when they are asked for, and then the same ones each time. */
class RowsOfPast implements UnreadRows {
	readonly #existing: Existing;
	readonly #moment: RingMoment | undefined;
	#pods: readonly PodRow[] | undefined;
	#containers: readonly ContainerRow[] | undefined;

	constructor(existing: Existing, moment: RingMoment | undefined) {
		this.#existing = existing;
		this.#moment = moment;
	}

	get pods(): readonly PodRow[] {
		this.#pods ??= this.#existing.pods.map(pod => pod.row.readAt(pod, this.#moment));
		return this.#pods;
	}

	get containers(): readonly ContainerRow[] {
		this.#containers ??= this.#existing.containers.map(one => one.row.readAt(one, this.#moment));
		return this.#containers;
	}
}

/** The tables that a view is made of beside rows of parts. */
function tablesFor({level, filter = '', tree = BY_NODES}: Query): readonly Table[] {
	switch (level) {
		case 'pods':
		case 'containers':
			return [level];
		case 'namespaces':
		case 'workloads':
			return ['pods'];
		case 'tree':
			return filter.trim() === '' && tree.by === 'nodes' ? [] : ['pods', 'containers'];
		case 'nodes':
		case 'processes':
		case 'problems':
			return [];
	}
}

function nodesAtOnce(): () => boolean {
	let nodes = NODES_AT_ONCE;
	return () => --nodes > 0;
}
