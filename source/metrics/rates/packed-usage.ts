import type {CpuSplit} from '../model/cpu-split.ts';
import type {PressureReading} from '../model/reading.ts';
import type {KeptName, Usage} from '../model/row.ts';
import type {FigurePlace, Figures} from './figure-room.ts';
import {known} from './rate-window.ts';

/** Places of the figures from the first number of an object on; first those that are known of a past moment. */
export const PLACES = {
	startTimeMs: 0,
	sampleTimeMs: 1,
	receivedAtMs: 2,
	cpuCores: 3,
	memoryWorkingSetBytes: 4,
	memoryRssBytes: 5,
	rxBytesPerSecond: 6,
	txBytesPerSecond: 7,
	cpuWindowMs: 8,
	memoryUsageBytes: 9,
	memoryCacheBytes: 10,
	memoryAvailableBytes: 11,
	pageFaultsPerSecond: 12,
	majorPageFaultsPerSecond: 13,
	rxErrorsPerSecond: 14,
	txErrorsPerSecond: 15,
	networkWindowMs: 16,
	swapUsageBytes: 17,
	processCount: 18,
} as const satisfies Readonly<Record<Exclude<keyof Usage, keyof UsageParts>, number>>;

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
export function partsOf(cpuSplit: CpuSplit | undefined, pressure: PressureReading | undefined): UsageParts {
	return cpuSplit === undefined && pressure === undefined ? NO_PARTS : {cpuSplit, pressure};
}

/** Where the series that rings keep are among the figures of a usage. */
const KEPT: Readonly<Partial<Record<KeptName, number>>> = PLACES;

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
	figures[at + PLACES.receivedAtMs] = (figures[at + PLACES.receivedAtMs] ?? Number.NaN) - byMs;
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
export class PackedUsage implements Usage {
	readonly #figures: Figures;
	readonly #at: number;
	readonly #parts: UsageParts;

	constructor({figures, at}: FigurePlace, parts: UsageParts) {
		this.#figures = figures;
		this.#at = at;
		this.#parts = parts;
	}

	/** A figure by its place from the first number of the object on; undefined where it is unknown. */
	protected figure(place: number): number | undefined {
		return known(this.numberAt(place));
	}

	/** The same, but NaN where it is unknown. */
	numberAt(place: number): number {
		const own = placeWith(this.#parts, place);
		return own === NOWHERE ? Number.NaN : (this.#figures[this.#at + own] ?? Number.NaN);
	}

	/** Writes its own figures at these places where those of a later reading are unknown. */
	protected hold({figures, at}: FigurePlace, places: readonly number[]): void {
		for (const place of places) {
			if (Number.isNaN(figures[at + place])) {
				figures[at + place] = this.numberAt(place);
			}
		}
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
		figures[at + PLACES.startTimeMs] = this.numberAt(PLACES.startTimeMs);
		figures[at + PLACES.sampleTimeMs] = timeMs ?? unknown;
		figures[at + PLACES.receivedAtMs] = timeMs ?? unknown;
		for (let place = PLACES.cpuCores; place < PAST_NUMBERS; place++) {
			figures[at + place] = unknown;
		}

		for (let place = USAGE_NUMBERS; place < numbers; place++) {
			figures[at + placeWith(PAST, place)] = this.numberAt(place);
		}

		for (let index = 0; index < places.length; index++) {
			figures[at + placeWith(PAST, places[index] ?? 0)] = values[index] ?? unknown;
		}
	}

	protected get place(): FigurePlace {
		return {figures: this.#figures, at: this.#at};
	}

	protected get parts(): UsageParts {
		return this.#parts;
	}

	get sampleTimeMs(): number | undefined {
		return this.figure(PLACES.sampleTimeMs);
	}

	get receivedAtMs(): number | undefined {
		return this.figure(PLACES.receivedAtMs);
	}

	get cpuWindowMs(): number | undefined {
		return this.figure(PLACES.cpuWindowMs);
	}

	get startTimeMs(): number | undefined {
		return this.figure(PLACES.startTimeMs);
	}

	get cpuCores(): number | undefined {
		return this.figure(PLACES.cpuCores);
	}

	get cpuSplit(): CpuSplit | undefined {
		return this.#parts.cpuSplit;
	}

	get memoryWorkingSetBytes(): number | undefined {
		return this.figure(PLACES.memoryWorkingSetBytes);
	}

	get memoryUsageBytes(): number | undefined {
		return this.figure(PLACES.memoryUsageBytes);
	}

	get memoryRssBytes(): number | undefined {
		return this.figure(PLACES.memoryRssBytes);
	}

	get memoryCacheBytes(): number | undefined {
		return this.figure(PLACES.memoryCacheBytes);
	}

	get memoryAvailableBytes(): number | undefined {
		return this.figure(PLACES.memoryAvailableBytes);
	}

	get pageFaultsPerSecond(): number | undefined {
		return this.figure(PLACES.pageFaultsPerSecond);
	}

	get majorPageFaultsPerSecond(): number | undefined {
		return this.figure(PLACES.majorPageFaultsPerSecond);
	}

	get rxBytesPerSecond(): number | undefined {
		return this.figure(PLACES.rxBytesPerSecond);
	}

	get txBytesPerSecond(): number | undefined {
		return this.figure(PLACES.txBytesPerSecond);
	}

	get rxErrorsPerSecond(): number | undefined {
		return this.figure(PLACES.rxErrorsPerSecond);
	}

	get txErrorsPerSecond(): number | undefined {
		return this.figure(PLACES.txErrorsPerSecond);
	}

	get networkWindowMs(): number | undefined {
		return this.figure(PLACES.networkWindowMs);
	}

	get swapUsageBytes(): number | undefined {
		return this.figure(PLACES.swapUsageBytes);
	}

	get pressure(): PressureReading | undefined {
		return this.#parts.pressure;
	}

	get processCount(): number | undefined {
		return this.figure(PLACES.processCount);
	}
}
