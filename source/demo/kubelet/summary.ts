import {stamp} from '../metav1-time.ts';
import {amountInLife, type ContainerModel, lifeAt, type MemoryState, memoryAt} from '../model/container.ts';
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
	type Traffic,
} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import {steadyWave, type Wave, waveAmount} from '../model/wave.ts';
import {ephemeralBytes, logBytes, nodeFs, onNodeDisk, volumes} from './filesystems.ts';
import {nanoCores, type Psi, psi, sampleTimeMs} from './sampling.ts';

type JsonFields = Readonly<Record<string, unknown>>;

type Pressures = {readonly cpuPressure: Wave; readonly memoryPressure: Wave; readonly ioPressure: Wave};

/**
 * The answer of /stats/summary (k8s.io/kubelet/pkg/apis/stats/v1alpha1) at that time; `isFull` is false for
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
	const ageS = nodeAgeS(node, timeMs);
	return {
		nodeName: node.name,
		systemContainers: [
			...node.system.map(one => systemStats(node, one, nowMs, isFull)),
			podsStats(node, timeMs, isFull),
		],
		startTime: stamp(node.startMs),
		...usage(
			at => nodeCpuSeconds(node, at),
			nodeMemoryAt(node, timeMs),
			node.memoryBytes,
			node.startMs,
			timeMs,
			pressures(node, ageS),
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
	return pods.reduce((sum, pod) => sum + podProcesses(pod), 190);
}

function podProcesses({containers}: PodModel): number {
	return containers.reduce((sum, one) => sum + one.processes, 1);
}

function systemStats(
	node: NodeModel,
	{name, cpu, workingSetBytes}: SystemModel,
	nowMs: number,
	isFull: boolean,
): JsonFields {
	const timeMs = sampleTimeMs(nowMs, node.sampleOffsetMs + name.length * 700);
	const quiet = {
		cpuPressure: steadyWave(0.002),
		memoryPressure: steadyWave(0),
		ioPressure: steadyWave(0.001),
	};
	const ageS = nodeAgeS(node, timeMs);
	const memory = {
		workingSetBytes,
		usageBytes: Math.floor(workingSetBytes * 1.2),
		rssBytes: Math.floor(workingSetBytes * 0.7),
		pageFaults: Math.floor(ageS * 12),
		majorPageFaults: 0,
	};
	return {
		name,
		startTime: stamp(node.startMs),
		...usage(
			at => waveAmount(cpu, nodeAgeS(node, at)),
			memory,
			undefined,
			node.startMs,
			timeMs,
			pressures(quiet, ageS),
			isFull,
		),
	};
}

function podsStats(node: NodeModel, timeMs: number, isFull: boolean): JsonFields {
	return {
		name: 'pods',
		startTime: stamp(node.startMs),
		...usage(
			at => allPodsCpuSeconds(node, at),
			allPodsMemoryAt(node, timeMs),
			node.memoryBytes,
			node.startMs,
			timeMs,
			pressures(node, nodeAgeS(node, timeMs)),
			isFull,
		),
		swap: {time: stamp(timeMs), swapUsageBytes: 0},
	};
}

function podStats(node: NodeModel, pod: PodModel, nowMs: number, isFull: boolean): JsonFields {
	const timeMs = sampleTimeMs(nowMs, pod.sampleOffsetMs);
	const ageS = (timeMs - pod.startMs) / 1000;
	const limits = pod.containers.map(({memoryLimitBytes}) => memoryLimitBytes);
	const limit = limits.reduce<number | undefined>(
		(sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
		0,
	);
	const [main] = pod.containers;
	return {
		podRef: {name: pod.name, namespace: pod.namespace, uid: pod.uid},
		startTime: stamp(pod.startMs),
		containers: pod.containers.flatMap(one => containerStats(node, one, nowMs, isFull)),
		...usage(
			at => podCpuSeconds(pod, at),
			podMemoryAt(pod, timeMs),
			limit,
			pod.startMs,
			timeMs,
			pressures(main ?? node, ageS),
			isFull,
		),
		...(isFull
			? {
					network: pod.isHostNetwork
						? nodeNetwork(node, timeMs)
						: network(timeMs, [['eth0', podTraffic(pod, timeMs)]]),
					volume: volumes(pod, nowMs),
					'ephemeral-storage': onNodeDisk(node, nowMs, ephemeralBytes(pod, nowMs)),
					process_stats: {process_count: podProcesses(pod)},
				}
			: {}),
		swap: {time: stamp(timeMs), swapUsageBytes: 0},
	};
}

/** Nothing for a container that does not run, or was not looked at since it started. */
function containerStats(
	node: NodeModel,
	container: ContainerModel,
	nowMs: number,
	isFull: boolean,
): readonly JsonFields[] {
	const timeMs = sampleTimeMs(nowMs, container.sampleOffsetMs);
	const life = lifeAt(container, nowMs);
	const memory = memoryAt(container, timeMs);
	if (!life.isRunning || timeMs <= life.startMs || memory === undefined) {
		return [];
	}

	const {memoryLimitBytes} = container;
	return [
		{
			name: container.name,
			startTime: stamp(life.startMs),
			...usage(
				at => amountInLife(container, container.cpu, at),
				memory,
				memoryLimitBytes,
				life.startMs,
				timeMs,
				pressures(container, (timeMs - life.startMs) / 1000),
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

function pressures(
	{cpuPressure, memoryPressure, ioPressure}: Pressures,
	ageS: number,
): readonly [Psi, Psi, Psi] {
	return [psi(cpuPressure, 0.3, ageS), psi(memoryPressure, 0.6, ageS), psi(ioPressure, 0.8, ageS)];
}

function usage(
	cpuSeconds: (timeMs: number) => number,
	memory: MemoryState,
	limitBytes: number | undefined,
	startMs: number,
	timeMs: number,
	[cpuPsi, memoryPsi, ioPsi]: readonly [Psi, Psi, Psi],
	isFull: boolean,
): JsonFields {
	const time = stamp(timeMs);
	return {
		cpu: {
			time,
			usageNanoCores: nanoCores(cpuSeconds, startMs, timeMs),
			usageCoreNanoSeconds: Math.floor(cpuSeconds(timeMs) * 1e9),
			psi: cpuPsi,
		},
		memory: {
			time,
			...(limitBytes === undefined ? {} : {availableBytes: limitBytes - memory.workingSetBytes}),
			usageBytes: memory.usageBytes,
			workingSetBytes: memory.workingSetBytes,
			rssBytes: memory.rssBytes,
			pageFaults: memory.pageFaults,
			majorPageFaults: memory.majorPageFaults,
			psi: memoryPsi,
		},
		...(isFull ? {io: {time, psi: ioPsi}} : {}),
	};
}

function nodeNetwork(node: NodeModel, timeMs: number): JsonFields {
	return network(timeMs, [
		['eth0', nodeTraffic(node, timeMs)],
		['cni0', bridgeTraffic(node, timeMs)],
	]);
}

/** The first interface also stands at the top, as the kubelet's default one. */
function network(timeMs: number, all: ReadonlyArray<readonly [string, Traffic]>): JsonFields {
	const interfaces = all.map(([name, {rxBytes, txBytes}]) => ({
		name,
		rxBytes: Math.floor(rxBytes),
		rxErrors: 0,
		txBytes: Math.floor(txBytes),
		txErrors: 0,
	}));
	return {time: stamp(timeMs), ...interfaces[0], interfaces};
}
