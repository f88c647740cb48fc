import type {ControllersByCluster} from '../model/controller.ts';
import type {
	ContainerRow,
	NamespaceRow,
	NodeRow,
	PodRow,
	ProcessRow,
	Row,
	WorkloadRow,
} from '../model/row.ts';
import {isContainerWithin, isPodWithin} from '../model/scope.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {
	Level,
	ListLevel,
	Query,
	RowOf,
	RowsByLevel,
	RowsOf,
	Scope,
	Unprepared,
	View,
} from '../model/view.ts';
import type {PodsOfPart} from '../rollups/known-pods.ts';
import type {Steps} from '../view/in-turns.ts';
import {LiveProblems, type SuspectPart} from '../view/live-problems.ts';
import {type OtherMoment, RowTable} from '../view/row-table.ts';
import {SlotPods} from '../view/slot-pods.ts';
import {TableView} from '../view/table-view.ts';
import type {UnreadRows} from './cluster-join.ts';
import type {HasAllPods} from './cluster-joins.ts';
import {LiveRollUp} from './live-roll-up.ts';
import {LiveTree} from './live-tree.ts';
import {namespacesInSteps} from './roll-up-namespaces.ts';
import {workloadsInSteps} from './roll-up-workloads.ts';

/** What the tables are made of beside the rows of their parts. */
export type LiveTablesOptions = {
	/** All parts, in the order in which they are summed. */
	readonly parts: () => Iterable<object>;
	/** The node whose rows a part has. */
	readonly nodeOf: (part: object) => NodeRow | undefined;
	/** The part with the rows of a node. */
	readonly partOf: (nodeId: string) => object | undefined;
	/** The only part that may have the pod or container with an id. */
	readonly partWith: (id: string) => object;
	/** All nodes, or the one with an id. */
	readonly nodes: (id: string | undefined) => readonly NodeRow[];
	readonly processes: (scope: Scope) => readonly ProcessRow[];
	/** Whether all pods of a namespace are known, which sums of requests need. */
	readonly hasAllPods: HasAllPods;
	readonly controllers: () => ControllersByCluster;
};

/** Other moments of rows than those of the tables themselves. */
export type MomentsOfRows = {
	readonly pods: OtherMoment<PodRow>;
	readonly containers: OtherMoment<ContainerRow>;
};

/** What sums need of more pods than this is made ready before they are asked for. */
const MANY = 4096;

type Shown = {
	readonly advance: (hasTime: () => boolean) => boolean;
	readonly foresee?: (hasTime: () => boolean) => boolean;
};

/**
 * The views of all pods and containers, and of what is made of them. They change with `set` and `advance` alone, so that a
 * view that takes several turns is of one moment.
 */
export class LiveTables {
	readonly #options: LiveTablesOptions;
	readonly #pods: RowTable<PodRow>;
	readonly #containers: RowTable<ContainerRow>;
	readonly #slotPods: SlotPods;
	readonly #podView: TableView<'pods'>;
	readonly #containerView: TableView<'containers'>;
	readonly #namespaces: LiveRollUp<'namespaces'>;
	readonly #workloads: LiveRollUp<'workloads'>;
	readonly #tree: LiveTree;
	readonly #problems: LiveProblems;
	readonly #known: Map<object, UnreadRows>;
	#version = 0;
	#inventoryVersion = 0;
	/** The table that was asked for last, and problems beside it, since the last batch and in that before. */
	#shown: {readonly table?: Shown; readonly beside?: Shown} = {};
	#shownBefore: {readonly table?: Shown; readonly beside?: Shown} = {};

