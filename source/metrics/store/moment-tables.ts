import type {ControllersByCluster} from '../model/controller.ts';
import type {NodeRow, PodRow, ProcessRow} from '../model/row.ts';
import {isProcessWithin} from '../model/scope.ts';
import type {Scope} from '../model/view.ts';
import {FigureRoom} from '../rates/figure-room.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import {LiveTables, type LiveTablesOptions} from './live-tables.ts';
import {nodeIdIn} from './node-of-id.ts';
import {NodeRecord} from './node-record.ts';
import type {PastRows} from './past-rows.ts';
import {PastTables} from './past-tables.ts';

/** Numbers in the rows of some dozens of nodes. */
const PAST_FIGURES_AT_ONCE = 65_536;

/** A past moment of more pods is made in turns. */
const MANY_PODS = 2000;

/** Stands for the rows that are on no node. */
export const ELSEWHERE = {};

const NO_ROWS = {pods: [], containers: []};

type Nodes = ReadonlyMap<string, NodeRecord>;

type OfPast = PastTables<NodeRecord | typeof ELSEWHERE>;

export type MomentTablesOptions = {
	readonly nodes: Nodes;
	readonly joins: ClusterJoins;
	readonly pastRows: PastRows;
	/** All pods that nodes report. */
	readonly podCount: () => number;
	/** The newest rows of nodes. */
	readonly nodeRows: (scope: Scope) => readonly NodeRow[];
	readonly processRows: (scope: Scope) => readonly ProcessRow[];
};

/**
 * Tables of now, of a pause and of a past moment. Those of a past moment and of a pause begin with what the ones of now
 * have, and are there as long as the screen shows them.
 */
export class MomentTables {
	readonly live: LiveTables;
	readonly #options: MomentTablesOptions;
	#past: OfPast | undefined;
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
		this.#past = undefined;
		this.#frozen = undefined;
	}

	/** A node left, with its past. */
	remove(record: NodeRecord): void {
		this.#past = undefined;
		this.live.remove(record);
	}

	/** Undefined where the past is of so few rows that all are made at once. */
	past(): OfPast | undefined {
		if (this.#options.podCount() <= MANY_PODS) {
			return undefined;
		}

		this.#past ??= this.#newPast();
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

	/** Whether all rows of a past moment may be asked for: where they are made in turns, they are already. */
	isMadeAt(atMs: number): boolean {
		return this.past()?.isMadeAt(atMs) !== false;
	}

	/** Rows of nodes at a past moment; those of another one until all are made, in turns. */
	nodeRowsAt(records: Iterable<NodeRecord>, atMs: number): readonly NodeRow[] {
		const {pastRows} = this.#options;
		const isMade = this.isMadeAt(atMs);
		return Array.from(records, record =>
			isMade ? pastRows.node(record, atMs) : pastRows.lastOfNode(record),
		);
	}

	#newPast(): OfPast {
		const {pastRows} = this.#options;
		const nodes = new Map(this.#options.nodes);
		// An array for each node may wait each time until the collector has swept all that went.
		const room = new FigureRoom(PAST_FIGURES_AT_ONCE, PAST_FIGURES_AT_ONCE);
		let atMs = 0;
		const options: LiveTablesOptions = {
			...this.#partsOf(nodes),
			// What controllers want is known of now alone.
			controllers: () => new Map(),
			nodeOf: part => (part instanceof NodeRecord ? pastRows.node(part, atMs) : undefined),
			nodes: nodeId =>
				nodeId === undefined
					? this.nodeRowsAt(nodes.values(), atMs)
					: only(nodes.get(nodeId)).map(record => pastRows.node(record, atMs)),
			processes: () => [],
		};
		return new PastTables(new LiveTables(options, this.live), [...nodes.values(), ELSEWHERE], (part, at) => {
			atMs = at;
			if (!(part instanceof NodeRecord)) {
				return NO_ROWS;
			}

			pastRows.node(part, atMs);
			const records = [part];
			return {
				pods: pastRows.pods(records, {}, atMs, room),
				containers: pastRows.containers(records, {}, atMs, room),
			};
		});
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
