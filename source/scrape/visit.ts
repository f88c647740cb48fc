import {setMaxListeners} from 'node:events';
import {DeadlinePassed} from '../http/deadline.ts';
import {KtopError} from '../metrics/model/failure.ts';
import type {Scrape, ScrapeContext, Target} from './target.ts';

/** A target's deadline is this much earlier, so that the error is the target's own and says what it waited for. */
const DEADLINE_MARGIN_MS = 20;

export type VisitOptions = {
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
	readonly isViewed?: (() => boolean) | undefined;
	/** See `ScrapeContext`. */
	readonly restHoldsMs?: number | undefined;
	readonly processes?: ScrapeContext['processes'];
};

/**
 * Scrapes a target. Rejects after `timeoutMs` or when `signal` aborts, even if the target does not react, so that a
 * hanging target does not block a slot. Only rejects with `KtopError`.
 */
export async function visit(
	target: Target,
	{timeoutMs, signal, isViewed = () => false, restHoldsMs, processes = () => undefined}: VisitOptions,
): Promise<Scrape> {
	const abort = new AbortController();
	let isOver = false;
	let isLate = false;
	const onAbort = (): void => abort.abort();
	// All concurrent scrapes listen to the signal of their round, which is not a leak.
	setMaxListeners(0, signal);
	signal.addEventListener('abort', onAbort, {once: true});
	let timer: NodeJS.Timeout | undefined;
	try {
		return await Promise.race([
			target.scrape({
				signal: abort.signal,
				deadlineMs: performance.now() + timeoutMs - DEADLINE_MARGIN_MS,
				isViewed,
				restHoldsMs,
				processes,
			}),
			new Promise<never>((_resolve, reject) => {
				timer = setTimeout(() => {
					isLate = true;
					abort.abort(new DeadlinePassed(timeoutMs));
					// The target knows better what it waited for, and has a turn to say so.
					setImmediate(() => reject(tookTooLong(target, timeoutMs)));
				}, timeoutMs);
				abort.signal.addEventListener('abort', () => isOver || isLate || reject(stopped(target)), {
					once: true,
				});
			}),
		]);
	} catch (error) {
		if (!(error instanceof KtopError)) {
			throw unexpected(target, error);
		}

		throw isLate && error.code === 'aborted' ? tookTooLong(target, timeoutMs) : error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
		isOver = true;
		abort.abort(OVER);
	}
}

/** The abort reason after a scrape has settled. Shared, because creating an error captures a stack. */
const OVER = new Error('the scrape is over');

function tookTooLong(target: Target, timeoutMs: number): KtopError {
	const seconds = Math.round(timeoutMs / 100) / 10;
	return new KtopError({
		code: 'timeout',
		brief: `timeout ${seconds}s`,
		message: `${target.name} did not answer within ${seconds} s`,
		hint: 'check the node; --request-timeout raises the deadline',
	});
}

function stopped(target: Target): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: `scraping ${target.name} was stopped`,
		hint: 'ktop is shutting down or restarts the scrape',
	});
}

function unexpected(target: Target, error: unknown): KtopError {
	const cause = error instanceof Error ? error.message : String(error);
	return new KtopError(
		{
			code: 'bad-answer',
			brief: 'defect in ktop',
			message: `scraping ${target.name} failed unexpectedly: ${cause}`,
			hint: 'please report this with the node’s version',
		},
		{cause: error},
	);
}
