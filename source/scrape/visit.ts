import {setMaxListeners} from 'node:events';
import {KtopError} from '../metrics/model/failure.ts';
import type {Scrape, Target} from './target.ts';

/**
 * Scrapes a target and gives up after `timeoutMs` or when `signal` aborts, whether or not the target notices: one that
 * hangs holds no place in the round. Rejects with `KtopError` alone.
 */
export async function visit(target: Target, timeoutMs: number, signal: AbortSignal): Promise<Scrape> {
	const abort = new AbortController();
	let isOver = false;
	const onAbort = (): void => abort.abort();
	// All targets that are read at once listen to the signal of their round: more than ten are no leak.
	setMaxListeners(0, signal);
	signal.addEventListener('abort', onAbort, {once: true});
	let timer: NodeJS.Timeout | undefined;
	try {
		return await Promise.race([
			target.scrape(abort.signal),
			new Promise<never>((_resolve, reject) => {
				timer = setTimeout(() => reject(tookTooLong(target, timeoutMs)), timeoutMs);
				abort.signal.addEventListener('abort', () => isOver || reject(stopped(target)), {once: true});
			}),
		]);
	} catch (error) {
		throw error instanceof KtopError ? error : unexpected(target, error);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', onAbort);
		isOver = true;
		abort.abort(OVER);
	}
}

/** Made once: whatever is still under way for a visit that is over is told nothing, and an error has a stack to gather. */
const OVER = new Error('the visit is over');

function tookTooLong(target: Target, timeoutMs: number): KtopError {
	const seconds = Math.round(timeoutMs / 100) / 10;
	return new KtopError({
		code: 'timeout',
		brief: `timeout ${seconds}s`,
		message: `${target.name} did not answer within ${seconds} s`,
		hint: 'check the node; --request-timeout allows a slow one more time',
	});
}

function stopped(target: Target): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: `reading ${target.name} was stopped`,
		hint: 'ktop is shutting down or reads the node anew',
	});
}

function unexpected(target: Target, error: unknown): KtopError {
	const cause = error instanceof Error ? error.message : String(error);
	return new KtopError(
		{
			code: 'bad-answer',
			brief: 'defect in ktop',
			message: `reading ${target.name} failed in an unforeseen way: ${cause}`,
			hint: 'please report this with the node’s version',
		},
		{cause: error},
	);
}
