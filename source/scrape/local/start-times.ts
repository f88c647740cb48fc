import {join} from 'node:path';
import type {Machine} from './machine.ts';

/**
 * Start times of containers and services: the creation times of their cgroups.
 *
 * A cgroup folder has no creation time, and its change time is reset if the kernel drops its inode under memory
 * pressure. Therefore keeps the earliest time seen for each inode, so that a start time never changes while the
 * cgroup exists. A new inode at the same path is a new start.
 */
export class StartTimes {
	readonly #machine: Machine;
	#known = new Map<string, {readonly inode: bigint; readonly madeAtMs: number}>();
	#next = new Map<string, {readonly inode: bigint; readonly madeAtMs: number}>();

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	/** Unix milliseconds; undefined if the cgroup is in none of the hierarchies. */
	of(path: string, roots: readonly string[]): number | undefined {
		for (const root of roots) {
			const full = join(root, path);
			const folder = this.#machine.folder(full);
			if (folder === undefined) {
				continue;
			}

			const known = this.#known.get(full);
			const kept = known?.inode === folder.inode && known.madeAtMs < folder.madeAtMs ? known : folder;
			this.#next.set(full, kept);
			return kept.madeAtMs;
		}

		return undefined;
	}

	/** Removes entries that were not used since the last call. Called once per reading. */
	sweep(): void {
		this.#known = this.#next;
		this.#next = new Map();
	}
}
