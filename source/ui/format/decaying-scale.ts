import {niceTop, type Steps} from './axis.ts';

/** How long the top of an axis takes to halve, where what made it high has left the window. */
const HALF_LIFE_MS = 30_000;

/** An axis falls only where this much room stays: else a value about a round number would move it with each sample. */
const HEADROOM = 1.1;

/** The top of one axis over time: always round, rising at once with what is measured and falling slowly after it. */
export class DecayingScale {
	readonly #steps: Steps;
	#top = 0;
	#sinceMs = 0;

	constructor(steps: Steps) {
		this.#steps = steps;
	}

	/** Takes the highest value of the window; the answer is never below it. */
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

/** More charts than are ever on one screen; what was looked at longest ago is forgotten first. */
const MOST = 64;

/** A scale for each key: one for each chart of each object. */
export class DecayingScales {
	readonly #scales = new Map<string, DecayingScale>();

	topOf(key: string, highest: number, steps: Steps, nowMs: number): number {
		const scale = this.#scales.get(key) ?? new DecayingScale(steps);
		this.#scales.delete(key);
		this.#scales.set(key, scale);
		for (const oldest of this.#scales.keys()) {
			if (this.#scales.size <= MOST) {
				break;
			}

			this.#scales.delete(oldest);
		}

		return scale.topOf(highest, nowMs);
	}
}
