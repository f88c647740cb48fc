import type {InventoryChanges} from '../model/inventory.ts';

/** More changes than happen between two reads. Readers further behind take everything as changed. */
const MOST_CHANGES = 10_000;

type Resource = keyof InventoryChanges;

/** The version of an inventory, and the keys of its last changes. */
export class ChangeLog {
	#version = 0;
	/** The last changes; the newest one belongs to the current version. */
	#changes: Array<readonly [Resource, string] | undefined> = [];

	get version(): number {
		return this.#version;
	}

	note(resource: Resource, key: string): void {
		this.#append([resource, key]);
	}

	/** Records a change of neither a node nor a pod. */
	noteOther(): void {
		this.#append(undefined);
	}

	#append(change: readonly [Resource, string] | undefined): void {
		this.#version++;
		if (this.#changes.length >= MOST_CHANGES) {
			this.#changes = this.#changes.slice(MOST_CHANGES / 2);
		}

		this.#changes.push(change);
	}

	/** Records that everything may have changed. */
	noteAll(): void {
		this.#version++;
		this.#changes = [];
	}

	/** What changed after `version`, each once; undefined where that may be everything. */
	since(version: number): InventoryChanges | undefined {
		const count = this.#version - version;
		if (count > this.#changes.length) {
			return undefined;
		}

		const changed = {nodes: new Set<string>(), pods: new Set<string>()};
		for (const change of this.#changes.slice(this.#changes.length - count)) {
			if (change !== undefined) {
				const [resource, key] = change;
				changed[resource].add(key);
			}
		}

		return changed;
	}
}
