import type {Dispatcher} from 'undici';
import {KtopError} from '../metrics/failure.ts';
import {byteQueue} from './byte-queue.ts';
import type {EndpointOptions, LineStream, StreamOptions} from './endpoint.ts';
import {receivedHeaders, type SentHeaders} from './headers.ts';
import {splitLines} from './line-splitter.ts';
import {abortedFailure, timeoutFailure, transportFailure} from './transport-failure.ts';

/** More than this waiting to be read stops the connection until it is. */
const maxQueuedBytes = 1 << 20;
const maxErrorBytes = 1 << 16;

/** One GET whose answer is read line by line while it lasts. Resolves with the headers, or with a whole refusal. */
export function openLineStream(
	pool: Dispatcher,
	path: string,
	headers: SentHeaders,
	{idleTimeoutMs, maxLineBytes, signal}: StreamOptions,
	options: EndpointOptions,
): Promise<LineStream> {
	return new Promise((resolve, reject) => {
		let controller: Dispatcher.DispatchController | undefined;
		let answer: {readonly status: number; readonly headers: LineStream['headers']} | undefined;
		let stopped: KtopError | undefined;
		let refusalBytes = 0;
		const refusal: Buffer[] = [];

		const resume = (): void => {
			if (controller?.paused !== true || queue.queuedBytes() > maxQueuedBytes) return;
			controller.resume();
			idle.refresh();
		};
		const queue = byteQueue(resume);
		const finish = (): void => {
			clearTimeout(idle);
			signal?.removeEventListener('abort', onAbort);
		};
		const stop = (error: KtopError): void => {
			stopped ??= error;
			finish();
			queue.fail(stopped);
			reject(stopped);
			controller?.abort(stopped);
		};
		const onAbort = (): void => stop(new KtopError(abortedFailure(options)));
		const close = (): void => stop(new KtopError(abortedFailure(options)));
		const idle = setTimeout(() => {
			// A reader that takes its time is not a server that is silent.
			if (controller?.paused === true) idle.refresh();
			else stop(new KtopError(timeoutFailure(options, idleTimeoutMs, 'was silent: no line')));
		}, idleTimeoutMs);
		const isRefused = (status: number): boolean => status < 200 || status >= 300;

		if (signal?.aborted === true) {
			onAbort();
			return;
		}
		signal?.addEventListener('abort', onAbort, {once: true});

		pool.dispatch(
			{method: 'GET', path, headers},
			{
				onRequestStart(started) {
					controller = started;
					if (stopped !== undefined) started.abort(stopped);
				},
				onResponseStart(_controller, status, received) {
					idle.refresh();
					answer = {status, headers: receivedHeaders(received)};
					if (isRefused(status)) return;
					const lines = closing(splitLines(queue.chunks, maxLineBytes), close);
					resolve({...answer, body: Buffer.alloc(0), lines, close});
				},
				onResponseData(dispatched, chunk) {
					idle.refresh();
					if (answer === undefined || !isRefused(answer.status)) {
						queue.push(chunk);
						if (queue.queuedBytes() > maxQueuedBytes) dispatched.pause();
					} else if (refusalBytes < maxErrorBytes) {
						refusalBytes += chunk.length;
						refusal.push(chunk);
					}
				},
				onResponseEnd() {
					finish();
					queue.end();
					if (answer === undefined || !isRefused(answer.status)) return;
					const body = Buffer.concat(refusal).subarray(0, maxErrorBytes);
					resolve({...answer, body, lines: closing(splitLines(queue.chunks, maxLineBytes), close), close});
				},
				onResponseError(_controller, error) {
					stop(transportFailure(error, options, idleTimeoutMs));
				},
			},
		);
	});
}

/** Lines that close their connection however the reader leaves them. */
async function* closing(lines: AsyncIterable<string>, close: () => void): AsyncGenerator<string> {
	try {
		yield* lines;
	} finally {
		close();
	}
}
