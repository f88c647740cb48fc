import type {ContainerRow, NodeRow, PodRow} from '../../metrics/model/row.ts';
import type {StatisticsOf} from '../../metrics/model/statistics.ts';
import type {Level, ListLevel, Query, RowOf, Scope, Unprepared, View} from '../../metrics/model/view.ts';
import type {HasAllPods} from '../../metrics/store/cluster-joins.ts';
import {LiveTables} from '../../metrics/store/live-tables.ts';
import {nodeIdOf} from './node-id-of.ts';

/** Tables of no more rows than this are made at once: their statistics are those of the store, and come in one by one. */
const MOST_AT_ONCE = 1000;

const NO_PODS: readonly PodRow[] = [];
const NO_CONTAINERS: readonly ContainerRow[] = [];

/** In which there is no row. */
const NO_PART = {};

type RowsByNode<R> = ReadonlyMap<string, readonly R[]>;

/** Nodes that are read together, with what was read last of what is on each of them. */
export type NodeGroup = {
	readonly names: ReadonlySet<string>;
	readonly parts: {
		readonly pod: {readonly byNode: RowsByNode<PodRow> | undefined};
		readonly container: {readonly byNode: RowsByNode<ContainerRow> | undefined};
	};
};

/** What the tables have of a node. */
class Part {
	node: NodeRow | undefined;
	pods = NO_PODS;
	containers = NO_CONTAINERS;
}

/** What the tables have of a group. */
type Taken = {
	readonly parts: Map<string, Part>;
	nodes: readonly NodeRow[] | undefined;
	pods: RowsByNode<PodRow> | undefined;
	containers: RowsByNode<ContainerRow> | undefined;
};

/** All nodes that a store has, and what is on them. */
export type StoredRows = {
	readonly nodes: readonly NodeRow[];
	readonly nodeOf: (name: string) => NodeRow | undefined;
	readonly groups: readonly NodeGroup[];
};

/**
 * The views of many rows that only a store has: taken in node by node, sorted and filtered in turns. They change with
 * `advance` alone.
 */
export class StoredTables {
	readonly #tables: LiveTables;
	readonly #groups = new Map<NodeGroup, Taken>();
	/** By the names of nodes, which are their ids. */
	readonly #parts = new Map<string, Part>();
	#nodes: readonly NodeRow[] = [];
	#pods = 0;
	#containers = 0;

	constructor(hasAllPods: HasAllPods) {
		const groups = this.#groups;
		const partOf = (id: string): Part | undefined => {
			const part = this.#parts.get(id);
			return part?.node === undefined ? undefined : part;
		};
		this.#tables = new LiveTables({
			*parts() {
				for (const {parts} of groups.values()) {
					yield* parts.values();
				}
			},
			partOf,
			partWith: id => this.#parts.get(nodeIdOf(id)) ?? NO_PART,
			nodeOf: part => (part instanceof Part ? part.node : undefined),
			nodes: id => (id === undefined ? this.#nodes : [partOf(id)?.node].filter(node => node !== undefined)),
			// Stores keep neither of them.
			processes: () => [],
			controllers: () => new Map(),
			hasAllPods,
		});
	}

	/** Takes in what was read, and makes the last view anew, as long as there is time; returns whether all is done. */
	advance({nodes, nodeOf, groups}: StoredRows, hasTime: () => boolean): boolean {
		this.#nodes = nodes;
		for (const group of groups) {
			if (!this.#take(group, nodeOf, hasTime)) {
				return false;
			}
		}

		if (this.#groups.size > groups.length) {
			this.#removeAllBut(new Set(groups));
		}

		return this.#tables.advance(0, hasTime);
	}

	/** See `LiveTables.prepare`. */
	prepare(hasTime: () => boolean): Unprepared {
		return this.#tables.prepare(hasTime);
	}

	/** Undefined for views that are to be made at once. */
	view<L extends Level>(
		query: Query<L>,
		nowMs: number,
		atMs: number,
		statistics: StatisticsOf | undefined,
	): View<L> | undefined {
		const isList = query.level === 'pods' || query.level === 'containers';
		// Statistics of other rows are those of the store: when they arrive, no row changes.
		return this.#hasMany(query.level) && (isList || query.windowMs === undefined)
			? this.#tables.view(query, nowMs, statistics, atMs)
			: undefined;
	}

	/** See `LiveTables.within`; undefined where there are few rows, too. */
	within<L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]> | undefined {
		return this.#hasMany(level) ? this.#tables.within(level, scope) : undefined;
	}

	#hasMany(level: Level): boolean {
		switch (level) {
			case 'pods':
				return this.#pods > MOST_AT_ONCE;
			case 'containers':
				return this.#containers > MOST_AT_ONCE;
			default:
				return this.#pods + this.#containers > MOST_AT_ONCE;
		}
	}

	#take(group: NodeGroup, nodeOf: StoredRows['nodeOf'], hasTime: () => boolean): boolean {
		const taken = this.#groups.get(group) ?? newTaken();
		this.#groups.set(group, taken);
		const nodes = this.#nodes;
		const {byNode: pods} = group.parts.pod;
		const {byNode: containers} = group.parts.container;
		if (taken.nodes === nodes && taken.pods === pods && taken.containers === containers) {
			return true;
		}

		const {parts} = taken;
		for (const name of new Set([...group.names, ...parts.keys(), ...keysOf(pods), ...keysOf(containers)])) {
			// What is on a node that is gone is there until its group is read again.
			const isListed = group.names.has(name);
			const hasChanged = this.#set(parts, name, isListed, {
				node: isListed ? nodeOf(name) : undefined,
				pods: pods?.get(name) ?? NO_PODS,
				containers: containers?.get(name) ?? NO_CONTAINERS,
			});
			if (hasChanged && !hasTime()) {
				return false;
			}
		}

		Object.assign(taken, {nodes, pods, containers});
		return true;
	}

	/** Returns whether the part is another one than before. */
	#set(parts: Map<string, Part>, name: string, isListed: boolean, found: Part): boolean {
		const part = parts.get(name) ?? new Part();
		if (!isListed && found.pods.length + found.containers.length === 0) {
			this.#remove(parts, name, part);
			return true;
		}

		const {node, pods, containers} = found;
		const isKnown = parts.has(name);
		parts.set(name, part);
		if (isListed) {
			this.#parts.set(name, part);
		}

		if (isKnown && part.node === node && part.pods === pods && part.containers === containers) {
			return false;
		}

		this.#count(part, -1);
		Object.assign(part, found);
		this.#count(part, 1);
		// An object of its own, also where the node alone is another one: problems and trees are made of both.
		this.#tables.set(part, {pods, containers});
		return true;
	}

	#removeAllBut(groups: ReadonlySet<NodeGroup>): void {
		for (const [group, {parts}] of this.#groups) {
			if (!groups.has(group)) {
				this.#groups.delete(group);
				for (const [name, part] of parts) {
					this.#remove(parts, name, part);
				}
			}
		}
	}

	#remove(parts: Map<string, Part>, name: string, part: Part): void {
		parts.delete(name);
		if (this.#parts.get(name) === part) {
			this.#parts.delete(name);
		}

		this.#count(part, -1);
		this.#tables.remove(part);
	}

	#count({pods, containers}: Part, sign: 1 | -1): void {
		this.#pods += sign * pods.length;
		this.#containers += sign * containers.length;
	}
}

function newTaken(): Taken {
	return {parts: new Map(), nodes: undefined, pods: undefined, containers: undefined};
}

function keysOf(map: ReadonlyMap<string, unknown> | undefined): Iterable<string> {
	return map?.keys() ?? [];
}
