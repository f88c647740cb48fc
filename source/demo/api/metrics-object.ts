import {amountOverall, type ContainerModel, memoryAt} from '../model/container.ts';
import {type NodeModel, nodeCpuSeconds, nodeMemory} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import type {Json} from './json.ts';
import {timestamp} from './node-object.ts';

/** metrics-server looks every 15 s. */
const WINDOW_MS = 15_000;

/** `NodeMetrics` and `PodMetrics` of metrics.k8s.io/v1beta1, of the last whole window. */
export function nodeMetrics(node: NodeModel, nowMs: number): Json {
	const atMs = lastLookMs(nowMs);
	return {
		metadata: {name: node.name},
		timestamp: timestamp(atMs),
		window: `${WINDOW_MS / 1000}s`,
		usage: usage(at => nodeCpuSeconds(node, at), nodeMemory(node, atMs).workingSetBytes, atMs),
	};
}

export function podMetrics({namespace, name, containers}: PodModel, nowMs: number): Json {
	const atMs = lastLookMs(nowMs);
	return {
		metadata: {namespace, name},
		timestamp: timestamp(atMs),
		window: `${WINDOW_MS / 1000}s`,
		containers: containers.flatMap(container => containerMetrics(container, atMs)),
	};
}

function containerMetrics(container: ContainerModel, atMs: number): readonly Json[] {
	const memory = memoryAt(container, atMs);
	return memory === undefined
		? []
		: [
				{
					name: container.name,
					usage: usage(at => amountOverall(container, container.cpu, at), memory.workingSetBytes, atMs),
				},
			];
}

function usage(cpuSeconds: (atMs: number) => number, workingSetBytes: number, atMs: number): Json {
	const cores = ((cpuSeconds(atMs) - cpuSeconds(atMs - WINDOW_MS)) * 1000) / WINDOW_MS;
	return {cpu: `${Math.round(cores * 1e9)}n`, memory: `${Math.floor(workingSetBytes / 1024)}Ki`};
}

function lastLookMs(nowMs: number): number {
	return Math.floor(nowMs / WINDOW_MS) * WINDOW_MS;
}
