/** The next number of a sequence, within [0, 1). */
export type Random = () => number;

/** Letters of generated names, without vowels and look-alikes (k8s.io/apimachinery/pkg/util/rand). */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A generator (mulberry32) seeded with the FNV-1a hash of the key. The same key gives the same sequence. */
export function randomOf(...key: ReadonlyArray<string | number>): Random {
	let state = 0x811c9dc5;
	for (const character of key.join('/')) {
		state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
	}

	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export function between(random: Random, least: number, most: number): number {
	return least + (most - least) * random();
}

/** An integer from `least` (inclusive) to `end` (exclusive). */
export function wholeBetween(random: Random, least: number, end: number): number {
	return Math.floor(between(random, least, end));
}

/** The random suffix of a generated name: `xnrx5`. */
export function nameSuffix(random: Random, length: number): string {
	return Array.from({length}, () => NAME_LETTERS[wholeBetween(random, 0, NAME_LETTERS.length)]).join('');
}

/** Five letters, unique in the group for numbers below 27⁵. Random letters would collide among 150,000 pods. */
export function uniqueSuffix(number: number, group: string): string {
	const size = NAME_LETTERS.length ** 5;
	// A factor that is coprime to 27 reaches every suffix once; a large one makes neighbours look unrelated.
	let rest = (number * 7_368_787 + Math.floor(randomOf(group)() * size)) % size;
	let suffix = '';
	for (let place = 0; place < 5; place++) {
		suffix += NAME_LETTERS[rest % NAME_LETTERS.length];
		rest = Math.floor(rest / NAME_LETTERS.length);
	}

	return suffix;
}

/** A version 4 UUID. */
export function uuid(random: Random): string {
	const hex = Array.from({length: 32}, () => wholeBetween(random, 0, 16).toString(16)).join('');
	const variant = (8 + wholeBetween(random, 0, 4)).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
