import type {CpuSplit} from '../model/cpu-split.ts';
import type {CpuReading, MemoryReading, NetworkReading, Reading, SwapReading} from '../model/reading.ts';
import type {Usage} from '../model/row.ts';
import type {FigurePlace} from './figure-room.ts';
import {PLACES} from './packed-usage.ts';
import {type Arrival, known, type Numbers, RateWindow, unknownNumbers} from './rate-window.ts';
import {wasSetAhead} from './set-ahead.ts';

/** The part of a reading that nodes, pods and containers share, and that is measured in numbers. */
export type UsageReading = {
	readonly startTimeMs: number | undefined;
	readonly cpu: CpuReading | undefined;
	readonly memory: MemoryReading | undefined;
	readonly network: NetworkReading | undefined;
	readonly swap: SwapReading | undefined;
	readonly processCount: number | undefined;
};

/** Sums over the containers of a pod; NaN where one is unknown. */
export type ContainersCpu = {
	/** In nanoseconds. */
	readonly counter: number;
	readonly cores: number;
};

/** The usage before the first reading, and of an object that the last reading left out. */
export const UNKNOWN_USAGE: Usage = {
	sampleTimeMs: undefined,
	receivedAtMs: undefined,
	cpuWindowMs: undefined,
	startTimeMs: undefined,
	cpuCores: undefined,
	cpuSplit: undefined,
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

// Places from the first number of an object on: of 300,000 objects each counts.
const START_MS = 0;
const CPU_CORES = 1;
const CPU_WINDOW_MS = 2;
const RECEIVED_AT_MS = 3;
const FIRST_SEEN_MS = 4;
const LAST_SEEN_MS = 5;
const CPU = new RateWindow(1, 6);
const MEMORY = new RateWindow(2, 6 + CPU.size);
const NUMBERS = 6 + CPU.size + MEMORY.size;
// Those of nodes and pods follow.
/** For a pod: the part of its counter that is in none of its containers. */
const EXCESS_NANOSECONDS = NUMBERS;
const TRAFFIC = NUMBERS + 1;

// Places from the first number of an object's traffic on.
/** Which counters of errors are known to be zero. */
const ZERO_ERRORS = 0;
const NETWORK = new RateWindow(2, 1);
const TRAFFIC_NUMBERS = 1 + NETWORK.size;
/** Only of an object that has counted any: those of most stay zero. */
const ERRORS = new RateWindow(2);

/** Counters of the windows. */
const USAGE_NANOSECONDS = 0;
const PAGE_FAULTS = 0;
const MAJOR_PAGE_FAULTS = 1;
const SPLIT = new RateWindow(2);
const USER_NANOSECONDS = 0;
const SYSTEM_NANOSECONDS = 1;
const RX_BYTES = 0;
const TX_BYTES = 1;
const RX_ERRORS = 0;
const TX_ERRORS = 1;
const RX_ZERO = 1;
const TX_ZERO = 2;
const THROTTLING = new RateWindow(2);
/** Of a kind without objects, as standalone containers mostly are. */
const NO_NUMBERS = unknownNumbers(0);
/** Of an object without a network. */
const NO_TRAFFIC = unknownNumbers(TRAFFIC_NUMBERS);
const PERIODS = 0;
const THROTTLED_PERIODS = 1;

/** What only few objects have: a container in a pod no network, and what kubelets read no split and no throttling. */
type Rare = {
	traffic?: Numbers;
	errors?: Numbers;
	/** By their window, the stamps of samples that were dropped as older. */
	olderMs?: Map<RateWindow, number>;
	split?: Numbers;
	throttling?: Numbers | undefined;
	throttledRatio?: number;
};

/** Room grows by at least this share, so that a machine of thousands of containers seldom copies it. */
const ROOM_GROWTH = 1 / 8;

/**
 * Turns the readings of all objects of one kind on a node into their usage: counters into rates; equal time stamps mean no
 * new sample. An object is known by its slot, see `SeriesSlab`, and what is kept of all of them is in one array.
 */
export class UsageTracker {
	/** How many numbers an object has. */
	readonly #size: number;
	readonly #hasNetwork: boolean;
	readonly #slotsAtOnce: number;
	#numbers = NO_NUMBERS;
	/** By slot, the names of the interfaces that the network's counters are of. */
	readonly #interfaces: Array<string | undefined> = [];
	/** Mostly no object of the kind has any. */
	#rare: Map<number, Rare> | undefined;
	/** With which the last samples of the network were added. */
	#networkMinimumMs = 0;

	/** `hasNetwork`: most objects of the kind have one, and may have containers. `slotsAtOnce`: to how many room is given at once. */
	constructor(hasNetwork: boolean, slotsAtOnce: number) {
		this.#slotsAtOnce = slotsAtOnce;
		this.#hasNetwork = hasNetwork;
		this.#size = hasNetwork ? TRAFFIC + TRAFFIC_NUMBERS : NUMBERS;
	}

	/** A new object has the slot, which was seen at this time. */
	begin(slot: number, seenMs: number): void {
		const at = slot * this.#size;
		if (at >= this.#numbers.length) {
			const before = this.#numbers;
			const room = slot + Math.max(this.#slotsAtOnce, Math.floor(slot * ROOM_GROWTH));
			this.#numbers = unknownNumbers(room * this.#size);
			this.#numbers.set(before);
		}

		this.#numbers.fill(Number.NaN, at, at + this.#size);
		this.#numbers[at + FIRST_SEEN_MS] = seenMs;
		this.#numbers[at + LAST_SEEN_MS] = seenMs;
		if (slot < this.#interfaces.length) {
			this.#interfaces[slot] = undefined;
		}

		this.#rare?.delete(slot);
	}

	/** When the first reading of the object was received, by ktop's clock. */
	firstSeenMs(slot: number): number {
		return this.#numbers[slot * this.#size + FIRST_SEEN_MS] ?? Number.NaN;
	}

	/** The same of the last one. */
	lastSeenMs(slot: number): number {
		return this.#numbers[slot * this.#size + LAST_SEEN_MS] ?? Number.NaN;
	}

	/** Share of the CFS periods since the sample before that were throttled; NaN without a quota. */
	throttledRatio(slot: number): number {
		return this.#rare?.get(slot)?.throttledRatio ?? Number.NaN;
	}

	/**
	 * Writes the usage to a place among figures, and returns the part of it that is no number: of 450,000 objects none has a
	 * usage of its own in between.
	 *
	 * `cores` are those of the node: nothing on it uses more. By the containers of a pod it is noticed that the pod's
	 * counter became another one. `isNetworkHeld`: where the network was not asked for its rates are those of before.
	 */
	observe(
		slot: number,
		reading: UsageReading,
		{receivedAtMs, stampResolutionMs}: Pick<Reading, 'receivedAtMs' | 'stampResolutionMs'>,
		{figures, at: to}: FigurePlace,
		cores?: number,
		containers?: ContainersCpu,
		isNetworkHeld = false,
	): CpuSplit | undefined {
		const unknown = Number.NaN;
		const minimumMs = minimumWindowMs(stampResolutionMs);
		const {cpu, memory, network} = reading;
		const numbers = this.#numbers;
		const at = slot * this.#size;
		numbers[at + LAST_SEEN_MS] = receivedAtMs;
		const startTimeMs = reading.startTimeMs ?? unknown;
		// A start before the previous sample is no restart: the routes of one kubelet report different boot times.
		const restartMs = startTimeMs > (numbers[at + START_MS] ?? unknown) ? startTimeMs : unknown;
		const isSetAhead = this.#isSetAhead(at, cpu, memory, receivedAtMs);
		const isOther =
			restartMs >= CPU.lastMs(numbers, at) || isSetAhead || this.#isAnotherCounter(at, cpu, containers);
		let isNew =
			cpu !== undefined && this.#observeCpu(slot, cpu, receivedAtMs, stampResolutionMs, cores, isOther);
		const cpuSplit =
			cpu?.split &&
			this.#observeSplit(slot, cpu.split, cpu.timeMs ?? receivedAtMs, minimumMs, restartMs, isSetAhead);
		this.#observeThrottling(slot, cpu, receivedAtMs, restartMs);
		if (memory !== undefined) {
			const arrival = this.#add(
				slot,
				MEMORY,
				numbers,
				at,
				counters(memory.pageFaults, memory.majorPageFaults),
				memory.timeMs ?? receivedAtMs,
				minimumMs,
				restartMs >= MEMORY.lastMs(numbers, at) ||
					isSetAhead ||
					wentBack(MEMORY.last(numbers, at, PAGE_FAULTS), memory.pageFaults),
			);
			isNew ||= arrival === 'first' || arrival === 'newer' || arrival === 'reset';
		}

		if (isSetAhead) {
			this.#forgetTraffic(slot);
		}

		const hasNetwork = network !== undefined || isNetworkHeld;
		const traffic = hasNetwork ? this.#trafficOf(slot) : NO_TRAFFIC;
		const trafficAt = hasNetwork && this.#hasNetwork ? at + TRAFFIC : 0;
		if (network !== undefined) {
			this.#networkMinimumMs = minimumMs;
			this.#observeNetwork(slot, traffic, trafficAt, network, receivedAtMs, restartMs);
		}

		if (isNew) {
			numbers[at + RECEIVED_AT_MS] = receivedAtMs;
		}

		if (!Number.isNaN(startTimeMs)) {
			numbers[at + START_MS] = startTimeMs;
		}

		const ownReceivedAtMs = numbers[at + RECEIVED_AT_MS] ?? unknown;
		figures[to + PLACES.sampleTimeMs] = latest(cpu?.timeMs, memory?.timeMs, ownReceivedAtMs);
		figures[to + PLACES.receivedAtMs] = ownReceivedAtMs;
		figures[to + PLACES.cpuWindowMs] = (cpu && numbers[at + CPU_WINDOW_MS]) ?? unknown;
		figures[to + PLACES.startTimeMs] = startTimeMs;
		figures[to + PLACES.cpuCores] = (cpu && numbers[at + CPU_CORES]) ?? unknown;
		figures[to + PLACES.memoryWorkingSetBytes] = memory?.workingSetBytes ?? unknown;
		figures[to + PLACES.memoryUsageBytes] = memory?.usageBytes ?? unknown;
		figures[to + PLACES.memoryRssBytes] = memory?.rssBytes ?? unknown;
		figures[to + PLACES.memoryCacheBytes] = memory?.cacheBytes ?? unknown;
		figures[to + PLACES.memoryAvailableBytes] = memory?.availableBytes ?? unknown;
		figures[to + PLACES.pageFaultsPerSecond] = memory
			? MEMORY.perSecond(numbers, at, PAGE_FAULTS, minimumMs)
			: unknown;
		figures[to + PLACES.majorPageFaultsPerSecond] = memory
			? MEMORY.perSecond(numbers, at, MAJOR_PAGE_FAULTS, minimumMs)
			: unknown;
		this.#writeTraffic(
			hasNetwork ? this.#rare?.get(slot)?.errors : undefined,
			traffic,
			trafficAt,
			figures,
			to,
		);
		figures[to + PLACES.swapUsageBytes] = reading.swap?.usageBytes ?? unknown;
		figures[to + PLACES.processCount] = reading.processCount ?? unknown;
		return cpuSplit;
	}

	/** ktop's clock was set back. Stamps of the source are on another clock, and stay. */
	setBack(slot: number, byMs: number): void {
		for (const time of [RECEIVED_AT_MS, FIRST_SEEN_MS, LAST_SEEN_MS]) {
			const place = slot * this.#size + time;
			this.#numbers[place] = (this.#numbers[place] ?? Number.NaN) - byMs;
		}
	}

	/** By the newest sample, which all groups of figures of an object have about the same time as. */
	#isSetAhead(
		at: number,
		cpu: CpuReading | undefined,
		memory: MemoryReading | undefined,
		receivedAtMs: number,
	): boolean {
		const betweenArrivalsMs = receivedAtMs - (this.#numbers[at + RECEIVED_AT_MS] ?? Number.NaN);
		return (
			wasSetAhead((cpu?.timeMs ?? Number.NaN) - CPU.lastMs(this.#numbers, at), betweenArrivalsMs) ||
			wasSetAhead((memory?.timeMs ?? Number.NaN) - MEMORY.lastMs(this.#numbers, at), betweenArrivalsMs)
		);
	}

	#rareOf(slot: number): Rare {
		this.#rare ??= new Map();
		const rare = this.#rare.get(slot) ?? {};
		this.#rare.set(slot, rare);
		return rare;
	}

	#trafficOf(slot: number): Numbers {
		if (this.#hasNetwork) {
			return this.#numbers;
		}

		const rare = this.#rareOf(slot);
		rare.traffic ??= unknownNumbers(TRAFFIC_NUMBERS);
		return rare.traffic;
	}

	/** It begins anew, also where it is not asked for in this reading. */
	#forgetTraffic(slot: number): void {
		const rare = this.#rare?.get(slot);
		const traffic = this.#hasNetwork ? this.#numbers : rare?.traffic;
		const at = this.#hasNetwork ? slot * this.#size + TRAFFIC : 0;
		traffic?.fill(Number.NaN, at, at + TRAFFIC_NUMBERS);
		delete rare?.errors;
	}

	#writeTraffic(
		errors: Numbers | undefined,
		traffic: Numbers,
		at: number,
		figures: FigurePlace['figures'],
		to: number,
	): void {
		const minimumMs = this.#networkMinimumMs;
		const windowMs = NETWORK.windowMs(traffic, at, minimumMs);
		const zeros = traffic[at + ZERO_ERRORS] ?? Number.NaN;
		const errorsPerSecond = (counter: number, zero: number): number =>
			errors === undefined
				? (zeros & zero) === 0 || Number.isNaN(windowMs)
					? Number.NaN
					: 0
				: ERRORS.perSecond(errors, 0, counter, minimumMs);
		figures[to + PLACES.rxBytesPerSecond] = NETWORK.perSecond(traffic, at, RX_BYTES, minimumMs);
		figures[to + PLACES.txBytesPerSecond] = NETWORK.perSecond(traffic, at, TX_BYTES, minimumMs);
		figures[to + PLACES.rxErrorsPerSecond] = errorsPerSecond(RX_ERRORS, RX_ZERO);
		figures[to + PLACES.txErrorsPerSecond] = errorsPerSecond(TX_ERRORS, TX_ZERO);
		figures[to + PLACES.networkWindowMs] = windowMs;
	}

	/** Adds a sample to a window, which does not keep the stamp of one that it drops. */
	#add(
		slot: number,
		window: RateWindow,
		of: Numbers,
		at: number,
		sample: ReadonlyArray<number | undefined>,
		timeMs: number,
		minimumMs: number,
		hasRestarted: boolean,
	): Arrival {
		const olderMs = this.#rare?.get(slot)?.olderMs;
		const arrival = window.add(of, at, sample, timeMs, minimumMs, hasRestarted, olderMs?.get(window));
		if (arrival === 'older') {
			const rare = this.#rareOf(slot);
			rare.olderMs ??= new Map();
			rare.olderMs.set(window, timeMs);
		} else if (arrival !== 'same') {
			olderMs?.delete(window);
		}

		return arrival;
	}

	/** True where the sample was new. */
	#observeCpu(
		slot: number,
		cpu: CpuReading,
		receivedAtMs: number,
		stampResolutionMs: number,
		cores: number | undefined,
		hasRestarted: boolean,
	): boolean {
		const numbers = this.#numbers;
		const at = slot * this.#size;
		const minimumMs = minimumWindowMs(stampResolutionMs);
		const before = CPU.last(numbers, at, USAGE_NANOSECONDS);
		const arrival = this.#add(
			slot,
			CPU,
			numbers,
			at,
			counters(cpu.usageCoreNanoseconds),
			cpu.timeMs ?? receivedAtMs,
			minimumMs,
			hasRestarted || wentBack(before, cpu.usageCoreNanoseconds),
		);
		if (arrival === 'same' || arrival === 'older') {
			return false;
		}

		const nanoseconds = CPU.perSecond(numbers, at, USAGE_NANOSECONDS, minimumMs);
		const windowMs = CPU.windowMs(numbers, at, minimumMs);
		const measuredCores = within(
			cores,
			nanoseconds / 1e9,
			stampResolutionMs / Math.max(windowMs - stampResolutionMs, 1),
		);
		if (!Number.isNaN(nanoseconds) && Number.isNaN(measuredCores)) {
			CPU.forgetBefore(numbers, at);
		}

		const reportedCores = isLyingZero(cpu, before)
			? Number.NaN
			: within(cores, cpu.usageCores ?? Number.NaN, 0);
		const isReported = !Number.isNaN(reportedCores);
		numbers[at + CPU_CORES] = isReported ? reportedCores : measuredCores;
		numbers[at + CPU_WINDOW_MS] = isReported ? Number.NaN : CPU.windowMs(numbers, at, minimumMs);
		return true;
	}

	#observeSplit(
		slot: number,
		{user, system}: CpuSplit,
		timeMs: number,
		minimumMs: number,
		restartMs: number,
		isSetAhead: boolean,
	): CpuSplit | undefined {
		const rare = this.#rareOf(slot);
		const numbers = rare.split ?? unknownNumbers(SPLIT.size);
		rare.split = numbers;
		this.#add(
			slot,
			SPLIT,
			numbers,
			0,
			counters(user, system),
			timeMs,
			minimumMs,
			isSetAhead ||
				restartMs >= SPLIT.lastMs(numbers, 0) ||
				wentBack(SPLIT.last(numbers, 0, USER_NANOSECONDS), user) ||
				wentBack(SPLIT.last(numbers, 0, SYSTEM_NANOSECONDS), system),
		);
		const userNanoseconds = known(SPLIT.perSecond(numbers, 0, USER_NANOSECONDS, minimumMs));
		const systemNanoseconds = known(SPLIT.perSecond(numbers, 0, SYSTEM_NANOSECONDS, minimumMs));
		return userNanoseconds === undefined && systemNanoseconds === undefined
			? undefined
			: {
					user: userNanoseconds && userNanoseconds / 1e9,
					system: systemNanoseconds && systemNanoseconds / 1e9,
				};
	}

	/** No rate where interfaces were replaced or their counters restarted. */
	#observeNetwork(
		slot: number,
		of: Numbers,
		at: number,
		network: NetworkReading,
		receivedAtMs: number,
		restartMs: number,
	): void {
		const {rxBytes, txBytes, rxErrors, txErrors} = network;
		const timeMs = network.timeMs ?? receivedAtMs;
		const minimumMs = this.#networkMinimumMs;
		const lastMs = NETWORK.lastMs(of, at);
		const interfaces = this.#interfaces[slot];
		const hasRestarted =
			restartMs >= lastMs ||
			(!Number.isNaN(lastMs) && interfaces !== network.interfaces) ||
			wentBack(NETWORK.last(of, at, RX_BYTES), rxBytes) ||
			wentBack(NETWORK.last(of, at, TX_BYTES), txBytes);
		const errors =
			this.#rare?.get(slot)?.errors ??
			((rxErrors ?? 0) > 0 || (txErrors ?? 0) > 0 ? this.#beginErrors(slot, of, at) : undefined);
		if (errors !== undefined) {
			const olderMs = this.#rare?.get(slot)?.olderMs?.get(NETWORK);
			ERRORS.add(errors, 0, counters(rxErrors, txErrors), timeMs, minimumMs, hasRestarted, olderMs);
		}

		const arrival = this.#add(
			slot,
			NETWORK,
			of,
			at,
			counters(rxBytes, txBytes),
			timeMs,
			minimumMs,
			hasRestarted,
		);
		if (arrival !== 'same' && arrival !== 'older') {
			of[at + ZERO_ERRORS] = (rxErrors === 0 ? RX_ZERO : 0) | (txErrors === 0 ? TX_ZERO : 0);
			if (interfaces !== network.interfaces) {
				this.#interfaces[slot] = network.interfaces;
			}
		}
	}

	/** From now on errors have a window of their own, which begins with the zeros of before. */
	#beginErrors(slot: number, traffic: Numbers, at: number): Numbers {
		const zeros = traffic[at + ZERO_ERRORS] ?? Number.NaN;
		const errors = unknownNumbers(ERRORS.size);
		ERRORS.beginLike(NETWORK, traffic, at, errors, [
			(zeros & RX_ZERO) === 0 ? Number.NaN : 0,
			(zeros & TX_ZERO) === 0 ? Number.NaN : 0,
		]);
		this.#rareOf(slot).errors = errors;
		return errors;
	}

	/**
	 * A kubelet that was just started, and so knows no pod's cgroup, writes the sum of the containers instead; some
	 * seconds later the cgroup's own counter, which also holds the containers that have ended.
	 */
	#isAnotherCounter(at: number, cpu: CpuReading | undefined, containers: ContainersCpu | undefined): boolean {
		if (!this.#hasNetwork) {
			return false;
		}

		const unknown = Number.NaN;
		const before = this.#numbers[at + EXCESS_NANOSECONDS] ?? unknown;
		const excess = (cpu?.usageCoreNanoseconds ?? unknown) - (containers?.counter ?? unknown);
		this.#numbers[at + EXCESS_NANOSECONDS] = excess;
		// Most pods end here, and none of their containers is asked.
		if (!(excess - before > 2 * SANDBOX_NANOSECONDS)) {
			return false;
		}

		// Usage between the two samples.
		const usual = SANDBOX_NANOSECONDS + (containers?.cores ?? unknown) * APART_MS * 1e6;
		return Math.abs(before) <= usual && excess - before > 2 * usual;
	}

	/** A share needs no time, so no stamp is too coarse for it; but a source may read it at moments of its own. */
	#observeThrottling(
		slot: number,
		cpu: CpuReading | undefined,
		receivedAtMs: number,
		restartMs: number,
	): void {
		if (cpu?.throttling === undefined && this.#rare?.has(slot) !== true) {
			return;
		}

		const rare = this.#rareOf(slot);
		if (rare.throttling !== undefined && restartMs >= THROTTLING.lastMs(rare.throttling, 0)) {
			rare.throttling = undefined;
		}

		rare.throttledRatio = Number.NaN;
		if (cpu?.throttling === undefined) {
			return;
		}

		const {throttling} = cpu;
		const timeMs = throttling.timeMs ?? cpu.timeMs ?? receivedAtMs;
		const lastMs = (rare.throttling && THROTTLING.lastMs(rare.throttling, 0)) ?? timeMs;
		const window =
			rare.throttling === undefined || timeMs - lastMs > THROTTLING_APART_MS
				? unknownNumbers(THROTTLING.size)
				: rare.throttling;
		rare.throttling = window;
		this.#add(
			slot,
			THROTTLING,
			window,
			0,
			counters(throttling.periods, throttling.throttledPeriods),
			timeMs,
			0,
			wentBack(THROTTLING.last(window, 0, PERIODS), throttling.periods),
		);
		const periods = THROTTLING.change(window, 0, PERIODS, 0);
		const throttled = THROTTLING.change(window, 0, THROTTLED_PERIODS, 0);
		rare.throttledRatio = periods === 0 ? Number.NaN : Math.min(throttled / periods, 1);
	}
}

