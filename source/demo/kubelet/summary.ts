import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import {amountInLife, type ContainerModel} from '../model/container.ts';
import {
	allPodsCpuSeconds,
	allPodsMemoryAt,
	bridgeTraffic,
	type NodeModel,
	nodeAgeS,
	nodeCpuSeconds,
	nodeMemoryAt,
	nodeTraffic,
	podCpuSeconds,
	podMemoryAt,
	podTraffic,
	type SystemModel,
	systemMemoryAt,
} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import {SYSTEM_PROCESSES} from '../model/processes.ts';
import {steadyWave, waveAmount} from '../model/wave.ts';
import {containerSample} from './container-sample.ts';
import {ephemeralBytes, logBytes, nodeFs, onNodeDisk, volumeStats} from './filesystems.ts';
import {sampleTimeMs, systemSampleOffsetMs} from './sampling.ts';
import {networkStats, type Pressures, usageStats} from './usage-stats.ts';

/** System daemons hardly ever wait. */
const DAEMON_PRESSURES: Pressures = {
	cpuPressure: steadyWave(0.002),
	memoryPressure: steadyWave(0),
	ioPressure: steadyWave(0.001),
};

/**
 * The response of /stats/summary (k8s.io/kubelet/pkg/apis/stats/v1alpha1). `isFull` is false for
 * `?only_cpu_and_memory=true`, which leaves out network, file systems, I/O and process counts.
 */
export function summary(node: NodeModel, nowMs: number, isFull: boolean): JsonFields {
	return {
		node: nodeStats(node, nowMs, isFull),
		pods: node.pods.map(pod => podStats(node, pod, nowMs, isFull)),
	};
}

function nodeStats(node: NodeModel, nowMs: number, isFull: boolean): JsonFields {
	const timeMs = sampleTimeMs(nowMs, node.sampleOffsetMs);
	return {
		nodeName: node.name,
		systemContainers: [
			...node.system.map(one => systemStats(node, one, nowMs, isFull)),
			podsStats(node, timeMs, isFull),
		],
		startTime: stamp(node.startMs),
		...usageStats(
			{
				timeMs,
				startMs: node.startMs,
				cpuSeconds: at => nodeCpuSeconds(node, at),
				memory: nodeMemoryAt(node, timeMs),
				limitBytes: node.memoryBytes,
				pressures: node,
			},
			isFull,
		),
		...(isFull
			? {
					network: nodeNetwork(node, timeMs),
					fs: nodeFs(node, timeMs),
					runtime: {
						imageFs: onNodeDisk(node, timeMs, node.imageBytes),
						containerFs: onNodeDisk(node, timeMs, node.imageBytes),
					},
					rlimit: {time: stamp(nowMs), maxpid: 4_194_304, curproc: processes(node)},
				}
			: {}),
		swap: {
			time: stamp(timeMs),
			swapAvailableBytes: node.swapBytes - swapUsed(node),
			swapUsageBytes: swapUsed(node),
		},
	};
}

function swapUsed({swapBytes, diskUsedShare}: NodeModel): number {
	return Math.floor((swapBytes * diskUsedShare * 0.2) / 4096) * 4096;
}

function processes({pods}: NodeModel): number {
	return pods.reduce((sum, pod) => sum + podProcesses(pod), SYSTEM_PROCESSES);
}

function podProcesses({containers}: PodModel): number {
	return containers.reduce((sum, one) => sum + one.processes, 1);
}

function systemStats(node: NodeModel, system: SystemModel, nowMs: number, isFull: boolean): JsonFields {
	const timeMs = sampleTimeMs(nowMs, systemSampleOffsetMs(node, system.name));
	return {
		name: system.name,
		startTime: stamp(node.startMs),
		...usageStats(
			{
				timeMs,
				startMs: node.startMs,
				cpuSeconds: at => waveAmount(system.cpu, nodeAgeS(node, at)),
				memory: systemMemoryAt(node, system, timeMs),
				limitBytes: undefined,
				pressures: DAEMON_PRESSURES,
			},
			isFull,
		),
	};
}

/** The system container `pods`: the cgroup `kubepods` with all pods of the node. */
function podsStats(node: NodeModel, timeMs: number, isFull: boolean): JsonFields {
	return {
		name: 'pods',
		startTime: stamp(node.startMs),
		...usageStats(
			{
				timeMs,
				startMs: node.startMs,
				cpuSeconds: at => allPodsCpuSeconds(node, at),
				memory: allPodsMemoryAt(node, timeMs),
				limitBytes: node.memoryBytes,
				pressures: node,
			},
			isFull,
		),
		swap: {time: stamp(timeMs), swapUsageBytes: 0},
	};
}

function podStats(node: NodeModel, pod: PodModel, nowMs: number, isFull: boolean): JsonFields {
	const timeMs = sampleTimeMs(nowMs, pod.sampleOffsetMs);
	const limits = pod.containers.map(({memoryLimitBytes}) => memoryLimitBytes);
	const limitBytes = limits.reduce<number | undefined>(
		(sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
		0,
	);
	const [main] = pod.containers;
	return {
		podRef: {name: pod.name, namespace: pod.namespace, uid: pod.uid},
		startTime: stamp(pod.startMs),
		containers: pod.containers.flatMap(one => containerStats(node, one, nowMs, isFull)),
		...usageStats(
			{
				timeMs,
				startMs: pod.startMs,
				cpuSeconds: at => podCpuSeconds(pod, at),
				memory: podMemoryAt(pod, timeMs),
				limitBytes,
				pressures: main ?? node,
			},
			isFull,
		),
		...(isFull
			? {
					network: pod.isHostNetwork
						? nodeNetwork(node, timeMs)
						: networkStats(timeMs, [['eth0', podTraffic(pod, timeMs)]]),
					volume: volumeStats(pod, nowMs),
					'ephemeral-storage': onNodeDisk(node, nowMs, ephemeralBytes(pod, nowMs)),
					process_stats: {process_count: podProcesses(pod)},
				}
			: {}),
		swap: {time: stamp(timeMs), swapUsageBytes: 0},
	};
}

function containerStats(
	node: NodeModel,
	container: ContainerModel,
	nowMs: number,
	isFull: boolean,
): readonly JsonFields[] {
	const sample = containerSample(container, nowMs);
	if (sample === undefined) {
		return [];
	}

	const {timeMs, life, memory} = sample;

	const {memoryLimitBytes} = container;
	return [
		{
			name: container.name,
			startTime: stamp(life.startMs),
			...usageStats(
				{
					timeMs,
					startMs: life.startMs,
					cpuSeconds: at => amountInLife(container, container.cpu, at),
					memory,
					limitBytes: memoryLimitBytes,
					pressures: container,
				},
				isFull,
			),
			...(isFull
				? {
						rootfs: onNodeDisk(node, timeMs, container.rootfsBytes),
						logs: onNodeDisk(node, nowMs, logBytes(container, nowMs)),
					}
				: {}),
			swap: {
				time: stamp(timeMs),
				...(memoryLimitBytes === undefined ? {} : {swapAvailableBytes: 0}),
				swapUsageBytes: 0,
			},
		},
	];
}

function nodeNetwork(node: NodeModel, timeMs: number): JsonFields {
	return networkStats(timeMs, [
		['eth0', nodeTraffic(node, timeMs)],
		['cni0', bridgeTraffic(node, timeMs)],
	]);
}
