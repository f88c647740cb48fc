import type {CpuSplit} from '../model/cpu-split.ts';
import type {PressureReading} from '../model/reading.ts';
import type {KeptName, Usage} from '../model/row.ts';
import type {FigurePlace, Figures} from './figure-room.ts';
import {known} from './rate-window.ts';

// Places of the figures from the first number of an object on; first those that are known of a past moment.
const START_TIME_MS = 0;
const SAMPLE_TIME_MS = 1;
const RECEIVED_AT_MS = 2;
const CPU_CORES = 3;
const MEMORY_WORKING_SET_BYTES = 4;
const MEMORY_RSS_BYTES = 5;
const RX_BYTES_PER_SECOND = 6;
const TX_BYTES_PER_SECOND = 7;
const CPU_WINDOW_MS = 8;
const MEMORY_USAGE_BYTES = 9;
const MEMORY_CACHE_BYTES = 10;
const MEMORY_AVAILABLE_BYTES = 11;
const PAGE_FAULTS_PER_SECOND = 12;
const MAJOR_PAGE_FAULTS_PER_SECOND = 13;
const RX_ERRORS_PER_SECOND = 14;
const TX_ERRORS_PER_SECOND = 15;
const NETWORK_WINDOW_MS = 16;
const SWAP_USAGE_BYTES = 17;
const PROCESS_COUNT = 18;

/** How many numbers are known of the usage of a past moment. */
const PAST_NUMBERS = 8;

/** How many numbers a usage takes. */
export const USAGE_NUMBERS = 19;

/** A usage apart from its numbers. */
export type UsageParts = Pick<Usage, 'cpuSplit' | 'pressure'>;

const NO_PARTS: UsageParts = {cpuSplit: undefined, pressure: undefined};

/** Those of a past moment, and of a reading without the object. Numbers that are never known then have no room. */
export const PAST: UsageParts = {cpuSplit: undefined, pressure: undefined};

/** How many numbers an object has room for that takes as many with all of its usage. */
export function numbersWith(parts: UsageParts, numbers: number): number {
	return parts === PAST ? numbers - (USAGE_NUMBERS - PAST_NUMBERS) : numbers;
}

/** One object for all that have neither. */
export function partsOf({cpuSplit, pressure}: Usage): UsageParts {
	return cpuSplit === undefined && pressure === undefined ? NO_PARTS : {cpuSplit, pressure};
}

/** Writes the numbers of a usage, unknown ones as NaN. */
export function packUsage(usage: Usage, {figures, at}: FigurePlace): void {
	const unknown = Number.NaN;
	figures[at + SAMPLE_TIME_MS] = usage.sampleTimeMs ?? unknown;
	figures[at + RECEIVED_AT_MS] = usage.receivedAtMs ?? unknown;
	figures[at + CPU_WINDOW_MS] = usage.cpuWindowMs ?? unknown;
	figures[at + START_TIME_MS] = usage.startTimeMs ?? unknown;
	figures[at + CPU_CORES] = usage.cpuCores ?? unknown;
	figures[at + MEMORY_WORKING_SET_BYTES] = usage.memoryWorkingSetBytes ?? unknown;
	figures[at + MEMORY_USAGE_BYTES] = usage.memoryUsageBytes ?? unknown;
	figures[at + MEMORY_RSS_BYTES] = usage.memoryRssBytes ?? unknown;
	figures[at + MEMORY_CACHE_BYTES] = usage.memoryCacheBytes ?? unknown;
	figures[at + MEMORY_AVAILABLE_BYTES] = usage.memoryAvailableBytes ?? unknown;
	figures[at + PAGE_FAULTS_PER_SECOND] = usage.pageFaultsPerSecond ?? unknown;
	figures[at + MAJOR_PAGE_FAULTS_PER_SECOND] = usage.majorPageFaultsPerSecond ?? unknown;
	figures[at + RX_BYTES_PER_SECOND] = usage.rxBytesPerSecond ?? unknown;
	figures[at + TX_BYTES_PER_SECOND] = usage.txBytesPerSecond ?? unknown;
	figures[at + RX_ERRORS_PER_SECOND] = usage.rxErrorsPerSecond ?? unknown;
	figures[at + TX_ERRORS_PER_SECOND] = usage.txErrorsPerSecond ?? unknown;
	figures[at + NETWORK_WINDOW_MS] = usage.networkWindowMs ?? unknown;
	figures[at + SWAP_USAGE_BYTES] = usage.swapUsageBytes ?? unknown;
	figures[at + PROCESS_COUNT] = usage.processCount ?? unknown;
}

/** Where the series that rings keep are among the figures of a usage. */
const KEPT: Readonly<Partial<Record<KeptName, number>>> = {
	cpuCores: CPU_CORES,
	memoryWorkingSetBytes: MEMORY_WORKING_SET_BYTES,
	memoryRssBytes: MEMORY_RSS_BYTES,
	rxBytesPerSecond: RX_BYTES_PER_SECOND,
	txBytesPerSecond: TX_BYTES_PER_SECOND,
};

/** The places of some series; `others` are those that are no figures of a usage. */
export function placesOfSeries(
	series: readonly KeptName[],
	others: Readonly<Partial<Record<KeptName, number>>> = {},
): readonly number[] {
	return series.map(name => {
		const place = KEPT[name] ?? others[name];
		if (place === undefined) {
			throw new RangeError(`${name} has no place among the figures of a row`);
		}

		return place;
	});
}

/** Values of the rings at one moment, and their places among the figures of a row. */
export type PastValues = {readonly values: Float64Array; readonly places: readonly number[]};

