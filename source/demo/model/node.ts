import {amountOverall, type MemoryState, memoryAt, peakMemoryBytes} from './container.ts';
import type {PodModel} from './pod.ts';
import {between, randomOf, uuid, wholeBetween} from './random.ts';
import {steadyWave, type Wave, waveAmount, wavePeak} from './wave.ts';

const GIBIBYTE = 2 ** 30;
const PAGE_BYTES = 4096;
const CORES = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];
/** Memory of a sandbox (the pause container). */
const SANDBOX_BYTES = 288 * 1024;

export type SystemModel = {
	readonly name: 'kubelet' | 'runtime';
	readonly cpu: Wave;
	readonly workingSetBytes: number;
};

export type NodeModel = {
	readonly name: string;
	readonly uid: string;
	readonly startMs: number;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly swapBytes: number;
	readonly pods: readonly PodModel[];
	readonly system: readonly SystemModel[];
	/** The kernel and all other processes. */
	readonly rest: {readonly cpu: Wave; readonly workingSetBytes: number; readonly cacheBytes: number};
	/** Bytes per second of the node itself, without its pods. */
	readonly rx: Wave;
	readonly tx: Wave;
	readonly diskBytes: number;
	readonly diskUsedShare: number;
	readonly imageBytes: number;
	/** No fewer than its pods request; 0 if none does. */
	readonly gpus: number;
	readonly cpuPressure: Wave;
	readonly memoryPressure: Wave;
	readonly ioPressure: Wave;
	readonly sampleOffsetMs: number;
};

/** Creates a node that is large enough for the peak usage of all its pods at once. */
export function createNode(
	name: string,
	seed: number,
	bornMs: number,
	pods: readonly PodModel[],
	isDiskFull: boolean,
): NodeModel {
	const random = randomOf(seed, 'node', name);
	const containers = pods.flatMap(pod => pod.containers);
	const peakCores = containers.reduce((sum, {cpu}) => sum + wavePeak(cpu), 0.8);
	const peakBytes = containers.reduce((sum, one) => sum + peakMemoryBytes(one), 2 * GIBIBYTE);
	const requestedGpus = containers.reduce((sum, {gpus}) => sum + gpus, 0);
	const fitting = CORES.filter(size => size >= peakCores);
	const cores = fitting[random() < 0.25 ? 1 : 0] ?? Math.ceil(peakCores);
	const perCore = [2, 2, 4, 8][wholeBetween(random, 0, 4)] ?? 4;
	const memoryBytes =
		Math.max(cores * perCore, Math.ceil((peakBytes * 1.05) / GIBIBYTE)) * GIBIBYTE - 300 * 2 ** 20;
	const wave = (mean: number, sway: number): Wave => ({
		...steadyWave(mean),
		sway,
		periodS: between(random, 60, 900),
		phase: between(random, 0, 6),
	});
	return {
		name,
		uid: uuid(randomOf(seed, 'node uid', name)),
		startMs: bornMs - wholeBetween(random, 9 * 86_400, 30 * 86_400) * 1000,
		cores,
		memoryBytes,
		swapBytes: random() < 0.25 ? 4 * GIBIBYTE : 0,
		pods,
		system: [
			{name: 'kubelet', cpu: wave(0.02 + pods.length * 0.001, 0.3), workingSetBytes: systemBytes(70, pods)},
			{
				name: 'runtime',
				cpu: wave(0.015 + pods.length * 0.0008, 0.2),
				workingSetBytes: systemBytes(110, pods),
			},
		],
		rest: {
			cpu: wave(between(random, 0.05, 0.15), 0.4),
			workingSetBytes: Math.floor(between(random, 90_000, 160_000)) * PAGE_BYTES,
			cacheBytes: Math.floor((memoryBytes * between(random, 0.05, 0.2)) / PAGE_BYTES) * PAGE_BYTES,
		},
		rx: wave(between(random, 8e3, 9e4), 0.5),
		tx: wave(between(random, 8e3, 6e4), 0.5),
		diskBytes: wholeBetween(random, 1, 6) * 100 * GIBIBYTE,
		diskUsedShare: isDiskFull ? 0.92 : between(random, 0.18, 0.66),
		imageBytes: wholeBetween(random, 3, 18) * GIBIBYTE,
		gpus: requestedGpus === 0 ? 0 : Math.max(4, requestedGpus),
		cpuPressure: wave(between(random, 0.01, 0.12), 0.5),
		memoryPressure: wave(between(random, 0.0001, 0.004), 0.5),
		ioPressure: wave(between(random, 0.001, 0.04), 0.6),
		sampleOffsetMs: wholeBetween(random, 0, 10_000),
	};
}

function systemBytes(mebibytes: number, pods: readonly PodModel[]): number {
	return mebibytes * 2 ** 20 + pods.length * 64 * PAGE_BYTES;
}

