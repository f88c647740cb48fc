import {nodeFs} from '../kubelet/filesystems.ts';
import {amountOverall, type ContainerModel, type MemoryState, memoryAt} from '../model/container.ts';
import {
	type NodeModel,
	nodeCpuSeconds,
	nodeMemoryAt,
	nodeTraffic,
	podCpuSeconds,
	podMemoryAt,
	podTraffic,
	type Traffic,
} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';

/** What can be measured of an object at any time after its start. Undefined is what its kubelet does not report. */
export type Meters = {
	readonly startMs: number;
	readonly cpuSeconds: (timeMs: number) => number;
	/** Undefined while nothing of it runs. */
	readonly memory: (timeMs: number) => MemoryState | undefined;
	readonly traffic: ((timeMs: number) => Traffic) | undefined;
	readonly diskUsedBytes: ((timeMs: number) => number) | undefined;
	/** Seconds for which its CPU limit stopped it. */
	readonly throttledSeconds: ((timeMs: number) => number) | undefined;
};

/** `isFull` is false for a kubelet that reports CPU and memory alone. */
export function metersOfNode(node: NodeModel, isFull: boolean): Meters {
	return {
		startMs: node.startMs,
		cpuSeconds: timeMs => nodeCpuSeconds(node, timeMs),
		memory: timeMs => nodeMemoryAt(node, timeMs),
		traffic: isFull ? timeMs => nodeTraffic(node, timeMs) : undefined,
		diskUsedBytes: isFull ? timeMs => nodeFs(node, timeMs).usedBytes : undefined,
		throttledSeconds: undefined,
	};
}

/** A pod in the node's network has no traffic of its own. */
export function metersOfPod(pod: PodModel, isFull: boolean): Meters {
	return {
		startMs: pod.startMs,
		cpuSeconds: timeMs => podCpuSeconds(pod, timeMs),
		memory: timeMs => podMemoryAt(pod, timeMs),
		traffic: isFull && !pod.isHostNetwork ? timeMs => podTraffic(pod, timeMs) : undefined,
		diskUsedBytes: undefined,
		throttledSeconds: undefined,
	};
}

export function metersOfContainer(container: ContainerModel, isFull: boolean): Meters {
	const {cpu, cpuPressure, cpuLimitCores} = container;
	return {
		startMs: container.firstStartMs,
		cpuSeconds: timeMs => amountOverall(container, cpu, timeMs),
		memory: timeMs => memoryAt(container, timeMs),
		traffic: undefined,
		diskUsedBytes: undefined,
		throttledSeconds:
			isFull && cpuLimitCores !== undefined
				? timeMs => amountOverall(container, cpuPressure, timeMs)
				: undefined,
	};
}
