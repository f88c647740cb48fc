import type {ClusterModel} from '../model/cluster.ts';
import type {PodModel} from '../model/pod.ts';
import type {Json} from './json.ts';
import {internalIp, nodeObject} from './node-object.ts';
import {labelsOf, podObject} from './pod-object.ts';
import {fieldOf, matchesLabels} from './selectors.ts';
import {unreadPods} from './unread-pods.ts';

/** What is asked for of a collection. */
export type Selection = {
	readonly resource: 'nodes' | 'pods';
	readonly namespace: string | undefined;
	readonly labelSelector: string;
	readonly fieldSelector: string;
};

/** One object, made when it is looked at: a page of 500 pods of 150,000 makes 500. */
export type Entry = {
	/** Its place in the whole collection, the same at every time. */
	readonly place: number;
	readonly toObject: (nowMs: number) => Json;
	/** Undefined for what never changes. */
	readonly pod: PodModel | undefined;
};

/** More pods than any node has: places are `node * STRIDE + pod`, and those below 0 are of pods that no kubelet has. */
const STRIDE = 100_000;

/** The selected objects from a place on, in order. */
export function* entries(cluster: ClusterModel, selection: Selection, from: number): Generator<Entry> {
	if (selection.resource === 'nodes') {
		yield* nodeEntries(cluster, selection, from);
		return;
	}

	const {namespace, labelSelector, fieldSelector} = selection;
	const name = fieldOf(fieldSelector, 'metadata.name');
	const onNode = fieldOf(fieldSelector, 'spec.nodeName');
	const unread = unreadPods(cluster, cluster.bornMs);
	for (const [index, object] of unread.entries()) {
		const place = index - unread.length;
		if (place >= from && isSelected(object, selection, name, onNode)) {
			yield {place, toObject: nowMs => unreadPods(cluster, nowMs)[index] ?? object, pod: undefined};
		}
	}

	for (let node = Math.max(Math.floor(from / STRIDE), 0); node < cluster.nodeNames.length; node++) {
		const nodeName = cluster.nodeNames[node] ?? '';
		if (onNode !== undefined && onNode !== nodeName) {
			continue;
		}

		for (const [index, pod] of (cluster.node(nodeName)?.pods ?? []).entries()) {
			const place = node * STRIDE + index;
			if (
				place >= from &&
				(namespace === undefined || pod.namespace === namespace) &&
				(name === undefined || pod.name === name) &&
				matchesLabels(labelSelector, labelsOf(pod))
			) {
				yield {place, toObject: nowMs => podObject(pod, nodeName, internalIp(node), nowMs), pod};
			}
		}
	}
}

function* nodeEntries(
	cluster: ClusterModel,
	{labelSelector, fieldSelector}: Selection,
	from: number,
): Generator<Entry> {
	const wanted = fieldOf(fieldSelector, 'metadata.name');
	for (const [place, name] of cluster.nodeNames.entries()) {
		const node = place < from || (wanted !== undefined && wanted !== name) ? undefined : cluster.node(name);
		if (node === undefined) {
			continue;
		}

		const toObject = (nowMs: number): Json => nodeObject(cluster, node, nowMs);
		if (labelSelector === '' || matchesLabels(labelSelector, labelsOfObject(toObject(cluster.bornMs)))) {
			yield {place, toObject, pod: undefined};
		}
	}
}

function isSelected(
	object: Json,
	{namespace, labelSelector}: Selection,
	name: string | undefined,
	onNode: string | undefined,
): boolean {
	const metadata = fields(object.metadata);
	return (
		(namespace === undefined || metadata.namespace === namespace) &&
		(name === undefined || metadata.name === name) &&
		(onNode === undefined || fields(object.spec).nodeName === onNode) &&
		matchesLabels(labelSelector, labelsOfObject(object))
	);
}

function labelsOfObject(object: Json): Readonly<Record<string, string>> {
	// Made here, with labels that are texts.
	return fields(fields(object.metadata).labels) as Readonly<Record<string, string>>;
}

function fields(value: unknown): Json {
	return typeof value === 'object' && value !== null ? {...value} : {};
}