/** The counters of the sample that is being added. */
const COUNTERS = [Number.NaN, Number.NaN];

/** One array for all samples. */
function counters(one: number | undefined, other?: number | undefined): readonly number[] {
	COUNTERS[0] = one ?? Number.NaN;
	COUNTERS[1] = other ?? Number.NaN;
	return COUNTERS;
}

/** The shortest time between two stamps of this resolution that gives a true rate. */
export function minimumWindowMs(stampResolutionMs: number): number {
	return stampResolutionMs >= 1000 ? COARSE_WINDOW_MS : 0;
}

/** A rate that is possible on the node: capped at its cores, NaN where it is far above. */
function within(cores: number | undefined, usedCores: number, imprecision: number): number {
	return cores === undefined || !(usedCores > cores)
		? usedCores
		: usedCores <= cores * (1 + Math.max(imprecision, IMPRECISION))
			? cores
			: Number.NaN;
}

/**
 * Some runtimes always report a usage of 0 beside a counter that moves (containerd#9531, kubernetes#138402): from the
 * second sample on the counter's rate is used.
 */
function isLyingZero(cpu: CpuReading, before: number): boolean {
	return cpu.usageCores === 0 && cpu.usageCoreNanoseconds !== undefined && cpu.usageCoreNanoseconds > before;
}

/** False where either is unknown. */
function wentBack(from: number, to: number | undefined): boolean {
	return to !== undefined && to < from;
}

/** The later of two times, or the one that is known; `otherwise` where none is. */
function latest(one: number | undefined, other: number | undefined, otherwise: number): number {
	return one === undefined || other === undefined ? (one ?? other ?? otherwise) : Math.max(one, other);
}
