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

export type Workloads = {
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
 * Every pod, container and service that has a cgroup on this machine, each stamped with the moment it was read.
 *
 * A cgroup is listed where its path says whose it is. Slices and the root are sums of what is listed; sessions, mounts
 * and a container's inner cgroups are parts of something; an unnamed one (a build's, a batch system's) would be a row
 * that nobody can recognise, and is in the node's figures. One that is left of something that has ended is not listed.
 */
export async function readContainers(context: ReadContainers): Promise<Workloads> {
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

/** What a cgroup tells of anything that runs; the file systems of a container are its runtime's to know. */
function readUsage({machine, mounts, startTimes, now, roots}: Visit, path: string) {
	return {
		id: path,
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

/** Undefined for a pod's sandbox. */
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
		// The cgroup's uid is the kubelet's own, by which pod and container meet.
		pod: pod && {...pod, uid: podUid ?? pod.uid},
		image: named?.image,
		network: pod === undefined ? readCgroupNetwork(machine, roots, own, path, now()).network : undefined,
	};
}

/** A container that was started again may be there twice for a moment: the one that has processes, else the younger. */
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
 * A container's specification may name its pod where the kubelet's log folders cannot be listed: for the pod, and for
 * its other containers.
 */
function withNamesOfContainers(
	pods: readonly PodReading[],
	containers: readonly ContainerReading[],
): Workloads {
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
