import type {CpuSplit} from '../model/cpu-split.ts';
import type {PressureReading} from '../model/reading.ts';
import {type FigureLayout, layoutOf, layoutWith, WHOLE} from './figure-layout.ts';

/**
 * Numbers of many objects. A typed array would have V8 mark the whole heap each time that 64 MiB of such arrays are new,
 * however large it is, and 5,000 nodes replace tens of MiB of figures a round.
 */
export type Figures = number[];

/** Where the figures of an object are written, each at its place from there on. */
export type FigurePlace = {readonly figures: Figures; readonly at: number};

/** The figures of an object: those that are known, in an array that it shares with others. */
export type KeptFigures = FigurePlace & {readonly layout: FigureLayout};

/** Where the figures of each object are written before they are kept: of 450,000 objects none has an array of its own in between. */
export const DRAFT: FigurePlace = {figures: WHOLE.offsets.map(() => Number.NaN), at: 0};

/** The figures that were written there, all of them unknown before. */
export function blankDraft(): FigurePlace {
	DRAFT.figures.fill(Number.NaN);
	return DRAFT;
}

/** Figures as they were written, for as long as nothing else is written there. */
export function asWritten(place: FigurePlace, cpuSplit?: CpuSplit, pressure?: PressureReading): KeptFigures {
	return {...place, layout: layoutWith(WHOLE, cpuSplit, pressure)};
}

/** Of an object without any figure. */
export const NO_FIGURES: KeptFigures = {figures: [], at: 0, layout: layoutOf(0)};

/** For how many more numbers there is room once there are more than were known. */
const MORE_AT_ONCE = 100;

/**
 * Room for the figures of many objects, in few arrays: each object with an array of its own would need more for the array
 * than for its figures. What was written is not written again, so that rows of one reading share an array for good.
 */
export class FigureRoom {
	readonly #numbersAtOnce: number;
	readonly #moreAtOnce: number;
	#figures: Figures = [];
	#used = 0;
	#usedBefore = 0;

	/** `numbersAtOnce`: how many there will be, where that is known. `moreAtOnce`: how many in each further array. */
	constructor(numbersAtOnce: number, moreAtOnce = MORE_AT_ONCE) {
		this.#numbersAtOnce = numbersAtOnce;
		this.#moreAtOnce = moreAtOnce;
	}

	/** How many numbers are kept. */
	get used(): number {
		return this.#usedBefore + this.#used;
	}

	/** Keeps what is known of the first `numbers` figures of the draft. */
	keep(numbers: number, cpuSplit: CpuSplit | undefined, pressure: PressureReading | undefined): KeptFigures {
		const figures = this.#withRoom();
		const at = this.#used;
		let bits = 0;
		for (let place = 0; place < numbers; place++) {
			const figure = DRAFT.figures[place] ?? Number.NaN;
			if (!Number.isNaN(figure)) {
				bits |= 1 << place;
				figures[this.#used++] = figure;
			}
		}

		const layout = layoutOf(bits);
		if (layout === WHOLE) {
			this.#used = at + WHOLE.count;
			for (let place = 0; place < WHOLE.count; place++) {
				figures[at + place] = DRAFT.figures[place] ?? Number.NaN;
			}
		}

		return {figures, at, layout: layoutWith(layout, cpuSplit, pressure)};
	}

	/** Keeps the same figures once more. */
	copy({figures: from, at: first, layout}: KeptFigures): KeptFigures {
		const figures = this.#withRoom();
		const at = this.#used;
		for (let offset = 0; offset < layout.count; offset++) {
			figures[this.#used++] = from[first + offset] ?? Number.NaN;
		}

		return {figures, at, layout};
	}

	/** An array with room for any object. */
	#withRoom(): Figures {
		if (this.#used + WHOLE.count > this.#figures.length) {
			const numbers = this.#figures.length === 0 ? this.#numbersAtOnce : this.#moreAtOnce;
			// Filled, so that V8 keeps plain numbers in it, without an object for each.
			this.#figures = new Array<number>(numbers + WHOLE.count).fill(Number.NaN);
			this.#usedBefore += this.#used;
			this.#used = 0;
		}

		return this.#figures;
	}
}
