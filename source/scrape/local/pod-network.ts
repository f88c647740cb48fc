import {join} from 'node:path';
import type {NetworkReading} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {parseNetDev} from './net-dev.ts';

export type CgroupNetwork = {
	readonly network: NetworkReading | undefined;
	/** True where the processes are in the machine's own network, so that its counters are not theirs alone. */
	readonly isHostNetwork: boolean;
};

/** Network namespaces that are this machine's: ktop's, and that of the first process where ktop may look. */
export function ownNetworks(machine: Machine): ReadonlySet<string> {
	const links = [machine.link('/proc/self/ns/net'), machine.link('/proc/1/ns/net')];
	return new Set(links.filter(link => link !== undefined));
}

/**
 * The traffic of the network namespace that a cgroup's processes are in, by one of them: its interfaces but loopback and
 * tunnels. Without the right to look at the process (which root has) there is no telling, and nothing is claimed.
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

/** Whether a cgroup's first process is a pod's `pause`, for want of a runtime's word on what the cgroup is. */
export function isPause(machine: Machine, roots: readonly string[], path: string): boolean {
	const pid = firstProcess(machine, roots, path);
	return pid !== undefined && machine.read(`/proc/${pid}/comm`)?.trim() === 'pause';
}

/** A process of the cgroup itself; 0 stands for those outside of our process namespace. */
function firstProcess(machine: Machine, roots: readonly string[], path: string): string | undefined {
	for (const root of roots) {
		const pid = /^[1-9]\d*/m.exec(machine.read(join(root, path, 'cgroup.procs')) ?? '')?.[0];
		if (pid !== undefined) {
			return pid;
		}
	}

	return undefined;
}

/** A pod's processes are in its containers' cgroups, and those of a container with an init of its own one below it. */
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
