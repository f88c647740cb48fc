import type {ContainerRow, PodRow} from './row.ts';
import type {Scope} from './view.ts';

/** Whether a pod is in the node, is the pod and is in a namespace that a scope gives. */
export function isPodWithin(row: PodRow, {nodeId, podId, namespaces}: Scope): boolean {
	return (
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === podId) &&
		(namespaces === undefined || namespaces.includes(row.namespace))
	);
}

/** The same of a container and the pod around it. */
export function isContainerWithin(row: ContainerRow, {nodeId, podId, namespaces}: Scope): boolean {
	return (
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === `${podId}/${row.name}`) &&
		(namespaces === undefined || (row.pod !== undefined && namespaces.includes(row.pod.namespace)))
	);
}
