import {
	type ClientRequest,
	Agent as HttpAgent,
	type IncomingMessage,
	request as requestHttp,
} from 'node:http';
import {Agent as HttpsAgent, request as requestHttps} from 'node:https';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {type Failure, KtopError} from '../metrics/failure.ts';
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

/** Sends one GET with these headers, over a kept connection where there is one. */
type Send = (path: string, headers: Readonly<Record<string, string>>) => ClientRequest;

/**
 * Opens nothing yet: the first `get` connects, and later ones reuse the connection.
 *
 * Node's own client is used rather than undici's: that compiles its HTTP parser anew in every process, which alone
 * takes a short-lived `ktop --json` longer than all the rest of it.
 */
export function createEndpoint(given: EndpointOptions): Endpoint {
	const options = {...given, connectTimeoutMs: given.connectTimeoutMs ?? CONNECT_TIMEOUT_MS};
	const {send, close} = openClient(options);
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

			const raw = await exchange(send, path, headers, request, options);
			const body = await inflate(raw, request, options);
			return {status: raw.status, headers: raw.headers, body, latencyMs: performance.now() - startedMs};
		},
		close: async () => close(),
	};
}

function openClient(options: EndpointOptions): {readonly send: Send; readonly close: () => void} {
	const {tls} = options;
	const url = new URL(options.origin);
	const keeping = {
		keepAlive: true,
		maxSockets: options.connections ?? CONNECTIONS,
		// Idle connections are let go after this; a server's own shorter hint (`keep-alive: timeout=…`) counts too.
		timeout: options.keepAliveMs ?? KEEP_ALIVE_MS,
	};
	if (url.protocol === 'http:') {
		const agent = new HttpAgent(keeping);
		return {
			send: (path, headers) => requestHttp(new URL(options.origin), {agent, path, headers, method: 'GET'}),
			close: () => agent.destroy(),
		};
	}

	const agent = new HttpsAgent({
		...keeping,
		...(tls?.ca === undefined ? {} : {ca: tls.ca}),
		...(tls?.certificate === undefined ? {} : {cert: tls.certificate}),
		...(tls?.key === undefined ? {} : {key: tls.key}),
		...(tls?.serverName === undefined ? {} : {servername: tls.serverName}),
		rejectUnauthorized: tls?.isInsecure !== true,
	});
	return {
		send: (path, headers) => requestHttps(new URL(options.origin), {agent, path, headers, method: 'GET'}),
		close: () => agent.destroy(),
	};
}

/** One GET and its whole answer. Settles at the deadline or the abort at the latest, whatever the connection does. */
function exchange(
	send: Send,
	path: string,
	headers: Readonly<Record<string, string>>,
	{timeoutMs, maxBytes, signal, onConnected = () => {}}: GetOptions,
	options: EndpointOptions & {readonly connectTimeoutMs: number},
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
				chunks => settle(() => resolve({status: answer.statusCode ?? 0, headers: flat(answer), chunks})),
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
			request.end();
		};

		if (signal?.aborted) {
			onAbort();
			return;
		}

		signal?.addEventListener('abort', onAbort, {once: true});
		start(false);
	});
}

/** Calls back when the request has its connection, TLS handshake included, or when a new one is not there in time. */
function watchConnecting(
	request: ClientRequest,
	timeoutMs: number,
	onConnected: () => void,
	onTimeout: () => void,
): void {
	request.once('socket', socket => {
		if (!socket.connecting) {
			onConnected();
			return;
		}

		const timer = setTimeout(onTimeout, timeoutMs);
		const done = (): void => clearTimeout(timer);
		socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
			done();
			onConnected();
		});
		socket.once('close', done);
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

function flat({headers}: IncomingMessage): Readonly<Record<string, string | undefined>> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
	);
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

function abortedFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'aborted',
		brief: 'stopped',
		message: `the request to ${words.server} ${origin} was stopped`,
		hint: 'ktop stops requests that nobody waits for any more',
	};
}

function brokenGzip({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'broken gzip',
		message: `${words.server} ${origin} sent a gzip body that cannot be unpacked`,
		hint: 'something between here and there damages answers; ktop tries again by itself',
	};
}
