import type {SeriesName} from '../model/row.ts';
import type {HistoryWindow} from '../model/view.ts';
import {LastUsed} from '../view/last-used.ts';
import type {NodeRecord} from './node-record.ts';
import {SummedHistory} from './summed-history.ts';

/** How many are kept up to date: those of a page of charts and of the head. */
const MOST_KEPT = 10;

/** The pasts of the whole cluster, each kept up to date with every reading from when it was first asked for. */
export class ClusterHistories {
	readonly #isInTurns: boolean;
	/** By series and window. */
	readonly #kept = new LastUsed<SummedHistory>(MOST_KEPT);

	/** `isInTurns`: whether `advance` is called after an answer that may not be ready. */
	constructor(isInTurns: boolean) {
		this.#isInTurns = isInTurns;
	}

	/** The sum over all nodes; NaN where none has a value. */
	of(series: SeriesName, window: HistoryWindow, records: Iterable<NodeRecord>): Float64Array {
		return this.#kept
			.of(
				`${series} ${window.points} ${window.stepMs}`,
				() => new SummedHistory(series, records, this.#isInTurns),
			)
			.at(window);
	}

	/** A node was added or has new samples. */
	touch(record: NodeRecord): void {
		for (const [, history] of this.#kept.entries) {
			history.touch(record);
		}
	}

	remove(record: NodeRecord): void {
		for (const [, history] of this.#kept.entries) {
			history.remove(record);
		}
	}

	/** The times of all samples moved. */
	forget(): void {
		this.#kept.forget(() => true);
	}

	/** Sums as long as there is time; returns whether nothing was awaited. */
	advance(hasTime: () => boolean): boolean {
		for (const [, history] of this.#kept.entries) {
			if (!history.advance(hasTime)) {
				return false;
			}
		}

		return true;
	}
}
