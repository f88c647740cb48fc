/** 2^63: kubelets underflow unsigned numbers (limit less usage), which then read as some 1.8e19. */
const IMPOSSIBLE = 2 ** 63;

/** Takes numbers out of JSON one by one: what cannot be true is unknown, and counted, and the rest is kept. */
export class Quantities {
	#rejected = 0;

	get rejected(): number {
		return this.#rejected;
	}

	/** A number from 0 to below 2^63; undefined for anything else. What is absent or null is not counted as rejected. */
	read(value: unknown): number | undefined {
		if (typeof value === 'number' && value >= 0 && value < IMPOSSIBLE) {
			return value;
		}

		if (value !== undefined && value !== null) {
			this.#rejected++;
		}

		return undefined;
	}
}
