/** 2^63. Kubelets underflow unsigned differences (limit minus usage), which then are about 1.8e19. */
const IMPOSSIBLE = 2 ** 63;

/** Validates numbers of a decoded body and counts the rejected ones. */
export class Quantities {
	#rejected = 0;

	get rejected(): number {
		return this.#rejected;
	}

	/** A number from 0 to below 2^63, else undefined. Absent and null values do not count as rejected. */
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
