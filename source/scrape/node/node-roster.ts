import type {Target} from '../target.ts';
import type {ReachableNode} from './cluster-routes.ts';

export type RosterChange = {
	/** Targets of nodes that are new or whose address changed. They replace a target with the same id. */
	readonly added: readonly Target[];
	/** Ids of the targets of removed nodes. */
	readonly removed: readonly string[];
};

type Entry = {readonly node: ReachableNode; readonly id: string; readonly reachedBy: string};

/** Keeps the set of targets equal to the nodes of the inventory. */
export class NodeRoster {
	readonly #targetOf: (node: ReachableNode) => Target;
	readonly #entries = new Map<string, Entry>();

	constructor(targetOf: (node: ReachableNode) => Target) {
		this.#targetOf = targetOf;
	}

	/** Computes the change to scrape exactly `nodes`. */
	update(nodes: Iterable<ReachableNode>): RosterChange {
		const added: Target[] = [];
		const left = new Set(this.#entries.keys());
		for (const node of nodes) {
			left.delete(node.name);
			const known = this.#entries.get(node.name);
			if (known?.node === node) {
				continue;
			}

			const {addresses, kubeletPort, isVirtual, metricsPath} = node;
			const reachedBy = JSON.stringify([addresses, kubeletPort, isVirtual, metricsPath]);
			if (known?.reachedBy === reachedBy) {
				this.#entries.set(node.name, {...known, node});
				continue;
			}

			const target = this.#targetOf(node);
			added.push(target);
			this.#entries.set(node.name, {node, id: target.id, reachedBy});
		}

		const removed: string[] = [];
		for (const name of left) {
			const entry = this.#entries.get(name);
			this.#entries.delete(name);
			if (entry !== undefined) {
				removed.push(entry.id);
			}
		}

		return {added, removed};
	}
}
