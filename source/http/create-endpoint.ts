import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import type {Dispatcher} from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import {KtopError} from '../metrics/failure.ts';
import type {Endpoint, EndpointOptions, GetOptions} from './endpoint.ts';
import {timeoutFailure, tooLargeFailure, transportFailure} from './transport-failure.ts';

const CONNECT_TIMEOUT_MS = 3000;

/** Kubelets close idle connections after 90 s; ktop lets go first, so no request meets a closing connection. */
const KEEP_ALIVE_MS = 80_000;

/** A node is asked one thing at a time. */
const CONNECTIONS = 1;

const unzip = promisify(gunzip);

type RawAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly chunks: readonly Buffer[];
};

/** Opens nothing yet: the first `get` connects, and later ones reuse the connection. */
export function createEndpoint(given: EndpointOptions): Endpoint {
	const options = {...given, connectTimeoutMs: given.connectTimeoutMs ?? CONNECT_TIMEOUT_MS};
	const {tls} = options;
	const pool = new Pool(options.origin, {
		connections: options.connections ?? CONNECTIONS,
		pipelining: 1,
		allowH2: false,
		keepAliveTimeout: options.keepAliveMs ?? KEEP_ALIVE_MS,
		// A server's own shorter hint (`keep-alive: timeout=…`) still counts; a longer one does not.
		keepAliveMaxTimeout: options.keepAliveMs ?? KEEP_ALIVE_MS,
		// Deadlines are kept here to the millisecond; undici's own are coarse.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: {
			timeout: options.connectTimeoutMs,
			...(tls?.ca === undefined ? {} : {ca: tls.ca}),
			...(tls?.certificate === undefined ? {} : {cert: tls.certificate}),
			...(tls?.key === undefined ? {} : {key: tls.key}),
			...(tls?.serverName === undefined ? {} : {servername: tls.serverName}),
			rejectUnauthorized: tls?.isInsecure !== true,
		},
	});

	return {
		origin: options.origin,
		async get(path, request) {
			const startedMs = performance.now();
			const headers: Record<string, string> = {
				accept: request.accept ?? '*/*',
				'accept-encoding': 'gzip',
				'user-agent': 'ktop',
			};
			const authorization = await options.authorization?.();
			if (authorization !== undefined) {
				headers.authorization = authorization;
			}

			const raw = await dispatch(pool, path, headers, request, options);
			const body = await inflate(raw, request, options);
			return {status: raw.status, headers: raw.headers, body, latencyMs: performance.now() - startedMs};
		},
		close: () => pool.destroy(),
	};
}

/** One GET. Settles at the deadline or the abort at the latest, even while the connection is still being made. */
function dispatch(
	pool: Dispatcher,
	path: string,
	headers: Readonly<Record<string, string>>,
	{timeoutMs, maxBytes, signal}: GetOptions,
	options: EndpointOptions,
): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		let controller: Dispatcher.DispatchController | undefined;
		let settled: KtopError | undefined;
		let status = 0;
		let answerHeaders: Record<string, string | undefined> = {};
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
		const onAbort = (): void => fail(abortedFailure(options));
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
			{method: 'GET', path, headers: {...headers}},
			{
				onRequestStart(startedController) {
					controller = startedController;
					if (settled !== undefined) {
						controller.abort(settled);
					}
				},
				onResponseStart(_controller, statusCode, received) {
					status = statusCode;
					answerHeaders = Object.fromEntries(
						Object.entries(received).map(([name, value]) => [
							name,
							Array.isArray(value) ? value.join(', ') : value,
						]),
					);
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

function abortedFailure({origin, words}: EndpointOptions): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: `the request to ${words.server} ${origin} was stopped`,
		hint: 'ktop stops requests that nobody waits for any more',
	});
}

function brokenGzip({origin, words}: EndpointOptions) {
	return {
		code: 'bad-answer',
		brief: 'broken gzip',
		message: `${words.server} ${origin} sent a gzip body that cannot be unpacked`,
		hint: 'something between here and there damages answers; ktop tries again by itself',
	} as const;
}
