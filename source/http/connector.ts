import type {Socket} from 'node:net';
import type {buildConnector} from 'undici';
import {KtopError} from '../metrics/model/failure.ts';
import {dial} from './dial.ts';
import type {ClientCertificate} from './endpoint.ts';
import {parseProxy} from './proxy.ts';
import type {StartTls} from './start-tls.ts';
import type {TimedOptions} from './timed-options.ts';
import {abortedFailure, connectFailure, notHttpFailure} from './transport-failure.ts';

export type Connector = {
	/** As undici asks for connections. Gives `KtopError` and no other error. */
	readonly connect: buildConnector.connector;
	/** Whether a new connection is just being handed over: a request that begins meanwhile is its first one. */
	readonly isHandingOver: () => boolean;
	/** Gives up, at once, what is not yet open. */
	readonly giveUp: () => void;
};

/** Opens connections to one server, by way of its proxy, and with one client certificate. */
export function createConnector(
	options: TimedOptions,
	certificate: ClientCertificate | undefined,
): Connector {
	const {protocol, hostname, port} = new URL(options.origin);
	const isTls = protocol === 'https:';
	const place = {host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port) || (isTls ? 443 : 80)};
	const {connectTimeoutMs: timeoutMs, proxy, tls} = options;
	const isInsecure = tls?.isInsecure === true;
	let session: Buffer | undefined;
	let isHandingOver = false;
	let hasSpokenFirst = false;

	/** Loaded by those who need it. */
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
				timeoutMs,
				signal,
			});
		} catch (error) {
			throw connectFailure(error, options);
		}
	};

	const opening = new Set<() => void>();
	const handOver = (socket: Socket, callback: buildConnector.Callback): void => {
		// undici writes the request that waits before it returns.
		isHandingOver = true;
		callback(null, socket);
		isHandingOver = false;
		// It drops what speaks before it is asked, and would connect again without end.
		hasSpokenFirst = socket.destroyed;
	};

	return {
		connect(_options, callback) {
			const stop = new AbortController();
			const isLeft = (): boolean => !opening.delete(giveUp);
			const giveUp = (): void => {
				opening.delete(giveUp);
				stop.abort();
				callback(new KtopError(abortedFailure(options)), null);
			};
			opening.add(giveUp);
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
		giveUp() {
			for (const each of [...opening]) {
				each();
			}
		},
	};
}
