/** How long the top of an axis takes to fall to a third of the way down. */
const DECAY_MS = 30_000;

/** Axes remembered; one a chart on the screen. */
const MOST_AXES = 200;

/**
 * The heights of axes over time: they rise at once with what is drawn, and sink slowly when it is gone, so that a chart
 * does not jump each time a peak leaves it.
 */
export class DecayingScales {
	readonly #tops = new Map<string, {readonly top: number; readonly atMs: number}>();

	/** The height for the chart of a name whose highest value is `highest` now. */
	heightOf(name: string, highest: number, nowMs: number): number {
		const before = this.#tops.get(name);
		const sunk =
			before === undefined || nowMs < before.atMs
				? highest
				: highest + (before.top - highest) * Math.exp((before.atMs - nowMs) / DECAY_MS);
		const top = Math.max(highest, sunk);
		this.#tops.delete(name);
		this.#tops.set(name, {top, atMs: nowMs});
		const [oldest] = this.#tops.keys();
		if (this.#tops.size > MOST_AXES && oldest !== undefined) {
			this.#tops.delete(oldest);
		}

		return top;
	}
}
