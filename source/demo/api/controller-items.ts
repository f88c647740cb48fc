import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import {type ClusterModel, replicas} from '../model/cluster.ts';
import {randomOf, uuid} from '../model/random.ts';
import type {DemoWorkload} from '../model/workloads.ts';
import type {Item} from './item.ts';
import {POD_SKETCHES} from './pod-sketches.ts';
import type {ControllerName} from './selection.ts';

const KINDS: Readonly<Record<ControllerName, DemoWorkload['kind']>> = {
	deployments: 'deployment',
	statefulsets: 'statefulset',
	daemonsets: 'daemonset',
};

const AGE_MS = 40 * 86_400_000;

type Wanted = {readonly namespace: string; readonly name: string; readonly pods: number};

/** The controllers of a resource, of which each wants the pods that it has, or would have if they started. */
export function controllerItems(
	cluster: ClusterModel,
	resource: ControllerName,
	namespace: string | undefined,
): readonly Item[] {
	const wanted = [...wantedOf(cluster, resource)];
	return wanted.flatMap((one, place) =>
		namespace === undefined || one.namespace === namespace ? [itemOf(cluster, resource, one, place)] : [],
	);
}

function* wantedOf(cluster: ClusterModel, resource: ControllerName): Generator<Wanted> {
	// Two workloads may be of one name.
	const counts = new Map<string, Wanted>();
	for (const [{kind, namespace, name}, pods] of replicas(cluster)) {
		if (kind === KINDS[resource]) {
			const key = `${namespace}/${name}`;
			counts.set(key, {namespace, name, pods: pods + (counts.get(key)?.pods ?? 0)});
		}
	}

	yield* counts.values();
	if (resource === 'deployments') {
		for (const {namespace, app, owner} of POD_SKETCHES) {
			if (owner === 'ReplicaSet') {
				yield {namespace, name: app, pods: 1};
			}
		}
	}
}

function itemOf(
	{bornMs}: ClusterModel,
	resource: ControllerName,
	{namespace, name, pods}: Wanted,
	place: number,
): Item {
	const changedMs = bornMs - AGE_MS;
	const labels = {app: name};
	const object: JsonFields = {
		metadata: {
			name,
			namespace,
			uid: uuid(randomOf(resource, namespace, name)),
			resourceVersion: String(changedMs),
			creationTimestamp: stamp(changedMs),
			labels,
		},
		spec: {...(resource === 'daemonsets' ? {} : {replicas: pods}), selector: {matchLabels: labels}},
		status: resource === 'daemonsets' ? {desiredNumberScheduled: pods} : {replicas: pods},
	};
	return {
		place,
		labels: () => labels,
		fields: () => ({'metadata.name': name, 'metadata.namespace': namespace}),
		isChanging: false,
		changedMs: () => changedMs,
		toObject: () => object,
	};
}
