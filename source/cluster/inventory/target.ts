import {pathSegment} from '../../http/path-segment.ts';
import type {Attempt} from './api-error.ts';
import type {ControllerResource, ListedResource} from './listed-resource.ts';

/** Which nodes and pods to list. Undefined or empty fields do not restrict. */
export type InventoryScope = {
	/** Only pods of these namespaces (`-n`). */
	readonly namespaces?: readonly string[] | undefined;
	/** The namespaces to list if listing all is forbidden: the context's namespace. */
	readonly fallbackNamespaces?: readonly string[] | undefined;
	/** A label selector for pods (`-l`), in the API's syntax. */
	readonly podSelector?: string | undefined;
	readonly nodeSelector?: string | undefined;
	/** Only this node and its pods. */
	readonly nodeName?: string | undefined;
};

/** A collection of the API with its selectors: the target of one list and watch. */
export type CollectionTarget = {
	readonly resource: ListedResource;
	/** Undefined: all namespaces, or a resource without namespaces. */
	readonly namespace: string | undefined;
	readonly path: string;
	readonly selectors: Readonly<Record<string, string>>;
};

export function nodesTarget({nodeName, nodeSelector}: InventoryScope): CollectionTarget {
	return {
		resource: 'nodes',
		namespace: undefined,
		path: '/api/v1/nodes',
		selectors: selectorsOf(nodeSelector, nodeName === undefined ? undefined : `metadata.name=${nodeName}`),
	};
}

export function podsTarget({nodeName, podSelector}: InventoryScope, namespace?: string): CollectionTarget {
	return {
		resource: 'pods',
		namespace,
		path: namespace === undefined ? '/api/v1/pods' : `/api/v1/namespaces/${pathSegment(namespace)}/pods`,
		selectors: selectorsOf(podSelector, nodeName === undefined ? undefined : `spec.nodeName=${nodeName}`),
	};
}

export function controllersTarget(resource: ControllerResource, namespace?: string): CollectionTarget {
	const place = namespace === undefined ? '' : `namespaces/${pathSegment(namespace)}/`;
	return {resource, namespace, path: `/apis/apps/v1/${place}${resource}`, selectors: {}};
}

function selectorsOf(labelSelector: string | undefined, fieldSelector: string | undefined) {
	return {
		...(labelSelector === undefined ? {} : {labelSelector}),
		...(fieldSelector === undefined ? {} : {fieldSelector}),
	};
}

export function targetUrl(
	{path, selectors}: CollectionTarget,
	parameters: Readonly<Record<string, string>>,
): string {
	return `${path}?${new URLSearchParams({...selectors, ...parameters})}`;
}

export function attemptOf({resource, namespace}: CollectionTarget, verb: Attempt['verb']): Attempt {
	const everywhere = resource === 'nodes' ? '' : 'in all namespaces';
	return {verb, resource, place: namespace === undefined ? everywhere : `in namespace ${namespace}`};
}
