import type {Controllers, ControllersByCluster} from '../model/controller.ts';
import {controllersWithin} from '../model/controllers-within.ts';
import type {ClusterInventory} from '../model/inventory.ts';
import type {ContainerRow} from '../model/row.ts';
import type {Scope} from '../model/view.ts';
import {ClusterJoin, type UnreadRows} from './cluster-join.ts';
import type {NodeRecord} from './node-record.ts';

type Joined = {readonly inventory: ClusterInventory; readonly join: ClusterJoin};

/** Whether all pods of a namespace are known. */
export type HasAllPods = (namespace: string, cluster: string | undefined) => boolean;

/**
 * The joins of all clusters that are read, by their names: none without an API server, and one without a name where only
 * one is read. Nodes are joined with the inventory of their own cluster, so that clusters may have the same names and uids.
 */
export class ClusterJoins {
	readonly #joined = new Map<string | undefined, Joined>();
	readonly #only: ClusterJoin | undefined;

	constructor(
		inventory: ClusterInventory | undefined,
		clusters: ReadonlyMap<string, ClusterInventory> = new Map(),
	) {
		if (inventory !== undefined) {
			this.#only = new ClusterJoin(inventory);
			this.#joined.set(undefined, {inventory, join: this.#only});
		}

		for (const [cluster, one] of clusters) {
			this.#joined.set(cluster, {inventory: one, join: new ClusterJoin(one, cluster)});
		}
	}

	get areAny(): boolean {
		return this.#joined.size > 0;
	}

	/** Whether nodes and pods that are not there do not exist, rather than being unknown. */
	get areComplete(): boolean {
		return (
			this.areAny &&
			[...this.#joined.values()].every(
				({inventory}) =>
					inventory.hasAllNodes?.() === true && inventory.nodes().size === 0 && inventory.hasAllPods(),
			)
		);
	}

	/** Grows with every change of an inventory. */
	get version(): number {
		let version = 0;
		for (const {inventory} of this.#joined.values()) {
			version += inventory.version();
		}

		return version;
	}

	of({cluster}: Pick<NodeRecord, 'cluster'>): ClusterJoin | undefined {
		return this.#only ?? this.#joined.get(cluster)?.join;
	}

	inventoryOf({cluster}: Pick<NodeRecord, 'cluster'>): ClusterInventory | undefined {
		return this.#joined.get(cluster)?.inventory;
	}

	/** See `ClusterJoin.advance`. */
	advance(nowMs: number, hasTime: () => boolean): boolean {
		for (const {join} of this.#joined.values()) {
			if (!join.advance(nowMs, hasTime)) {
				return false;
			}
		}

		return true;
	}

	/** Tells of nodes whether their inventory may be out of date; asks each inventory once. */
	frozen(): (record: NodeRecord) => boolean {
		if (this.#only !== undefined) {
			const {isFrozen} = this.#only;
			return () => isFrozen;
		}

		const frozen = new Set<string | undefined>();
		for (const [cluster, {join}] of this.#joined) {
			if (join.isFrozen) {
				frozen.add(cluster);
			}
		}

		return ({cluster}) => frozen.has(cluster);
	}

	/** Changes with what `unreadElsewhere` returns. */
	get unreadElsewhereKey(): string {
		return [...this.#joined.values()].map(({join}) => join.unreadElsewhereKey).join();
	}

	/** Rows of pods that are on no node that is read. */
	unreadElsewhere(): UnreadRows {
		const rows = [...this.#joined.values()].map(({join}) => join.unreadElsewhere());
		const [only] = rows;
		return rows.length === 1 && only !== undefined
			? only
			: {pods: rows.flatMap(({pods}) => pods), containers: rows.flatMap(({containers}) => containers)};
	}

	/** All containers of a pod that no node reports. */
	unreadContainersOf(podId: string): readonly ContainerRow[] {
		return [...this.#joined.values()].flatMap(({join}) => join.unreadContainersOf(podId));
	}

	/** The controllers of each cluster, by its name, within a scope. */
	controllers(scope: Scope = {}): ControllersByCluster {
		const found = new Map<string | undefined, Controllers>();
		for (const [cluster, {inventory}] of this.#joined) {
			const controllers = inventory.controllers?.();
			if (controllers !== undefined) {
				found.set(cluster, controllersWithin(controllers, scope, cluster));
			}
		}

		return found;
	}

	/** Never where pods are left out on purpose. */
	readonly hasAllPods: HasAllPods = (namespace, cluster) => {
		const inventory = this.#joined.get(cluster)?.inventory;
		return inventory?.isSelective === false && inventory.hasAllPods(namespace);
	};
}
