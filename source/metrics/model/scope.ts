import type {ContainerRow, PodRow} from './row.ts';
import type {Scope} from './view.ts';

/** Whether a pod is in the node, is the pod and is in the namespace that a scope gives. */
export function isPodWithin(row: PodRow, {nodeId, podId, namespace}: Scope): boolean {
	return (
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === podId) &&
		(namespace === undefined || row.namespace === namespace)
	);
}

/** The same of a container and the pod around it. */
export function isContainerWithin(row: ContainerRow, {nodeId, podId, namespace}: Scope): boolean {
	return (
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === `${podId}/${row.name}`) &&
		(namespace === undefined || row.pod?.namespace === namespace)
	);
}
