import {setTimeout as delay} from 'node:timers/promises';
import {KtopError} from '../../../metrics/model/failure.ts';

const aborted = (): KtopError =>
	new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: 'the request to the API server was stopped before it was sent',
		hint: 'ktop stops requests that are no longer needed',
	});

/** Resolves after `ms`. Throws `KtopError` `aborted` when the signal aborts. */
export async function waitOrThrow(ms: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await delay(ms, undefined, signal === undefined ? {} : {signal});
	} catch {
		throw aborted();
	}
}

/**
 * Settles like `work`, or throws `KtopError` `aborted` when the signal aborts. Does not stop `work`, such as a login,
 * because other callers may wait for it.
 */
export async function unlessAborted<Result>(
	work: Promise<Result>,
	signal: AbortSignal | undefined,
): Promise<Result> {
	if (signal === undefined) {
		return work;
	}
	let onAbort = (): void => {};
	const abort = new Promise<never>((_, reject) => {
		onAbort = () => reject(aborted());
		if (signal.aborted) {
			onAbort();
		} else {
			signal.addEventListener('abort', onAbort, {once: true});
		}
	});
	try {
		return await Promise.race([work, abort]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
