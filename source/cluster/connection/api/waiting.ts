import {setTimeout as delay} from 'node:timers/promises';
import {KtopError} from '../../../metrics/model/failure.ts';

const aborted = (): KtopError =>
	new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: 'the request to the API server was stopped before it was sent',
		hint: 'ktop stops requests that nobody waits for any more',
	});

/** Resolves after the time. Throws `KtopError` `aborted` as soon as the signal aborts. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	try {
		await delay(ms, undefined, signal === undefined ? {} : {signal});
	} catch {
		throw aborted();
	}
}

/**
 * What `work` resolves with, or the `KtopError` `aborted` as soon as the signal aborts. The work itself goes on, as
 * others may wait for it too: a login.
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
