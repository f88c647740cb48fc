import {type Failure, KtopError} from '../metrics/model/failure.ts';
import {pause} from './pause.ts';
import type {Scrape, Target} from './target.ts';
import {visit} from './visit.ts';

export type CollectOptions = {
	readonly timeoutMs: number;
	readonly concurrency: number;
	readonly signal: AbortSignal;
	readonly onScrape: (target: Target, scrape: Scrape) => void;
	readonly onFailure: (target: Target, failure: Failure) => void;
	/** Asked after each scrape: whether rates are still missing that one more sample would give. */
	readonly needsAnother: (target: Target) => boolean;
};

/** A source refreshes at its own pace, sometimes skipping a turn: after this many turns a rate is given up. */
const PATIENCE_TURNS = 3;

/** Reads every target once, and again where a rate needs a second sample, each at its own source's pace. */
export async function collect(targets: readonly Target[], options: CollectOptions): Promise<void> {
	const waiting = targets.values();
	const worker = async (): Promise<void> => {
		for (const target of waiting) {
			if (options.signal.aborted) {
				return;
			}

			await collectOne(target, options);
		}
	};

	await Promise.all(Array.from({length: Math.min(options.concurrency, targets.length)}, worker));
}

async function collectOne(target: Target, options: CollectOptions): Promise<void> {
	const stepMs = target.naturalIntervalMs / 4;
	try {
		options.onScrape(target, await visit(target, options.timeoutMs, options.signal));
		for (let waitedMs = 0; waitedMs < target.naturalIntervalMs * PATIENCE_TURNS; waitedMs += stepMs) {
			if (!options.needsAnother(target)) {
				return;
			}

			await pause(stepMs, options.signal);
			options.onScrape(target, await visit(target, options.timeoutMs, options.signal));
		}
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw error;
		}

		options.onFailure(target, error);
	}
}