export function podCpuSeconds(pod: PodModel, timeMs: number): number {
	return pod.containers.reduce((sum, one) => sum + amountOverall(one, one.cpu, timeMs), 0);
}

export function podMemoryAt(pod: PodModel, timeMs: number): MemoryState {
	const start: MemoryState = {
		workingSetBytes: SANDBOX_BYTES,
		usageBytes: SANDBOX_BYTES,
		rssBytes: SANDBOX_BYTES / 8,
		pageFaults: 0,
		majorPageFaults: 0,
	};
	return pod.containers.reduce((sum, one) => addMemory(sum, memoryAt(one, timeMs)), start);
}

/** Memory of a system daemon. */
export function systemMemoryAt(node: NodeModel, {workingSetBytes}: SystemModel, timeMs: number): MemoryState {
	return {
		workingSetBytes,
		usageBytes: Math.floor(workingSetBytes * 1.2),
		rssBytes: Math.floor(workingSetBytes * 0.7),
		pageFaults: Math.floor(nodeAgeS(node, timeMs) * 12),
		majorPageFaults: 0,
	};
}

/** The sum of all pods, as in the cgroup `kubepods`. */
export function allPodsCpuSeconds({pods}: NodeModel, timeMs: number): number {
	return pods.reduce((sum, pod) => sum + podCpuSeconds(pod, timeMs), 0);
}

export function allPodsMemoryAt({pods}: NodeModel, timeMs: number): MemoryState {
	const none = {workingSetBytes: 0, usageBytes: 0, rssBytes: 0, pageFaults: 0, majorPageFaults: 0};
	return pods.reduce((sum, pod) => addMemory(sum, podMemoryAt(pod, timeMs)), none);
}

/** The sum of pods, system daemons and all other processes. */
export function nodeCpuSeconds(node: NodeModel, timeMs: number): number {
	const own = waveAmount(node.rest.cpu, nodeAgeS(node, timeMs));
	return node.system.reduce(
		(sum, {cpu}) => sum + waveAmount(cpu, nodeAgeS(node, timeMs)),
		own + allPodsCpuSeconds(node, timeMs),
	);
}

export function nodeMemoryAt(node: NodeModel, timeMs: number): MemoryState {
	const {workingSetBytes, cacheBytes} = node.rest;
	const own = node.system.reduce((sum, one) => sum + one.workingSetBytes, workingSetBytes);
	return addMemory(allPodsMemoryAt(node, timeMs), {
		workingSetBytes: own,
		usageBytes: own + cacheBytes,
		rssBytes: Math.floor(own * 0.6),
		pageFaults: Math.floor(nodeAgeS(node, timeMs) * 210),
		majorPageFaults: Math.floor(nodeAgeS(node, timeMs) / 400),
	});
}

export function nodeAgeS({startMs}: NodeModel, timeMs: number): number {
	return Math.max(0, timeMs - startMs) / 1000;
}

export type Traffic = {readonly rxBytes: number; readonly txBytes: number};

export function podTraffic({rx, tx, startMs}: PodModel, timeMs: number): Traffic {
	const ageS = Math.max(0, timeMs - startMs) / 1000;
	return {rxBytes: waveAmount(rx, ageS), txBytes: waveAmount(tx, ageS)};
}

/** Traffic on the bridge `cni0`: that of the pods, which it receives when they send. */
export function bridgeTraffic({pods}: NodeModel, timeMs: number): Traffic {
	let rxBytes = 0;
	let txBytes = 0;
	for (const pod of pods) {
		if (!pod.isHostNetwork) {
			const traffic = podTraffic(pod, timeMs);
			rxBytes += traffic.txBytes;
			txBytes += traffic.rxBytes;
		}
	}

	return {rxBytes, txBytes};
}

/** Traffic on `eth0`: that of the pods and of the node itself. */
export function nodeTraffic(node: NodeModel, timeMs: number): Traffic {
	const bridge = bridgeTraffic(node, timeMs);
	const ageS = nodeAgeS(node, timeMs);
	return {
		rxBytes: bridge.txBytes + waveAmount(node.rx, ageS),
		txBytes: bridge.rxBytes + waveAmount(node.tx, ageS),
	};
}

function addMemory(sum: MemoryState, more: MemoryState | undefined): MemoryState {
	return more === undefined
		? sum
		: {
				workingSetBytes: sum.workingSetBytes + more.workingSetBytes,
				usageBytes: sum.usageBytes + more.usageBytes,
				rssBytes: sum.rssBytes + more.rssBytes,
				pageFaults: sum.pageFaults + more.pageFaults,
				majorPageFaults: sum.majorPageFaults + more.majorPageFaults,
			};
}
