/**
 * Numbers of many objects. A typed array would have V8 mark the whole heap each time that 64 MiB of such arrays are new,
 * however large it is, and 5,000 nodes replace 85 MiB of figures a round.
 */
export type Figures = number[];

/** Where the figures of an object begin in an array that it shares with others. */
export type FigurePlace = {readonly figures: Figures; readonly at: number};

/** Of an object without any figure. */
export const NO_PLACE: FigurePlace = {figures: [], at: 0};

/** For how many more objects there is room once there are more than were known. */
const MORE_AT_ONCE = 8;

/**
 * Room for the figures of many objects, in few arrays: each object with an array of its own would need more for the array
 * than for its figures. What was written is not written again, so that rows of one reading share an array for good.
 */
export class FigureRoom {
	readonly #numbersAtOnce: number;
	readonly #moreAtOnce: number;
	#figures: Figures = [];
	#used = 0;

	/** `numbersAtOnce`: how many there will be, where that is known. `moreAtOnce`: how many in each further array. */
	constructor(numbersAtOnce: number, moreAtOnce = 0) {
		this.#numbersAtOnce = numbersAtOnce;
		this.#moreAtOnce = moreAtOnce;
	}

	/** A place for this many numbers, which are to be written. */
	place(numbers: number): FigurePlace {
		if (this.#used + numbers > this.#figures.length) {
			const isFirst = this.#figures.length === 0;
			// Filled, so that V8 keeps plain numbers in it, without an object for each.
			this.#figures = new Array<number>(
				isFirst ? Math.max(numbers, this.#numbersAtOnce) : Math.max(numbers * MORE_AT_ONCE, this.#moreAtOnce),
			).fill(Number.NaN);
			this.#used = 0;
		}

		const at = this.#used;
		this.#used += numbers;
		return {figures: this.#figures, at};
	}
}
