/** The share of the minimum that a window needs before it gives any rate. */
const SHORTEST_SHARE = 1 / 6;

/** How a sample relates to those before it. */
export type Arrival = 'first' | 'newer' | 'same' | 'older' | 'reset';

/**
 * Keeps just enough samples `S` (counters that were read together) of one object to compute the rates of its counters, by the source's own time stamps.
 *
 * - The same stamp again is no new sample: kubelets refresh every 10 to 20 s, however often they are asked.
 * - An older stamp is dropped. Two older ones in a row that move forwards mean that the clock was set back: a reset.
 * - After a reset (the object restarted, a counter went back) there is no rate until the next sample: a gap, no spike.
 *
 * `minimumMs` is the shortest window that gives a true rate. Where stamps are whole seconds, two of them 10 s apart
 * are wrong by up to a tenth, so such sources are measured over 30 s or more as soon as there is that much, and over
 * less than a sixth of it not at all: two stamps a second apart may be two seconds apart, or nothing.
 */
export class RateWindow<S extends object> {
	#base: S | undefined;
	#middle: S | undefined;
	#last: S | undefined;
	#baseMs = 0;
	#middleMs = 0;
	#lastMs = 0;
	#olderMs: number | undefined;
	#shortestMs = 0;

	/** The newest accepted sample. */
	get last(): S | undefined {
		return this.#last;
	}

	get lastMs(): number | undefined {
		return this.#last === undefined ? undefined : this.#lastMs;
	}

	/** The time between the two samples that rates are taken from; undefined while they are too close for a rate. */
	get windowMs(): number | undefined {
		const windowMs = this.#lastMs - this.#baseMs;
		return windowMs > 0 && windowMs >= this.#shortestMs ? windowMs : undefined;
	}

	/** `timeMs` is the sample's stamp, or ktop's clock where it has none. */
	add(sample: S, timeMs: number, minimumMs: number, hasRestarted: boolean): Arrival {
		this.#shortestMs = minimumMs * SHORTEST_SHARE;
		if (this.#last === undefined) {
			this.#restart(sample, timeMs);
			return 'first';
		}

		if (timeMs === this.#lastMs) {
			return 'same';
		}

		if (timeMs < this.#lastMs && !hasRestarted) {
			if (this.#olderMs === undefined || timeMs <= this.#olderMs) {
				this.#olderMs = timeMs;
				return 'older';
			}

			this.#restart(sample, timeMs);
			return 'reset';
		}

		if (hasRestarted) {
			this.#restart(sample, timeMs);
			return 'reset';
		}

		this.#olderMs = undefined;
		if (timeMs - this.#lastMs >= minimumMs) {
			this.#base = this.#last;
			this.#baseMs = this.#lastMs;
			this.#middle = this.#last;
			this.#middleMs = this.#lastMs;
		} else if (timeMs - this.#middleMs >= minimumMs) {
			this.#base = this.#middle;
			this.#baseMs = this.#middleMs;
			this.#middle = this.#last;
			this.#middleMs = this.#lastMs;
		}

		this.#last = sample;
		this.#lastMs = timeMs;
		return 'newer';
	}

	/** Change per second of one counter over the window; undefined before two samples, or where either lacks it. */
	perSecond(counter: (sample: S) => number | undefined): number | undefined {
		const change = this.change(counter);
		const windowMs = this.windowMs;
		return change === undefined || windowMs === undefined ? undefined : (change * 1000) / windowMs;
	}

	/** Change of one counter over the window; a counter that went back inside it has none. */
	change(counter: (sample: S) => number | undefined): number | undefined {
		if (this.#base === undefined || this.#last === undefined || this.windowMs === undefined) {
			return undefined;
		}

		const from = counter(this.#base);
		const to = counter(this.#last);
		return from === undefined || to === undefined || to < from ? undefined : to - from;
	}

	/** Starts again with the newest sample: earlier ones counted something else. */
	forgetBefore(): void {
		if (this.#last !== undefined) {
			this.#restart(this.#last, this.#lastMs);
		}
	}

	#restart(sample: S, timeMs: number): void {
		this.#base = sample;
		this.#middle = sample;
		this.#last = sample;
		this.#baseMs = timeMs;
		this.#middleMs = timeMs;
		this.#lastMs = timeMs;
		this.#olderMs = undefined;
	}
}
