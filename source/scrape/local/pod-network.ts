import {join} from 'node:path';
import type {NetworkReading} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {parseNetDev} from './net-dev.ts';

export type CgroupNetwork = {
	readonly network: NetworkReading | undefined;
	/** Whether the processes use the host network, whose counters are not only theirs. */
	readonly isHostNetwork: boolean;
};

/** The network namespaces of the host: that of ktop, and that of process 1 if readable. */
export function ownNetworks(machine: Machine): ReadonlySet<string> {
	const links = [machine.link('/proc/self/ns/net'), machine.link('/proc/1/ns/net')];
	return new Set(links.filter(link => link !== undefined));
}

/**
 * The traffic of the network namespace of a cgroup, read through one of its processes, without loopback and tunnels.
 * `network` is undefined on the host network, and without the right to inspect the process, which root has.
 */
export function readCgroupNetwork(
	machine: Machine,
	roots: readonly string[],
	own: ReadonlySet<string>,
	path: string,
	timeMs: number,
): CgroupNetwork {
	const pid = firstProcess(machine, roots, path) ?? firstProcessBelow(machine, roots, path);
	const namespace = pid === undefined ? undefined : machine.link(`/proc/${pid}/ns/net`);
	if (namespace === undefined) {
		return {network: undefined, isHostNetwork: false};
	}

	return own.has(namespace)
		? {network: undefined, isHostNetwork: true}
		: {network: parseNetDev(machine.read(`/proc/${pid}/net/dev`), timeMs), isHostNetwork: false};
}

/** Whether the first process of a cgroup is `pause`, if no file of a runtime identifies the cgroup. */
export function isPause(machine: Machine, roots: readonly string[], path: string): boolean {
	const pid = firstProcess(machine, roots, path);
	return pid !== undefined && machine.read(`/proc/${pid}/comm`)?.trim() === 'pause';
}

/** A process directly in the cgroup; 0 means a process outside of our PID namespace. */
function firstProcess(machine: Machine, roots: readonly string[], path: string): string | undefined {
	for (const root of roots) {
		const pid = /^[1-9]\d*/m.exec(machine.read(join(root, path, 'cgroup.procs')) ?? '')?.[0];
		if (pid !== undefined) {
			return pid;
		}
	}

	return undefined;
}

/** Processes of a pod are in the cgroups of its containers, or one level below for containers with their own init. */
function firstProcessBelow(machine: Machine, roots: readonly string[], path: string): string | undefined {
	const children = new Set(roots.flatMap(root => machine.folders(join(root, path))));
	for (const child of children) {
		const pid = firstProcess(machine, roots, join(path, child));
		if (pid !== undefined) {
			return pid;
		}
	}

	return undefined;
}
