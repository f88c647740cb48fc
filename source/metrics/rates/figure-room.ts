/** Where the figures of an object begin in an array that it shares with others. */
export type FigurePlace = {readonly figures: Float64Array; readonly at: number};

/** For how many more objects there is room once there are more than were known. */
const MORE_AT_ONCE = 8;

/**
 * Room for the figures of many objects, in few arrays: each object with an array of its own would need more for the array
 * than for its figures. What was written is not written again, so that rows of one reading share an array for good.
 */
export class FigureRoom {
	readonly #numbersAtOnce: number;
	readonly #moreAtOnce: number;
	#figures = new Float64Array(0);
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
			this.#figures = new Float64Array(
				isFirst ? Math.max(numbers, this.#numbersAtOnce) : Math.max(numbers * MORE_AT_ONCE, this.#moreAtOnce),
			);
			this.#used = 0;
		}

		const at = this.#used;
		this.#used += numbers;
		return {figures: this.#figures, at};
	}
}
