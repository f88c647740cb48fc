import type {PodInfo} from './inventory.ts';
import type {ContainerRow, PodRow} from './row.ts';

/** What runs pods: a Deployment, StatefulSet, DaemonSet, Job or CronJob, or a pod that stands for itself. */
export type Workload = {
	/** `Pod` for one without a controller, `StaticPod` for one of a kubelet; undefined where no API server lists the pod. */
	readonly kind: string | undefined;
	readonly namespace: string;
	readonly name: string;
};

/** Known pods never change, and each is asked for at every sum. */
const ids = new WeakMap<PodInfo, string>();

/** The id of the row of a pod's workload. */
export function workloadIdOf({
	namespace,
	name,
	info,
	cluster,
}: Pick<PodRow, 'namespace' | 'name' | 'info' | 'cluster'>): string {
	if (info === undefined) {
		return workloadId({kind: undefined, namespace, name}, cluster);
	}

	const known = ids.get(info);
	if (known !== undefined) {
		return known;
	}

	const id = workloadId(workloadOf({namespace, name, info}), cluster);
	ids.set(info, id);
	return id;
}

/** The id of the row of a container's workload; undefined for a container in no pod. */
export function workloadIdOfContainer({pod, podInfo, cluster}: ContainerRow): string | undefined {
	return pod && workloadIdOf({...pod, info: podInfo, cluster});
}

/** The id of a workload's row. Neither namespaces, kinds nor names of a cluster's workloads contain a slash. */
export function workloadId({namespace, kind, name}: Workload, cluster: string | undefined): string {
	// A template would be kept as its parts, which take more than twice the memory.
	return ['workload', namespace, kind ?? '', name, ...(cluster === undefined ? [] : [cluster])].join('/');
}

/** The namespace of a row's id. */
export function namespaceOfWorkloadId(id: string): string {
	return id.split('/')[1] ?? '';
}

/** The workload of a pod by its owner references and names, which needs no right beyond listing pods. */
export function workloadOf(pod: Pick<PodRow, 'namespace' | 'name' | 'info'>): Workload {
	const {info} = pod;
	if (info === undefined) {
		return {kind: undefined, namespace: pod.namespace, name: pod.name};
	}

	const {namespace, name} = info;

	// The mirror of a static pod is owned by its node, whose name the kubelet appends to that of the pod.
	if (info.configHash !== undefined || info.owner?.kind === 'Node') {
		const suffix = `-${info.nodeName}`;
		const base = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
		return {kind: 'StaticPod', namespace, name: base};
	}

	const owner = info.workload;
	if (owner === undefined) {
		return {kind: 'Pod', namespace, name};
	}

	const cronJob = owner.kind === 'Job' ? cronJobOf(owner.name, info.createdAtMs) : undefined;
	return cronJob === undefined
		? {kind: owner.kind, namespace, name: owner.name}
		: {kind: 'CronJob', namespace, name: cronJob};
}

/** A job's pod is made at the time for which it was scheduled, or later by retries and a late start, but not by days. */
const LATEST_START_MS = 2 * 86_400_000;
const CLOCK_SKEW_MS = 60_000;

/**
 * The CronJob of a Job: the controller names Jobs by the minute since 1970 for which they are scheduled
 * (`backup-29928960`). A name that ends with any other number is that of a Job.
 */
function cronJobOf(job: string, createdAtMs: number | undefined): string | undefined {
	const [, name, minutes] = /^(.+)-(\d{8})$/.exec(job) ?? [];
	const lateMs = (createdAtMs ?? Number.NaN) - Number(minutes) * 60_000;
	return lateMs >= -CLOCK_SKEW_MS && lateMs <= LATEST_START_MS ? name : undefined;
}
