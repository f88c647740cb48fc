import type {PodReference} from '../../metrics/reading.ts';
import {parseTimestamp} from '../timestamp.ts';
import {type Identity, identify} from './identity.ts';
import type {SampledCgroup} from './sample-history.ts';

export type PodWorkload = {
	readonly pod: PodReference;
	/** The pod's own cgroup; kubelets before 1.6 made none. */
	readonly cgroup: SampledCgroup | undefined;
	/** The one container with the pod's network interfaces. */
	readonly sandbox: SampledCgroup | undefined;
	/** All containers, the sandbox too, for where the pod has no cgroup of its own. */
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

/** Sorts cgroups into pods and containers; a pod's name comes from its containers, since its cgroup has only the uid. */
export function identifyAll(cgroups: readonly SampledCgroup[]): Workloads {
	const parents = new Set(cgroups.map(({path}) => path.slice(0, path.lastIndexOf('/'))));
	const pods = new Map<string, Draft>();
	const containers = new Map<string, ContainerWorkload>();
	const draftOf = (pod: PodReference): Draft => {
		const key = keyOf(pod);
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
				const {pod} = identity;
				const id = pod === undefined ? cgroup.path : `${keyOf(pod)}/${identity.name}`;
				// A container's dead incarnation may still be listed: the newest is the one that runs.
				const known = containers.get(id);
				if (known === undefined || newer(known.cgroup, cgroup) === cgroup) {
					containers.set(id, {id, cgroup, identity});
				}

				if (pod !== undefined) {
					draftOf(pod).members.push(cgroup);
				}
			}
		}
	}

	return {
		pods: [...pods.values()].map(draft => ({...draft, pod: named(draft.pod)})),
		containers: [...containers.values()].map(workload => withPod(workload, pods)),
	};
}

function keyOf({uid, namespace, name}: PodReference): string {
	return uid ?? `${namespace}/${name}`;
}

/** A pod that nothing names goes by its uid. */
function named(pod: PodReference): PodReference {
	return pod.name === '' && pod.uid !== undefined ? {...pod, name: pod.uid} : pod;
}

function withPod(workload: ContainerWorkload, pods: ReadonlyMap<string, Draft>): ContainerWorkload {
	const {pod} = workload.identity;
	const known = pod && pods.get(keyOf(pod));
	return known === undefined
		? workload
		: {...workload, identity: {...workload.identity, pod: named(known.pod)}};
}

function newer(one: SampledCgroup | undefined, other: SampledCgroup): SampledCgroup {
	const startedMs = (cgroup: SampledCgroup): number => parseTimestamp(cgroup.spec.creation_time) ?? 0;
	return one === undefined || startedMs(other) > startedMs(one) ? other : one;
}
