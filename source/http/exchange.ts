import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {type Failure, KtopError} from '../metrics/model/failure.ts';
import {DeadlinePassed} from './deadline.ts';
import type {Answer, EndpointOptions, GetOptions} from './endpoint.ts';
import type {KeptConnections} from './kept-connections.ts';
import {ownTurn} from './own-turn.ts';
import {ReceivedBody, reuseMemory} from './received-body.ts';
import {wantsTls} from './scheme-mismatch.ts';
import {type Request, type SentRequest, sendRequest} from './send-request.ts';
import type {TimedOptions} from './timed-options.ts';
import {
	abortedFailure,
	speaksTlsFailure,
	timeoutFailure,
	tooLargeFailure,
	transportFailure,
} from './transport-failure.ts';
import {withoutCredentials} from './without-credentials.ts';

const unzip = promisify(gunzip);

type RawAnswer = Omit<Answer, 'latencyMs'>;

/** Sends a request and resolves with the complete, decompressed answer. Throws `KtopError`. */
export async function exchange(
	connections: KeptConnections,
	request: Request,
	limits: GetOptions,
	options: TimedOptions,
): Promise<Answer> {
	const startedMs = performance.now();
	const raw = await receive(connections, request, limits, options);
	const inflated = await inflate(raw, limits, options);
	const body = raw.status < 400 ? inflated : withoutCredentials(inflated, request.headers);
	if (wantsTls(options.origin, raw.status, body)) {
		throw new KtopError(speaksTlsFailure(options));
	}

	const latencyMs = performance.now() - startedMs;
	// Dozens of answers may arrive together. Each caller decodes its answer right away, so give each its own turn.
	await ownTurn();
	// No other object, which would hold the body once this one is empty.
	return Object.assign(raw, {body, latencyMs});
}

/** Settles at the deadline or on abort at the latest. */
function receive(
	connections: KeptConnections,
	request: Request,
	{timeoutMs, maxBytes, signal, onConnected = () => {}}: GetOptions,
	options: TimedOptions,
): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		let sent: SentRequest | undefined;
		let head: Omit<RawAnswer, 'body'> = {status: 0, headers: {}};
		const body = new ReceivedBody(maxBytes);
		const settle = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
		};
		const fail = (failure: Failure): void => {
			settle();
			sent?.cancel();
			reject(failure instanceof KtopError ? failure : new KtopError(failure));
		};
		const failLate = (allowedMs: number): void => {
			const what =
				head.status > 0
					? 'did not complete its answer'
					: sent?.isConnecting()
						? 'did not complete the connection'
						: 'did not answer';
			fail(timeoutFailure(options, allowedMs, what));
		};
		const onAbort = (): void => {
			const reason: unknown = signal?.reason;
			if (reason instanceof DeadlinePassed) {
				failLate(reason.timeoutMs);
			} else {
				fail(abortedFailure(options));
			}
		};
		const timer = setTimeout(() => failLate(timeoutMs), timeoutMs);
		if (signal?.aborted) {
			onAbort();
			return;
		}

		signal?.addEventListener('abort', onAbort, {once: true});
		sent = sendRequest(connections, request, {
			onConnected,
			onHead(status, headers) {
				head = {status, headers};
			},
			onChunk(chunk) {
				if (body.bytes + chunk.length > maxBytes) {
					fail(tooLargeFailure(options, maxBytes));
					return;
				}

				body.add(chunk);
			},
			onEnd() {
				settle();
				resolve({...head, body: body.take()});
			},
			onError: error => fail(transportFailure(error, options, timeoutMs)),
		});
	});
}

async function inflate(
	{headers, body}: RawAnswer,
	{maxBytes}: GetOptions,
	options: EndpointOptions,
): Promise<Buffer> {
	if (headers['content-encoding'] !== 'gzip' || body.length === 0) {
		return body;
	}

	try {
		const inflated = await unzip(body, {maxOutputLength: maxBytes});
		reuseMemory(body);
		return inflated;
	} catch (error) {
		const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
		throw new KtopError(isTooLarge ? tooLargeFailure(options, maxBytes) : brokenGzip(options), {
			cause: error,
		});
	}
}

function brokenGzip({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'broken gzip',
		message: `${words.server} ${origin} sent an invalid gzip body`,
		hint: 'something on the network path corrupts answers; ktop retries automatically',
	};
}
