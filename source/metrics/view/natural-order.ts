/**
 * Letters, numbers by their value (`node-9` before `node-10`), and signs before both. Made when it is needed: it takes
 * longer than the order of some hundred names.
 */
let collator: Intl.Collator | undefined;

/** The signs of ASCII in the order of the collator (the root of CLDR), without capital letters. */
const PLAIN = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz';

/** The place in `PLAIN`, from 1 on, by character code; 0 for what is not in it. */
const WEIGHTS = new Uint8Array(128);
for (let place = 0; place < PLAIN.length; place++) {
	WEIGHTS[PLAIN.charCodeAt(place)] = place + 1;
}

const ZERO = '0'.charCodeAt(0);
const NINE = '9'.charCodeAt(0);

/** The collator takes longer numbers apart. */
const MOST_DIGITS = 200;

/** For texts that need the collator. */
const UNTOLD = Number.NaN;

/**
 * Compares texts as `Intl.Collator('en', {numeric: true})` does, names of Kubernetes without asking it, which is slow. 0
 * does not mean that they are the same: `a1` and `a01` are two names.
 */
export function compareNatural(a: string, b: string): number {
	if (a === b) {
		return 0;
	}

	const order = comparePlain(a, b);
	if (!Number.isNaN(order)) {
		return order;
	}

	collator ??= new Intl.Collator('en', {numeric: true});
	return collator.compare(a, b);
}

function comparePlain(a: string, b: string): number {
	let i = 0;
	let j = 0;
	while (i < a.length && j < b.length) {
		const one = a.charCodeAt(i);
		const other = b.charCodeAt(j);
		let order: number;
		if (isDigit(one) && isDigit(other)) {
			const endOfOne = endOfDigits(a, i);
			const endOfOther = endOfDigits(b, j);
			if (endOfOne - i > MOST_DIGITS || endOfOther - j > MOST_DIGITS) {
				return UNTOLD;
			}

			order = compareDigits(a, i, endOfOne, b, j, endOfOther);
			i = endOfOne;
			j = endOfOther;
		} else {
			const weight = WEIGHTS[one] ?? 0;
			const otherWeight = WEIGHTS[other] ?? 0;
			if (weight === 0 || otherWeight === 0) {
				return UNTOLD;
			}

			order = weight - otherWeight;
			i++;
			j++;
		}

		if (order !== 0) {
			// An accent that follows belongs to the letter.
			return isPlainAt(a, i) && isPlainAt(b, j) ? order : UNTOLD;
		}
	}

	return isPlainAt(a, i) && isPlainAt(b, j) ? a.length - i - (b.length - j) : UNTOLD;
}

/** Whether the character at a place is in `PLAIN`, or the text ends there. */
function isPlainAt(text: string, place: number): boolean {
	return place >= text.length || (WEIGHTS[text.charCodeAt(place)] ?? 0) !== 0;
}

function isDigit(code: number): boolean {
	return code >= ZERO && code <= NINE;
}

function endOfDigits(text: string, start: number): number {
	let end = start + 1;
	while (end < text.length && isDigit(text.charCodeAt(end))) {
		end++;
	}

	return end;
}

/** Compares two numbers, which may begin with zeros. */
function compareDigits(
	a: string,
	from: number,
	end: number,
	b: string,
	otherFrom: number,
	otherEnd: number,
): number {
	let i = from;
	let j = otherFrom;
	while (i < end && a.charCodeAt(i) === ZERO) {
		i++;
	}

	while (j < otherEnd && b.charCodeAt(j) === ZERO) {
		j++;
	}

	let order = end - i - (otherEnd - j);
	while (order === 0 && i < end) {
		order = a.charCodeAt(i) - b.charCodeAt(j);
		i++;
		j++;
	}

	return order;
}
