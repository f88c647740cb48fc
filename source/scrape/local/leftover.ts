import {join} from 'node:path';
import {type CgroupMounts, hierarchies} from './cgroup-mounts.ts';
import {parseFlatKeyed} from './flat-keyed.ts';
import {parseKernelNumber} from './kernel-number.ts';
import type {Machine} from './machine.ts';

/**
 * Whether no process runs in a cgroup or below it. The folder remains if a runtime was killed or the kernel still holds
 * its pages. False if unknown.
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

	// Runtimes create a container in every hierarchy, and this one is missing from `pids`. An empty list of processes
	// is not sufficient, because v1 omits processes of other PID namespaces.
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
