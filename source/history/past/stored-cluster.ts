import {type CountsByNamespace, countsOfRows} from '../../metrics/model/counts.ts';
import type {ContainerRow, NodeRow, PodRow} from '../../metrics/model/row.ts';
import type {MomentEntry, MomentRequest, PastValue} from '../store/history-request.ts';
import {ShortTurns} from '../store/short-turns.ts';
import type {HistoryAccess} from './history-access.ts';
import {type MomentRows, rowsOfMoment} from './rows-of-moment.ts';
import {withoutGone} from './stand-in.ts';
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
	rows: readonly Row[] | undefined;
	counts: CountsByNamespace;
	/** How many rows there are on each node. */
	numbers: ReadonlyMap<string, number>;
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
};

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
	#groups: readonly Group[] = [];
	#groupOf: ReadonlyMap<string, Group> = new Map();
	#running: Promise<void> | undefined;
	#isClosed = false;

	constructor(options: StoredClusterOptions) {
		this.#options = options;
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

	/** Rows of a kind by namespace, without asking for them; undefined while some have not been read. */
	counts(kind: Kind): readonly CountsByNamespace[] | undefined {
		const parts = this.#groups.map(({parts}) => parts[kind]);
		return parts.every(({rows}) => rows !== undefined) ? parts.map(({counts}) => counts) : undefined;
	}

	/** Nodes whose rows have arrived, of those that are shown; undefined where nothing is missing. */
	progress(): {readonly read: number; readonly of: number} | undefined {
		const wanted = this.#groups.filter(group => KINDS.some(kind => this.#isWanted(group, kind)));
		const read = wanted.filter(group =>
			KINDS.every(kind => !this.#isWanted(group, kind) || group.parts[kind].rows !== undefined),
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
		const one = nodeId === undefined ? undefined : this.#groupOf.get(nodeId);
		const groups = nodeId === undefined ? this.#groups : one === undefined ? [] : [one];
		for (const {parts} of groups) {
			parts[kind].wantedMs = this.#options.now();
		}

		this.#read();
		const rows = groups.flatMap(({parts}) => parts[kind].rows ?? []);
		return nodeId === undefined ? rows : rows.filter(row => row.nodeId === nodeId);
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
			Object.assign(parts.pod, {rows, counts: countsOfRows(rows, []), numbers: numbersOf(rows), dueMs});
		} else {
			const {containers} = rowsOfMoment(
				{...withoutGone({...found, containers: entries}), nodes: []},
				NOTHING_KNOWN,
			);
			const rows = containers.filter(isOfGroup);
			Object.assign(parts.container, {
				rows,
				counts: countsOfRows([], rows),
				numbers: numbersOf(rows),
				dueMs,
			});
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
			const part = this.#groupOf.get(name)?.parts[kind];
			return part?.rows === undefined ? undefined : (part.numbers.get(name) ?? 0);
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
		if (part.rows !== undefined) {
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
		rows: undefined,
		counts: new Map(),
		numbers: new Map(),
		dueMs: Number.NEGATIVE_INFINITY,
		wantedMs: Number.NEGATIVE_INFINITY,
	};
}

function numbersOf(rows: ReadonlyArray<PodRow | ContainerRow>): ReadonlyMap<string, number> {
	const numbers = new Map<string, number>();
	for (const {node} of rows) {
		numbers.set(node, (numbers.get(node) ?? 0) + 1);
	}

	return numbers;
}

function sizeOf(groups: readonly Group[]): number {
	return groups.reduce((sum, {names}) => sum + names.size, 0);
}

function newestOf(entries: readonly MomentEntry[]): number | undefined {
	return entries.length === 0
		? undefined
		: entries.reduce((newest, {timeMs}) => Math.max(newest, timeMs), Number.NEGATIVE_INFINITY);
}
