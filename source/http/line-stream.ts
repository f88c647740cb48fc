import type {ClientRequest, IncomingMessage} from 'node:http';
import {KtopError} from '../metrics/failure.ts';
import type {LineStream, StreamOptions} from './endpoint.ts';
import {receivedHeaders, type SentHeaders} from './headers.ts';
import type {Send, TimedOptions} from './kept-connections.ts';
import {splitLines} from './line-splitter.ts';
import {abortedFailure, timeoutFailure, transportFailure} from './transport-failure.ts';
import {watchConnecting} from './watch-connecting.ts';

const MAX_REFUSAL_BYTES = 1 << 16;

/** One GET whose answer is read line by line while it lasts. Resolves with the headers, or with a whole refusal. */
export function openLineStream(
	send: Send,
	path: string,
	headers: SentHeaders,
	{idleTimeoutMs, maxLineBytes, signal}: StreamOptions,
	options: TimedOptions,
): Promise<LineStream> {
	return new Promise((resolve, reject) => {
		let request: ClientRequest | undefined;
		let stopped: KtopError | undefined;
		let isAnswered = false;
		const finish = (): void => {
			idle.stop();
			signal?.removeEventListener('abort', close);
		};
		const stop = (error: KtopError): void => {
			stopped ??= error;
			finish();
			reject(stopped);
			// Without the error: the connection may have been let go of already, and nobody would listen to it there.
			request?.destroy();
		};
		const close = (): void => stop(new KtopError(abortedFailure(options)));
		const idle = idleTimer(idleTimeoutMs, () =>
			stop(new KtopError(timeoutFailure(options, idleTimeoutMs, 'was silent: no line'))),
		);
		const failure = (error: unknown): KtopError => stopped ?? transportFailure(error, options, idleTimeoutMs);
		const onAnswer = (answer: IncomingMessage): void => {
			isAnswered = true;
			const status = answer.statusCode ?? 0;
			const opened = {status, headers: receivedHeaders(answer.headers)};
			const chunks = readChunks(answer, idle, finish, failure);
			const lines = closing(splitLines(chunks, maxLineBytes), close);
			if (status >= 200 && status < 300) {
				resolve({...opened, body: Buffer.alloc(0), lines, close});
			} else {
				readRefusal(chunks).then(body => resolve({...opened, body, lines: noLines(), close}), reject);
			}
		};

		if (signal?.aborted === true) {
			close();
			return;
		}

		signal?.addEventListener('abort', close, {once: true});
		idle.start();
		const start = (isRetry: boolean): void => {
			try {
				request = send(path, headers);
			} catch (error) {
				stop(failure(error));
				return;
			}

			const sent = request;
			watchConnecting(
				sent,
				options.connectTimeoutMs,
				() => {},
				() =>
					stop(
						new KtopError(timeoutFailure(options, options.connectTimeoutMs, 'did not accept a connection')),
					),
			);
			sent.on('response', onAnswer);
			sent.on('error', error => {
				if (sent.reusedSocket && !isRetry && !isAnswered && stopped === undefined) {
					// The server closed the idle connection at the moment that it was used again.
					start(true);
				} else {
					stop(failure(error));
				}
			});
			sent.end();
		};
		start(false);
	});
}

type IdleTimer = {readonly start: () => void; readonly stop: () => void};

/** Runs only while something is waited for: a reader that takes its time is not a server that is silent. */
function idleTimer(timeoutMs: number, onIdle: () => void): IdleTimer {
	let timer: NodeJS.Timeout | undefined;
	const stop = (): void => clearTimeout(timer);
	return {
		start() {
			stop();
			timer = setTimeout(onIdle, timeoutMs);
		},
		stop,
	};
}

async function* readChunks(
	answer: IncomingMessage,
	idle: IdleTimer,
	finish: () => void,
	failure: (error: unknown) => KtopError,
): AsyncGenerator<Buffer, void, undefined> {
	const chunks: AsyncIterator<Buffer> = answer[Symbol.asyncIterator]();
	try {
		for (;;) {
			idle.start();
			const {value, done} = await chunks.next();
			idle.stop();
			if (done === true) {
				return;
			}

			yield value;
		}
	} catch (error) {
		throw failure(error);
	} finally {
		finish();
	}
}

async function readRefusal(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
	const kept: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of chunks) {
		if (bytes < MAX_REFUSAL_BYTES) {
			bytes += chunk.length;
			kept.push(chunk);
		}
	}

	return Buffer.concat(kept).subarray(0, MAX_REFUSAL_BYTES);
}

async function* noLines(): AsyncGenerator<string> {}

/** Lines that close their connection however the reader leaves them. */
async function* closing(lines: AsyncIterable<string>, close: () => void): AsyncGenerator<string> {
	try {
		yield* lines;
	} finally {
		close();
	}
}
