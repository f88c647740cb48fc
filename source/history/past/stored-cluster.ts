import {ShortTurns} from '../../http/short-turns.ts';
import {type CountsByNamespace, countsOfRows} from '../../metrics/model/counts.ts';
import type {ContainerRow, NodeRow, PodRow} from '../../metrics/model/row.ts';
import {isOfTables} from '../../metrics/model/scope.ts';
import type {StatisticsOf} from '../../metrics/model/statistics.ts';
import type {Level, ListLevel, Query, RowOf, Scope, Unprepared, View} from '../../metrics/model/view.ts';
import type {HasAllPods} from '../../metrics/store/cluster-joins.ts';
import {groupBy} from '../../metrics/view/group-by.ts';
import type {MomentEntry, MomentRequest, PastValue} from '../store/history-request.ts';
import type {HistoryAccess} from './history-access.ts';
import {nodeIdOf} from './node-id-of.ts';
import {type MomentRows, rowsOfMoment} from './rows-of-moment.ts';
import {withoutGone} from './stand-in.ts';
import {StoredTables} from './stored-tables.ts';
import {StoredTotals} from './stored-totals.ts';

/** Nodes whose pods one query answers for: a few thousand series, some megabytes. */
const GROUP_NODES = 100;

/** Up to this many nodes, pods and containers are read before they are shown: that costs two queries a step. */
const SMALL_NODES = GROUP_NODES;

/** How often a part is read again; longer where reading all parts would keep the store busy more than half the time. */
const STEP_MS = 15_000;
const BUSY_SHARE = 2;

/** Parts that nothing showed for this long are forgotten. */
const KEPT_MS = 60_000;

const KINDS = ['pod', 'container'] as const;

type Kind = (typeof KINDS)[number];

/** Values of nodes that are read together, what tables are sorted by first, and how often at most. */
const NODE_VALUES: ReadonlyArray<{readonly values: readonly PastValue[]; readonly everyMs: number}> = [
	{values: ['cpuCores', 'memoryWorkingSetBytes'], everyMs: STEP_MS},
	{values: ['cpuCapacityCores', 'memoryCapacityBytes'], everyMs: 600_000},
	{
		values: ['memoryRssBytes', 'rxBytesPerSecond', 'txBytesPerSecond', 'filesystemUsedBytes'],
		everyMs: STEP_MS,
	},
];

/** What was last read of these values, by the names of nodes. */
type NodePart = {
	readonly values: readonly PastValue[];
	readonly everyMs: number;
	entries: ReadonlyMap<string, MomentEntry> | undefined;
	dueMs: number;
};

type RowOfKind = {readonly pod: PodRow; readonly container: ContainerRow};

/** What was last read of one kind, and when it was last asked for. */
type Part<Row> = {
	/** By the names of nodes. */
	byNode: ReadonlyMap<string, readonly Row[]> | undefined;
	counts: CountsByNamespace;
	dueMs: number;
	wantedMs: number;
};

/** Nodes that are read together. Who is in a group stays in it, so that its rows need not be read again. */
type Group = {
	readonly names: Set<string>;
	readonly parts: {readonly [K in Kind]: Part<RowOfKind[K]>};
};

export type StoredClusterOptions = {
	readonly access: HistoryAccess;
	readonly now: () => number;
	/** Called when an answer changed what can be shown. */
	readonly onChange: () => void;
	/** The moment that is shown; undefined: the newest samples, read again and again. */
	readonly atMs: number | undefined;
	readonly lookBackMs: number;
	readonly stateOf: (row: NodeRow) => NodeRow['state'];
	/** Of which namespaces all pods are known; undefined where views are made at once, and `advance` is not called. */
	readonly hasAllPods?: HasAllPods | undefined;
};

const NO_NODES: readonly NodeRow[] = [];

const NOTHING_KNOWN: MomentRows = {nodes: [], pods: [], containers: []};

/**
 * A whole cluster of which only a store is asked: its nodes value by value, and the pods and containers of the nodes on
 * the screen by groups of nodes, so that no answer grows with the cluster. Parts arrive one after the other; what has
 * not arrived is absent, and `isComplete` says so.
 */
