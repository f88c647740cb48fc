import type {CpuSplit} from '../model/cpu-split.ts';
import type {PressureReading} from '../model/reading.ts';
import type {KeptName, Usage} from '../model/row.ts';
import {type FigureLayout, NOWHERE} from './figure-layout.ts';
import {
	blankDraft,
	type FigurePlace,
	type FigureRoom,
	type Figures,
	type KeptFigures,
} from './figure-room.ts';
import {known} from './rate-window.ts';

/** Places of the figures from the first number of an object on. */
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
} as const satisfies Readonly<Record<Exclude<keyof Usage, 'cpuSplit' | 'pressure'>, number>>;

/** How many numbers a usage has. */
export const USAGE_NUMBERS = 19;

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

/**
 * The figures of an object at one moment. There are some 450,000 of them in a large cluster, and each reading replaces
 * those of a node: as objects with a field for each figure they took more than twice the memory, and most of the time of the
 * garbage collector. The fields are getters, which a spread (`{...row}`) leaves out: see `plainPod` and `plainContainer`.
 */
export class PackedUsage implements Usage {
	readonly #figures: Figures;
	readonly #at: number;
	readonly #layout: FigureLayout;

	constructor({figures, at, layout}: KeptFigures) {
		this.#figures = figures;
		this.#at = at;
		this.#layout = layout;
	}

	/** A figure by its place from the first number of the object on; undefined where it is unknown. */
	protected figure(place: number): number | undefined {
		return known(this.numberAt(place));
	}

	/** The same, but NaN where it is unknown. */
	numberAt(place: number): number {
		const offset = this.#layout.offsets[place] ?? NOWHERE;
		return offset === NOWHERE ? Number.NaN : (this.#figures[this.#at + offset] ?? Number.NaN);
	}

	/** Writes its own figures at these places where those of a later reading are unknown. */
	protected hold({figures, at}: FigurePlace, places: readonly number[]): void {
		for (const place of places) {
			if (Number.isNaN(figures[at + place])) {
				figures[at + place] = this.numberAt(place);
			}
		}
	}

	/** Those of a reading without the object: of a usage the start, and all of the `numbers` figures that is beside it. */
	protected unmeasuredFigures(numbers: number, room: FigureRoom): KeptFigures {
		const {figures} = blankDraft();
		figures[PLACES.startTimeMs] = this.numberAt(PLACES.startTimeMs);
		for (let place = USAGE_NUMBERS; place < numbers; place++) {
			figures[place] = this.numberAt(place);
		}

		return room.keep(numbers, undefined, undefined);
	}

	/** Those after ktop's clock was set back. */
	protected figuresSetBack(byMs: number, room: FigureRoom): KeptFigures {
		const kept = room.copy(this.kept);
		const offset = kept.layout.offsets[PLACES.receivedAtMs] ?? NOWHERE;
		if (offset !== NOWHERE) {
			kept.figures[kept.at + offset] = this.numberAt(PLACES.receivedAtMs) - byMs;
		}

		return kept;
	}

	protected get kept(): KeptFigures {
		return {figures: this.#figures, at: this.#at, layout: this.#layout};
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
		return this.#layout.cpuSplit;
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
		return this.#layout.pressure;
	}

	get processCount(): number | undefined {
		return this.figure(PLACES.processCount);
	}
}
