import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {amountOverall, type ContainerModel, lifeAt, memoryAt} from '../model/container.ts';
import {type NodeModel, nodeCpuSeconds, nodeMemoryAt} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import {nodeLabels} from './node-object.ts';
import {podLabels} from './pod-object.ts';

/** `--metric-resolution` of metrics-server. */
const WINDOW_MS = 15_000;

/** The NodeMetricsList of metrics.k8s.io over the last complete window, for nodes that metrics-server can scrape. */
export function nodeMetricsList(cluster: ClusterModel, nowMs: number): JsonFields {
	const endMs = windowEndMs(nowMs);
	return metricsList(
		'NodeMetrics',
		readNodes(cluster).map(({node, index}) => ({
			metadata: {name: node.name, creationTimestamp: stamp(endMs), labels: nodeLabels(cluster, index)},
			timestamp: stamp(endMs),
			window: '15s',
			usage: usage(at => nodeCpuSeconds(node, at), nodeMemoryAt(node, endMs).workingSetBytes, endMs),
		})),
	);
}

/** The PodMetricsList. A pod is left out unless all of its containers ran during the whole window. */
export function podMetricsList(
	cluster: ClusterModel,
	namespace: string | undefined,
	nowMs: number,
): JsonFields {
	const endMs = windowEndMs(nowMs);
	return metricsList(
		'PodMetrics',
		readNodes(cluster).flatMap(({node}) =>
			node.pods
				.filter(pod => (namespace === undefined || pod.namespace === namespace) && hasRun(pod, endMs))
				.map(pod => podMetrics(pod, endMs)),
		),
	);
}

function metricsList(kind: string, items: readonly JsonFields[]): JsonFields {
	return {kind: `${kind}List`, apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items};
}

/** metrics-server may scrape every kubelet. It times out on one that hangs. */
function readNodes(cluster: ClusterModel): ReadonlyArray<{readonly node: NodeModel; readonly index: number}> {
	return cluster.nodeNames.flatMap((name, index) => {
		const node = cluster.faults.get(name) === 'hung' ? undefined : cluster.node(name);
		return node === undefined ? [] : [{node, index}];
	});
}

function podMetrics(pod: PodModel, endMs: number): JsonFields {
	return {
		metadata: {
			name: pod.name,
			namespace: pod.namespace,
			creationTimestamp: stamp(endMs),
			labels: podLabels(pod),
		},
		timestamp: stamp(endMs),
		window: '15s',
		containers: pod.containers.map(container => ({
			name: container.name,
			usage: usage(
				at => amountOverall(container, container.cpu, at),
				memoryAt(container, endMs)?.workingSetBytes ?? 0,
				endMs,
			),
		})),
	};
}

function hasRun({containers}: PodModel, endMs: number): boolean {
	return containers.every(container => hasRunSince(container, endMs - WINDOW_MS, endMs));
}

function hasRunSince(container: ContainerModel, sinceMs: number, timeMs: number): boolean {
	const {isRunning, startMs} = lifeAt(container, timeMs);
	return isRunning && startMs <= sinceMs;
}

function usage(cpuSeconds: (timeMs: number) => number, workingSetBytes: number, endMs: number): JsonFields {
	const cores = ((cpuSeconds(endMs) - cpuSeconds(endMs - WINDOW_MS)) * 1000) / WINDOW_MS;
	return {cpu: `${Math.round(cores * 1e9)}n`, memory: `${Math.floor(workingSetBytes / 1024)}Ki`};
}

function windowEndMs(nowMs: number): number {
	return Math.floor(nowMs / WINDOW_MS) * WINDOW_MS;
}
