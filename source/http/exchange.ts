import type {ClientRequest, IncomingMessage} from 'node:http';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {type Failure, KtopError} from '../metrics/failure.ts';
import type {Answer, EndpointOptions, GetOptions} from './endpoint.ts';
import {receivedHeaders, type SentHeaders} from './headers.ts';
import type {Send, TimedOptions} from './kept-connections.ts';
import {ownTurn} from './own-turn.ts';
import {abortedFailure, timeoutFailure, tooLargeFailure, transportFailure} from './transport-failure.ts';
import {watchConnecting} from './watch-connecting.ts';

const unzip = promisify(gunzip);

type RawAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly chunks: readonly Buffer[];
};

/** One request and its whole answer, unpacked. Throws `KtopError`. */
export async function exchange(
	send: Send,
	path: string,
	headers: SentHeaders,
	request: GetOptions,
	options: TimedOptions,
	sent?: Buffer,
): Promise<Answer> {
	const startedMs = performance.now();
	const raw = await receive(send, path, headers, request, options, sent);
	const body = await inflate(raw, request, options);
	const latencyMs = performance.now() - startedMs;
	// Dozens of answers may come in at once, and whoever gets one decodes it at once.
	await ownTurn();
	return {status: raw.status, headers: raw.headers, body, latencyMs};
}

/** Settles at the deadline or the abort at the latest, whatever the connection does. */
function receive(
	send: Send,
	path: string,
	headers: SentHeaders,
	{timeoutMs, maxBytes, signal, onConnected = () => {}}: GetOptions,
	options: TimedOptions,
	sent: Buffer | undefined,
): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		let current: ClientRequest | undefined;
		let isSettled = false;
		const settle = (finish: () => void): void => {
			if (!isSettled) {
				isSettled = true;
				clearTimeout(timer);
				signal?.removeEventListener('abort', onAbort);
				finish();
			}
		};
		const fail = (failure: Failure): void =>
			settle(() => {
				current?.destroy();
				reject(failure instanceof KtopError ? failure : new KtopError(failure));
			});
		const onAbort = (): void => fail(abortedFailure(options));
		const timer = setTimeout(() => fail(timeoutFailure(options, timeoutMs, 'did not answer')), timeoutMs);
		const onAnswer = (answer: IncomingMessage): void => {
			collectBody(answer, maxBytes).then(
				chunks =>
					settle(() =>
						resolve({status: answer.statusCode ?? 0, headers: receivedHeaders(answer.headers), chunks}),
					),
				error =>
					fail(error === TOO_LARGE ? tooLargeFailure(options) : transportFailure(error, options, timeoutMs)),
			);
		};
		const start = (isRetry: boolean): void => {
			let request: ClientRequest;
			try {
				request = send(path, headers);
			} catch (error) {
				// A key that does not belong to its certificate is found out before anything is sent.
				fail(transportFailure(error, options, timeoutMs));
				return;
			}

			current = request;
			watchConnecting(request, options.connectTimeoutMs, onConnected, () =>
				fail(timeoutFailure(options, options.connectTimeoutMs, 'did not accept a connection')),
			);
			request.on('response', onAnswer);
			request.on('error', error => {
				if (request.reusedSocket && !isRetry && !isSettled) {
					// The server closed the idle connection at the moment that it was used again.
					start(true);
				} else {
					fail(transportFailure(error, options, timeoutMs));
				}
			});
			request.end(sent);
		};

		if (signal?.aborted) {
			onAbort();
			return;
		}

		signal?.addEventListener('abort', onAbort, {once: true});
		start(false);
	});
}

const TOO_LARGE = Symbol('too large');

/** The body's chunks; rejects with `TOO_LARGE` as soon as they are more than `maxBytes`, or with the stream's error. */
async function collectBody(answer: IncomingMessage, maxBytes: number): Promise<readonly Buffer[]> {
	const chunks: Buffer[] = [];
	let receivedBytes = 0;
	for await (const chunk of answer as AsyncIterable<Buffer>) {
		receivedBytes += chunk.length;
		if (receivedBytes > maxBytes) {
			throw TOO_LARGE;
		}

		chunks.push(chunk);
	}

	return chunks;
}

async function inflate(raw: RawAnswer, {maxBytes}: GetOptions, options: EndpointOptions): Promise<Buffer> {
	const body =
		raw.chunks.length === 1 && raw.chunks[0] !== undefined ? raw.chunks[0] : Buffer.concat(raw.chunks);
	if (raw.headers['content-encoding'] !== 'gzip' || body.length === 0) {
		return body;
	}

	try {
		return await unzip(body, {maxOutputLength: maxBytes});
	} catch (error) {
		const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
		throw new KtopError(isTooLarge ? tooLargeFailure(options) : brokenGzip(options), {cause: error});
	}
}

function brokenGzip({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'broken gzip',
		message: `${words.server} ${origin} sent a gzip body that cannot be unpacked`,
		hint: 'something between here and there damages answers; ktop tries again by itself',
	};
}
