import {join} from 'node:path';
import {parseCgroupPath} from '../../metrics/cgroup-path.ts';
import type {ContainerReading, NetworkReading, PodReading, PodReference} from '../../metrics/reading.ts';
import {readCgroup} from './cgroup-usage.ts';
import type {ContainerNames} from './container-names.ts';
import type {Machine} from './machine.ts';
import type {CgroupMounts} from './mounts.ts';
import {parseNetDev} from './proc-files.ts';

export type Workloads = {
	readonly pods: readonly PodReading[];
	readonly containers: readonly ContainerReading[];
};

/** Deeper than any runtime nests its cgroups; the bound is against loops. */
const DEPTH = 12;

/** Cgroups read before other work gets a turn: some 5 ms. */
const BATCH = 40;

/** Every pod, container and service that has a cgroup on this machine. */
export async function readContainers(
	machine: Machine,
	mounts: CgroupMounts,
	names: ContainerNames,
	timeMs: number,
): Promise<Workloads> {
	names.refresh();
	const pods = new Map<string, PodReading>();
	const podPaths = new Map<string, string>();
	const containers: ContainerReading[] = [];
	let read = 0;
	for (const path of cgroupPaths(machine, mounts)) {
		const identity = parseCgroupPath(path);
		if (identity.kind === 'none') {
			continue;
		}

		if (++read % BATCH === 0) {
			await new Promise(resolve => setImmediate(resolve));
		}

		if (identity.kind === 'pod') {
			podPaths.set(identity.uid, path);
			pods.set(identity.uid, readPod(machine, mounts, path, names.pod(identity.uid), timeMs));
		} else {
			const container = readContainer(machine, mounts, path, identity, names, timeMs);
			if (container !== undefined) {
				containers.push(container);
			}
		}
	}

	// A container's own labels may know its pod by name where the pod's folder of logs does not.
	for (const {pod} of containers) {
		const reading = pod?.uid === undefined ? undefined : pods.get(pod.uid);
		if (pod?.uid !== undefined && reading?.pod.namespace === '' && pod.namespace !== '') {
			pods.set(pod.uid, {...reading, pod});
		}
	}

	return {pods: [...pods.values()], containers};
}

/** Paths of all cgroups below every controller's root, each once. */
function cgroupPaths(machine: Machine, {unified, controllers}: CgroupMounts): Iterable<string> {
	const paths = new Set<string>();
	const walk = (mount: string, path: string, depth: number): void => {
		for (const name of machine.folders(join(mount, path))) {
			const child = `${path}/${name}`;
			paths.add(child);
			if (depth > 0) {
				walk(mount, child, depth - 1);
			}
		}
	};
	const roots = [controllers.get('memory'), controllers.get('cpuacct'), unified];
	for (const root of new Set(roots.filter(mount => mount !== undefined))) {
		walk(root, '', DEPTH);
	}

	return paths;
}

function readPod(
	machine: Machine,
	mounts: CgroupMounts,
	path: string,
	pod: PodReference,
	timeMs: number,
): PodReading {
	const usage = readCgroup(machine, mounts, path, timeMs);
	const {network, isHostNetwork} = readNetwork(machine, mounts, path, timeMs);
	return {
		pod,
		startTimeMs: startedAtMs(machine, mounts, path),
		cpu: usage.cpu,
		memory: usage.memory,
		network,
		isHostNetwork,
		ephemeralStorage: undefined,
		volumes: [],
		swap: usage.swap,
		pressure: usage.pressure,
		processCount: usage.processCount,
	};
}

type Identity = Exclude<ReturnType<typeof parseCgroupPath>, {kind: 'none' | 'pod'}>;

function readContainer(
	machine: Machine,
	mounts: CgroupMounts,
	path: string,
	identity: Identity,
	names: ContainerNames,
	timeMs: number,
): ContainerReading | undefined {
	const isService = identity.kind === 'service';
	const named = isService ? undefined : names.container(identity.id, identity.podUid);
	const podUid = isService ? undefined : identity.podUid;
	if (named?.isSandbox || (podUid !== undefined && isPause(machine, mounts, path))) {
		return undefined;
	}

	const usage = readCgroup(machine, mounts, path, timeMs);
	const pod = named?.pod ?? (podUid === undefined ? undefined : names.pod(podUid));
	return {
		id: path,
		kind: isService ? 'service' : 'container',
		name: isService ? identity.name : (named?.name ?? identity.id),
		pod: pod === undefined ? undefined : {...pod, uid: podUid ?? pod.uid},
		image: named?.image,
		startTimeMs: startedAtMs(machine, mounts, path),
		cpu: usage.cpu,
		memory: usage.memory,
		network:
			isService || podUid !== undefined ? undefined : readNetwork(machine, mounts, path, timeMs).network,
		rootFilesystem: undefined,
		logFilesystem: undefined,
		swap: usage.swap,
		pressure: usage.pressure,
		cpuLimitCores: usage.cpuLimitCores,
		processCount: usage.processCount,
	};
}

/** A cgroup is made when its container starts; the folder's time of birth is that moment. */
function startedAtMs(machine: Machine, mounts: CgroupMounts, path: string): number | undefined {
	const mount = mounts.controllers.get('cpuacct') ?? mounts.unified;
	return mount === undefined ? undefined : machine.changedAtMs(join(mount, path));
}

function firstProcess(machine: Machine, mounts: CgroupMounts, path: string): string | undefined {
	const roots = [mounts.controllers.get('memory'), mounts.controllers.get('cpuacct'), mounts.unified];
	for (const root of roots) {
		const pid = root && /^\d+/.exec(machine.read(join(root, path, 'cgroup.procs')) ?? '')?.[0];
		if (pid) {
			return pid;
		}
	}

	return undefined;
}

/** Where no label says so, the sandbox is the container whose one process is `pause`. */
function isPause(machine: Machine, mounts: CgroupMounts, path: string): boolean {
	const pid = firstProcess(machine, mounts, path);
	return pid !== undefined && machine.read(`/proc/${pid}/comm`)?.trim() === 'pause';
}

/** The traffic of the network namespace that a process of the cgroup (or of one below it) is in. */
function readNetwork(
	machine: Machine,
	mounts: CgroupMounts,
	path: string,
	timeMs: number,
): {readonly network: NetworkReading | undefined; readonly isHostNetwork: boolean} {
	const root = mounts.controllers.get('memory') ?? mounts.controllers.get('cpuacct') ?? mounts.unified ?? '';
	const places = [path, ...machine.folders(join(root, path)).map(child => `${path}/${child}`)];
	const pid = places.map(place => firstProcess(machine, mounts, place)).find(found => found !== undefined);
	const namespace = pid === undefined ? undefined : machine.link(`/proc/${pid}/ns/net`);
	if (namespace === undefined) {
		return {network: undefined, isHostNetwork: false};
	}

	const isHostNetwork = namespace === machine.link('/proc/1/ns/net');
	const network = isHostNetwork ? undefined : parseNetDev(machine.read(`/proc/${pid}/net/dev`) ?? '', timeMs);
	return {network, isHostNetwork};
}
