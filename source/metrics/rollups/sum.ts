/** Sums known values; undefined if there is none. */
export class Sum {
	/** A number at all times: V8 allocates a new one for each value of a field that is undefined at first. */
	#sum = 0;
	#isKnown = false;

	add(value: number | undefined): void {
		if (value !== undefined) {
			this.#sum += value;
			this.#isKnown = true;
		}
	}

	get total(): number | undefined {
		return this.#isKnown ? this.#sum : undefined;
	}
}
