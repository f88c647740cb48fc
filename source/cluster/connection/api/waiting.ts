import {setTimeout as delay} from 'node:timers/promises';
import {DeadlinePassed} from '../../../http/deadline.ts';
import {formatSeconds} from '../../../http/transport-failure.ts';
import {KtopError} from '../../../metrics/model/failure.ts';
import type {Credentials} from '../credentials/credential.ts';
import {credentialError} from '../credentials/credential-error.ts';

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

/** No `timeout`: the server is not to blame, and no other route to it is better. */
const late = (what: string, afterMs: number): KtopError =>
	credentialError(
		`${what} did not exit within ${formatSeconds(afterMs)}`,
		'log in first; the plugin may be waiting for input',
	);

/**
 * Settles like `work`, or throws `KtopError` when the signal aborts: `unauthorized` after a deadline while there is something
 * that `work` waits for, else `aborted`. Does not stop `work`, such as a login, because other callers may wait for it.
 */
export async function unlessAborted<Result>(
	work: Promise<Result>,
	signal: AbortSignal | undefined,
	waitsFor: Credentials['waitsFor'] = () => undefined,
): Promise<Result> {
	if (signal === undefined) {
		return work;
	}
	let onAbort = (): void => {};
	const abort = new Promise<never>((_, reject) => {
		onAbort = () => {
			const what = waitsFor();
			const {reason}: {readonly reason: unknown} = signal;
			reject(
				what !== undefined && reason instanceof DeadlinePassed ? late(what, reason.timeoutMs) : aborted(),
			);
		};
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
