import {plainContainer, plainPod} from '../../metrics/model/plain-row.ts';
import type {ContainerRow, NodeRow, PodRow, Usage} from '../../metrics/model/row.ts';
import {UNKNOWN_USAGE} from '../../metrics/rates/usage-tracker.ts';
import {NOT_SUMMED} from '../../metrics/store/pod-usage.ts';
import {unreadNode} from '../../metrics/store/unread-node.ts';
import {NO_NODE} from '../../metrics/store/unread-rows.ts';
import {type MomentEntry, subjectKey} from '../store/history-request.ts';

/** All rows of a cluster at one moment. */
export type MomentRows = {
	readonly nodes: readonly NodeRow[];
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
};

export type MomentEntries = {readonly [Kind in keyof MomentRows]: readonly MomentEntry[]};

/**
 * Converts entries of a store to rows. Rows of `known` are matched by name, since stores have no uids, and provide the
 * id, so that a selected row stays selected, and the data of the API server.
 */
export function rowsOfMoment(entries: MomentEntries, known: MomentRows): MomentRows {
	const nodes = new Map(known.nodes.map(row => [row.name, row]));
	const idOfNode = (name: string | undefined): string => nodes.get(name ?? '')?.id ?? name ?? NO_NODE;
	const pods = new Map(known.pods.map(row => [podName(row.namespace, row.name), row]));
	const containers = new Map(
		known.containers.map(row => [containerName(row.pod?.namespace, row.pod?.name, row.name), row]),
	);
	return {
		nodes: entries.nodes.flatMap(entry => {
			const {subject} = entry;
			if (subject.kind !== 'node') {
				return [];
			}

			const row = nodes.get(subject.name) ?? unreadNode(subject.name, subject.name);
			return [
				{
					...row,
					filesystems: [],
					fullestFilesystem: undefined,
					filesystemCapacityBytes: undefined,
					podCount: undefined,
					containerCount: undefined,
					cpuCapacityCores: row.cpuCapacityCores ?? entry.values.cpuCapacityCores,
					memoryCapacityBytes: row.memoryCapacityBytes ?? entry.values.memoryCapacityBytes,
					...usageOf(entry),
					filesystemUsedBytes: undefined,
					filesystemFullRatio: undefined,
					state: {kind: 'past'},
				},
			];
		}),
		pods: entries.pods.flatMap(entry => {
			const {subject, node} = entry;
			if (subject.kind !== 'pod') {
				return [];
			}

			const live = pods.get(podName(subject.namespace, subject.name));
			return [
				{
					...(live === undefined ? unknownPod(entry, idOfNode(node)) : plainPod(live)),
					node: node ?? live?.node ?? '',
					...usageOf(entry),
				},
			];
		}),
		containers: entries.containers.flatMap(entry => {
			const {subject, node} = entry;
			if (subject.kind !== 'container') {
				return [];
			}

			const {namespace, pod: podOf, name} = subject;
			const live = containers.get(containerName(namespace, podOf, name));
			const pod = pods.get(podName(namespace, podOf));
			const nodeId = idOfNode(node);
			const row: ContainerRow = (live && plainContainer(live)) ?? {
				kind: 'container',
				id: `${pod?.id ?? unknownPodId(nodeId, namespace, podOf)}/${name}`,
				nodeId: pod?.nodeId ?? nodeId,
				node: node ?? '',
				pod: {uid: pod?.uid, namespace, name: podOf},
				name,
				containerKind: 'container',
				image: undefined,
				cpuLimitCores: undefined,
				memoryLimitBytes: undefined,
				throttledRatio: undefined,
				rootFilesystemUsedBytes: undefined,
				logUsedBytes: undefined,
				podInfo: pod?.info,
				info: undefined,
				...UNKNOWN_USAGE,
			};
			return [
				{
					...row,
					node: node ?? row.node,
					rootFilesystemUsedBytes: undefined,
					logUsedBytes: undefined,
					...usageOf(entry),
					throttledRatio: entry.values.throttledRatio,
				},
			];
		}),
	};
}

function unknownPod({subject, node}: MomentEntry, nodeId: string): PodRow {
	const {namespace, name} = subject.kind === 'pod' ? subject : {namespace: '', name: subjectKey(subject)};
	return {
		kind: 'pod',
		id: unknownPodId(nodeId, namespace, name),
		nodeId,
		node: node ?? '',
		namespace,
		name,
		uid: undefined,
		isHostNetwork: false,
		ephemeralStorageUsedBytes: undefined,
		volumes: [],
		containerCount: undefined,
		summed: NOT_SUMMED,
		info: undefined,
		...UNKNOWN_USAGE,
	};
}

function usageOf({timeMs, values}: MomentEntry): Usage {
	return {
		...UNKNOWN_USAGE,
		sampleTimeMs: timeMs,
		receivedAtMs: timeMs,
		cpuCores: values.cpuCores,
		memoryWorkingSetBytes: values.memoryWorkingSetBytes,
		memoryRssBytes: values.memoryRssBytes,
		rxBytesPerSecond: values.rxBytesPerSecond,
		txBytesPerSecond: values.txBytesPerSecond,
	};
}

/** Same format as the id of a live pod without uid. */
function unknownPodId(nodeId: string, namespace: string, name: string): string {
	return `${nodeId}/${podName(namespace, name)}`;
}

function podName(namespace: string, name: string): string {
	return `${namespace}/${name}`;
}

function containerName(namespace: string | undefined, pod: string | undefined, name: string): string {
	return `${namespace ?? ''}/${pod ?? ''}/${name}`;
}
