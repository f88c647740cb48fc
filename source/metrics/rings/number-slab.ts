/**
 * Hands out arrays of unknowns that are parts of larger ones. An array of its own for each sparkline is memory outside of
 * V8's heap each time, and where thousands of rings are, any of those may wait for the sweep of all of it.
 */
export class NumberSlab {
	readonly #size: number;
	#free: Float64Array = new Float64Array(0);

	/** `size`: numbers that are allocated at once. */
	constructor(size: number) {
		this.#size = size;
	}

	/** A place of its own, with NaN in every element. */
	take(length: number): Float64Array {
		if (length > this.#free.length) {
			this.#free = new Float64Array(Math.max(this.#size, length)).fill(Number.NaN);
		}

		const taken = this.#free.subarray(0, length);
		this.#free = this.#free.subarray(length);
		return taken;
	}
}
