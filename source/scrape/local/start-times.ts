import {join} from 'node:path';
import type {Machine} from './machine.ts';

/**
 * When cgroups were made, which runtimes and systemd do at each start of a container or service.
 *
 * A cgroup's folder has no time of birth, and its time of change is that of the kernel's copy of the inode, which memory
 * pressure may have dropped and made anew. The earliest time seen of an inode is therefore kept, so that a start never
 * moves while the cgroup lives; another inode at the same path is another start.
 */
export class StartTimes {
	readonly #machine: Machine;
	#known = new Map<string, {readonly inode: bigint; readonly madeAtMs: number}>();
	#next = new Map<string, {readonly inode: bigint; readonly madeAtMs: number}>();

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	/** Unix milliseconds; undefined where none of the hierarchies has the cgroup. */
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

	/** Forgets what was not asked for since the last call: once a reading. */
	sweep(): void {
		this.#known = this.#next;
		this.#next = new Map();
	}
}
