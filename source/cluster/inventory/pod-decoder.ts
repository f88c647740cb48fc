import type {ContainerInfo, Owner, PodInfo, PodPhase, QosClass} from '../../metrics/model/inventory.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {decodeContainer} from './container-decoder.ts';
import {objectAt, objectsAt, textAt, textsAt, timeAt} from './json-field.ts';
import {messageAt} from './message.ts';
import {
	type ContainerAmounts,
	containerAmounts,
	ephemeralStorageLimit,
	extendedRequests,
	isSidecar,
	podAmounts,
	resizeState,
} from './pod-resources.ts';
import {podStatusSummary} from './pod-status-reason.ts';
import {listedPod, sharedLabels, sharedOwner, sharedText} from './shared-values.ts';

/**
 * Decodes a `v1.Pod`; undefined if it has no uid, namespace or name.
 *
 * The result does not reference objects of the input, so the rest (managedFields, environment, volumes) can be
 * garbage-collected.
 */
export function decodePod(pod: unknown): PodInfo | undefined {
	if (!isJsonObject(pod)) {
		return undefined;
	}
	const metadata = objectAt(pod, 'metadata');
	const uid = textAt(metadata, 'uid');
	const namespace = sharedText(textAt(metadata, 'namespace'));
	const name = textAt(metadata, 'name');
	if (uid === undefined || namespace === undefined || name === undefined) {
		return undefined;
	}

	const spec = objectAt(pod, 'spec');
	const status = objectAt(pod, 'status');
	const labels = sharedLabels(textsAt(metadata, 'labels', sharedText));
	const owner = controllerOf(metadata);
	const resize = resizeState(status);
	const init = withAmounts(objectsAt(spec, 'initContainers'), status, 'initContainerStatuses', resize);
	const apps = withAmounts(objectsAt(spec, 'containers'), status, 'containerStatuses', resize);
	const {reason, restarts} = podStatusSummary(pod);
	const {requests, limits, isLimited} = podAmounts(
		pod,
		apps.map(({amounts}) => amounts),
		init.map(({amounts}) => amounts),
	);
	return listedPod({
		uid,
		configHash: textAt(objectAt(metadata, 'annotations'), 'kubernetes.io/config.hash'),
		namespace,
		name,
		nodeName: sharedText(textAt(spec, 'nodeName')),
		hostIp: sharedText(textAt(status, 'hostIP')),
		phase: phaseOf(status),
		reason,
		restarts,
		message: messageOf(status),
		qosClass: qosClassOf(status),
		isHostNetwork: spec.hostNetwork === true,
		owner,
		workload: workloadOf(owner, labels),
		labels,
		createdAtMs: timeAt(metadata, 'creationTimestamp'),
		startTimeMs: timeAt(status, 'startTime'),
		requests,
		extendedRequests: extendedRequests(spec),
		limits,
		isLimited,
		ephemeralStorageLimitBytes: ephemeralStorageLimit(spec),
		resize,
		// An array that is spread into a new one has room for sixteen more.
		containers: init
			.map(({container, status, amounts}) =>
				decodeContainer(container, status, isSidecar(container) ? 'sidecar' : 'init', amounts),
			)
			.concat(
				apps.map(({container, status, amounts}) => decodeContainer(container, status, 'app', amounts)),
				ephemeralContainers(spec, status),
			),
	});
}

type ContainerInPod = {
	readonly container: JsonObject;
	readonly status: JsonObject | undefined;
	readonly amounts: ContainerAmounts;
};

function withAmounts(
	containers: readonly JsonObject[],
	podStatus: JsonObject,
	statusKey: string,
	resize: PodInfo['resize'],
): readonly ContainerInPod[] {
	const statuses = objectsAt(podStatus, statusKey);
	return containers.map(container => {
		const status = statusOf(container, statuses);
		return {container, status, amounts: containerAmounts(container, status, resize === 'infeasible')};
	});
}

/** Ephemeral containers have no resources and are never restarted (`v1.EphemeralContainer`). */
function ephemeralContainers(spec: JsonObject, status: JsonObject): readonly ContainerInfo[] {
	const statuses = objectsAt(status, 'ephemeralContainerStatuses');
	return objectsAt(spec, 'ephemeralContainers').map(container =>
		decodeContainer(container, statusOf(container, statuses), 'ephemeral', undefined),
	);
}

function statusOf(container: JsonObject, statuses: readonly JsonObject[]): JsonObject | undefined {
	return statuses.find(status => status.name === container.name);
}

function controllerOf(metadata: JsonObject): Owner | undefined {
	const owner = objectsAt(metadata, 'ownerReferences').find(reference => reference.controller === true);
	const kind = owner && textAt(owner, 'kind');
	const name = owner && textAt(owner, 'name');
	return kind !== undefined && name !== undefined ? sharedOwner({kind, name}) : undefined;
}

/** A Deployment names its ReplicaSets `<deployment>-<hash>`, and labels their pods with the hash. */
function workloadOf(owner: Owner | undefined, labels: Readonly<Record<string, string>>): Owner | undefined {
	const hash = labels['pod-template-hash'];
	if (owner?.kind !== 'ReplicaSet' || hash === undefined || !owner.name.endsWith(`-${hash}`)) {
		return owner;
	}
	return sharedOwner({kind: 'Deployment', name: owner.name.slice(0, -hash.length - 1)});
}

/** The kubelet's message for an evicted pod, or the scheduler's for one that fits on no node. */
function messageOf(status: JsonObject): string | undefined {
	const unscheduled = objectsAt(status, 'conditions').find(
		condition => condition.type === 'PodScheduled' && condition.status === 'False',
	);
	return messageAt(status) ?? (unscheduled && messageAt(unscheduled));
}

const phases: ReadonlySet<string> = new Set<PodPhase>(['Pending', 'Running', 'Succeeded', 'Failed']);

function isPhase(phase: string | undefined): phase is PodPhase {
	return phase !== undefined && phases.has(phase);
}

function phaseOf(status: JsonObject): PodPhase {
	const phase = textAt(status, 'phase');
	return isPhase(phase) ? phase : 'Unknown';
}

function qosClassOf(status: JsonObject): QosClass | undefined {
	const qosClass = status.qosClass;
	return qosClass === 'Guaranteed' || qosClass === 'Burstable' || qosClass === 'BestEffort'
		? qosClass
		: undefined;
}
