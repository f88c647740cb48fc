import {known, type Numbers, RateWindow, unknownNumbers} from './rate-window.ts';
import {wasSetAhead} from './set-ahead.ts';

/** A part of a node, such as a core, with its counters. */
type Part = {readonly name: string; readonly counters: readonly (number | undefined)[]};

export type PartRate = {
	readonly name: string;
	/** Per second, in the order of the counters; undefined before two samples, and after a counter went back. */
	readonly perSecond: readonly (number | undefined)[];
};

const NONE: readonly PartRate[] = [];

/** The rates of a node's parts. A part that a sample lacks is forgotten: it is another one when it comes back. */
export class PartRates {
	readonly #window: RateWindow;
	#parts = new Map<string, Numbers>();
	#newest = {timeMs: Number.NaN, receivedAtMs: Number.NaN};

	/** `counters`: how many each part has. */
	constructor(counters: number) {
		this.#window = new RateWindow(counters);
	}

	/**
	 * Adds a sample with its time stamp, and when it came by ktop's clock; `minimumMs` is the shortest window that gives a
	 * true rate.
	 */
	observe(
		parts: readonly Part[],
		timeMs: number,
		receivedAtMs: number,
		minimumMs: number,
	): readonly PartRate[] {
		const before = this.#parts;
		const isSetAhead = wasSetAhead(timeMs - this.#newest.timeMs, receivedAtMs - this.#newest.receivedAtMs);
		if (timeMs !== this.#newest.timeMs) {
			this.#newest = {timeMs, receivedAtMs};
		}

		if (parts.length === 0 && before.size === 0) {
			return NONE;
		}

		const older = this.#window.size;
		this.#parts = new Map();
		return parts.map(({name, counters}) => {
			const numbers = before.get(name) ?? unknownNumbers(older + 1);
			this.#parts.set(name, numbers);
			const wentBack = counters.some(
				(value, counter) => value !== undefined && value < this.#window.last(numbers, 0, counter),
			);
			const isOther = isSetAhead || wentBack;
			const arrival = this.#window.add(numbers, 0, counters, timeMs, minimumMs, isOther, numbers[older]);
			if (arrival !== 'same') {
				numbers[older] = arrival === 'older' ? timeMs : Number.NaN;
			}

			return {
				name,
				perSecond: counters.map((_, counter) =>
					known(this.#window.perSecond(numbers, 0, counter, minimumMs)),
				),
			};
		});
	}
}
