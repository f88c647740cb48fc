import type {InventoryChanges} from '../model/inventory.ts';

/** More than come between two looks; older ones are forgotten, and who asks for them looks at everything. */
const MOST_CHANGES = 10_000;

type Resource = keyof InventoryChanges;

/** Counts the changes of an inventory, and remembers of the last ones what they were of. */
export class ChangeLog {
	#version = 0;
	/** The last ones; the newest made the version. */
	#changes: Array<readonly [Resource, string]> = [];

	get version(): number {
		return this.#version;
	}

	note(resource: Resource, key: string): void {
		this.#version++;
		if (this.#changes.length >= MOST_CHANGES) {
			this.#changes = this.#changes.slice(MOST_CHANGES / 2);
		}

		this.#changes.push([resource, key]);
	}

	/** Everything may have changed. */
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
		for (const [resource, key] of this.#changes.slice(this.#changes.length - count)) {
			changed[resource].add(key);
		}

		return changed;
	}
}
