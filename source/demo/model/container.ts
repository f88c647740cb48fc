import {between, type Random, wholeBetween} from './random.ts';
import {scaled, steadyWave, type Wave, waveAmount} from './wave.ts';
import type {ContainerTemplate} from './workloads.ts';

const MEBIBYTE = 2 ** 20;
const PAGE_BYTES = 4096;
/** Time between a kill and the next start. */
const RESTART_DELAY_MS = 10_000;

export type ContainerModel = {
	readonly name: string;
	readonly firstStartMs: number;
	/** The container is killed after this time and restarted, again and again; undefined if it runs forever. */
	readonly lifeMs: number | undefined;
	readonly cpu: Wave;
	readonly cpuLimitCores: number | undefined;
	readonly workingSetBytes: number;
	readonly cacheBytes: number;
	readonly memoryLimitBytes: number | undefined;
	readonly memorySway: number;
	readonly memoryPeriodS: number;
	/** Shares of time that tasks waited for the resource. */
	readonly cpuPressure: Wave;
	readonly memoryPressure: Wave;
	readonly ioPressure: Wave;
	readonly rootfsBytes: number;
	readonly logBytesPerSecond: number;
	readonly processes: number;
	readonly gpus: number;
	/** Offset of the kubelet's samples within its interval. */
	readonly sampleOffsetMs: number;
};

/** One run of a container, from a start to a kill. */
export type Life = {
	readonly index: number;
	readonly startMs: number;
	/** Time since the start; after the kill, the length of the life. */
	readonly ageS: number;
	readonly isRunning: boolean;
};

export type MemoryState = {
	readonly workingSetBytes: number;
	readonly usageBytes: number;
	readonly rssBytes: number;
	readonly pageFaults: number;
	readonly majorPageFaults: number;
};

export function createContainer(
	{name, pattern, cores, memoryMi, gpus = 0}: ContainerTemplate,
	podStartMs: number,
	random: Random,
): ContainerModel {
	const own = cores * between(random, 0.6, 1.4);
	const isLeaking = pattern === 'leak';
	const usualBytes = pages(memoryMi * MEBIBYTE * between(random, 0.8, 1.25));
	const limits = between(random, 0, 1);
	const cpuWave = waveOf(pattern, own, random);
	const isThrottled = pattern === 'throttled';
	return {
		name,
		firstStartMs: podStartMs + wholeBetween(random, 900, 4000),
		lifeMs: isLeaking ? wholeBetween(random, 240, 780) * 1000 : undefined,
		cpu: cpuWave,
		cpuLimitCores: isThrottled ? own : undefined,
		workingSetBytes: usualBytes,
		cacheBytes: isLeaking ? 0 : pages(usualBytes * between(random, 0.05, 0.4)),
		memoryLimitBytes: isLeaking || limits > 0.35 ? pages(usualBytes * between(random, 1.6, 3)) : undefined,
		memorySway: between(random, 0.01, 0.06),
		memoryPeriodS: between(random, 120, 1500),
		cpuPressure: isThrottled
			? {...steadyWave(between(random, 0.25, 0.6)), sway: 0.3, periodS: between(random, 60, 300)}
			: scaled(cpuWave, 0.02),
		memoryPressure: steadyWave(isLeaking ? between(random, 0.01, 0.08) : 0.0001),
		ioPressure: {...steadyWave(between(random, 0.0002, 0.02)), sway: 0.7, periodS: between(random, 90, 600)},
		rootfsBytes: pages(between(random, 0.03, 30) * MEBIBYTE),
		logBytesPerSecond: between(random, 0, 600),
		processes: wholeBetween(random, 1, 24),
		gpus,
		sampleOffsetMs: wholeBetween(random, 0, 10_000),
	};
}

function waveOf(pattern: ContainerTemplate['pattern'], cores: number, random: Random): Wave {
	const wave: Wave = {
		...steadyWave(cores),
		sway: 0.06,
		periodS: between(random, 30, 200),
		phase: between(random, 0, 2 * Math.PI),
	};
	switch (pattern) {
		case 'sine':
		case 'network':
			return {...wave, sway: between(random, 0.4, 0.85), periodS: between(random, 150, 1800)};
		case 'bursty':
			return {
				...wave,
				mean: cores * 0.3,
				burst: cores * between(random, 6, 10),
				burstPeriodS: between(random, 60, 400),
				burstShare: between(random, 0.08, 0.25),
			};
		case 'throttled':
			return {...wave, mean: cores * 0.98, sway: 0.015};
		default:
			return wave;
	}
}

/** The current life, or the last one while the container waits for its restart. */
export function lifeAt({firstStartMs, lifeMs}: ContainerModel, timeMs: number): Life {
	const sinceFirst = timeMs - firstStartMs;
	if (lifeMs === undefined || sinceFirst < 0) {
		return {
			index: 0,
			startMs: firstStartMs,
			ageS: Math.max(0, sinceFirst / 1000),
			isRunning: sinceFirst >= 0,
		};
	}

	const index = Math.floor(sinceFirst / (lifeMs + RESTART_DELAY_MS));
	const startMs = firstStartMs + index * (lifeMs + RESTART_DELAY_MS);
	const ageMs = timeMs - startMs;
	return {index, startMs, ageS: Math.min(ageMs, lifeMs) / 1000, isRunning: ageMs < lifeMs};
}

/** The value of a counter that started with the current life. */
export function amountInLife(container: ContainerModel, wave: Wave, timeMs: number): number {
	return waveAmount(wave, lifeAt(container, timeMs).ageS);
}

/** The value of a counter over all lives, as in the pod's cgroup. */
export function amountOverall(container: ContainerModel, wave: Wave, timeMs: number): number {
	const {index, ageS} = lifeAt(container, timeMs);
	const former = container.lifeMs === undefined ? 0 : index * waveAmount(wave, container.lifeMs / 1000);
	return former + waveAmount(wave, ageS);
}

/** Undefined while it does not run. A leak grows from half the usual size to the limit, where it is killed. */
export function memoryAt(container: ContainerModel, timeMs: number): MemoryState | undefined {
	const {ageS, isRunning} = lifeAt(container, timeMs);
	if (!isRunning) {
		return undefined;
	}

	const {workingSetBytes: usual, lifeMs, memorySway, memoryPeriodS} = container;
	const limit = container.memoryLimitBytes ?? Number.POSITIVE_INFINITY;
	const swing = 1 + memorySway * Math.sin((2 * Math.PI * ageS) / memoryPeriodS);
	const wanted =
		lifeMs === undefined ? usual * swing : usual * 0.5 + (limit - usual * 0.5) * ((ageS * 1000) / lifeMs);
	// Leaves room for the sandbox, which counts against the pod's limit.
	const workingSetBytes = pages(Math.min(wanted, limit * 0.995));
	return {
		workingSetBytes,
		usageBytes: Math.min(workingSetBytes + container.cacheBytes, limit),
		rssBytes: pages(workingSetBytes * 0.82),
		pageFaults: Math.floor(waveAmount(container.cpu, ageS) * 900),
		majorPageFaults: Math.floor(ageS / 3600),
	};
}

export function peakMemoryBytes({
	workingSetBytes,
	cacheBytes,
	memoryLimitBytes,
	lifeMs,
}: ContainerModel): number {
	return lifeMs === undefined ? workingSetBytes * 1.06 + cacheBytes : (memoryLimitBytes ?? workingSetBytes);
}

function pages(bytes: number): number {
	return Math.floor(bytes / PAGE_BYTES) * PAGE_BYTES;
}
