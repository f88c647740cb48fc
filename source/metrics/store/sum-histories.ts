import type {HistoryWindow} from '../model/view.ts';
import {InTurns, type Steps} from '../view/in-turns.ts';
import {LastUsed} from '../view/last-used.ts';

/** How many pasts may be summed between two calls of `advance` without a turn of their own: some milliseconds. */
const AT_ONCE = 2048;

/** More sums than are on a screen. */
const MOST_KEPT = 1024;

type Kept = {
	readonly sum: InTurns<Float64Array>;
	asked: {readonly key: string; readonly begin: Begin} | undefined;
};
type Begin = () => Steps<Float64Array>;

/**
 * Pasts of sums of many rows, such as those of namespaces. Where a frame asks for more of them than can be summed at
 * once, it gets those of before, and `advance` sums in turns.
 */
export class SumHistories {
	readonly #kept = new LastUsed<Kept>(MOST_KEPT);
	readonly #asked = new Set<Kept>();
	#left = AT_ONCE;

	/**
	 * The past of one sum of `count` rows; of unknowns where it was never summed. `edition` changes with what is summed.
	 */
	of(
		name: string,
		{points, stepMs, endMs}: HistoryWindow,
		edition: string,
		count: number,
		begin: Begin,
	): Float64Array {
		const kept = this.#kept.of(`${name} ${points} ${stepMs}`, () => ({sum: new InTurns(), asked: undefined}));
		const key = `${edition} ${endMs}`;
		if (kept.sum.isReady(key) || count <= this.#left) {
			this.#left -= kept.sum.isReady(key) ? 0 : count;
			this.#asked.delete(kept);
			kept.sum.advance(key, begin, () => true);
		} else {
			kept.asked = {key, begin};
			this.#asked.add(kept);
		}

		return kept.sum.value ?? new Float64Array(points).fill(Number.NaN);
	}

	/** Sums what was asked for as long as there is time; returns whether there was nothing to sum. */
	advance(hasTime: () => boolean): boolean {
		this.#left = AT_ONCE;
		const wasSummed = this.#asked.size === 0;
		for (const kept of this.#asked) {
			const {sum, asked} = kept;
			if (asked !== undefined && !sum.advance(asked.key, asked.begin, hasTime)) {
				break;
			}

			this.#asked.delete(kept);
			if (!hasTime()) {
				break;
			}
		}

		return wasSummed;
	}
}
