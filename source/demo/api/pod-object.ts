import {type ContainerModel, lifeAt} from '../model/container.ts';
import type {PodModel} from '../model/pod.ts';
import type {Json} from './json.ts';
import {timestamp} from './node-object.ts';

const MEBIBYTE = 2 ** 20;

/** Containers of this name run as native sidecars: init containers that go on. */
const SIDECAR = 'istio-proxy';

/** Nothing is asked for here, so that its pods are BestEffort. */
const UNBOUNDED_NAMESPACE = 'staging';

/** A `v1.Pod` that runs on a node, consistent with what the kubelet reports of it at the same time. */
export function podObject(pod: PodModel, node: string, hostIp: string, nowMs: number): Json {
	const sidecars = pod.containers.filter(({name}) => name === SIDECAR);
	const apps = pod.containers.filter(({name}) => name !== SIDECAR);
	const hasInit = pod.workload.kind === 'statefulset';
	const resources = (container: ContainerModel): Json => resourcesOf(pod, container);
	return {
		metadata: {
			name: pod.name,
			namespace: pod.namespace,
			uid: pod.uid,
			resourceVersion: String(nowMs),
			creationTimestamp: timestamp(pod.startMs - 3000),
			labels: labelsOf(pod),
			ownerReferences: [ownerOf(pod)],
		},
		spec: {
			nodeName: node,
			...(pod.isHostNetwork ? {hostNetwork: true} : {}),
			...(hasInit || sidecars.length > 0
				? {
						initContainers: [
							...(hasInit ? [{name: 'init-permissions', image: 'registry.demo/init:1', resources: {}}] : []),
							...sidecars.map(one => ({...containerSpec(one, resources(one)), restartPolicy: 'Always'})),
						],
					}
				: {}),
			containers: apps.map(one => containerSpec(one, resources(one))),
		},
		status: {
			phase: 'Running',
			qosClass: pod.namespace === UNBOUNDED_NAMESPACE ? 'BestEffort' : 'Burstable',
			hostIP: hostIp,
			startTime: timestamp(pod.startMs),
			conditions: [{type: 'Initialized', status: 'True'}],
			...(hasInit || sidecars.length > 0
				? {
						initContainerStatuses: [
							...(hasInit ? [initStatus(pod)] : []),
							...sidecars.map(one => containerStatus(one, nowMs)),
						],
					}
				: {}),
			containerStatuses: apps.map(one => containerStatus(one, nowMs)),
		},
	};
}

/** The labels that selectors select by. */
export function labelsOf({workload, name}: PodModel): Readonly<Record<string, string>> {
	return {
		app: workload.name,
		...(workload.kind === 'deployment' ? {'pod-template-hash': name.split('-').at(-2) ?? ''} : {}),
	};
}

/** What an object of it would differ in from one time to another. */
export function stateKey(pod: PodModel, timeMs: number): string {
	return pod.containers
		.map(container => {
			const {index, isRunning} = lifeAt(container, timeMs);
			return `${index}${isRunning}`;
		})
		.join();
}

function ownerOf({workload, name}: PodModel): Json {
	switch (workload.kind) {
		case 'daemonset':
			return {kind: 'DaemonSet', name: workload.name, controller: true};
		case 'statefulset':
			return {kind: 'StatefulSet', name: workload.name, controller: true};
		case 'deployment':
			return {kind: 'ReplicaSet', name: name.split('-').slice(0, -1).join('-'), controller: true};
	}
}

function containerSpec({name}: ContainerModel, resources: Json): Json {
	return {name, image: `registry.demo/${name}:1.4.2`, resources};
}

/** Requests are the usual usage with a little room; limits are those of the model. */
function resourcesOf({namespace}: PodModel, container: ContainerModel): Json {
	if (namespace === UNBOUNDED_NAMESPACE) {
		return {};
	}

	const {cpuLimitCores, memoryLimitBytes, cpu, workingSetBytes} = container;
	const requested = Math.max(Math.ceil((cpu.mean * 1000 * 1.2) / 5) * 5, 5);
	const millicores = cpuLimitCores === undefined ? requested : Math.min(requested, cpuLimitCores * 1000);
	return {
		requests: {
			cpu: `${Math.floor(millicores)}m`,
			memory: `${Math.ceil((workingSetBytes * 1.1) / MEBIBYTE)}Mi`,
		},
		limits: {
			...(cpuLimitCores === undefined ? {} : {cpu: `${Math.round(cpuLimitCores * 1000)}m`}),
			...(memoryLimitBytes === undefined ? {} : {memory: String(memoryLimitBytes)}),
		},
	};
}

function initStatus({startMs, name}: PodModel): Json {
	return {
		name: 'init-permissions',
		ready: true,
		restartCount: 0,
		image: 'registry.demo/init:1',
		containerID: `containerd://${name}-init`,
		state: {
			terminated: {
				exitCode: 0,
				reason: 'Completed',
				startedAt: timestamp(startMs),
				finishedAt: timestamp(startMs + 800),
			},
		},
		lastState: {},
	};
}

/** The leaking ones are killed again and again, and wait a while in between. */
function containerStatus(container: ContainerModel, nowMs: number): Json {
	const {name, lifeMs} = container;
	const life = lifeAt(container, nowMs);
	const killed = (startMs: number): Json => ({
		terminated: {
			exitCode: 137,
			reason: 'OOMKilled',
			startedAt: timestamp(startMs),
			finishedAt: timestamp(startMs + (lifeMs ?? 0)),
		},
	});
	const before = container.lifeMs === undefined ? undefined : lifeAt(container, life.startMs - 1);
	return {
		name,
		ready: life.isRunning,
		started: life.isRunning,
		restartCount: life.index,
		image: `registry.demo/${name}:1.4.2`,
		containerID: `containerd://${name}-${life.index}`,
		state: life.isRunning
			? {running: {startedAt: timestamp(life.startMs)}}
			: {waiting: {reason: lifeMs === undefined ? 'ContainerCreating' : 'CrashLoopBackOff'}},
		lastState:
			lifeMs === undefined || (life.index === 0 && life.isRunning)
				? {}
				: killed(life.isRunning ? (before?.startMs ?? life.startMs) : life.startMs),
	};
}
