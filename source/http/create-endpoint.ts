import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import type {Dispatcher} from 'undici';
import {KtopError} from '../metrics/failure.ts';
import {connectionPool} from './connection-pool.ts';
import type {EndpointOptions, GetOptions, StreamingEndpoint} from './endpoint.ts';
import {receivedHeaders, requestHeaders, type SentHeaders} from './headers.ts';
import {openLineStream} from './line-stream.ts';
import {abortedFailure, timeoutFailure, tooLargeFailure, transportFailure} from './transport-failure.ts';

const CONNECT_TIMEOUT_MS = 3000;

const unzip = promisify(gunzip);

type RawAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly chunks: readonly Buffer[];
};

/** Opens nothing yet: the first `get` connects, and later ones reuse the connection. */
export function createEndpoint(given: EndpointOptions): StreamingEndpoint {
	const options = {...given, connectTimeoutMs: given.connectTimeoutMs ?? CONNECT_TIMEOUT_MS};
	const pools = connectionPool(options);

	return {
		origin: options.origin,
		async get(path, request) {
			const startedMs = performance.now();
			const headers = await requestHeaders(options, request.accept, 'gzip');
			const raw = await dispatch(await pools.current(), path, headers, request, options);
			const body = await inflate(raw, request, options);
			return {status: raw.status, headers: raw.headers, body, latencyMs: performance.now() - startedMs};
		},
		stream: async (path, request) => {
			// Compressed lines would wait in the server's compressor until a block is full.
			const headers = await requestHeaders(options, request.accept, 'identity');
			return openLineStream(await pools.current(), path, headers, request, options);
		},
		close: pools.destroy,
	};
}

/** One GET. Settles at the deadline or the abort at the latest, even while the connection is still being made. */
function dispatch(
	pool: Dispatcher,
	path: string,
	headers: SentHeaders,
	{timeoutMs, maxBytes, signal}: GetOptions,
	options: EndpointOptions,
): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		let controller: Dispatcher.DispatchController | undefined;
		let settled: KtopError | undefined;
		let status = 0;
		let answerHeaders: RawAnswer['headers'] = {};
		let receivedBytes = 0;
		const chunks: Buffer[] = [];

		const finish = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
		};
		const fail = (error: KtopError): void => {
			settled ??= error;
			finish();
			controller?.abort(error);
			reject(settled);
		};
		const onAbort = (): void => fail(new KtopError(abortedFailure(options)));
		const timer = setTimeout(
			() => fail(new KtopError(timeoutFailure(options, timeoutMs, 'did not answer'))),
			timeoutMs,
		);
		if (signal?.aborted) {
			onAbort();
			return;
		}

		signal?.addEventListener('abort', onAbort, {once: true});
		pool.dispatch(
			{method: 'GET', path, headers},
			{
				onRequestStart(startedController) {
					controller = startedController;
					if (settled !== undefined) {
						controller.abort(settled);
					}
				},
				onResponseStart(_controller, statusCode, received) {
					status = statusCode;
					answerHeaders = receivedHeaders(received);
				},
				onResponseData(_controller, chunk) {
					receivedBytes += chunk.length;
					if (receivedBytes > maxBytes) {
						fail(new KtopError(tooLargeFailure(options)));
						return;
					}

					chunks.push(chunk);
				},
				onResponseEnd() {
					finish();
					resolve({status, headers: answerHeaders, chunks});
				},
				onResponseError(_controller, error) {
					fail(transportFailure(error, options, timeoutMs));
				},
			},
		);
	});
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

function brokenGzip({origin, words}: EndpointOptions) {
	return {
		code: 'bad-answer',
		brief: 'broken gzip',
		message: `${words.server} ${origin} sent a gzip body that cannot be unpacked`,
		hint: 'something between here and there damages answers; ktop tries again by itself',
	} as const;
}
