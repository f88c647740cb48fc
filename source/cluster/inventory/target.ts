import type {Attempt} from './api-error.ts';

/** What of the cluster is wanted. Everything undefined or empty means everything. */
export type Scope = {
	/** Pods of these namespaces only (`-n`, may repeat). */
	readonly namespaces?: readonly string[] | undefined;
	/** Where to look for pods when the right to list them in all namespaces is missing: the context's namespace. */
	readonly fallbackNamespaces?: readonly string[] | undefined;
	/** Pods that match (`-l`), in the API's own syntax. */
	readonly podSelector?: string | undefined;
	readonly nodeSelector?: string | undefined;
	/** This node and its pods only. */
	readonly nodeName?: string | undefined;
};

/** One collection of the API, narrowed: what one list and one watch speak of. */
export type CollectionTarget = {
	readonly resource: 'nodes' | 'pods';
	/** Undefined: all namespaces, or none where the resource has none. */
	readonly namespace: string | undefined;
	readonly path: string;
	readonly selectors: Readonly<Record<string, string>>;
};

export function nodesTarget({nodeName, nodeSelector}: Scope): CollectionTarget {
	return {
		resource: 'nodes',
		namespace: undefined,
		path: '/api/v1/nodes',
		selectors: selectorsOf(nodeSelector, nodeName === undefined ? undefined : `metadata.name=${nodeName}`),
	};
}

export function podsTarget({nodeName, podSelector}: Scope, namespace?: string): CollectionTarget {
	return {
		resource: 'pods',
		namespace,
		path:
			namespace === undefined ? '/api/v1/pods' : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
		selectors: selectorsOf(podSelector, nodeName === undefined ? undefined : `spec.nodeName=${nodeName}`),
	};
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
	const everywhere = resource === 'pods' ? 'in all namespaces' : '';
	return {verb, resource, place: namespace === undefined ? everywhere : `in namespace ${namespace}`};
}
