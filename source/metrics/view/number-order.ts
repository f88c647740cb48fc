import {lowKey, SIGN, topKey, wordsOf} from './number-words.ts';

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Where each of the three digits of a word begins. */
const SHIFTS = [0, 11, 22] as const;

/** Numbers whose high words are the same are put in order one by one if no more than these follow each other. */
const MOST_SAME = 16;

/**
 * Puts numbers in order by a radix sort of eleven bits at a time. What it works with is kept from one time to the next:
 * arrays of megabytes that are thrown away make the garbage collector mark the whole heap.
 */
export class NumberOrder {
	#low = new Uint32Array(0);
	#high = new Uint32Array(0);
	#order = new Uint32Array(0);
	#spare = new Uint32Array(0);
	readonly #ends = new Uint32Array(DIGITS + 1);

	/** The indexes of the first `count` numbers in ascending order, stable. Valid until the next call. */
	of(numbers: Float64Array, count: number = numbers.length): Uint32Array {
		this.#split(numbers, count);
		this.#sortBy(this.#high, count);
		// The high words have the sign, the exponent and 20 bits: most measured numbers differ there.
		if (!this.#sortSame(count)) {
			this.#number(count);
			this.#sortBy(this.#low, count);
			this.#sortBy(this.#high, count);
		}

		return this.#order.subarray(0, count);
	}

	/** Two words of each number that are in the order of the numbers. */
	#split(numbers: Float64Array, count: number): void {
		if (this.#low.length < count) {
			const room = Math.ceil(count * 1.25);
			this.#low = new Uint32Array(room);
			this.#high = new Uint32Array(room);
			this.#order = new Uint32Array(room);
			this.#spare = new Uint32Array(room);
		}

		const words = wordsOf(numbers);
		const [low, high] = [this.#low, this.#high];
		for (let place = 0; place < count; place++) {
			// Digits are of words without a sign.
			low[place] = lowKey(words, place) ^ SIGN;
			high[place] = topKey(words, place) ^ SIGN;
		}

		this.#number(count);
	}

	#number(count: number): void {
		const order = this.#order;
		for (let place = 0; place < count; place++) {
			order[place] = place;
		}
	}

	#sortBy(word: Uint32Array, count: number): void {
		for (const shift of SHIFTS) {
			this.#sortByDigit(word, shift, count);
		}
	}

	/** Equal ones as they stand. */
	#sortByDigit(word: Uint32Array, shift: number, count: number): void {
		const [ends, from, into] = [this.#ends, this.#order, this.#spare];
		ends.fill(0);
		for (let place = 0; place < count; place++) {
			const digit = ((word[place] ?? 0) >>> shift) & (DIGITS - 1);
			ends[digit + 1] = (ends[digit + 1] ?? 0) + 1;
		}

		const first = ((word[0] ?? 0) >>> shift) & (DIGITS - 1);
		if (ends[first + 1] === count) {
			return;
		}

		for (let digit = 0; digit < DIGITS; digit++) {
			ends[digit + 1] = (ends[digit + 1] ?? 0) + (ends[digit] ?? 0);
		}

		for (let index = 0; index < count; index++) {
			const place = from[index] ?? 0;
			const digit = ((word[place] ?? 0) >>> shift) & (DIGITS - 1);
			const next = ends[digit] ?? 0;
			into[next] = place;
			ends[digit] = next + 1;
		}

		[this.#order, this.#spare] = [into, from];
	}

	/** Sorts those with the same high word by their low words; false if there are too many of them. */
	#sortSame(count: number): boolean {
		const [order, low, high] = [this.#order, this.#low, this.#high];
		let first = 0;
		for (let index = 1; index < count; index++) {
			const place = order[index] ?? 0;
			if (high[place] !== high[order[index - 1] ?? 0]) {
				first = index;
				continue;
			}

			const key = low[place] ?? 0;
			let to = index;
			while (to > first && (low[order[to - 1] ?? 0] ?? 0) > key) {
				order[to] = order[to - 1] ?? 0;
				to--;
				if (index - to > MOST_SAME) {
					return false;
				}
			}

			order[to] = place;
		}

		return true;
	}
}

/** A radix sort of fewer takes longer than to compare them: a tree has a list for each pod. */
const FEW = 48;

/** The indexes of numbers in ascending order, stable. For 150,000 numbers ten times as fast as a comparison sort. */
export function orderOfNumbers(numbers: Float64Array): Uint32Array {
	return numbers.length > FEW ? new NumberOrder().of(numbers) : orderByInsertion(numbers);
}

function orderByInsertion(numbers: Float64Array): Uint32Array {
	const order = new Uint32Array(numbers.length);
	for (let index = 1; index < order.length; index++) {
		const number = numbers[index] ?? 0;
		let to = index;
		while (to > 0 && (numbers[order[to - 1] ?? 0] ?? 0) > number) {
			order[to] = order[to - 1] ?? 0;
			to--;
		}

		order[to] = index;
	}

	return order;
}