export class StoredCluster {
	readonly #options: StoredClusterOptions;
	readonly #nodeParts: readonly NodePart[] = NODE_VALUES.map(part => ({
		...part,
		entries: undefined,
		dueMs: Number.NEGATIVE_INFINITY,
	}));
	#nodes: readonly NodeRow[] | undefined;
	#placeOf: ReadonlyMap<string, number> = new Map();
	#newestMs: number | undefined;
	readonly #totals = new StoredTotals();
	readonly #tables: StoredTables | undefined;
	#groups: readonly Group[] = [];
	#groupOf: ReadonlyMap<string, Group> = new Map();
	#running: Promise<void> | undefined;
	#isClosed = false;

	constructor(options: StoredClusterOptions) {
		this.#options = options;
		this.#tables = options.hasAllPods && new StoredTables(options.hasAllPods);
	}

	/** Undefined until the store has answered. */
	get nodes(): readonly NodeRow[] | undefined {
		this.#read();
		return this.#nodes;
	}

	/** The newest sample of any node. */
	get newestMs(): number | undefined {
		return this.#newestMs;
	}

	/** Sums of all nodes, of each time at which they were read. */
	get totals(): StoredTotals {
		return this.#totals;
	}

	pods(nodeId?: string): readonly PodRow[] {
		return this.#rowsOf('pod', nodeId);
	}

	containers(nodeId?: string): readonly ContainerRow[] {
		return this.#rowsOf('container', nodeId);
	}

	/** Makes views ready of what was read, as long as there is time; returns whether all of it is in them. */
	advance(hasTime: () => boolean): boolean {
		const nodes = this.#nodes ?? NO_NODES;
		const nodeOf = (name: string): NodeRow | undefined => nodes[this.#placeOf.get(name) ?? -1];
		return this.#tables?.advance({nodes, nodeOf, groups: this.#groups}, hasTime) ?? true;
	}

	/** Goes on with the last view as long as there is time. */
	prepare(hasTime: () => boolean): Unprepared {
		return this.#tables?.prepare(hasTime) ?? 'nothing';
	}

	/** A view of many rows as of the last `advance`; undefined for one that is to be made of rows at once. */
	view<L extends Level>(
		query: Query<L>,
		nowMs: number,
		atMs: number,
		statistics: StatisticsOf | undefined,
	): View<L> | undefined {
		const kinds = kindsIn(query);
		const view =
			kinds.length > 0 && isOfTables(query) ? this.#tables?.view(query, nowMs, atMs, statistics) : undefined;
		if (view !== undefined) {
			this.#want(kinds);
			for (const id of query.tree?.open ?? []) {
				this.containers(nodeIdOf(id));
			}
		}

		return view;
	}

	/** Many rows in some namespaces, as of the last `advance`. */
	within<L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]> | undefined {
		const rows = this.#tables?.within(level, scope);
		if (rows !== undefined) {
			this.#want(kindsIn({level}));
		}

		return rows;
	}

	/** Rows of a kind by namespace, without asking for them; undefined while some have not been read. */
	counts(kind: Kind): readonly CountsByNamespace[] | undefined {
		const parts = this.#groups.map(({parts}) => parts[kind]);
		return parts.every(({byNode}) => byNode !== undefined) ? parts.map(({counts}) => counts) : undefined;
	}

	/** Nodes whose rows have arrived, of those that are shown; undefined where nothing is missing. */
	progress(): {readonly read: number; readonly of: number} | undefined {
		const wanted = this.#groups.filter(group => KINDS.some(kind => this.#isWanted(group, kind)));
		const read = wanted.filter(group =>
			KINDS.every(kind => !this.#isWanted(group, kind) || group.parts[kind].byNode !== undefined),
		);
		return read.length === wanted.length ? undefined : {read: sizeOf(read), of: sizeOf(wanted)};
	}

	/** Resolves when all that was asked for has been read, or the store cannot be asked. */
	async settled(): Promise<void> {
		this.#read();
		await this.#running;
	}

	close(): void {
		this.#isClosed = true;
	}

	#rowsOf<K extends Kind>(kind: K, nodeId: string | undefined): ReadonlyArray<RowOfKind[K]> {
		if (nodeId === undefined) {
			this.#want([kind]);
			return this.#groups.flatMap(({parts}) => [...(parts[kind].byNode?.values() ?? [])].flat());
		}

		const group = this.#groupOf.get(nodeId);
		this.#want([kind], group === undefined ? [] : [group]);
		return group?.parts[kind].byNode?.get(nodeId) ?? [];
	}

	/** Reads some kinds of rows, and keeps on doing so for a while. */
	#want(kinds: readonly Kind[], groups = this.#groups): void {
		for (const {parts} of groups) {
			for (const kind of kinds) {
				parts[kind].wantedMs = this.#options.now();
			}
		}

		this.#read();
	}

	#isWanted({parts}: Group, kind: Kind): boolean {
		return this.#groupOf.size <= SMALL_NODES || this.#options.now() - parts[kind].wantedMs < KEPT_MS;
	}

	/** Reads the parts that are due one by one, unless it is doing so already. */
	#read(): void {
		this.#running ??= this.#readAll().finally(() => {
			this.#running = undefined;
		});
	}

	async #readAll(): Promise<void> {
		// The next part is chosen after each, since the screen changes meanwhile.
		for (let isRead = true; isRead && !this.#isClosed; ) {
			const part = this.#nodeParts.find(({dueMs}) => dueMs <= this.#options.now());
			isRead = part === undefined ? await this.#readNext() : await this.#readNodes(part);
		}
	}

	async #readNodes(part: NodePart): Promise<boolean> {
		const startedMs = this.#options.now();
		const entries = await this.#ask('node', undefined, part.values);
		if (entries === undefined) {
			return false;
		}

		part.dueMs = this.#dueAfter(startedMs, 1, part.everyMs);
		part.entries = new Map(entries.map(entry => [entry.node ?? '', entry]));
		if (part === this.#nodeParts[0]) {
			this.#newestMs = newestOf(entries);
			this.#regroup(part.entries);
		}

		await this.#makeNodes();
		return true;
	}

	/** False where nothing is due, or the store cannot be asked. */
	async #readNext(): Promise<boolean> {
		let next: {readonly group: Group; readonly kind: Kind; readonly dueMs: number} | undefined;
		for (const group of this.#groups) {
			for (const kind of KINDS) {
				const {dueMs} = group.parts[kind];
				if (!this.#isWanted(group, kind)) {
					this.#forget(group, kind);
				} else if (dueMs < (next?.dueMs ?? Number.POSITIVE_INFINITY)) {
					next = {group, kind, dueMs};
				}
			}
		}

		return next !== undefined && next.dueMs <= this.#options.now()
			? this.#readPart(next.group, next.kind)
			: false;
	}

	async #readPart(group: Group, kind: Kind): Promise<boolean> {
		const {names, parts} = group;
		const startedMs = this.#options.now();
		const entries = await this.#ask(kind, [...names]);
		if (entries === undefined) {
			return false;
		}

		const [first] = this.#nodeParts;
		const found = {nodes: [...(first?.entries?.values() ?? [])], pods: [], containers: []};
		const dueMs = this.#dueAfter(startedMs, this.#groups.length * KINDS.length);
		const isOfGroup = ({node}: {readonly node: string}): boolean => names.has(node);
		if (kind === 'pod') {
			const rows = rowsOfMoment(
				{...withoutGone({...found, pods: entries}), nodes: []},
				NOTHING_KNOWN,
			).pods.filter(isOfGroup);
			Object.assign(parts.pod, {byNode: byNodeOf(rows), counts: countsOfRows(rows, []), dueMs});
		} else {
			const {containers} = rowsOfMoment(
				{...withoutGone({...found, containers: entries}), nodes: []},
				NOTHING_KNOWN,
			);
			const rows = containers.filter(isOfGroup);
			Object.assign(parts.container, {byNode: byNodeOf(rows), counts: countsOfRows([], rows), dueMs});
		}

		this.#replaceNodes(group);
		this.#options.onChange();
		return true;
	}

	#ask(
		kind: MomentRequest['kind'],
		nodes: readonly string[] | undefined,
		values?: readonly PastValue[],
	): Promise<readonly MomentEntry[] | undefined> {
		const {access, atMs, now, lookBackMs} = this.#options;
		return access.ask((store, signal) =>
			store.moment({kind, atMs: atMs ?? now(), lookBackMs, nodes, values}, signal),
		);
	}

	/** When a part that took until now is read again, beside `parts` of its like. A moment of the past does not change. */
	#dueAfter(startedMs: number, parts: number, everyMs = STEP_MS): number {
		const tookMs = this.#options.now() - startedMs;
		return this.#options.atMs === undefined
			? startedMs + Math.max(everyMs, BUSY_SHARE * tookMs * parts)
			: Number.POSITIVE_INFINITY;
	}

	#regroup(names: ReadonlyMap<string, MomentEntry>): void {
		const groups = this.#groups.filter(group => {
			for (const name of group.names) {
				if (!names.has(name)) {
					group.names.delete(name);
				}
			}

			return group.names.size > 0;
		});
		const groupOf = new Map(groups.flatMap(group => [...group.names].map(name => [name, group] as const)));
		for (const name of names.keys()) {
			if (!groupOf.has(name)) {
				const last = groups.at(-1);
				const group = last !== undefined && last.names.size < GROUP_NODES ? last : newGroup();
				if (group !== last) {
					groups.push(group);
				}

				group.names.add(name);
				groupOf.set(name, group);
				for (const kind of KINDS) {
					group.parts[kind].dueMs = Number.NEGATIVE_INFINITY;
				}
			}
		}

		this.#groups = groups;
		this.#groupOf = groupOf;
	}

	/** In short turns of the event loop, and shown when all are made. */
	async #makeNodes(): Promise<void> {
		const turns = new ShortTurns();
		const names = [...(this.#nodeParts[0]?.entries?.keys() ?? [])];
		const rows: NodeRow[] = [];
		for (const name of names) {
			await turns.rest();
			rows.push(...this.#nodeOf(name));
		}

		this.#nodes = rows;
		this.#placeOf = new Map(rows.map(({name}, place) => [name, place]));
		if (this.#newestMs !== undefined && this.#nodeParts.every(({entries}) => entries !== undefined)) {
			this.#totals.add(this.#newestMs, rows);
		}

		this.#options.onChange();
	}

	/** Makes the rows of a group's nodes anew, whose numbers of pods or containers have changed. */
	#replaceNodes({names}: Group): void {
		const rows = [...(this.#nodes ?? [])];
		for (const name of names) {
			const place = this.#placeOf.get(name);
			const [row] = this.#nodeOf(name);
			if (place !== undefined && row !== undefined) {
				rows[place] = row;
			}
		}

		this.#nodes = this.#nodes && rows;
	}

	/** The row of a node with the numbers of its pods and containers, where these were read. */
	#nodeOf(name: string): readonly NodeRow[] {
		const [first, ...others] = this.#nodeParts.map(({entries}) => entries?.get(name));
		const values = Object.assign({}, ...[first, ...others].map(part => part?.values));
		const numberOn = (kind: Kind): number | undefined => {
			const byNode = this.#groupOf.get(name)?.parts[kind].byNode;
			return byNode && (byNode.get(name)?.length ?? 0);
		};
		const nodes = first === undefined ? [] : [{...first, values}];
		return rowsOfMoment({nodes, pods: [], containers: []}, NOTHING_KNOWN).nodes.map(row =>
			Object.assign(row, {
				podCount: numberOn('pod'),
				containerCount: numberOn('container'),
				state: this.#options.stateOf(row),
			}),
		);
	}

	#forget(group: Group, kind: Kind): void {
		const part = group.parts[kind];
		if (part.byNode !== undefined) {
			Object.assign(part, newPart());
			this.#replaceNodes(group);
		}
	}
}

