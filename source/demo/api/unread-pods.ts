import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {containerId, imageOf} from '../model/container-identity.ts';
import {nameSuffix, randomOf, uuid} from '../model/random.ts';
import {internalIp} from './node-state.ts';
import {ownerReference} from './owner.ts';
import {type NotReadyReason, podConditions} from './pod-conditions.ts';
import {type ContainerSketch, POD_SKETCHES, type PodSketch} from './pod-sketches.ts';
import type {ObjectLabels} from './selectors.ts';

/** Smaller clusters have no such pods. */
const MIN_PODS = 20;

export type UnreadPod = {
	readonly namespace: string;
	readonly name: string;
	readonly nodeName: string | undefined;
	readonly phase: string;
	readonly labels: ObjectLabels;
	readonly changedMs: number;
	readonly toObject: () => JsonFields;
};

/** The pods that only the API server has. They never change. */
export function unreadPods(cluster: ClusterModel): readonly UnreadPod[] {
	return cluster.podCount < MIN_PODS
		? []
		: POD_SKETCHES.map((sketch, index) => place(cluster, sketch, index));
}

/** Places the pod on a node without a fault if there is one. */
function place({nodeNames, faults, bornMs}: ClusterModel, sketch: PodSketch, index: number): UnreadPod {
	const sound = nodeNames.slice(0, 20).flatMap((name, at) => (faults.has(name) ? [] : [at]));
	const nodeIndex =
		sketch.container === 'unscheduled'
			? undefined
			: (sound[index % sound.length] ?? index % nodeNames.length);
	const nodeName = nodeIndex === undefined ? undefined : nodeNames[nodeIndex];
	const {namespace, app, owner, phase} = sketch;
	const createdMs = bornMs - sketch.agoMs;
	const random = randomOf('unread', namespace, app, index);
	// CronJobs name their jobs after the scheduled minute.
	const part = owner === 'Job' ? String(Math.floor(createdMs / 60_000)) : nameSuffix(random, 9);
	const ownerName = `${app}-${part}`;
	const name = `${ownerName}-${nameSuffix(random, 5)}`;
	const uid = uuid(random);
	const labels = owner === 'Job' ? {app, 'job-name': ownerName} : {app, 'pod-template-hash': part};
	const changedMs = createdMs + ranMs(sketch.container);
	return {
		namespace,
		name,
		nodeName,
		phase,
		labels,
		changedMs,
		toObject: () => ({
			metadata: {
				name,
				generateName: `${ownerName}-`,
				namespace,
				uid,
				resourceVersion: String(changedMs),
				creationTimestamp: stamp(createdMs),
				labels,
				ownerReferences: [ownerReference(owner, namespace, ownerName)],
			},
			spec: {
				containers: [
					{
						name: app,
						image: imageOf(app),
						resources: {requests: {cpu: sketch.cpu, memory: '128Mi'}, limits: {memory: '256Mi'}},
					},
				],
				restartPolicy: owner === 'Job' ? 'Never' : 'Always',
				...(nodeName === undefined ? {} : {nodeName}),
			},
			status: {
				phase,
				...sketch.reason,
				...(nodeIndex === undefined
					? unschedulable(createdMs, sketch.cpu)
					: {
							conditions: podConditions(createdMs, changedMs, notReadyReason(phase)),
							hostIP: internalIp(nodeIndex),
							startTime: stamp(createdMs),
							...containerStatuses(app, uid, createdMs, sketch.container),
						}),
				qosClass: 'Burstable',
			},
		}),
	};
}

function notReadyReason(phase: PodSketch['phase']): NotReadyReason {
	return phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : 'ContainersNotReady';
}

function unschedulable(sinceMs: number, cpu: string): JsonFields {
	return {
		conditions: [
			{
				type: 'PodScheduled',
				status: 'False',
				lastProbeTime: null,
				lastTransitionTime: stamp(sinceMs),
				reason: 'Unschedulable',
				message: `no node has ${cpu} CPUs: Insufficient cpu.`,
			},
		],
	};
}

function ranMs(container: PodSketch['container']): number {
	return typeof container === 'object' && container.state === 'terminated' ? container.ranMs : 0;
}

function containerStatuses(
	name: string,
	podUid: string,
	startMs: number,
	container: PodSketch['container'],
): JsonFields {
	return typeof container === 'object'
		? {containerStatuses: [containerStatus(name, podUid, startMs, container)]}
		: {};
}

function containerStatus(name: string, podUid: string, startMs: number, sketch: ContainerSketch): JsonFields {
	const restarts = sketch.state === 'waiting' ? sketch.restarts : 0;
	const isPulled = sketch.state === 'terminated' || sketch.lastExitCode !== undefined;
	const terminated = (exitCode: number, reason: string, ranMs: number): JsonFields => ({
		terminated: {
			exitCode,
			reason,
			startedAt: stamp(startMs),
			finishedAt: stamp(startMs + ranMs),
			containerID: containerId(podUid, name, restarts),
		},
	});
	return {
		name,
		state:
			sketch.state === 'terminated'
				? terminated(sketch.exitCode, sketch.reason, sketch.ranMs)
				: {waiting: {reason: sketch.reason, message: sketch.message}},
		lastState:
			sketch.state === 'waiting' && sketch.lastExitCode !== undefined
				? terminated(sketch.lastExitCode, 'Error', 2000)
				: {},
		ready: false,
		restartCount: restarts,
		image: imageOf(name),
		...(isPulled ? {containerID: containerId(podUid, name, restarts)} : {}),
		started: false,
	};
}
