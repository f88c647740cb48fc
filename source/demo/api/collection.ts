import type {JsonFields} from '../json-fields.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {controllerItems} from './controller-items.ts';
import type {Item} from './item.ts';
import {namespaceItems} from './namespaces.ts';
import {nodeItems} from './node-items.ts';
import {podItems, podsFrom} from './pod-items.ts';
import type {ObjectSelection, ResourceName} from './selection.ts';

const KINDS: Readonly<Record<ResourceName, string>> = {
	nodes: 'Node',
	pods: 'Pod',
	namespaces: 'Namespace',
	deployments: 'Deployment',
	statefulsets: 'StatefulSet',
	daemonsets: 'DaemonSet',
};

/** The selected objects from place `from` on, in a fixed order; all for minus infinity. */
export function* selectItems(
	cluster: ClusterModel,
	selection: ObjectSelection,
	from: number,
): Generator<Item> {
	for (const item of allItems(cluster, selection, from)) {
		if (selection.isSelected(item.labels, item.fields)) {
			yield item;
		}
	}
}

/** The number of objects from a place on; undefined with a selector, as in a real API server. */
export function countFrom(
	cluster: ClusterModel,
	selection: ObjectSelection,
	place: number,
): number | undefined {
	if (selection.isNarrowed) {
		return undefined;
	}

	switch (selection.resource) {
		case 'nodes':
			return cluster.nodeNames.length - place;
		case 'pods':
			return podsFrom(cluster, place);
		case 'namespaces':
			return namespaceItems(cluster).length - place;
		case 'deployments':
		case 'statefulsets':
		case 'daemonsets':
			return controllerItems(cluster, selection.resource, undefined).length - place;
	}
}

export function kindOf({resource}: ObjectSelection): string {
	return KINDS[resource];
}

export function apiVersionOf({resource}: ObjectSelection): string {
	return resource === 'nodes' || resource === 'pods' || resource === 'namespaces' ? 'v1' : 'apps/v1';
}

/** Adds the type, which objects have outside of lists. */
export function withKind(selection: ObjectSelection, object: JsonFields): JsonFields {
	return {kind: kindOf(selection), apiVersion: apiVersionOf(selection), ...object};
}

function allItems(cluster: ClusterModel, selection: ObjectSelection, from: number): Iterable<Item> {
	switch (selection.resource) {
		case 'nodes':
			return nodeItems(cluster, from);
		case 'pods':
			return podItems(cluster, selection, from);
		case 'namespaces':
			return namespaceItems(cluster).filter(({place}) => place >= from);
		case 'deployments':
		case 'statefulsets':
		case 'daemonsets':
			return controllerItems(cluster, selection.resource, selection.namespace).filter(
				({place}) => place >= from,
			);
	}
}
