import type {Failure} from '../metrics/model/failure.ts';
import {collect} from './collect.ts';
import type {Scrape, Target} from './target.ts';

export type RoundOptions = {
	readonly timeoutMs: number;
	readonly concurrency: number;
	/** Until when everything has to be read; what is not is left out of the round. */
	readonly deadlineMs: number;
	readonly now: () => number;
	readonly signal: AbortSignal;
	readonly onScrape: (target: Target, scrape: Scrape) => void;
	readonly onFailure: (target: Target, failure: Failure) => void;
};

/** Rounds that a target which failed again and again is left out of, at most. */
const MOST_SKIPPED = 7;

type Record = {failures: number; skipUntilRound: number};

/**
 * Reads all targets together, once a round, as Heapster did: what is written has one time for all. Those that fail are
 * left out of ever more rounds, so that nodes which hang do not hold up the others.
 */
export class Rounds {
	readonly #records = new Map<string, Record>();
	#round = 0;

	async read(targets: readonly Target[], options: RoundOptions): Promise<void> {
		this.#round++;
		const budgetMs = Math.max(options.deadlineMs - options.now(), 0);
		const late = AbortSignal.timeout(budgetMs);
		await collect(
			targets.filter(({id}) => (this.#records.get(id)?.skipUntilRound ?? 0) < this.#round),
			{
				// A node that hangs has not been stopped: it has not answered.
				timeoutMs: Math.min(options.timeoutMs, Math.max(budgetMs - 10, 1)),
				concurrency: options.concurrency,
				signal: AbortSignal.any([options.signal, late]),
				onScrape: (target, scrape) => {
					this.#records.delete(target.id);
					options.onScrape(target, scrape);
				},
				onFailure: (target, failure) => {
					if (!options.signal.aborted) {
						this.#fail(target.id);
						options.onFailure(target, failure);
					}
				},
				needsAnother: () => false,
			},
		);
	}

	#fail(id: string): void {
		const record = this.#records.get(id) ?? {failures: 0, skipUntilRound: 0};
		this.#records.set(id, record);
		record.skipUntilRound = this.#round + Math.min(2 ** record.failures - 1, MOST_SKIPPED);
		record.failures++;
	}
}

/** The next whole multiple of the resolution: every recorder of a cluster writes at the same times. */
export function nextRoundMs(nowMs: number, resolutionMs: number): number {
	return (Math.floor(nowMs / resolutionMs) + 1) * resolutionMs;
}
