/** Fewer places a level than this would leave the newest samples hardly any. */
const LEAST_PLACES = 4;

/** Takes the means of two places of a series into a third. */
export type Merge = (from: number, other: number, into: number) => void;

/**
 * Where the samples of a ring lie that has less room than samples: the newest each in a place of its own, those before as
 * means of two, before them of four, and so on, in as many places on each level. The further back, the coarser, and all of
 * it in as many places as the logarithm of the samples asks for. On one level nothing is merged.
 *
 * Samples are numbered from 0. A group of a level is two of the level before, so sample `n` is in group `n >> level`, and a
 * level's groups lie at their number modulo its places. What level a sample is on follows from how many came after it.
 */
export class Downsampling {
	readonly levels: number;
	readonly #placesOfLevel: number;
	/** The oldest group of each level. */
	readonly #oldest: number[] = [];

	/** For at least `capacity` samples, of which `count` came already. */
	constructor(capacity: number, levels: number, count: number) {
		this.levels = levels;
		this.#placesOfLevel = placesOfLevel(capacity, levels);
		let groups = count;
		for (let level = 0; level < levels - 1; level++) {
			const pairs = Math.max(Math.ceil((groups - this.#placesOfLevel) / 2), 0);
			this.#oldest.push(2 * pairs);
			groups = pairs;
		}
	}

	/** The place of a sample. */
	placeOf(sample: number): number {
		let level = 0;
		let group = sample;
		while (level < this.#oldest.length && group < (this.#oldest[level] ?? 0)) {
			level++;
			group >>>= 1;
		}

		return this.#place(level, group);
	}

	/** Makes room for the sample after the newest one, whose number is `sample`, and returns its place. */
	push(sample: number, merge: Merge): number {
		return this.#add(0, sample, merge);
	}

	#add(level: number, group: number, merge: Merge): number {
		const oldest = this.#oldest[level];
		if (oldest !== undefined && group - oldest >= this.#placesOfLevel) {
			// First, since it may lie where the oldest of the next level was.
			const into = this.#add(level + 1, oldest >>> 1, merge);
			merge(this.#place(level, oldest), this.#place(level, oldest + 1), into);
			this.#oldest[level] = oldest + 2;
		}

		return this.#place(level, group);
	}

	#place(level: number, group: number): number {
		return level * this.#placesOfLevel + (group % this.#placesOfLevel);
	}
}

/** How many samples of a ring for `capacity` are kept one by one, with this many levels. */
export function placesOfLevel(capacity: number, levels: number): number {
	// A level may lack one group, since two are merged at once; the last never does.
	return Math.ceil((capacity + 2 ** (levels - 1) - 1) / (2 ** levels - 1));
}

/** The places of a ring for `capacity` samples. */
export function placesOf(capacity: number, levels: number): number {
	return levels * placesOfLevel(capacity, levels);
}

/** From this many levels on there is no room to be saved. */
export function mostLevels(capacity: number): number {
	let levels = 1;
	while (
		placesOfLevel(capacity, levels + 1) >= LEAST_PLACES &&
		placesOf(capacity, levels + 1) < placesOf(capacity, levels)
	) {
		levels++;
	}

	return levels;
}
