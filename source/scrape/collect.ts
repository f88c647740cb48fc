import {KtopError} from '../metrics/model/failure.ts';
import {failedOnce, liveState, type ScrapeListener} from './outcome.ts';
import {pause} from './pause.ts';
import type {ScrapeContext, Target} from './target.ts';
import {visit} from './visit.ts';

export type CollectOptions = ScrapeListener & {
	readonly timeoutMs: number;
	readonly concurrency: number;
	readonly signal: AbortSignal;
	readonly now: () => number;
	/** See `ScrapeContext`. */
	readonly processes?: ScrapeContext['processes'];
	/** Called after a scrape with a counter of CPU time: whether another sample is needed for its rate. */
	readonly needsAnother: (target: Target) => boolean;
	/** Called when a target will not be scraped again. */
	readonly onCollected?: ((target: Target) => void) | undefined;
};

/** Stops waiting for a second sample after this many refresh intervals of the source. */
const MAX_WAIT_INTERVALS = 3;

/**
 * Scrapes each target once, and again until there is a second sample if a rate needs one. A node that does not report its
 * CPU at all has none to wait for.
 */
export async function collect(targets: readonly Target[], options: CollectOptions): Promise<void> {
	const waiting = targets.values();
	const worker = async (): Promise<void> => {
		for (const target of waiting) {
			if (options.signal.aborted) {
				return;
			}

			await collectOne(target, options);
			options.onCollected?.(target);
		}
	};

	await Promise.all(Array.from({length: Math.min(options.concurrency, targets.length)}, worker));
}

async function collectOne(target: Target, options: CollectOptions): Promise<void> {
	const stepMs = target.naturalIntervalMs / 4;
	let canHaveRate = false;
	const read = async (): Promise<void> => {
		const scrape = await visit(target, options);
		// Before its readings are taken.
		canHaveRate = scrape.readings.some(({node}) => node?.cpu?.usageCoreNanoseconds !== undefined);
		options.onScrape(target, scrape, liveState(scrape));
	};
	try {
		await read();
		for (let waitedMs = 0; waitedMs < target.naturalIntervalMs * MAX_WAIT_INTERVALS; waitedMs += stepMs) {
			if (!canHaveRate || !options.needsAnother(target)) {
				return;
			}

			await pause(stepMs, options.signal);
			await read();
		}
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw error;
		}

		options.onFailure(target, failedOnce(error.toFailure(), options.now()));
	}
}
