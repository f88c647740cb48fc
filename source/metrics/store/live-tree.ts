import type {ContainerRow, GroupRow, NodeRow, PodRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Grouping, Query, RowsOf, View} from '../model/view.ts';
import type {PodsOfPart} from '../rollups/known-pods.ts';
import {groupInSteps} from '../view/group-by.ts';
import {groupKnownPods, groupsInSteps} from '../view/group-roots.ts';
import {InTurns, type Steps} from '../view/in-turns.ts';
import type {Branch, TreeSource, Unopened} from '../view/select-tree.ts';
import {
	BY_NODES,
	hasProcesses,
	namespaceKeyOf,
	type PodsByNamespace,
	podIdOf,
	treeSource,
} from '../view/select-view.ts';
import type {SlotPods} from '../view/slot-pods.ts';
import {type Part, TreeMatches} from '../view/tree-matches.ts';
import {TreeView} from '../view/tree-view.ts';
import type {UnreadRows} from './cluster-join.ts';

/** What a tree is made of. */
export type LiveTreeOptions = {
	/** Changes with what is in the tree. */
	readonly version: () => string;
	readonly rows: RowsOf;
	/** The rows of parts as they are now. */
	readonly known: ReadonlyMap<object, UnreadRows>;
	/** See `LiveTablesOptions`. */
	readonly parts: () => Iterable<object>;
	readonly partOf: (nodeId: string) => object | undefined;
	readonly partWith: (id: string) => object;
	readonly nodes: (id: string | undefined) => readonly NodeRow[];
	/** The tables of all rows. */
	readonly tables: ConstructorParameters<typeof TreeMatches>[0];
	/** Sums namespaces as long as there is time; returns whether all are. */
	readonly sumNamespaces: (hasTime: () => boolean) => boolean;
	/** The pods of parts, and what is known of them. */
	readonly podsOfParts: () => Iterable<PodsOfPart>;
	readonly slotPods: SlotPods;
};

/** What is in the tree at one moment. */
type Moment = {
	readonly parts: readonly Part[];
	readonly byNode: ReadonlyMap<string, Part>;
	readonly byKey: ReadonlyMap<object, Part>;
	/** Of pods that were looked at. */
	readonly containersOfPods: Map<PodRow, readonly ContainerRow[]>;
	/** Of nodes that were looked at, by the ids of their pods. */
	readonly containersOfNodes: Map<string, ReadonlyMap<string, readonly ContainerRow[]>>;
	/** The slots of the pods in rows that were counted. */
	readonly slotsWithin: Map<readonly Branch[], Uint32Array>;
};

/** How many parts are looked up in a step. */
const PARTS_A_STEP = 128;

/** The views of a tree that is filtered, or does not begin with nodes: only what is looked at is opened. */
export class LiveTree {
	readonly #options: LiveTreeOptions;
	readonly #matches: TreeMatches;
	readonly #view: TreeView;
	readonly #podsByNamespace = new InTurns<PodsByNamespace>();
	readonly #groups = new InTurns<readonly GroupRow[]>();
	readonly #moment = new InTurns<Moment>();
	readonly #slotOf = new InTurns<ReadonlyMap<Branch, number>>();
	readonly #joined = new InTurns<void>();

	constructor(options: LiveTreeOptions) {
		this.#options = options;
		this.#matches = new TreeMatches(options.tables);
		this.#view = new TreeView(options.version, (query, nowMs) => this.#source(query, nowMs));
	}

	view(query: Query<'tree'>, nowMs: number, statistics?: StatisticsOf): View<'tree'> {
		return this.#view.view(query, nowMs, statistics);
	}

	/** See `TreeView.advance`. */
	advance(hasTime: () => boolean): boolean {
		return this.#view.advance(hasTime);
	}

	/** Makes ready what any filter looks at, as long as there is time; returns whether all is. */
	readonly foresee = (hasTime: () => boolean): boolean =>
		this.#matches.foresee(hasTime) &&
		this.#joined.advance(this.#options.version(), () => this.#join(), hasTime);