	/** `before`: tables whose rows these keep as they are now. `moments`: of which their rows are given. */
	constructor(options: LiveTablesOptions, before?: LiveTables, moments?: MomentsOfRows) {
		this.#options = options;
		if (before === undefined) {
			this.#known = new Map();
			this.#pods = new RowTable(options.partWith);
			this.#containers = new RowTable(options.partWith);
			this.#slotPods = new SlotPods(this.#pods);
			this.#podView = new TableView('pods', this.#pods);
			this.#containerView = new TableView('containers', this.#containers);
		} else {
			this.#version = before.#version;
			this.#inventoryVersion = before.#inventoryVersion;
			this.#known = new Map(before.#known);
			this.#pods = before.#pods.fork(options.partWith, moments?.pods);
			this.#containers = before.#containers.fork(options.partWith, moments?.containers);
			this.#slotPods = before.#slotPods.fork(this.#pods);
			this.#podView = before.#podView.fork(this.#pods);
			this.#containerView = before.#containerView.fork(this.#containers);
		}

		const [namespaces, workloads, problems] =
			before === undefined ? [] : [before.#namespaces, before.#workloads, before.#problems];
		const {hasAllPods, controllers} = options;
		const version = (): string => `${this.#version} ${this.#inventoryVersion}`;
		this.#namespaces = new LiveRollUp(
			'namespaces',
			version,
			() =>
				this.#ofKnownPods(() =>
					namespacesInSteps(this.#podsOfParts(), this.#slotPods, this.#containersOfParts(), hasAllPods),
				),
			namespaces,
		);
		this.#workloads = new LiveRollUp(
			'workloads',
			version,
			() =>
				this.#ofKnownPods(() =>
					workloadsInSteps(this.#podsOfParts(), this.#slotPods, hasAllPods, controllers()),
				),
			workloads,
		);
		this.#problems = new LiveProblems(version, () => this.#suspects(), problems);
		this.#tree = new LiveTree({
			...options,
			version,
			rows: this.rows,
			known: this.#known,
			tables: {
				pods: {table: this.#pods, columns: this.#podView.columns},
				containers: {table: this.#containers, columns: this.#containerView.columns},
			},
			sumNamespaces: hasTime => this.#namespaces.sum(hasTime),
			podsOfParts: () => this.#podsOfParts(),
			slotPods: this.#slotPods,
		});
	}

	/** Replaces the rows of a part; returns whether they are others. */
	set(part: object, rows: UnreadRows): boolean {
		if (this.#known.get(part) === rows) {
			return false;
		}

		this.#version++;
		this.#known.set(part, rows);
		this.#pods.set(part, rows.pods);
		this.#containers.set(part, rows.containers);
		return true;
	}

	/** Replaces the rows of a part at the moment of the tables, which are looked at only for what is made of them. */
	know(part: object, rows: UnreadRows): void {
		this.#version++;
		this.#known.set(part, rows);
	}

	/** Replaces the rows of a part in one table, at whatever moment; returns their slots. */
	place(level: 'pods', part: object, rows: readonly PodRow[]): Uint32Array;
	place(level: 'containers', part: object, rows: readonly ContainerRow[]): Uint32Array;
	place(level: 'pods' | 'containers', part: object, rows: readonly (PodRow | ContainerRow)[]): Uint32Array {
		this.#version++;
		// The level determines the type of the rows, which the compiler cannot tell.
		const table = (level === 'pods' ? this.#pods : this.#containers) as RowTable<PodRow | ContainerRow>;
		table.set(part, rows);
		return table.slotsOf(part);
	}

	/** Orders what was placed as long as there is time; returns whether all is. */
	settle(level: 'pods' | 'containers', hasTime: () => boolean): boolean {
		return (level === 'pods' ? this.#pods : this.#containers).settle(hasTime);
	}

	/** The moment of the tables is another one. */
	moved(): void {
		this.#version++;
		this.#pods.moved();
		this.#containers.moved();
		this.forgetStatistics();
	}

	/** Goes on with the last view as long as there is time; returns whether it can be given at once. */
	advanceView(hasTime: () => boolean): boolean {
		const {table, beside} = this.#shown;
		return table?.advance(hasTime) !== false && beside?.advance(hasTime) !== false;
	}

	remove(part: object): void {
		this.#version++;
		this.#known.delete(part);
		this.#pods.set(part, []);
		this.#containers.set(part, []);
	}

	/**
	 * Takes in new rows, and makes the last view anew, as long as there is time; returns whether all is done. A view that was
	 * not asked for lately catches up when it is.
	 */
	advance(inventoryVersion: number, hasTime: () => boolean): boolean {
		this.#inventoryVersion = inventoryVersion;
		return this.#pods.settle(hasTime) && this.#containers.settle(hasTime) && this.#advanceShown(hasTime);
	}

	/** What was not shown again after the last batch is not kept up to date. */
	#advanceShown(hasTime: () => boolean): boolean {
		const {table, beside} = {...this.#shownBefore, ...this.#shown};
		if (table?.advance(hasTime) === false || beside?.advance(hasTime) === false) {
			return false;
		}

		this.#shownBefore = this.#shown;
		this.#shown = {};
		return true;
	}

	/**
	 * Goes on with the last view as long as there is time, then with what is likely to be asked for next: other orders of the
	 * table that is shown, and the one of those that are not.
	 */
	readonly prepare = (hasTime: () => boolean): Unprepared => {
		if (!this.advanceView(hasTime)) {
			return 'view';
		}

		const {table, beside} = this.#shown;
		const isReady =
			table?.foresee?.(hasTime) !== false &&
			beside?.foresee?.(hasTime) !== false &&
			this.#podView.keepOrder(hasTime) &&
			(this.#pods.order.length < MANY || this.#slotPods.advance(hasTime)) &&
			this.#containerView.keepOrder(hasTime);
		return isReady ? 'nothing' : 'next';
	};

	/** Undefined for other views than these. `atMs`: when there were the rows. */
	readonly view = <L extends Level>(
		query: Query<L>,
		nowMs: number,
		statistics?: StatisticsOf,
		atMs: number = nowMs,
	): View<L> | undefined => {
		const view = this.#view(query, nowMs, statistics, atMs);
		// The level determines the type of the rows, which the compiler cannot tell.
		return view === undefined || atMs === nowMs
			? (view as View<L> | undefined)
			: ({...view, atMs} as View<L>);
	};

	/** From now on statistics are those of another window. */
	forgetStatistics(): void {
		for (const view of [this.#podView, this.#containerView, this.#namespaces, this.#workloads]) {
			view.forgetStatistics();
		}
	}

	#view(
		{level, ...query}: Query,
		nowMs: number,
		statistics: StatisticsOf | undefined,
		atMs: number,
	): View | undefined {
		switch (level) {
			case 'pods':
				this.#show(this.#podView);
				return this.#podView.view(query, nowMs, nowMs, statistics);
			case 'containers':
				this.#show(this.#containerView);
				return this.#containerView.view(query, nowMs, nowMs, statistics);
			case 'namespaces':
				this.#show(this.#namespaces);
				return this.#namespaces.view(query, nowMs, statistics);
			case 'workloads':
				this.#show(this.#workloads);
				return this.#workloads.view(query, nowMs, statistics);
			case 'tree':
				// Of nodes, only what is open is looked at.
				if ((query.filter ?? '').trim() === '' && (query.tree?.by ?? 'nodes') === 'nodes') {
					this.#show({advance: () => true, foresee: this.#tree.foresee});
					return undefined;
				}

				this.#show(this.#tree);
				return this.#tree.view({...query, level}, nowMs, statistics);
			case 'nodes':
			case 'processes':
				this.#show(undefined);
				return undefined;
			case 'problems':
				this.#shown = {...this.#shown, beside: this.#problems};
				return this.#problems.view(query, nowMs, atMs);
		}
	}

	#show(table: Shown | undefined): void {
		const {beside} = this.#shown;
		this.#shown = {...(table && {table}), ...(beside && {beside})};
	}

	*#suspects(): Iterable<SuspectPart> {
		for (const part of this.#options.parts()) {
			const rows = this.#known.get(part);
			if (rows !== undefined) {
				yield {part, node: this.#options.nodeOf(part), rows};
			}
		}
	}

	/** Changes with what the tables have. */
	get version(): number {
		return this.#version;
	}

	/** Sums as of the last `advance`, if they are ready. */
	get namespaces(): readonly NamespaceRow[] | undefined {
		return this.#namespaces.rows;
	}

	get workloads(): readonly WorkloadRow[] | undefined {
		return this.#workloads.rows;
	}

	/** All rows, or those on a node; of pods and containers also those in some namespaces. */
	readonly rows: RowsOf = (level, scope) => {
		const {nodeId} = scope;
		const rowsOf: RowsByLevel = {
			nodes: () => this.#options.nodes(nodeId),
			pods: () =>
				nodeId === undefined
					? (this.within('pods', scope) ?? [...this.#allPods()])
					: (this.#rowsIn(nodeId)?.pods ?? []),
			containers: () =>
				nodeId === undefined
					? (this.within('containers', scope) ?? [...this.#allContainers()])
					: (this.#rowsIn(nodeId)?.containers ?? []),
			namespaces: () => this.#namespaces.atOnce(),
			workloads: () => this.#workloads.atOnce(),
			processes: () => this.#options.processes(scope),
		};
		return rowsOf[level]();
	};

	/** The pods or containers in some namespaces; undefined for other levels and scopes. */
	within<L extends ListLevel>(level: L, scope: Scope): ReadonlyArray<RowOf[L]> | undefined;
	within(level: ListLevel, scope: Scope): readonly Row[] | undefined {
		const {namespaces, nodeId, podId} = scope;
		if (namespaces === undefined || nodeId !== undefined || podId !== undefined) {
			return undefined;
		}

		const each = [...new Set(namespaces)];
		switch (level) {
			case 'pods':
				return each.flatMap(name => this.#pods.within(name)).filter(row => isPodWithin(row, scope));
			case 'containers':
				return each
					.flatMap(name => this.#containers.within(name))
					.filter(row => isContainerWithin(row, scope));
			default:
				return undefined;
		}
	}

	#rowsIn(nodeId: string): UnreadRows | undefined {
		const part = this.#options.partOf(nodeId);
		return part && this.#known.get(part);
	}

	/** The pods on a node, with the ids of the rows of their workloads. */
	*workloadsOn(nodeId: string): Iterable<readonly [id: string, pod: PodRow]> {
		const part = this.#options.partOf(nodeId);
		const slots = this.#pods.slotsOf(part);
		for (const [place, pod] of this.#rowsIn(nodeId)?.pods.entries() ?? []) {
			yield [this.#slotPods.workloadIdOf(pod, slots[place] ?? 0), pod];
		}
	}

	/** What is made of pods of which all is known. */
	*#ofKnownPods<Value>(begin: () => Steps<Value>): Steps<Value> {
		while (!this.#slotPods.advance(() => false)) {
			yield;
		}

		return yield* begin();
	}

	*#podsOfParts(): Iterable<PodsOfPart> {
		for (const part of this.#options.parts()) {
			yield {pods: this.#known.get(part)?.pods ?? [], slots: this.#pods.slotsOf(part)};
		}
	}

	*#containersOfParts(): Iterable<readonly ContainerRow[]> {
		for (const part of this.#options.parts()) {
			yield this.#known.get(part)?.containers ?? [];
		}
	}

	*#allPods(): Iterable<PodRow> {
		for (const part of this.#options.parts()) {
			yield* this.#known.get(part)?.pods ?? [];
		}
	}

	*#allContainers(): Iterable<ContainerRow> {
		for (const part of this.#options.parts()) {
			yield* this.#known.get(part)?.containers ?? [];
		}
	}
}
