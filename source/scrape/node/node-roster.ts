import type {Target} from '../target.ts';
import type {ReachableNode} from './cluster-routes.ts';

export type RosterChange = {
	/** Nodes that are new, or reached another way than before: then the target replaces the one of the same id. */
	readonly added: readonly Target[];
	/** Ids of the targets of nodes that left. */
	readonly removed: readonly string[];
};

type Entry = {readonly node: ReachableNode; readonly id: string; readonly reachedBy: string};

/** Who is read, kept equal to who is there. */
export class NodeRoster {
	readonly #targetOf: (node: ReachableNode) => Target;
	readonly #entries = new Map<string, Entry>();

	constructor(targetOf: (node: ReachableNode) => Target) {
		this.#targetOf = targetOf;
	}

	/** What has to change so that exactly `nodes` are read. */
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
