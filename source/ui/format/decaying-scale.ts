import {niceTop, type Steps} from './axis.ts';

/** The top of an axis halves in this time after its highest value left the window. */
const HALF_LIFE_MS = 30_000;

/** The room that stays above the highest value when the top falls, so that values near a round number do not move it. */
const HEADROOM = 1.1;

/** The top of one axis: a round number that rises at once with the values and falls slowly. */
export class DecayingScale {
	readonly #steps: Steps;
	#top = 0;
	#sinceMs = 0;

	constructor(steps: Steps) {
		this.#steps = steps;
	}

	/** The top for the highest value of the window; never below it. */
	topOf(highest: number, nowMs: number): number {
		if (!(highest <= this.#top)) {
			this.#set(niceTop(highest, this.#steps), nowMs);
			return this.#top;
		}

		const fallen = this.#top * 2 ** (-Math.max(nowMs - this.#sinceMs, 0) / HALF_LIFE_MS);
		const next = niceTop(Math.max(fallen, highest * HEADROOM), this.#steps);
		if (next < this.#top) {
			this.#set(next, nowMs);
		}

		return this.#top;
	}

	#set(top: number, nowMs: number): void {
		this.#top = top;
		this.#sinceMs = nowMs;
	}
}

/** More than one screen has charts. */
const MAX_SCALES = 64;

/** A scale per chart and object, by key. Drops those that were not used for the longest time. */
export class DecayingScales {
	readonly #scales = new Map<string, DecayingScale>();

	topOf(key: string, highest: number, steps: Steps, nowMs: number): number {
		const scale = this.#scales.get(key) ?? new DecayingScale(steps);
		this.#scales.delete(key);
		this.#scales.set(key, scale);
		for (const oldest of this.#scales.keys()) {
			if (this.#scales.size <= MAX_SCALES) {
				break;
			}

			this.#scales.delete(oldest);
		}

		return scale.topOf(highest, nowMs);
	}
}
