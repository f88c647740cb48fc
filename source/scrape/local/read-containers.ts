import {type CgroupIdentity, parseCgroupPath} from '../../metrics/model/cgroup-path.ts';
import type {ContainerReading, PodReading, PodReference} from '../../metrics/model/reading.ts';
import {type CgroupMounts, hierarchies} from './cgroup-mounts.ts';
import {cgroupPaths} from './cgroup-tree.ts';
import type {ContainerNames} from './container-names.ts';
import {isLeftover} from './leftover.ts';
import type {Machine} from './machine.ts';
import {isPause, ownNetworks, readCgroupNetwork} from './pod-network.ts';
import {readCgroup} from './read-cgroup.ts';
import type {StartTimes} from './start-times.ts';
import {takeTurns} from './turns.ts';

export type LocalWorkloads = {
	readonly pods: readonly PodReading[];
	readonly containers: readonly ContainerReading[];
};

export type ReadContainers = {
	readonly machine: Machine;
	readonly mounts: CgroupMounts;
	readonly names: ContainerNames;
	readonly startTimes: StartTimes;
	readonly now: () => number;
	readonly signal: AbortSignal;
};

/**
 * Reads all pods, containers and services with a cgroup, each with the time of reading.
 *
 * Only includes cgroups whose path identifies a workload. Excludes the root and slices (sums of others), sessions,
 * mounts and inner cgroups of containers (parts of others), unidentified cgroups such as those of builds (part of the
 * node's usage) and leftovers of terminated workloads.
 */
export async function readContainers(context: ReadContainers): Promise<LocalWorkloads> {
	const {machine, mounts, names, startTimes, now, signal} = context;
	const visit: Visit = {...context, roots: hierarchies(mounts), own: ownNetworks(machine)};
	const giveWay = takeTurns(signal);
	const pods = new Map<string, PodReading>();
	const containers: ContainerReading[] = [];
	names.refresh(now());
	for (const path of cgroupPaths(machine, visit.roots)) {
		await giveWay();
		const identity = parseCgroupPath(path);
		if (identity.kind === 'none' || isLeftover(machine, mounts, path)) {
			continue;
		}

		if (identity.kind === 'pod') {
			pods.set(identity.uid, readPod(visit, path, names.pod(identity.uid)));
		} else if (identity.kind === 'service') {
			containers.push(readService(visit, path, identity.name));
		} else {
			const container = readContainer(visit, path, identity);
			if (container !== undefined) {
				containers.push(container);
			}
		}
	}

	startTimes.sweep();
	return withNamesOfContainers([...pods.values()], oneOfEach(containers));
}

type Visit = ReadContainers & {readonly roots: readonly string[]; readonly own: ReadonlySet<string>};

function readPod({machine, mounts, startTimes, now, roots, own}: Visit, path: string, pod: PodReference) {
	const timeMs = now();
	const {cpuLimitCores: _, ...usage} = readCgroup(machine, mounts, path, timeMs);
	return {
		pod,
		startTimeMs: startTimes.of(path, roots),
		...usage,
		...readCgroupNetwork(machine, roots, own, path, timeMs),
		ephemeralStorage: undefined,
		volumes: [],
	} satisfies PodReading;
}

/** The metrics of a cgroup. File systems of containers are unknown: only the runtime has them. */
function readUsage({machine, mounts, startTimes, now, roots}: Visit, path: string) {
	return {
		id: path,
		cgroup: path,
		startTimeMs: startTimes.of(path, roots),
		...readCgroup(machine, mounts, path, now()),
		rootFilesystem: undefined,
		logFilesystem: undefined,
	};
}

function readService(visit: Visit, path: string, name: string): ContainerReading {
	return {
		...readUsage(visit, path),
		kind: 'service',
		name,
		pod: undefined,
		image: undefined,
		network: undefined,
	};
}

/** Undefined for the sandbox of a pod. */
function readContainer(
	visit: Visit,
	path: string,
	{id, podUid}: Extract<CgroupIdentity, {kind: 'container'}>,
): ContainerReading | undefined {
	const {machine, names, roots, own, now} = visit;
	const named = names.container(id);
	const isSandbox = named?.isSandbox ?? (podUid !== undefined && isPause(machine, roots, path));
	if (isSandbox) {
		return undefined;
	}

	const pod = named?.pod ?? (podUid === undefined ? undefined : names.pod(podUid));
	return {
		...readUsage(visit, path),
		kind: 'container',
		name: named?.name ?? (/^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id),
		// The uid in the cgroup path joins containers and pods.
		pod: pod && {...pod, uid: podUid ?? pod.uid},
		image: named?.image,
		network: pod === undefined ? readCgroupNetwork(machine, roots, own, path, now()).network : undefined,
	};
}

/** A restarted container may briefly appear twice; keeps the one with processes, else the younger one. */
function oneOfEach(containers: readonly ContainerReading[]): readonly ContainerReading[] {
	const chosen = new Map<string, ContainerReading>();
	for (const container of containers) {
		const {id, pod, name} = container;
		const key = pod?.uid === undefined ? id : `${pod.uid}/${name}`;
		const known = chosen.get(key);
		if (known === undefined || isBetter(container, known)) {
			chosen.set(key, container);
		}
	}

	return [...chosen.values()];
}

function isBetter(one: ContainerReading, other: ContainerReading): boolean {
	const running = Number((one.processCount ?? 0) > 0) - Number((other.processCount ?? 0) > 0);
	return running === 0 ? (one.startTimeMs ?? 0) > (other.startTimeMs ?? 0) : running > 0;
}

/**
 * Names of pods from the specs of their containers, if the log folders of the kubelet cannot be listed. Applies to
 * the pod and its other containers.
 */
function withNamesOfContainers(
	pods: readonly PodReading[],
	containers: readonly ContainerReading[],
): LocalWorkloads {
	const named = new Map<string | undefined, PodReference>();
	for (const {pod} of containers) {
		if (pod !== undefined && pod.namespace !== '') {
			named.set(pod.uid, pod);
		}
	}

	const withName = <R extends {readonly pod: PodReference | undefined}>(reading: R): R => {
		const pod = reading.pod?.namespace === '' ? named.get(reading.pod.uid) : undefined;
		return pod === undefined ? reading : {...reading, pod};
	};
	return {pods: pods.map(withName), containers: containers.map(withName)};
}
