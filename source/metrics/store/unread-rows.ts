import {type ContainerInfo, isFinished, type PodInfo} from '../model/inventory.ts';
import type {ContainerRow, PodRow} from '../model/row.ts';
import {UNKNOWN_USAGE} from '../rates/usage-tracker.ts';
import {NOT_SUMMED} from './pod-usage.ts';

/** Node id of pods without a node record: not scheduled yet, or on a node that may not be listed. */
export const NO_NODE = 'nowhere';

/** The row of a pod that no reading contains: finished, not started, crashed, or on a node that was not read. */
export function unreadPodRow(info: PodInfo, nodeId: string, isFrozen: boolean, cluster?: string): PodRow {
	return {
		kind: 'pod',
		// Clusters may have pods with the same uid, if they were made from one backup.
		id:
			nodeId === NO_NODE && cluster !== undefined
				? `${NO_NODE}/${cluster}/${info.uid}`
				: `${nodeId}/${info.uid}`,
		cluster,
		nodeId,
		node: info.nodeName ?? '',
		namespace: info.namespace,
		name: info.name,
		uid: info.uid,
		isHostNetwork: info.isHostNetwork,
		ephemeralStorageUsedBytes: undefined,
		volumes: [],
		containerCount: info.containers.filter(({state}) => state.kind === 'running').length,
		summed: NOT_SUMMED,
		info,
		...UNKNOWN_USAGE,
		startTimeMs: info.startTimeMs,
		isFrozen: isFrozen || undefined,
	};
}

/** The row of a container of `pod` that no reading contains. */
export function unreadContainerRow(pod: PodRow, podInfo: PodInfo, info: ContainerInfo): ContainerRow {
	return {
		kind: 'container',
		id: `${pod.id}/${info.name}`,
		cluster: pod.cluster,
		nodeId: pod.nodeId,
		node: pod.node,
		pod: {uid: pod.uid, namespace: pod.namespace, name: pod.name},
		name: info.name,
		containerKind: 'container',
		image: info.image,
		cpuLimitCores: info.limits.cpuCores,
		memoryLimitBytes: info.limits.memoryBytes,
		throttledRatio: undefined,
		rootFilesystemUsedBytes: undefined,
		logUsedBytes: undefined,
		podInfo,
		info,
		...UNKNOWN_USAGE,
		startTimeMs: info.state.kind === 'running' ? info.state.startedAtMs : undefined,
		isFrozen: pod.isFrozen,
	};
}

/**
 * Whether a container that does not run belongs into a list of the whole cluster: one that waits or crashed does, one
 * that finished (an init container, a job's) only onto the page of its pod.
 */
export function isOfInterest(pod: PodInfo, {state}: ContainerInfo): boolean {
	return !isFinished(pod) && !(state.kind === 'terminated' && state.exitCode === 0);
}
