import type {ContainerRow, PodRow, ProcessRow} from './row.ts';
import type {Query, Scope} from './view.ts';
import {workloadIdOf, workloadIdOfContainer} from './workload.ts';

/** Whether a scope leaves nothing out. */
export function isEverywhere({cluster, nodeId, podId, workloadId, namespaces}: Scope = {}): boolean {
	return [cluster, nodeId, podId, workloadId, namespaces].every(part => part === undefined);
}

/** Whether a view is one of all rows, or of all problems in some namespaces. */
export function isOfTables({level, scope}: Query): boolean {
	return isEverywhere(level === 'problems' ? {...scope, namespaces: undefined} : scope);
}

/** Whether a pod is in the node, is the pod, and is in a workload and a namespace that a scope gives. */
export function isPodWithin(row: PodRow, {cluster, nodeId, podId, workloadId, namespaces}: Scope): boolean {
	return (
		(cluster === undefined || row.cluster === cluster) &&
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === podId) &&
		(namespaces === undefined || namespaces.includes(row.namespace)) &&
		(workloadId === undefined || workloadIdOf(row) === workloadId)
	);
}

/** The same of a container and the pod around it. */
export function isContainerWithin(
	row: ContainerRow,
	{cluster, nodeId, podId, workloadId, namespaces}: Scope,
): boolean {
	return (
		(cluster === undefined || row.cluster === cluster) &&
		(nodeId === undefined || row.nodeId === nodeId) &&
		(podId === undefined || row.id === `${podId}/${row.name}`) &&
		(namespaces === undefined || (row.pod !== undefined && namespaces.includes(row.pod.namespace))) &&
		(workloadId === undefined || workloadIdOfContainer(row) === workloadId)
	);
}

/** The same of a process and the container around it; one in no container is in nothing but its node. */
export function isProcessWithin({nodeId, container}: ProcessRow, scope: Scope): boolean {
	const {cluster, podId, workloadId, namespaces} = scope;
	return (
		(scope.nodeId === undefined || nodeId === scope.nodeId) &&
		([cluster, podId, workloadId, namespaces].every(part => part === undefined) ||
			(container !== undefined && isContainerWithin(container, scope)))
	);
}
