import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import {type ContainerModel, lifeAt} from '../model/container.ts';
import {containerId, imageOf} from '../model/container-identity.ts';
import type {PodModel} from '../model/pod.ts';
import {
	containerChangedMs,
	containerSpec,
	containerStatus,
	isGuaranteed,
	isLimited,
} from './container-object.ts';
import {ownerReference} from './owner.ts';
import {podConditions} from './pod-conditions.ts';
import type {ObjectLabels} from './selectors.ts';

/** Containers of this name run as native sidecars: init containers with restartPolicy Always. */
const SIDECAR = 'istio-proxy';
const INIT = 'init-permissions';
/** Workloads without requests: BestEffort, unless the model has limits. */
const WITHOUT_REQUESTS: ReadonlySet<string> = new Set(['kube-proxy', 'docs', 'sandbox']);
const CREATED_BEFORE_START_MS = 3000;

export type Placement = {readonly nodeName: string; readonly hostIp: string};

/** A running `v1.Pod`, consistent with the kubelet's metrics at the same time. */
export function podObject(pod: PodModel, {nodeName, hostIp}: Placement, timeMs: number): JsonFields {
	const {name, namespace, uid, startMs, containers} = pod;
	const sidecars = containers.filter(isSidecar);
	const apps = containers.filter(one => !isSidecar(one));
	const hasInit = pod.workload.kind === 'statefulset';
	const hasRequests = !isWithoutRequests(pod);
	const isReady = containers.every(one => lifeAt(one, timeMs).isRunning);
	const status = (container: ContainerModel): JsonFields => containerStatus(uid, container, timeMs);
	return {
		metadata: {
			name,
			...(pod.workload.kind === 'statefulset' ? {} : {generateName: `${ownerName(pod)}-`}),
			namespace,
			uid,
			resourceVersion: String(podChangedMs(pod, timeMs)),
			creationTimestamp: stamp(startMs - CREATED_BEFORE_START_MS),
			labels: podLabels(pod),
			ownerReferences: [ownerOf(pod)],
		},
		spec: {
			...when(hasInit || sidecars.length > 0, {
				initContainers: [
					...(hasInit ? [{name: INIT, image: imageOf(INIT), resources: {}}] : []),
					...sidecars.map(one => ({...containerSpec(one, hasRequests), restartPolicy: 'Always'})),
				],
			}),
			containers: apps.map(one => containerSpec(one, hasRequests)),
			restartPolicy: 'Always',
			nodeName,
			...when(pod.isHostNetwork, {hostNetwork: true}),
		},
		status: {
			phase: 'Running',
			conditions: podConditions(
				startMs,
				podChangedMs(pod, timeMs),
				isReady ? undefined : 'ContainersNotReady',
			),
			hostIP: hostIp,
			startTime: stamp(startMs),
			...when(hasInit || sidecars.length > 0, {
				initContainerStatuses: [...(hasInit ? [initStatus(pod)] : []), ...sidecars.map(status)],
			}),
			containerStatuses: apps.map(status),
			qosClass: qosClass(pod),
		},
	};
}

/** The last start or kill of one of its containers. Nothing else changes. */
export function podChangedMs({containers}: PodModel, timeMs: number): number {
	return Math.max(...containers.map(one => containerChangedMs(one, timeMs)));
}

export function podLabels(pod: PodModel): ObjectLabels {
	const {workload, name} = pod;
	const app = {app: workload.name};
	switch (workload.kind) {
		case 'daemonset':
			return app;
		case 'deployment':
			return {...app, 'pod-template-hash': ownerName(pod).slice(workload.name.length + 1)};
		case 'statefulset':
			return {
				...app,
				'apps.kubernetes.io/pod-index': name.slice(workload.name.length + 1),
				'statefulset.kubernetes.io/pod-name': name,
			};
	}
}

function ownerOf(pod: PodModel): JsonFields {
	const {workload, namespace} = pod;
	const kinds = {daemonset: 'DaemonSet', deployment: 'ReplicaSet', statefulset: 'StatefulSet'} as const;
	return ownerReference(kinds[workload.kind], namespace, ownerName(pod));
}

/** The controller's name. For a Deployment it is its ReplicaSet: the pod's name without the suffix. */
function ownerName({workload, name}: PodModel): string {
	return workload.kind === 'deployment' ? name.slice(0, name.lastIndexOf('-')) : workload.name;
}

function isSidecar({name}: ContainerModel): boolean {
	return name === SIDECAR;
}

function isWithoutRequests({workload, containers}: PodModel): boolean {
	return WITHOUT_REQUESTS.has(workload.name) && !containers.some(isLimited);
}

function qosClass(pod: PodModel): string {
	if (isWithoutRequests(pod)) {
		return 'BestEffort';
	}

	// Init containers count too, and those of StatefulSets have no limits here.
	const isFull = pod.workload.kind !== 'statefulset' && pod.containers.every(isGuaranteed);
	return isFull ? 'Guaranteed' : 'Burstable';
}

function initStatus({uid, startMs}: PodModel): JsonFields {
	const id = containerId(uid, INIT, 0);
	return {
		name: INIT,
		state: {
			terminated: {
				exitCode: 0,
				reason: 'Completed',
				startedAt: stamp(startMs),
				finishedAt: stamp(startMs + 800),
				containerID: id,
			},
		},
		lastState: {},
		ready: true,
		restartCount: 0,
		image: imageOf(INIT),
		containerID: id,
		started: false,
	};
}

function when(condition: boolean, fields: JsonFields): JsonFields {
	return condition ? fields : {};
}
