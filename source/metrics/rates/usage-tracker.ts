import type {
	CpuReading,
	MemoryReading,
	NetworkReading,
	PressureReading,
	Reading,
	SwapReading,
	ThrottlingReading,
} from '../model/reading.ts';
import type {Usage} from '../model/row.ts';
import {RateWindow} from './rate-window.ts';

/** The part of a reading that nodes, pods and containers share. */
export type UsageReading = {
	readonly startTimeMs: number | undefined;
	readonly cpu: CpuReading | undefined;
	readonly memory: MemoryReading | undefined;
	readonly network: NetworkReading | undefined;
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	readonly processCount: number | undefined;
};

/** Sums over the containers of a pod; unknown where one is unknown. */
export type ContainersCpu = {
	/** In nanoseconds. */
	readonly counter: number | undefined;
	readonly cores: number | undefined;
};

/** The usage before the first reading, and of an object that the last reading left out. */
export const UNKNOWN_USAGE: Usage = {
	sampleTimeMs: undefined,
	receivedAtMs: undefined,
	cpuWindowMs: undefined,
	startTimeMs: undefined,
	cpuCores: undefined,
	memoryWorkingSetBytes: undefined,
	memoryUsageBytes: undefined,
	memoryRssBytes: undefined,
	memoryCacheBytes: undefined,
	memoryAvailableBytes: undefined,
	pageFaultsPerSecond: undefined,
	majorPageFaultsPerSecond: undefined,
	rxBytesPerSecond: undefined,
	txBytesPerSecond: undefined,
	rxErrorsPerSecond: undefined,
	txErrorsPerSecond: undefined,
	networkWindowMs: undefined,
	swapUsageBytes: undefined,
	pressure: undefined,
	processCount: undefined,
};

/** Time stamps of whole seconds need 30 s for an exact rate; finer ones only two samples. */
const COARSE_WINDOW_MS = 30_000;

/** A rate above the node's cores by up to this share is imprecise and capped; a higher one is wrong and unknown. */
const IMPRECISION = 0.1;

/** The samples of a pod and its containers may be this far apart. */
const APART_MS = 20_000;

/** CPU time that a pod's sandbox may have used beside its containers. */
const SANDBOX_NANOSECONDS = 50e6;

/** Throttling over a longer gap is unknown: it would be shown as the current share. */
const THROTTLING_APART_MS = 60_000;

/** What is kept of samples for the next rates: of 300,000 objects each field counts. */
type CpuTime = Pick<CpuReading, 'usageCoreNanoseconds'>;
type PageFaults = Pick<MemoryReading, 'pageFaults' | 'majorPageFaults'>;

/** Turns the readings of one object into its usage: counters into rates; equal time stamps mean no new sample. */
export class UsageTracker {
	readonly #cpu = new RateWindow<CpuTime>();
	readonly #memory = new RateWindow<PageFaults>();
	/** No container in a pod has it. */
	#network: RateWindow<NetworkReading> | undefined;
	/** Only few objects have it; 150,000 do not. */
	#throttling: RateWindow<ThrottlingReading> | undefined;
	#startTimeMs: number | undefined;
	#cpuCores: number | undefined;
	#cpuWindowMs: number | undefined;
	#throttledRatio: number | undefined;
	#receivedAtMs: number | undefined;
	/** For a pod: the part of its counter that is in none of its containers. */
	#excessNanoseconds: number | undefined;

	/** Share of the CFS periods since the sample before that were throttled; undefined without a quota. */
	get throttledRatio(): number | undefined {
		return this.#throttledRatio;
	}

