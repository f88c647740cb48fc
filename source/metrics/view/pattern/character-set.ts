/** Inclusive ranges of UTF-16 code units in ascending order, without overlaps. */
export type CharacterSet = ReadonlyArray<readonly [first: number, last: number]>;

/** Two symbols besides all code units: where a text begins and where it ends, so that `^` and `$` are characters too. */
export const START = 0x1_00_00;
export const END = 0x1_00_01;

const LAST_UNIT = 0xff_ff;

export const ANY: CharacterSet = [[0, LAST_UNIT]];
export const DIGITS: CharacterSet = [[0x30, 0x39]];
export const WORD: CharacterSet = union([DIGITS, [[0x41, 0x5a]], [[0x5f, 0x5f]], [[0x61, 0x7a]]]);
/** ECMA-262, WhiteSpace and LineTerminator. */
export const SPACE: CharacterSet = union([
	[[0x09, 0x0d]],
	[[0x20, 0x20]],
	[[0xa0, 0xa0]],
	[[0x16_80, 0x16_80]],
	[[0x20_00, 0x20_0a]],
	[[0x20_28, 0x20_29]],
	[[0x20_2f, 0x20_2f]],
	[[0x20_5f, 0x20_5f]],
	[[0x30_00, 0x30_00]],
	[[0xfe_ff, 0xfe_ff]],
]);

export function union(sets: readonly CharacterSet[]): CharacterSet {
	const merged: Array<[number, number]> = [];
	for (const [first, last] of sets.flat().sort(([a], [b]) => a - b)) {
		const before = merged.at(-1);
		if (before !== undefined && first <= before[1] + 1) {
			before[1] = Math.max(before[1], last);
		} else {
			merged.push([first, last]);
		}
	}

	return merged;
}

/** All code units that are not in a set. */
export function complement(set: CharacterSet): CharacterSet {
	const others: Array<[number, number]> = [];
	let next = 0;
	for (const [first, last] of set) {
		if (first > next) {
			others.push([next, first - 1]);
		}

		next = last + 1;
	}

	return next > LAST_UNIT ? others : [...others, [next, LAST_UNIT]];
}

/** With the lower case of each of its letters, since the texts that are searched are in lower case. */
export function withLowerCase(set: CharacterSet): CharacterSet {
	const [A, Z, toLower] = [0x41, 0x5a, 0x20];
	const lower = set.flatMap(([first, last]): CharacterSet => {
		if (first === last) {
			const letter = String.fromCharCode(first).toLowerCase();
			return letter.length === 1 ? [[letter.charCodeAt(0), letter.charCodeAt(0)]] : [];
		}

		return first <= Z && last >= A ? [[Math.max(first, A) + toLower, Math.min(last, Z) + toLower]] : [];
	});
	return union([set, lower]);
}

export function contains(set: CharacterSet, symbol: number): boolean {
	return set.some(([first, last]) => symbol >= first && symbol <= last);
}