function newGroup(): Group {
	return {names: new Set(), parts: {pod: newPart(), container: newPart()}};
}

function newPart<Row>(): Part<Row> {
	return {
		byNode: undefined,
		counts: new Map(),
		dueMs: Number.NEGATIVE_INFINITY,
		wantedMs: Number.NEGATIVE_INFINITY,
	};
}

function byNodeOf<R extends PodRow | ContainerRow>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
	return groupBy(rows, ({node}) => node);
}

/** The kinds of rows that a view is made of: all of them, and not only those of some nodes. */
function kindsIn({level, filter = '', tree}: Query): readonly Kind[] {
	switch (level) {
		case 'pods':
		case 'workloads':
			return ['pod'];
		case 'containers':
			return ['container'];
		case 'namespaces':
		case 'problems':
			return KINDS;
		case 'tree': {
			const by = tree?.by ?? 'nodes';
			return filter.trim() !== '' || by === 'namespaces'
				? KINDS
				: typeof by === 'object' && by.of === 'pods'
					? ['pod']
					: [];
		}
		case 'nodes':
		case 'processes':
			return [];
	}
}

function sizeOf(groups: readonly Group[]): number {
	return groups.reduce((sum, {names}) => sum + names.size, 0);
}

function newestOf(entries: readonly MomentEntry[]): number | undefined {
	return entries.length === 0
		? undefined
		: entries.reduce((newest, {timeMs}) => Math.max(newest, timeMs), Number.NEGATIVE_INFINITY);
}
