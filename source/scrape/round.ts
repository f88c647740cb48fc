import {collect} from './collect.ts';
import type {ScrapeListener} from './outcome.ts';
import {SkippedRounds} from './skipped-rounds.ts';
import type {Target} from './target.ts';

export type RoundOptions = ScrapeListener & {
	readonly timeoutMs: number;
	readonly concurrency: number;
	/** The deadline of the round; targets that are late are missing from it. */
	readonly deadlineMs: number;
	readonly now: () => number;
	readonly signal: AbortSignal;
};

/** When a round is due, which is the time of its samples, and its deadline. */
export type RoundTimes = {readonly dueMs: number; readonly deadlineMs: number};

/**
 * Scrapes all targets once per round, as Heapster did, so that all points have the same time. Skips targets that keep
 * failing for 1, 3 and then 7 rounds, so that hanging nodes do not delay the others.
 */
export class Rounds {
	readonly #skipped = new SkippedRounds();

	async read(targets: readonly Target[], options: RoundOptions): Promise<void> {
		this.#skipped.begin();
		const budgetMs = Math.max(options.deadlineMs - options.now(), 0);
		const late = AbortSignal.timeout(budgetMs);
		await collect(
			targets.filter(target => this.#skipped.isDue(target)),
			{
				// Shorter than the deadline, so that a hanging node fails with `timeout` and not with `aborted`.
				timeoutMs: Math.min(options.timeoutMs, Math.max(budgetMs - 10, 1)),
				concurrency: options.concurrency,
				signal: AbortSignal.any([options.signal, late]),
				now: options.now,
				onScrape: (target, scrape, state) => {
					this.#skipped.worked(target);
					options.onScrape(target, scrape, state);
				},
				onFailure: (target, state) => {
					if (!options.signal.aborted) {
						this.#skipped.failed(target);
						options.onFailure(target, state);
					}
				},
				needsAnother: () => false,
			},
		);
	}
}

/**
 * Whether a round is due, after a wait for it. It is not where the clock was set meanwhile or the machine suspended: what
 * would be read now belongs to another time.
 */
export function isRoundDue({dueMs, deadlineMs}: RoundTimes, nowMs: number): boolean {
	return nowMs >= dueMs && nowMs < deadlineMs;
}

/** The share of the interval in which nodes are read; the rest is for writing. */
const ROUND_SHARE = 0.9;

/** The round at the next multiple of the interval, so that all recorders of a cluster write at the same times. */
export function nextRound(nowMs: number, intervalMs: number): RoundTimes {
	const dueMs = (Math.floor(nowMs / intervalMs) + 1) * intervalMs;
	return {dueMs, deadlineMs: dueMs + intervalMs * ROUND_SHARE};
}
