import type {Socket} from 'node:net';
import type {buildConnector} from 'undici';
import {KtopError} from '../metrics/model/failure.ts';
import {dial} from './dial.ts';
import type {ClientCertificate} from './endpoint.ts';
import {parseProxy} from './proxy.ts';
import type {StartTls, TlsSession} from './start-tls.ts';
import type {TimedOptions} from './timed-options.ts';
import {abortedFailure, connectFailure, notHttpFailure} from './transport-failure.ts';

export type Connector = {
	/** Opens a connection for undici. Fails only with `KtopError`. */
	readonly connect: buildConnector.connector;
	/** True while a new connection is passed to undici: a request that starts now is its first one. */
	readonly isHandingOver: () => boolean;
	/** Whether a connection attempt is pending. */
	readonly isOpening: () => boolean;
	/** Aborts all connection attempts. */
	readonly abortAll: () => void;
};

/** Opens connections to one server, through its proxy if any, with one client certificate. */
export function createConnector(
	options: TimedOptions,
	certificate: ClientCertificate | undefined,
): Connector {
	const {protocol, hostname, port} = new URL(options.origin);
	const isTls = protocol === 'https:';
	const place = {host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port) || (isTls ? 443 : 80)};
	const {connectTimeoutMs: timeoutMs, proxy, tls} = options;
	const isInsecure = tls?.isInsecure === true;
	let session: TlsSession | undefined;
	let isHandingOver = false;
	let hasSpokenFirst = false;

	/** Loads TLS only for https. */
	const prepare = async (): Promise<StartTls> => {
		const {prepareTls} = await import('./start-tls.ts');
		return prepareTls({
			ca: tls?.ca,
			certificate: certificate?.certificate ?? tls?.certificate,
			key: certificate?.key ?? tls?.key,
			isInsecure,
			expected: tls?.serverName ?? place.host,
			session,
			onSession(next) {
				session = next;
			},
		});
	};

	const openThrough = async (address: string, signal: AbortSignal): Promise<Socket> => {
		const {openTunnel} = await import('./tunnel.ts');
		return openTunnel(parseProxy(address), place, {ca: tls?.ca, isInsecure, timeoutMs, signal});
	};

	const open = async (signal: AbortSignal): Promise<Socket> => {
		if (hasSpokenFirst) {
			hasSpokenFirst = false;
			throw new KtopError(notHttpFailure(options));
		}

		try {
			const through = proxy === undefined ? undefined : await openThrough(proxy, signal);
			return await dial({
				...place,
				through,
				startTls: isTls ? await prepare() : undefined,
				sharesReadBuffer: options.sharesReadBuffer,
				timeoutMs,
				signal,
			});
		} catch (error) {
			throw connectFailure(error, options);
		}
	};

	const opening = new Set<() => void>();
	const handOver = (socket: Socket, callback: buildConnector.Callback): void => {
		// The callback writes the queued request synchronously.
		isHandingOver = true;
		callback(null, socket);
		isHandingOver = false;
		// undici drops a server that sends data before the request, and would reconnect endlessly.
		hasSpokenFirst = socket.destroyed;
	};

	return {
		connect(_options, callback) {
			const stop = new AbortController();
			const isLeft = (): boolean => !opening.delete(abort);
			const abort = (): void => {
				opening.delete(abort);
				stop.abort();
				callback(new KtopError(abortedFailure(options)), null);
			};
			opening.add(abort);
			open(stop.signal).then(
				socket => {
					if (isLeft()) {
						socket.destroy();
					} else {
						handOver(socket, callback);
					}
				},
				(error: Error) => {
					if (!isLeft()) {
						callback(error, null);
					}
				},
			);
		},
		isHandingOver: () => isHandingOver,
		isOpening: () => opening.size > 0,
		abortAll() {
			for (const each of [...opening]) {
				each();
			}
		},
	};
}