export const NO_VALUES: PastValues = {values: new Float64Array(0), places: []};

/** ktop's clock was set back. */
export function setUsageBack({figures, at}: FigurePlace, byMs: number): void {
	figures[at + RECEIVED_AT_MS] = (figures[at + RECEIVED_AT_MS] ?? Number.NaN) - byMs;
}

/** Of a number that has no room. */
const NOWHERE = -1;

/** Where a number is. */
function placeWith(parts: UsageParts, place: number): number {
	return parts !== PAST || place < PAST_NUMBERS
		? place
		: place < USAGE_NUMBERS
			? NOWHERE
			: place - (USAGE_NUMBERS - PAST_NUMBERS);
}

/**
 * The figures of an object at one moment. There are some 450,000 of them in a large cluster, and each reading replaces
 * those of a node: as objects with a field for each figure they took more than twice the memory, and most of the time of the
 * garbage collector. The fields are getters, which a spread (`{...row}`) leaves out: see `plainPod` and `plainContainer`.
 */
export abstract class PackedUsage implements Usage {
	readonly #figures: Figures;
	readonly #at: number;
	readonly #parts: UsageParts;

	protected constructor({figures, at}: FigurePlace, parts: UsageParts) {
		this.#figures = figures;
		this.#at = at;
		this.#parts = parts;
	}

	/** A figure by its place from the first number of the object on; undefined where it is unknown. */
	protected figure(place: number): number | undefined {
		return known(this.#numberAt(place));
	}

	/** Copies all numbers of the object, which takes as many with all of its usage. */
	protected copyTo({figures, at}: FigurePlace, numbers: number): void {
		const end = numbersWith(this.#parts, numbers);
		for (let place = 0; place < end; place++) {
			figures[at + place] = this.#figures[this.#at + place] ?? Number.NaN;
		}
	}

	/** Writes the numbers of a past moment: of a usage what rings keep and the start, and all that is beside it. */
	protected writePast(
		{figures, at}: FigurePlace,
		timeMs: number | undefined,
		{values, places}: PastValues,
		numbers: number,
	): void {
		const unknown = Number.NaN;
		figures[at + START_TIME_MS] = this.#numberAt(START_TIME_MS);
		figures[at + SAMPLE_TIME_MS] = timeMs ?? unknown;
		figures[at + RECEIVED_AT_MS] = timeMs ?? unknown;
		for (let place = CPU_CORES; place < PAST_NUMBERS; place++) {
			figures[at + place] = unknown;
		}

		for (let place = USAGE_NUMBERS; place < numbers; place++) {
			figures[at + placeWith(PAST, place)] = this.#numberAt(place);
		}

		for (let index = 0; index < places.length; index++) {
			figures[at + placeWith(PAST, places[index] ?? 0)] = values[index] ?? unknown;
		}
	}

	/** NaN where it is unknown. */
	#numberAt(place: number): number {
		const own = placeWith(this.#parts, place);
		return own === NOWHERE ? Number.NaN : (this.#figures[this.#at + own] ?? Number.NaN);
	}

	protected get place(): FigurePlace {
		return {figures: this.#figures, at: this.#at};
	}

	protected get parts(): UsageParts {
		return this.#parts;
	}

	get sampleTimeMs(): number | undefined {
		return this.figure(SAMPLE_TIME_MS);
	}

	get receivedAtMs(): number | undefined {
		return this.figure(RECEIVED_AT_MS);
	}

	get cpuWindowMs(): number | undefined {
		return this.figure(CPU_WINDOW_MS);
	}

	get startTimeMs(): number | undefined {
		return this.figure(START_TIME_MS);
	}

	get cpuCores(): number | undefined {
		return this.figure(CPU_CORES);
	}

	get cpuSplit(): CpuSplit | undefined {
		return this.#parts.cpuSplit;
	}

	get memoryWorkingSetBytes(): number | undefined {
		return this.figure(MEMORY_WORKING_SET_BYTES);
	}

	get memoryUsageBytes(): number | undefined {
		return this.figure(MEMORY_USAGE_BYTES);
	}

	get memoryRssBytes(): number | undefined {
		return this.figure(MEMORY_RSS_BYTES);
	}

	get memoryCacheBytes(): number | undefined {
		return this.figure(MEMORY_CACHE_BYTES);
	}

	get memoryAvailableBytes(): number | undefined {
		return this.figure(MEMORY_AVAILABLE_BYTES);
	}

	get pageFaultsPerSecond(): number | undefined {
		return this.figure(PAGE_FAULTS_PER_SECOND);
	}

	get majorPageFaultsPerSecond(): number | undefined {
		return this.figure(MAJOR_PAGE_FAULTS_PER_SECOND);
	}

	get rxBytesPerSecond(): number | undefined {
		return this.figure(RX_BYTES_PER_SECOND);
	}

	get txBytesPerSecond(): number | undefined {
		return this.figure(TX_BYTES_PER_SECOND);
	}

	get rxErrorsPerSecond(): number | undefined {
		return this.figure(RX_ERRORS_PER_SECOND);
	}

	get txErrorsPerSecond(): number | undefined {
		return this.figure(TX_ERRORS_PER_SECOND);
	}

	get networkWindowMs(): number | undefined {
		return this.figure(NETWORK_WINDOW_MS);
	}

	get swapUsageBytes(): number | undefined {
		return this.figure(SWAP_USAGE_BYTES);
	}

	get pressure(): PressureReading | undefined {
		return this.#parts.pressure;
	}

	get processCount(): number | undefined {
		return this.figure(PROCESS_COUNT);
	}
}
