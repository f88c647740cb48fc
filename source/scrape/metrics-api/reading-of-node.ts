import type {
	ContainerReading,
	CpuReading,
	MemoryReading,
	PodReading,
	Reading,
} from '../../metrics/model/reading.ts';
import {UNKNOWN_MEMORY, UNKNOWN_NODE} from '../../metrics/model/unknown-reading.ts';
import type {ContainerMetrics, NodeMetrics, PodMetrics} from './decode-metrics.ts';

/** The reading of one node from metrics.k8s.io: CPU and working set, timestamps in whole seconds, no uids. */
export function readingOfNode(
	name: string,
	node: NodeMetrics | undefined,
	pods: readonly PodMetrics[],
	receivedAtMs: number,
): Reading {
	return {
		nodeName: name,
		receivedAtMs,
		stampResolutionMs: 1000,
		node: node && {
			...UNKNOWN_NODE,
			cpu: cpuOf(node.usage.cpuCores, node.timeMs),
			memory: memoryOf(node.usage.memoryBytes, node.timeMs),
		},
		pods: pods.map(podReading),
		containers: pods.flatMap(pod => pod.containers.flatMap(container => containerReading(pod, container))),
		rejectedValues: 0,
	};
}

function podReading({namespace, name, timeMs, containers}: PodMetrics): PodReading {
	return {
		pod: {uid: undefined, namespace, name},
		startTimeMs: undefined,
		cpu: cpuOf(sum(containers.map(({usage}) => usage.cpuCores)), timeMs),
		memory: memoryOf(sum(containers.map(({usage}) => usage.memoryBytes)), timeMs),
		network: undefined,
		isHostNetwork: false,
		ephemeralStorage: undefined,
		volumes: [],
		swap: undefined,
		pressure: undefined,
		processCount: undefined,
	};
}

function containerReading(
	{namespace, name: pod, timeMs}: PodMetrics,
	{name, usage}: ContainerMetrics,
): readonly ContainerReading[] {
	if (name === undefined) {
		return [];
	}

	const reading: ContainerReading = {
		id: name,
		kind: 'container',
		name,
		pod: {uid: undefined, namespace, name: pod},
		image: undefined,
		startTimeMs: undefined,
		cpu: cpuOf(usage.cpuCores, timeMs),
		memory: memoryOf(usage.memoryBytes, timeMs),
		network: undefined,
		rootFilesystem: undefined,
		logFilesystem: undefined,
		swap: undefined,
		pressure: undefined,
		cpuLimitCores: undefined,
		processCount: undefined,
	};
	return [reading];
}

function cpuOf(usageCores: number | undefined, timeMs: number | undefined): CpuReading | undefined {
	return usageCores === undefined
		? undefined
		: {timeMs, usageCores, usageCoreNanoseconds: undefined, throttling: undefined};
}

function memoryOf(
	workingSetBytes: number | undefined,
	timeMs: number | undefined,
): MemoryReading | undefined {
	return workingSetBytes === undefined ? undefined : {...UNKNOWN_MEMORY, timeMs, workingSetBytes};
}

/** The sum; undefined if a part is missing. */
function sum(parts: ReadonlyArray<number | undefined>): number | undefined {
	let total = 0;
	for (const part of parts) {
		if (part === undefined) {
			return undefined;
		}

		total += part;
	}

	return parts.length === 0 ? undefined : total;
}
