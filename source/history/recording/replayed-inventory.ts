import type {ClusterInventory} from '../../metrics/model/inventory.ts';
import type {RecordedInventory} from './recorded-event.ts';

/** The inventory of a recording at the time that has been replayed so far. */
export class ReplayedInventory implements ClusterInventory {
	#nodes: ReturnType<ClusterInventory['nodes']> = new Map();
	#pods: ReturnType<ClusterInventory['pods']> = new Map();
	#hasAllPods = false;
	#isSelective = false;
	#isCurrent = true;
	#version = 0;

	get isSelective(): boolean {
		return this.#isSelective;
	}

	update({nodes, pods, hasAllPods, isSelective, isCurrent = true}: RecordedInventory): void {
		this.#nodes = new Map(Object.entries(nodes));
		this.#pods = new Map(Object.entries(pods));
		this.#hasAllPods = hasAllPods;
		this.#isSelective = isSelective;
		this.#isCurrent = isCurrent;
		this.#version++;
	}

	nodes(): ReturnType<ClusterInventory['nodes']> {
		return this.#nodes;
	}

	pods(): ReturnType<ClusterInventory['pods']> {
		return this.#pods;
	}

	version(): number {
		return this.#version;
	}

	/** Changes are not tracked, because every recorded inventory is complete. */
	changesSince(): undefined {
		return undefined;
	}

	hasAllPods(): boolean {
		return this.#hasAllPods;
	}

	isCurrent(): boolean {
		return this.#isCurrent;
	}
}