	/**
	 * `cores` are those of the node: nothing on it uses more. By the containers of a pod it is noticed that the pod's
	 * counter became another one.
	 */
	observe(
		reading: UsageReading,
		{receivedAtMs, stampResolutionMs}: Pick<Reading, 'receivedAtMs' | 'stampResolutionMs'>,
		cores?: number,
		containers?: ContainersCpu,
	): Usage {
		const minimumMs = minimumWindowMs(stampResolutionMs);
		const {cpu, memory, network, startTimeMs} = reading;
		const isNewStart =
			startTimeMs !== undefined && this.#startTimeMs !== undefined && startTimeMs > this.#startTimeMs;
		// A start before the previous sample is no restart: the routes of one kubelet report different boot times.
		const hasRestarted = (lastMs: number | undefined): boolean =>
			isNewStart && lastMs !== undefined && startTimeMs >= lastMs;
		const hasCpu = this.#observeCpu(
			cpu,
			receivedAtMs,
			stampResolutionMs,
			cores,
			hasRestarted(this.#cpu.lastMs) || this.#isAnotherCounter(cpu, containers),
		);
		this.#observeThrottling(cpu, receivedAtMs, hasRestarted(this.#throttling?.lastMs));
		const memoryArrival =
			memory &&
			this.#memory.add(
				{pageFaults: memory.pageFaults, majorPageFaults: memory.majorPageFaults},
				memory.timeMs ?? receivedAtMs,
				minimumMs,
				hasRestarted(this.#memory.lastMs) || wentBack(this.#memory.last, memory, 'pageFaults'),
			);
		if (network !== undefined) {
			this.#network ??= new RateWindow();
			const {last, lastMs} = this.#network;
			this.#network.add(
				network,
				network.timeMs ?? receivedAtMs,
				minimumMs,
				hasRestarted(lastMs) ||
					(last !== undefined && last.interfaces !== network.interfaces) ||
					wentBack(last, network, 'rxBytes') ||
					wentBack(last, network, 'txBytes'),
			);
		}

		if (hasCpu || memoryArrival === 'first' || memoryArrival === 'newer' || memoryArrival === 'reset') {
			this.#receivedAtMs = receivedAtMs;
		}

