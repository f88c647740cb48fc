import type {ControllersByCluster} from '../model/controller.ts';
import type {NodeRow, PodRow, ProcessRow} from '../model/row.ts';
import {isProcessWithin} from '../model/scope.ts';
import type {Scope} from '../model/view.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import {LiveTables, type LiveTablesOptions} from './live-tables.ts';
import type {NodeCounts} from './node-counts.ts';
import {nodeIdIn} from './node-of-id.ts';
import {NodeRecord} from './node-record.ts';
import type {PastRows} from './past-rows.ts';
import {PastTables, type PastTablesOptions} from './past-tables.ts';

/** A past moment of more pods is made in turns. */
const MANY_PODS = 2000;

/** Stands for the rows that are on no node. */
export const ELSEWHERE = {};

type Nodes = ReadonlyMap<string, NodeRecord>;

export type MomentTablesOptions = {
	readonly nodes: Nodes;
	readonly joins: ClusterJoins;
	readonly pastRows: PastRows;
	/** All pods that nodes report. */
	readonly podCount: () => number;
	/** The newest rows of nodes. */
	readonly nodeRows: (scope: Scope) => readonly NodeRow[];
	readonly processRows: (scope: Scope) => readonly ProcessRow[];
	/** Of the newest rows. */
	readonly counts: NodeCounts;
} & Pick<PastTablesOptions, 'countsOfNow' | 'version'>;

/**
 * Tables of now, of a pause and of a past moment. Those of a past moment and of a pause begin with what the ones of now
 * have, and are there as long as the screen shows them.
 */
export class MomentTables {
	readonly live: LiveTables;
	readonly #options: MomentTablesOptions;
	#past: PastTables | undefined;
	#frozen: {readonly atMs: number; readonly tables: LiveTables} | undefined;

	constructor(options: MomentTablesOptions) {
		this.#options = options;
		this.live = new LiveTables({
			...this.#partsOf(options.nodes),
			nodes: nodeId => options.nodeRows({nodeId}),
			nodeOf: part => (part instanceof NodeRecord ? part.node.row : undefined),
			processes: options.processRows,
		});
	}

	/** The tables that are shown, unless they are of a pause. */
	get shown(): Pick<LiveTables, 'prepare'> {
		return this.#past ?? this.live;
	}

	/** Tables that stay as they are now. */
	freeze(nowMs: number): LiveTables {
		const nodes = this.#options.nodeRows({});
		const byId = new Map(nodes.map(row => [row.id, row]));
		const processes = this.#options.processRows({});
		const options: LiveTablesOptions = {
			...this.#partsOf(new Map(this.#options.nodes)),
			nodeOf: part => (part instanceof NodeRecord ? byId.get(part.id) : undefined),
			nodes: id => (id === undefined ? nodes : only(byId.get(id))),
			processes: scope => processes.filter(row => isProcessWithin(row, scope)),
		};
		const tables = new LiveTables(options, this.live);
		this.#frozen = {atMs: nowMs, tables};
		return tables;
	}

	/** The screen shows what is now. */
	showLive(): void {
		if (this.#past !== undefined) {
			this.#past = undefined;
			this.#options.pastRows.forget();
		}

		this.#frozen = undefined;
	}

	/** A node came, which later past moments have. */
	add(): void {
		this.#past = undefined;
	}

	/** A node left, with its past. */
	remove(record: NodeRecord): void {
		this.#past = undefined;
		this.live.remove(record);
	}

	/** All of a past moment; undefined where that is of so few rows that all are made at once. */
	past(atMs: number): PastTables | undefined {
		if (this.#options.podCount() <= MANY_PODS) {
			return undefined;
		}

		this.#past ??= this.#newPast(atMs);
		this.#past.moveTo(atMs);
		return this.#past;
	}

	/**
	 * The pods on a node in tables that end at a moment, with the ids of the rows of their workloads: in those of the past, of
	 * a pause, or of now.
	 */
	workloadsOn(nodeId: string, atMs: number): Iterable<readonly [id: string, pod: PodRow]> {
		const frozen = this.#frozen?.atMs === atMs ? this.#frozen.tables : undefined;
		return (this.#past?.tablesAt(atMs) ?? frozen ?? this.live).workloadsOn(nodeId);
	}

	/** Whether rows of nodes at a past moment are not those of before. */
	hasNodesAt(atMs: number): boolean {
		return this.past(atMs)?.hasNodesAt(atMs) !== false;
	}

	/** Rows of nodes at a past moment; those of another one until all are made, in turns. */
	nodeRowsAt(records: Iterable<NodeRecord>, atMs: number): readonly NodeRow[] {
		const {pastRows} = this.#options;
		return this.past(atMs)?.nodeRows(records) ?? Array.from(records, record => pastRows.node(record, atMs));
	}

	#newPast(atMs: number): PastTables {
		const records = new Map(this.#options.nodes);
		const options = {
			...this.#options,
			...this.#partsOf(records),
			records,
			elsewhere: ELSEWHERE,
			counts: this.#options.counts.fork(),
		};
		return new PastTables(options, this.live, atMs);
	}

	#partsOf(
		nodes: Nodes,
	): Pick<LiveTablesOptions, 'parts' | 'partOf' | 'partWith' | 'hasAllPods' | 'controllers'> {
		const {joins} = this.#options;
		return {
			*parts() {
				yield* nodes.values();
				yield ELSEWHERE;
			},
			partOf: nodeId => nodes.get(nodeId),
			partWith: id => nodes.get(nodeIdIn(id, nodes) ?? '') ?? ELSEWHERE,
			hasAllPods: joins.hasAllPods,
			controllers: (): ControllersByCluster => joins.controllers(),
		};
	}
}

function only<T>(value: T | undefined): readonly T[] {
	return value === undefined ? [] : [value];
}
