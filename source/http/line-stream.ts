import {KtopError} from '../metrics/model/failure.ts';
import {chunkQueue} from './chunk-queue.ts';
import type {LineStream, StreamOptions} from './endpoint.ts';
import type {KeptConnections} from './kept-connections.ts';
import {splitLines} from './line-splitter.ts';
import {wantsTls} from './scheme-mismatch.ts';
import {type Request, type SentRequest, sendRequest} from './send-request.ts';
import type {TimedOptions} from './timed-options.ts';
import {abortedFailure, speaksTlsFailure, timeoutFailure, transportFailure} from './transport-failure.ts';
import {withoutCredentials} from './without-credentials.ts';

const MAX_REFUSAL_BYTES = 1 << 16;

/** Streams the lines of a GET. Resolves with the headers of a 2xx answer, or with the complete answer otherwise. */
export function openLineStream(
	connections: KeptConnections,
	request: Request,
	{idleTimeoutMs, maxLineBytes, signal}: StreamOptions,
	options: TimedOptions,
): Promise<LineStream> {
	return new Promise((resolve, reject) => {
		let sent: SentRequest | undefined;
		const received = chunkQueue({pause: () => sent?.pause(), resume: () => sent?.resume()});
		const finish = (): void => {
			idle.stop();
			signal?.removeEventListener('abort', close);
		};
		const stop = (error: KtopError): void => {
			finish();
			sent?.cancel();
			received.end(error);
			reject(error);
		};
		const close = (): void => stop(new KtopError(abortedFailure(options)));
		const idle = idleTimer(idleTimeoutMs, () =>
			stop(new KtopError(timeoutFailure(options, idleTimeoutMs, 'did not send a line'))),
		);

		if (signal?.aborted === true) {
			close();
			return;
		}

		signal?.addEventListener('abort', close, {once: true});
		idle.start();
		sent = sendRequest(connections, request, {
			onConnected: () => {},
			onHead(status, headers) {
				const chunks = readChunks(received, idle, finish);
				if (status >= 200 && status < 300) {
					const lines = closing(splitLines(chunks, maxLineBytes), close);
					resolve({status, headers, body: Buffer.alloc(0), lines, close});
					return;
				}

				readRefusal(chunks).then(refusal => {
					const body = withoutCredentials(refusal, request.headers);
					if (wantsTls(options.origin, status, body)) {
						stop(new KtopError(speaksTlsFailure(options)));
					} else {
						resolve({status, headers, body, lines: noLines(), close});
					}
				}, reject);
			},
			onChunk: received.push,
			onEnd: () => received.end(),
			onError: error => stop(transportFailure(error, options, idleTimeoutMs)),
		});
	});
}

type IdleTimer = {readonly start: () => void; readonly stop: () => void};

/** Runs only while waiting for the server, so that a slow reader is not mistaken for an idle server. */
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
	received: AsyncIterator<Buffer>,
	idle: IdleTimer,
	finish: () => void,
): AsyncGenerator<Buffer, void, undefined> {
	try {
		for (;;) {
			idle.start();
			const {value, done} = await received.next();
			idle.stop();
			if (done === true) {
				return;
			}

			yield value;
		}
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

/** Closes the connection when the reader stops iterating, for any reason. */
async function* closing(lines: AsyncIterable<string>, close: () => void): AsyncGenerator<string> {
	try {
		yield* lines;
	} finally {
		close();
	}
}
