import type {ClusterModel} from '../model/cluster.ts';
import type {PodModel} from '../model/pod.ts';
import type {Item} from './item.ts';
import {internalIp, lostMs} from './node-state.ts';
import {podChangedMs, podLabels, podObject} from './pod-object.ts';
import type {ObjectSelection} from './selection.ts';
import {type UnreadPod, unreadPods} from './unread-pods.ts';

/**
 * Above the number of pods on any node. A pod's place is its node's index times this, plus its index on the node. Pods
 * without a kubelet have negative places.
 */
const PLACES_PER_NODE = 200_000;

/** The pods from a place on, limited to the selected namespace and node, in a fixed order. */
export function* podItems(
	cluster: ClusterModel,
	{namespace, fieldValue}: ObjectSelection,
	from: number,
): Generator<Item> {
	const isWanted = (pod: {readonly namespace: string}): boolean =>
		namespace === undefined || pod.namespace === namespace;
	const unread = from >= 0 ? [] : unreadPods(cluster);
	for (const [index, pod] of unread.entries()) {
		const place = index - unread.length;
		if (place >= from && isWanted(pod)) {
			yield unreadItem(pod, place);
		}
	}

	const nodeName = fieldValue('spec.nodeName');
	const only = nodeName === undefined ? undefined : cluster.nodeNames.indexOf(nodeName);
	const first = Math.max(Math.floor(from / PLACES_PER_NODE), 0, only ?? 0);
	const end = only === undefined ? cluster.nodeNames.length : only + 1;
	for (let index = first; index < end; index++) {
		const name = cluster.nodeNames[index] ?? '';
		for (const [own, pod] of (cluster.node(name)?.pods ?? []).entries()) {
			const place = index * PLACES_PER_NODE + own;
			if (place >= from && isWanted(pod)) {
				yield podItem(cluster, pod, index, name, place);
			}
		}
	}
}

/** The number of pods from a place on. */
export function podsFrom({nodeNames, podCount}: ClusterModel, place: number): number {
	if (place < 0) {
		return podCount - place;
	}

	const index = Math.floor(place / PLACES_PER_NODE);
	return podCount - Math.floor((podCount * index) / nodeNames.length) - (place % PLACES_PER_NODE);
}

function podItem(
	cluster: ClusterModel,
	pod: PodModel,
	nodeIndex: number,
	nodeName: string,
	place: number,
): Item {
	// The API server gets no updates from a lost node.
	const lost = lostMs(cluster, nodeName);
	const heardMs = (timeMs: number): number => (lost === undefined ? timeMs : Math.min(lost, timeMs));
	const placement = {nodeName, hostIp: internalIp(nodeIndex)};
	return {
		place,
		labels: () => podLabels(pod),
		fields: () => fieldsOf(pod, nodeName, 'Running'),
		isChanging: lost === undefined && pod.containers.some(({lifeMs}) => lifeMs !== undefined),
		changedMs: timeMs => podChangedMs(pod, heardMs(timeMs)),
		toObject: timeMs => podObject(pod, placement, heardMs(timeMs)),
	};
}

function unreadItem(pod: UnreadPod, place: number): Item {
	return {
		place,
		labels: () => pod.labels,
		fields: () => fieldsOf(pod, pod.nodeName ?? '', pod.phase),
		isChanging: false,
		changedMs: () => pod.changedMs,
		toObject: pod.toObject,
	};
}

function fieldsOf(
	{namespace, name}: {readonly namespace: string; readonly name: string},
	nodeName: string,
	phase: string,
): Readonly<Record<string, string>> {
	return {
		'metadata.name': name,
		'metadata.namespace': namespace,
		'spec.nodeName': nodeName,
		'status.phase': phase,
	};
}
