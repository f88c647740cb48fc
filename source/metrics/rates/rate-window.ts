/** The share of the minimum that a window needs before it gives any rate. */
const SHORTEST_SHARE = 1 / 6;

/** How a sample relates to those before it. */
export type Arrival = 'first' | 'newer' | 'same' | 'older' | 'reset';

/** Numbers of one object or of many, unknown ones NaN: as `undefined` they would be objects of their own on their way to a row. */
export type Numbers = Float64Array;

/** Numbers that are all unknown. */
export function unknownNumbers(length: number): Numbers {
	return new Float64Array(length).fill(Number.NaN);
}

// Places from the first number of a window on; the counters of the base, the middle and the last sample follow.
const BASE_MS = 0;
const MIDDLE_MS = 1;
const LAST_MS = 2;
const BASE = 3;

/**
 * Keeps just enough samples (counters that were read together) of one object to compute the rates of its counters, by the source's own time stamps.
 *
 * - The same stamp again is no new sample: kubelets refresh every 10 to 20 s, however often they are asked.
 * - An older stamp is dropped. Two older ones in a row that move forwards mean that the clock was set back: a reset. Who adds
 *   samples keeps the stamp of one that was dropped (`olderMs`), until one is not: of 450,000 objects few have any.
 * - After a reset (the object restarted, a counter went back) there is no rate until the next sample: a gap, no spike.
 *
 * `minimumMs` is the shortest window that gives a true rate. Where stamps are whole seconds, two of them 10 s apart
 * are wrong by up to a tenth, so such sources are measured over 30 s or more as soon as there is that much, and over
 * less than a sixth of it not at all: two stamps a second apart may be two seconds apart, or nothing.
 *
 * A cluster has hundreds of thousands of windows, which as objects took more memory than all charts. So one `RateWindow`
 * serves all objects of a kind: it says which of the numbers of an object, the first of which is at `at`, are the window's.
 */
export class RateWindow {
	/** How many of the object's numbers are the window's, from `first` on. */
	readonly size: number;
	readonly #first: number;
	readonly #counters: number;

	constructor(counters: number, first = 0) {
		this.#counters = counters;
		this.#first = first;
		this.size = BASE + 3 * counters;
	}

	/** The stamp of the newest accepted sample. */
	lastMs(of: Numbers, at: number): number {
		return this.#at(of, at, LAST_MS);
	}

	/** A counter of the newest accepted sample. */
	last(of: Numbers, at: number, counter: number): number {
		return this.#at(of, at, this.#last + counter);
	}

	/**
	 * The time between the two samples that rates are taken from; unknown while they are too close for a rate. `minimumMs` is
	 * that with which the newest sample was added.
	 */
	windowMs(of: Numbers, at: number, minimumMs: number): number {
		const windowMs = this.#at(of, at, LAST_MS) - this.#at(of, at, BASE_MS);
		return windowMs > 0 && windowMs >= minimumMs * SHORTEST_SHARE ? windowMs : Number.NaN;
	}

	/**
	 * Adds the counters of one sample. `timeMs` is the sample's stamp, or ktop's clock where it has none; `olderMs` that of the
	 * one before where that was dropped as older, or NaN.
	 */
	add(
		of: Numbers,
		at: number,
		counters: ReadonlyArray<number | undefined>,
		timeMs: number,
		minimumMs: number,
		hasRestarted: boolean,
		olderMs = Number.NaN,
	): Arrival {
		const lastMs = this.lastMs(of, at);
		if (Number.isNaN(lastMs)) {
			this.#restart(of, at, counters, timeMs);
			return 'first';
		}

		if (timeMs === lastMs) {
			return 'same';
		}

		if (timeMs < lastMs && !hasRestarted) {
			if (!(timeMs > olderMs)) {
				return 'older';
			}

			this.#restart(of, at, counters, timeMs);
			return 'reset';
		}

		if (hasRestarted) {
			this.#restart(of, at, counters, timeMs);
			return 'reset';
		}

		if (timeMs - lastMs >= minimumMs) {
			this.#copy(of, at, LAST_MS, this.#last, BASE_MS, BASE);
			this.#copy(of, at, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
		} else if (timeMs - this.#at(of, at, MIDDLE_MS) >= minimumMs) {
			this.#copy(of, at, MIDDLE_MS, this.#middle, BASE_MS, BASE);
			this.#copy(of, at, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
		}

		this.#write(of, at, counters, timeMs);
		return 'newer';
	}

	/** Change per second of one counter over the window; unknown before two samples, or where either lacks it. */
	perSecond(of: Numbers, at: number, counter: number, minimumMs: number): number {
		return (this.change(of, at, counter, minimumMs) * 1000) / this.windowMs(of, at, minimumMs);
	}

	/** Change of one counter over the window; a counter that went back inside it has none. */
	change(of: Numbers, at: number, counter: number, minimumMs: number): number {
		const change = this.#at(of, at, this.#last + counter) - this.#at(of, at, BASE + counter);
		return change >= 0 && this.windowMs(of, at, minimumMs) > 0 ? change : Number.NaN;
	}

	/** Begins where another window is, with counters that were the same at all of its samples. */
	beginLike(
		other: RateWindow,
		from: Numbers,
		fromAt: number,
		of: Numbers,
		counters: readonly number[],
	): void {
		for (const place of [BASE_MS, MIDDLE_MS, LAST_MS]) {
			this.#put(of, 0, place, other.#at(from, fromAt, place));
		}

		for (let place = BASE; place < this.size; place++) {
			this.#put(of, 0, place, counters[(place - BASE) % this.#counters] ?? Number.NaN);
		}
	}

	/** Starts again with the newest sample: earlier ones counted something else. */
	forgetBefore(of: Numbers, at: number): void {
		this.#copy(of, at, LAST_MS, this.#last, BASE_MS, BASE);
		this.#copy(of, at, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
	}

	get #middle(): number {
		return BASE + this.#counters;
	}

	get #last(): number {
		return BASE + 2 * this.#counters;
	}

	#restart(of: Numbers, at: number, counters: ReadonlyArray<number | undefined>, timeMs: number): void {
		this.#write(of, at, counters, timeMs);
		this.forgetBefore(of, at);
	}

	#write(of: Numbers, at: number, counters: ReadonlyArray<number | undefined>, timeMs: number): void {
		this.#put(of, at, LAST_MS, timeMs);
		for (let counter = 0; counter < this.#counters; counter++) {
			this.#put(of, at, this.#last + counter, counters[counter] ?? Number.NaN);
		}
	}

	#copy(of: Numbers, at: number, fromMs: number, from: number, toMs: number, to: number): void {
		this.#put(of, at, toMs, this.#at(of, at, fromMs));
		for (let counter = 0; counter < this.#counters; counter++) {
			this.#put(of, at, to + counter, this.#at(of, at, from + counter));
		}
	}

	#at(of: Numbers, at: number, place: number): number {
		return of[at + this.#first + place] ?? Number.NaN;
	}

	#put(of: Numbers, at: number, place: number, value: number): void {
		of[at + this.#first + place] = value;
	}
}

/** Undefined for NaN. */
export function known(value: number | undefined): number | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value;
}
