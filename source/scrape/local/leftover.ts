import {join} from 'node:path';
import {type CgroupMounts, hierarchies} from './cgroup-mounts.ts';
import {parseFlatKeyed} from './flat-keyed.ts';
import {parseKernelNumber} from './kernel-number.ts';
import type {Machine} from './machine.ts';

/**
 * Whether nothing runs in a cgroup or below it: a runtime that was killed, or a kernel that still holds its pages, leaves
 * the folder behind. False where that cannot be told.
 */
export function isLeftover(machine: Machine, mounts: CgroupMounts, path: string): boolean {
	const read = (mount: string | undefined, name: string): string | undefined =>
		mount === undefined ? undefined : machine.read(join(mount, path, name));
	const pids = mounts.controllers.get('pids');
	const count = parseKernelNumber(read(pids ?? mounts.unified, 'pids.current'));
	if (count !== undefined) {
		return count === 0;
	}

	const populated = parseFlatKeyed(read(mounts.unified, 'cgroup.events')).get('populated');
	if (populated !== undefined) {
		return populated === 0;
	}

	// A runtime puts a container into every hierarchy, and this one is gone from that of the pids. Alone an empty list of
	// processes says little: v1 leaves out those of another process namespace.
	return pids !== undefined && isEmpty(machine, hierarchies(mounts), path);
}

function isEmpty(machine: Machine, roots: readonly string[], path: string): boolean {
	const lists = roots.map(root => machine.read(join(root, path, 'cgroup.procs')));
	const children = new Set(roots.flatMap(root => machine.folders(join(root, path))));
	return (
		lists.includes('') &&
		!lists.some(list => list) &&
		[...children].every(child => isEmpty(machine, roots, join(path, child)))
	);
}
