/** Which of a number's two words is the low one; the other machines keep them the other way round. */
const LOW_WORD = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;

/** The bit of a 32-bit integer that makes it negative, and all others. */
export const SIGN = -(2 ** 31);
const ALL_BUT_SIGN = ~SIGN;

/** The words of numbers, two of each. */
export function wordsOf({buffer, byteOffset, length}: Float64Array): Int32Array {
	return new Int32Array(buffer, byteOffset, 2 * length);
}

/**
 * The top word of a number as an integer that grows with it: bits of positive numbers grow with them, bits of negative ones
 * against them (IEEE 754). A zero has two forms.
 */
export function topKey(words: Int32Array, index: number): number {
	const top = words[2 * index + 1 - LOW_WORD] ?? 0;
	const key = top ^ ((top >> 31) & ALL_BUT_SIGN);
	return key === -1 && isZero(words, index, top) ? 0 : key;
}

/** The same of the low word, for numbers with the same top word. */
export function lowKey(words: Int32Array, index: number): number {
	const top = words[2 * index + 1 - LOW_WORD] ?? 0;
	const low = words[2 * index + LOW_WORD] ?? 0;
	return (top >= 0 || isZero(words, index, top) ? low : ~low) ^ SIGN;
}

function isZero(words: Int32Array, index: number, top: number): boolean {
	return top << 1 === 0 && words[2 * index + LOW_WORD] === 0;
}
