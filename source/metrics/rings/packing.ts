/** What stands for unknown. */
export const UNKNOWN = 0xff_ff;

/** The exponent of the least normal Float32. */
const LEAST_EXPONENT = -126;

/** A Float32 has 23 bits of fraction, a packed value eleven. */
const DROPPED_BITS = 12;

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/**
 * Numbers of a series in 16 bits: five of exponent and eleven of fraction, without a sign. What comes back is off by at most
 * one part in 4096, where tables show three digits and charts at most some hundred steps.
 *
 * - From `least` on, a power of two: to 2^31 times that, which stands for all that is more.
 * - Below `least`: off by at most one part in 4096 of `least`. 0 stays 0.
 * - Negative, not a number: unknown, which is NaN.
 */
export class Packing {
	readonly #divisor: number;

	constructor(least: number) {
		// The least value becomes the least normal Float32, so that the upper three bits of exponent are 0.
		this.#divisor = least / 2 ** LEAST_EXPONENT;
	}

	pack(value: number): number {
		if (!(value >= 0)) {
			return UNKNOWN;
		}

		// Of -0 the sign goes.
		FLOAT[0] = value / this.#divisor + 0;
		const rounded = ((BITS[0] ?? 0) + (1 << (DROPPED_BITS - 1))) >>> DROPPED_BITS;
		return Math.min(rounded, UNKNOWN - 1);
	}

	unpack(packed: number): number {
		if (packed === UNKNOWN) {
			return Number.NaN;
		}

		BITS[0] = packed << DROPPED_BITS;
		return (FLOAT[0] ?? Number.NaN) * this.#divisor;
	}
}