	*#join(): Steps<void> {
		// Not kept: all rows of that moment would be, as long as the tree is not shown again.
		const {parts} = yield* this.#begin();
		yield* this.#matches.join(parts);
	}

	*#source({tree, filter = ''}: Query<'tree'>, nowMs: number): Steps<TreeSource> {
		const {by, open} = tree ?? BY_NODES;
		while (by === 'namespaces' && !this.#options.sumNamespaces(() => false)) {
			yield;
		}

		const moment = yield* this.#now();
		const source = treeSource(by, {}, this.#rowsAt(moment), nowMs, {
			containersOfPods: moment.containersOfPods,
			containersOfNodes: moment.containersOfNodes,
			...(typeof by === 'object' && {roots: yield* this.#groupsBy(by, nowMs)}),
			...(by === 'namespaces' &&
				(open.size > 0 || filter.trim() !== '') && {podsByNamespace: yield* this.#groupPods()}),
		});
		return this.#options.nodes(undefined).some(hasProcesses)
			? source
			: {
					...source,
					isLeaf: ({kind}) => kind === 'container' || kind === 'process',
					unopened: this.#unopened(source, moment),
				};
	}

	/** Looked up once for whatever is opened, and for each filter. */
	*#now(): Steps<Moment> {
		return yield* this.#kept(this.#moment, () => this.#begin());
	}

	*#begin(): Steps<Moment> {
		const {parts, partOf, known} = this.#options;
		const byNode = new Map<string, Part>();
		const byKey = new Map<object, Part>();
		const all: Part[] = [];
		for (const key of parts()) {
			const rows = known.get(key);
			const {nodeId} = rows?.pods[0] ?? rows?.containers[0] ?? {};
			if (rows !== undefined && nodeId !== undefined) {
				// Rows elsewhere are of several nodes, on which they are not.
				const isOfNode = partOf(nodeId) === key;
				const part = {key, rows, isOfNode};
				all.push(part);
				byKey.set(key, part);
				if (isOfNode) {
					byNode.set(nodeId, part);
				}

				if (all.length % PARTS_A_STEP === 0) {
					yield;
				}
			}
		}

		return {
			parts: all,
			byNode,
			byKey,
			containersOfPods: new Map(),
			containersOfNodes: new Map(),
			slotsWithin: new Map(),
		};
	}

	/** What is made in turns once for a version. */
	*#kept<Value>(made: InTurns<Value>, begin: () => Steps<Value>, key = ''): Steps<Value> {
		for (;;) {
			// It is of the version that the steps began with, as they begin anew with each.
			if (made.advance(`${this.#options.version()} ${key}`, begin, () => false)) {
				return made.value as Value;
			}

			yield;
		}
	}

	/** Lines are made after rows have changed, too. */
	#rowsAt({byNode}: Moment): RowsOf {
		const {rows} = this.#options;
		return (level, scope) => {
			const part = scope.nodeId === undefined ? undefined : byNode.get(scope.nodeId);
			switch (scope.nodeId === undefined ? undefined : level) {
				// The level determines the type of the rows, which the compiler cannot tell.
				case 'pods':
					return (part?.rows.pods ?? []) as never;
				case 'containers':
					return (part?.rows.containers ?? []) as never;
				default:
					return rows(level, scope);
			}
		};
	}

	#unopened({roots, within}: TreeSource, {parts, byNode, byKey, slotsWithin}: Moment): Unopened {
		const matches = this.#matches;
		const {partWith} = this.#options;
		const slotsOfPods = (): Steps<ReadonlyMap<Branch, number>> =>
			this.#kept(this.#slotOf, () => this.#numberPods());
		return {
			*count(filter, text) {
				const {ofParts, ofPods} = yield* matches.count(filter, text, parts);
				if (roots[0]?.kind === 'node') {
					return row => ofParts.get(byNode.get(row.id)) ?? 0;
				}

				const slotOf = yield* slotsOfPods();
				return row => {
					if (row.kind === 'node') {
						return ofParts.get(byNode.get(row.id)) ?? 0;
					}

					const members = within(row);
					const slots = slotsWithin.get(members) ?? Uint32Array.from(members, pod => slotOf.get(pod) ?? 0);
					slotsWithin.set(members, slots);
					let lines = 0;
					for (const slot of slots) {
						lines += ofPods[slot] ?? 0;
					}

					return lines;
				};
			},
			rootWith(id) {
				const {pods = [], containers = []} = byKey.get(partWith(id))?.rows ?? {};
				const container = containers.find(row => row.id === id);
				const podId = container === undefined ? id : podIdOf(container);
				const pod = pods.find(row => row.id === podId);
				const ids = new Set([id, (pod ?? container)?.nodeId]);
				const isIn = (root: Branch): boolean => {
					const members = root.kind === 'node' ? [] : within(root);
					// Those of a namespace may be all pods of the cluster, of which no id is compared.
					return members[0]?.kind === 'node'
						? members.some(row => ids.has(row.id))
						: pod !== undefined && members.includes(pod);
				};
				return roots.find(root => ids.has(root.id)) ?? roots.find(isIn);
			},
		};
	}

	*#numberPods(): Steps<ReadonlyMap<Branch, number>> {
		const slotOf = new Map<Branch, number>();
		let count = 0;
		for (const {pods, slots} of this.#options.podsOfParts()) {
			for (let place = 0; place < pods.length; place++) {
				const pod = pods[place];
				if (pod !== undefined) {
					slotOf.set(pod, slots[place] ?? 0);
				}
			}

			if (++count % PARTS_A_STEP === 0) {
				yield;
			}
		}

		return slotOf;
	}

	*#allPods(): Iterable<PodRow> {
		const {parts, known} = this.#options;
		for (const part of parts()) {
			yield* known.get(part)?.pods ?? [];
		}
	}

	/** Put to their namespaces once for whatever is opened. */
	*#groupPods(): Steps<PodsByNamespace> {
		return yield* this.#kept(this.#podsByNamespace, () => groupInSteps(this.#allPods(), namespaceKeyOf));
	}

	/** Summed once for all orders and filters, and whatever is opened. */
	*#groupsBy(grouping: Grouping, nowMs: number): Steps<readonly GroupRow[]> {
		const {slotPods, podsOfParts, tables} = this.#options;
		const begin = (): Steps<readonly GroupRow[]> =>
			grouping.of === 'nodes'
				? groupsInSteps(grouping, () => this.#options.nodes(undefined), nowMs)
				: groupKnownPods(grouping.key, podsOfParts(), slotPods, tables.pods.columns, nowMs);
		return yield* this.#kept(this.#groups, begin, JSON.stringify(grouping));
	}
}
