import {RateWindow} from './rate-window.ts';

/** A part of a node, such as a core, with its counters. */
type Part = {readonly name: string; readonly counters: readonly (number | undefined)[]};

type Sample = {readonly timeMs: number; readonly counters: Part['counters']};

export type PartRate = {
	readonly name: string;
	/** Per second, in the order of the counters; undefined before two samples, and after a counter went back. */
	readonly perSecond: readonly (number | undefined)[];
};

/** The rates of a node's parts. A part that a sample lacks is forgotten: it is another one when it comes back. */
export class PartRates {
	#windows = new Map<string, RateWindow<Sample>>();

	/** Adds a sample with its time stamp; `minimumMs` is the shortest window that gives a true rate. */
	observe(parts: readonly Part[], timeMs: number, minimumMs: number): readonly PartRate[] {
		const before = this.#windows;
		this.#windows = new Map();
		return parts.map(({name, counters}) => {
			const window = before.get(name) ?? new RateWindow<Sample>();
			this.#windows.set(name, window);
			const last = window.last?.counters;
			const wentBack = counters.some((value, index) => {
				const known = last?.[index];
				return known !== undefined && value !== undefined && value < known;
			});
			window.add({timeMs, counters}, timeMs, minimumMs, wentBack);
			return {
				name,
				perSecond: counters.map((_, index) => window.perSecond(sample => sample.counters[index])),
			};
		});
	}
}
