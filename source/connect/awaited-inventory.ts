import type {Controllers} from '../metrics/model/controller.ts';
import type {ClusterInventory, NodeInfo, PodInfo} from '../metrics/model/inventory.ts';

const NO_NODES: ReadonlyMap<string, NodeInfo> = new Map();
const NO_PODS: ReadonlyMap<string, PodInfo> = new Map();
const NO_CONTROLLERS: Controllers = new Map();

/** The inventory of a cluster that may not be connected yet: empty and incomplete until then. */
export class AwaitedInventory implements ClusterInventory {
	#inventory: ClusterInventory | undefined;

	/** Must be called once at most. */
	set(inventory: ClusterInventory): void {
		this.#inventory = inventory;
	}

	readonly nodes = (): ReadonlyMap<string, NodeInfo> => this.#inventory?.nodes() ?? NO_NODES;

	readonly pods = (): ReadonlyMap<string, PodInfo> => this.#inventory?.pods() ?? NO_PODS;

	/** To be connected is the first change. */
	readonly version = (): number => (this.#inventory === undefined ? 0 : this.#inventory.version() + 1);

	readonly changesSince = (version: number): ReturnType<ClusterInventory['changesSince']> =>
		version === 0 ? undefined : this.#inventory?.changesSince(version - 1);

	readonly hasAllPods = (namespace?: string): boolean => this.#inventory?.hasAllPods(namespace) === true;

	readonly hasAllNodes = (): boolean => this.#inventory?.hasAllNodes?.() === true;

	get isSelective(): boolean {
		return this.#inventory?.isSelective === true;
	}

	readonly controllers = (): Controllers => this.#inventory?.controllers?.() ?? NO_CONTROLLERS;

	/** To be called again for one that is connected later. */
	readonly watchControllers = async (): Promise<void> => {
		await this.#inventory?.watchControllers?.();
	};

	readonly isCurrent = (resource?: 'nodes' | 'pods'): boolean =>
		this.#inventory?.isCurrent?.(resource) !== false;
}