		this.#startTimeMs = startTimeMs ?? this.#startTimeMs;
		return {
			sampleTimeMs: latest(cpu?.timeMs, memory?.timeMs) ?? this.#receivedAtMs,
			receivedAtMs: this.#receivedAtMs,
			cpuWindowMs: cpu && this.#cpuWindowMs,
			startTimeMs,
			cpuCores: cpu && this.#cpuCores,
			memoryWorkingSetBytes: memory?.workingSetBytes,
			memoryUsageBytes: memory?.usageBytes,
			memoryRssBytes: memory?.rssBytes,
			memoryCacheBytes: memory?.cacheBytes,
			memoryAvailableBytes: memory?.availableBytes,
			pageFaultsPerSecond: memory && this.#memory.perSecond(sample => sample.pageFaults),
			majorPageFaultsPerSecond: memory && this.#memory.perSecond(sample => sample.majorPageFaults),
			rxBytesPerSecond: network && this.#network?.perSecond(sample => sample.rxBytes),
			txBytesPerSecond: network && this.#network?.perSecond(sample => sample.txBytes),
			rxErrorsPerSecond: network && this.#network?.perSecond(sample => sample.rxErrors),
			txErrorsPerSecond: network && this.#network?.perSecond(sample => sample.txErrors),
			networkWindowMs: network && this.#network?.windowMs,
			swapUsageBytes: reading.swap?.usageBytes,
			pressure: reading.pressure,
			processCount: reading.processCount,
		};
	}

	/** ktop's clock was set back. Stamps of the source are on another clock, and stay. */
	setBack(byMs: number): void {
		if (this.#receivedAtMs !== undefined) {
			this.#receivedAtMs -= byMs;
		}
	}

	/** True where the sample was new. */
	#observeCpu(
		cpu: CpuReading | undefined,
		receivedAtMs: number,
		stampResolutionMs: number,
		cores: number | undefined,
		hasRestarted: boolean,
	): boolean {
		if (cpu === undefined) {
			return false;
		}

		const before = this.#cpu.last;
		const arrival = this.#cpu.add(
			{usageCoreNanoseconds: cpu.usageCoreNanoseconds},
			cpu.timeMs ?? receivedAtMs,
			minimumWindowMs(stampResolutionMs),
			hasRestarted || wentBack(before, cpu, 'usageCoreNanoseconds'),
		);
		if (arrival === 'same' || arrival === 'older') {
			return false;
		}

		const nanoseconds = this.#cpu.perSecond(sample => sample.usageCoreNanoseconds);
		const windowMs = this.#cpu.windowMs;
		const measuredCores =
			nanoseconds === undefined || windowMs === undefined
				? undefined
				: within(cores, nanoseconds / 1e9, stampResolutionMs / Math.max(windowMs - stampResolutionMs, 1));
		if (nanoseconds !== undefined && measuredCores === undefined) {
			this.#cpu.forgetBefore();
		}

		const reportedCores = isLyingZero(cpu, before) ? undefined : within(cores, cpu.usageCores, 0);
		this.#cpuCores = reportedCores ?? measuredCores;
		this.#cpuWindowMs = reportedCores === undefined ? this.#cpu.windowMs : undefined;
		return true;
	}

	/**
	 * A kubelet that was just started, and so knows no pod's cgroup, writes the sum of the containers instead; some
	 * seconds later the cgroup's own counter, which also holds the containers that have ended.
	 */
	#isAnotherCounter(cpu: CpuReading | undefined, containers: ContainersCpu | undefined): boolean {
		const counter = cpu?.usageCoreNanoseconds;
		const sum = containers?.counter;
		const before = this.#excessNanoseconds;
		const excess = counter === undefined || sum === undefined ? undefined : counter - sum;
		this.#excessNanoseconds = excess;
		const usedCores = containers?.cores;
		if (before === undefined || excess === undefined || usedCores === undefined) {
			return false;
		}

		// What they use in the time between the two.
		const usual = SANDBOX_NANOSECONDS + usedCores * APART_MS * 1e6;
		return Math.abs(before) <= usual && excess - before > 2 * usual;
	}

	/** A share needs no time, so no stamp is too coarse for it; but a source may read it at moments of its own. */
	#observeThrottling(cpu: CpuReading | undefined, receivedAtMs: number, hasRestarted: boolean): void {
		if (hasRestarted) {
			this.#throttling = undefined;
		}

		this.#throttledRatio = undefined;
		if (cpu?.throttling === undefined) {
			return;
		}

		const {throttling} = cpu;
		const timeMs = throttling.timeMs ?? cpu.timeMs ?? receivedAtMs;
		const lastMs = this.#throttling?.lastMs ?? timeMs;
		const window =
			this.#throttling === undefined || timeMs - lastMs > THROTTLING_APART_MS
				? new RateWindow<ThrottlingReading>()
				: this.#throttling;
		this.#throttling = window;
		window.add(throttling, timeMs, 0, wentBack(window.last, throttling, 'periods'));
		const periods = window.change(sample => sample.periods);
		const throttled = window.change(sample => sample.throttledPeriods);
		this.#throttledRatio =
			periods === undefined || throttled === undefined || periods === 0
				? undefined
				: Math.min(throttled / periods, 1);
	}
}

/** The shortest time between two stamps of this resolution that gives a true rate. */
export function minimumWindowMs(stampResolutionMs: number): number {
	return stampResolutionMs >= 1000 ? COARSE_WINDOW_MS : 0;
}

/** A rate that is possible on the node: capped at its cores, unknown where it is far above. */
function within(
	cores: number | undefined,
	usedCores: number | undefined,
	imprecision: number,
): number | undefined {
	return cores === undefined || usedCores === undefined || usedCores <= cores
		? usedCores
		: usedCores <= cores * (1 + Math.max(imprecision, IMPRECISION))
			? cores
			: undefined;
}

/**
 * Some runtimes always report a usage of 0 beside a counter that moves (containerd#9531, kubernetes#138402): from the
 * second sample on the counter's rate is used.
 */
function isLyingZero(cpu: CpuReading, before: CpuTime | undefined): boolean {
	return (
		cpu.usageCores === 0 &&
		cpu.usageCoreNanoseconds !== undefined &&
		before?.usageCoreNanoseconds !== undefined &&
		cpu.usageCoreNanoseconds > before.usageCoreNanoseconds
	);
}

function wentBack<K extends string>(
	before: Readonly<Record<K, number | undefined>> | undefined,
	now: Readonly<Record<K, number | undefined>>,
	counter: K,
): boolean {
	const from = before?.[counter];
	const to = now[counter];
	return from !== undefined && to !== undefined && to < from;
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
