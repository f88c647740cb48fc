import {isPassiveUnit, parseCgroupPath} from '../../metrics/model/cgroup-path.ts';
import type {ContainerKind, PodReference} from '../../metrics/model/reading.ts';
import {textOf} from '../json-value.ts';
import type {SampledCgroup} from './sample-history.ts';

/** The workload of a cgroup according to its labels, aliases and path, in this order. */
export type Identity =
	| {readonly kind: 'pod'; readonly uid: string}
	/** The pause container, which holds the network namespace of a pod. */
	| {readonly kind: 'sandbox'; readonly pod: PodReference}
	| {
			readonly kind: 'container';
			readonly containerKind: ContainerKind;
			readonly name: string;
			/** Namespace and name are empty if only the uid is known. */
			readonly pod: PodReference | undefined;
	  }
	| {readonly kind: 'none'};

/**
 * `k8s_<container>[.<hash>]_<pod>_<namespace>_<uid>_<attempt>`; names in Kubernetes have no underscore. Before 1.6 a
 * random hexadecimal number replaced the attempt.
 */
const KUBERNETES_ALIAS = /^k8s_([^_.]+)(?:\.[^_]+)?_([^_]+)_([^_]+)_([^_]+)_[0-9a-f]+$/;

/** Cgroups that only group others, and systemd units that are not workloads. */
const GROUPING =
	/^\/(?:containerd|crio|docker|kubepods|libpod_parent|lxc|machine|podruntime|user)$|\.(?:scope|service)$/;

/** Cgroups of system daemons under kubelets before 1.6 (`--system-cgroups`, `--runtime-cgroups`). */
const SYSTEM = /^\/(?:docker-daemon|kube-proxy|kubelet|runtime|system|system-containers|podruntime\/\w+)$/;

/** `isLeaf`: the answer has no cgroup below this one. */
export function identify(cgroup: SampledCgroup, isLeaf: boolean): Identity {
	const {path} = cgroup;
	const parsed = parseCgroupPath(path);
	if (isPassiveUnit(path)) {
		// The labels are unreliable: cAdvisor uses those of the container whose id is in the unit's name.
		return parsed.kind === 'pod' ? {kind: 'pod', uid: parsed.uid} : {kind: 'none'};
	}

	const pathUid = parsed.kind === 'container' ? parsed.podUid : undefined;
	const labelled = fromLabels(cgroup, pathUid) ?? fromAliases(cgroup);
	if (labelled !== undefined) {
		return labelled;
	}

	switch (parsed.kind) {
		case 'pod':
			return {kind: 'pod', uid: parsed.uid};
		case 'container':
			return {
				kind: 'container',
				containerKind: 'container',
				name: givenName(cgroup, parsed.id) ?? parsed.id,
				pod: parsed.podUid === undefined ? undefined : {uid: parsed.podUid, namespace: '', name: ''},
			};
		case 'service':
			return {kind: 'container', containerKind: 'service', name: parsed.name, pod: undefined};
		default:
			return plain(path, isLeaf);
	}
}

/** A custom cgroup directly below the root is a workload; any other is part of one. */
function plain(path: string, isLeaf: boolean): Identity {
	if (SYSTEM.test(path)) {
		return {kind: 'container', containerKind: 'system', name: path, pod: undefined};
	}

	return isLeaf && path.lastIndexOf('/') === 0 && path.length > 1 && !GROUPING.test(path)
		? {kind: 'container', containerKind: 'container', name: path, pod: undefined}
		: {kind: 'none'};
}

function fromLabels({spec}: SampledCgroup, pathUid: string | undefined): Identity | undefined {
	const labels = spec.labels ?? {};
	const podName = textOf(labels['io.kubernetes.pod.name']);
	if (podName === undefined) {
		return undefined;
	}

	// Kubernetes 1.0 has `namespace/name` in one label.
	const slash = podName.indexOf('/');
	const pod: PodReference = {
		uid: textOf(labels['io.kubernetes.pod.uid']) ?? pathUid,
		namespace: textOf(labels['io.kubernetes.pod.namespace']) ?? podName.slice(0, Math.max(slash, 0)),
		name: podName.slice(slash + 1),
	};
	const name = textOf(labels['io.kubernetes.container.name']);
	const isSandbox =
		name === 'POD' ||
		labels['io.cri-containerd.kind'] === 'sandbox' ||
		labels['io.kubernetes.docker.type'] === 'podsandbox';
	if (isSandbox) {
		return {kind: 'sandbox', pod};
	}

	return name === undefined ? undefined : {kind: 'container', containerKind: 'container', name, pod};
}

function fromAliases({aliases}: SampledCgroup): Identity | undefined {
	for (const alias of aliases) {
		const [, name = '', podName = '', namespace = '', uid] = KUBERNETES_ALIAS.exec(alias) ?? [];
		if (uid !== undefined) {
			const pod = {uid, namespace, name: podName};
			return name === 'POD'
				? {kind: 'sandbox', pod}
				: {kind: 'container', containerKind: 'container', name, pod};
		}
	}

	return undefined;
}

/** The first alias in Docker and podman is the container name; others repeat the id or path. */
function givenName({aliases}: SampledCgroup, id: string): string | undefined {
	const first = aliases[0];
	return first === id || first?.startsWith('/') ? undefined : first;
}
