import {containerKey} from '../../metrics/model/container-key.ts';
import {podKey} from '../../metrics/model/pod-key.ts';
import type {PodReference} from '../../metrics/model/reading.ts';
import {parseTimestamp} from '../timestamp.ts';
import {type Identity, identify} from './identity.ts';
import type {SampledCgroup} from './sample-history.ts';

export type PodWorkload = {
	readonly pod: PodReference;
	/** The cgroup of the pod; kubelets before 1.6 did not create one. */
	readonly cgroup: SampledCgroup | undefined;
	/** The container with the network interfaces of the pod. */
	readonly sandbox: SampledCgroup | undefined;
	/** All containers including the sandbox, for a pod without its own cgroup. */
	readonly members: readonly SampledCgroup[];
};

export type ContainerWorkload = {
	readonly id: string;
	readonly cgroup: SampledCgroup;
	readonly identity: Extract<Identity, {kind: 'container'}>;
};

export type Workloads = {
	readonly pods: readonly PodWorkload[];
	readonly containers: readonly ContainerWorkload[];
};

type Draft = {
	pod: PodReference;
	cgroup: SampledCgroup | undefined;
	sandbox: SampledCgroup | undefined;
	readonly members: SampledCgroup[];
};

/**
 * Assigns cgroups to pods and containers. Names of pods come from their containers, as a pod cgroup only has the uid.
 */
export function identifyAll(cgroups: readonly SampledCgroup[]): Workloads {
	const parents = new Set(cgroups.map(({path}) => path.slice(0, path.lastIndexOf('/'))));
	const pods = new Map<string, Draft>();
	const containers = new Map<string, ContainerWorkload>();
	const draftOf = (pod: PodReference): Draft => {
		const key = podKey(pod);
		const known = pods.get(key);
		if (known !== undefined) {
			known.pod = known.pod.name === '' ? pod : known.pod;
			return known;
		}

		const draft: Draft = {pod, cgroup: undefined, sandbox: undefined, members: []};
		pods.set(key, draft);
		return draft;
	};

	for (const cgroup of cgroups) {
		const identity = identify(cgroup, !parents.has(cgroup.path));
		switch (identity.kind) {
			case 'pod':
				draftOf({uid: identity.uid, namespace: '', name: ''}).cgroup = cgroup;
				break;
			case 'sandbox': {
				const draft = draftOf(identity.pod);
				draft.sandbox = newer(draft.sandbox, cgroup);
				draft.members.push(cgroup);
				break;
			}

			case 'container': {
				const {pod, name} = identity;
				const id = containerKey({pod, id: cgroup.path, name});
				const known = containers.get(id);
				if (known === undefined || isBetter(cgroup, known.cgroup)) {
					containers.set(id, {id, cgroup, identity});
				}

				if (pod !== undefined) {
					draftOf(pod);
				}
			}
		}
	}

	for (const {cgroup, identity} of containers.values()) {
		if (identity.pod !== undefined) {
			draftOf(identity.pod).members.push(cgroup);
		}
	}

	return {
		pods: [...pods.values()].map(draft => ({...draft, pod: named(draft.pod)})),
		containers: [...containers.values()].map(workload => withPod(workload, pods)),
	};
}

/** A pod without a known name is named by its uid. */
function named(pod: PodReference): PodReference {
	return pod.name === '' && pod.uid !== undefined ? {...pod, name: pod.uid} : pod;
}

function withPod(workload: ContainerWorkload, pods: ReadonlyMap<string, Draft>): ContainerWorkload {
	const {pod} = workload.identity;
	const known = pod && pods.get(podKey(pod));
	return known === undefined
		? workload
		: {...workload, identity: {...workload.identity, pod: named(known.pod)}};
}

/**
 * Whether `one` is the better of two cgroups of the same container: the one with processes and samples, then the
 * younger one, because the other may be its predecessor. Does not depend on the order in the answer.
 */
function isBetter(one: SampledCgroup, other: SampledCgroup): boolean {
	for (const rank of [processesOf, figuresOf, startedMs]) {
		const order = rank(one) - rank(other);
		if (order !== 0) {
			return order > 0;
		}
	}

	return one.path < other.path;
}

function processesOf({samples}: SampledCgroup): number {
	return Number(isPositive(samples.at(-1)?.stats.processes?.process_count));
}

function figuresOf({samples}: SampledCgroup): number {
	const {cpu, memory} = samples.at(-1)?.stats ?? {};
	return Number(isPositive(cpu?.usage?.total)) + Number(isPositive(memory?.usage));
}

function isPositive(value: unknown): boolean {
	return typeof value === 'number' && value > 0;
}

function newer(one: SampledCgroup | undefined, other: SampledCgroup): SampledCgroup {
	return one === undefined || startedMs(other) > startedMs(one) ? other : one;
}

function startedMs({spec}: SampledCgroup): number {
	return parseTimestamp(spec.creation_time) ?? 0;
}
