/** The share of the minimum that a window needs before it gives any rate. */
const SHORTEST_SHARE = 1 / 6;

/** How a sample relates to those before it. */
export type Arrival = 'first' | 'newer' | 'same' | 'older' | 'reset';

/** The numbers of one object, unknown ones NaN. V8 keeps an array of only floating-point numbers unboxed. */
export type Numbers = number[];

/** Numbers that are all unknown. */
export function unknownNumbers(length: number): Numbers {
	return new Array<number>(length).fill(Number.NaN);
}

// Places from the first number of a window on; the counters of the base, the middle and the last sample follow.
const BASE_MS = 0;
const MIDDLE_MS = 1;
const LAST_MS = 2;
const OLDER_MS = 3;
const SHORTEST_MS = 4;
const BASE = 5;

/**
 * Keeps just enough samples (counters that were read together) of one object to compute the rates of its counters, by the source's own time stamps.
 *
 * - The same stamp again is no new sample: kubelets refresh every 10 to 20 s, however often they are asked.
 * - An older stamp is dropped. Two older ones in a row that move forwards mean that the clock was set back: a reset.
 * - After a reset (the object restarted, a counter went back) there is no rate until the next sample: a gap, no spike.
 *
 * `minimumMs` is the shortest window that gives a true rate. Where stamps are whole seconds, two of them 10 s apart
 * are wrong by up to a tenth, so such sources are measured over 30 s or more as soon as there is that much, and over
 * less than a sixth of it not at all: two stamps a second apart may be two seconds apart, or nothing.
 *
 * A cluster has hundreds of thousands of windows, which as objects took more memory than all charts. So one `RateWindow`
 * serves all objects of a kind: it says which of an object's `Numbers` are the window's.
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
	lastMs(of: Numbers): number | undefined {
		return known(this.#at(of, LAST_MS));
	}

	/** A counter of the newest accepted sample. */
	last(of: Numbers, counter: number): number | undefined {
		return known(this.#at(of, this.#last + counter));
	}

	/** The time between the two samples that rates are taken from; undefined while they are too close for a rate. */
	windowMs(of: Numbers): number | undefined {
		const windowMs = this.#at(of, LAST_MS) - this.#at(of, BASE_MS);
		return windowMs > 0 && windowMs >= this.#at(of, SHORTEST_MS) ? windowMs : undefined;
	}

	/** Adds the counters of one sample. `timeMs` is the sample's stamp, or ktop's clock where it has none. */
	add(
		of: Numbers,
		counters: ReadonlyArray<number | undefined>,
		timeMs: number,
		minimumMs: number,
		hasRestarted: boolean,
	): Arrival {
		this.#put(of, SHORTEST_MS, minimumMs * SHORTEST_SHARE);
		const lastMs = this.lastMs(of);
		if (lastMs === undefined) {
			this.#restart(of, counters, timeMs);
			return 'first';
		}

		if (timeMs === lastMs) {
			return 'same';
		}

		if (timeMs < lastMs && !hasRestarted) {
			const olderMs = known(this.#at(of, OLDER_MS));
			if (olderMs === undefined || timeMs <= olderMs) {
				this.#put(of, OLDER_MS, timeMs);
				return 'older';
			}

			this.#restart(of, counters, timeMs);
			return 'reset';
		}

		if (hasRestarted) {
			this.#restart(of, counters, timeMs);
			return 'reset';
		}

		this.#put(of, OLDER_MS, Number.NaN);
		if (timeMs - lastMs >= minimumMs) {
			this.#copy(of, LAST_MS, this.#last, BASE_MS, BASE);
			this.#copy(of, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
		} else if (timeMs - this.#at(of, MIDDLE_MS) >= minimumMs) {
			this.#copy(of, MIDDLE_MS, this.#middle, BASE_MS, BASE);
			this.#copy(of, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
		}

		this.#write(of, counters, timeMs);
		return 'newer';
	}

	/** Change per second of one counter over the window; undefined before two samples, or where either lacks it. */
	perSecond(of: Numbers, counter: number): number | undefined {
		const change = this.change(of, counter);
		const windowMs = this.windowMs(of);
		return change === undefined || windowMs === undefined ? undefined : (change * 1000) / windowMs;
	}

	/** Change of one counter over the window; a counter that went back inside it has none. */
	change(of: Numbers, counter: number): number | undefined {
		const change = this.#at(of, this.#last + counter) - this.#at(of, BASE + counter);
		return change >= 0 && this.windowMs(of) !== undefined ? change : undefined;
	}

	/** Starts again with the newest sample: earlier ones counted something else. */
	forgetBefore(of: Numbers): void {
		this.#copy(of, LAST_MS, this.#last, BASE_MS, BASE);
		this.#copy(of, LAST_MS, this.#last, MIDDLE_MS, this.#middle);
		this.#put(of, OLDER_MS, Number.NaN);
	}

	get #middle(): number {
		return BASE + this.#counters;
	}

	get #last(): number {
		return BASE + 2 * this.#counters;
	}

	#restart(of: Numbers, counters: ReadonlyArray<number | undefined>, timeMs: number): void {
		this.#write(of, counters, timeMs);
		this.forgetBefore(of);
	}

	#write(of: Numbers, counters: ReadonlyArray<number | undefined>, timeMs: number): void {
		this.#put(of, LAST_MS, timeMs);
		for (let counter = 0; counter < this.#counters; counter++) {
			this.#put(of, this.#last + counter, counters[counter] ?? Number.NaN);
		}
	}

	#copy(of: Numbers, fromMs: number, from: number, toMs: number, to: number): void {
		this.#put(of, toMs, this.#at(of, fromMs));
		for (let counter = 0; counter < this.#counters; counter++) {
			this.#put(of, to + counter, this.#at(of, from + counter));
		}
	}

	#at(of: Numbers, place: number): number {
		return of[this.#first + place] ?? Number.NaN;
	}

	#put(of: Numbers, place: number, value: number): void {
		of[this.#first + place] = value;
	}
}

/** Undefined for NaN. */
export function known(value: number | undefined): number | undefined {
	return value === undefined || Number.isNaN(value) ? undefined : value;
}
