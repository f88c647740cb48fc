import type {Socket} from 'node:net';
import {KtopError} from '../metrics/model/failure.ts';
import {openConnectTunnel} from './connect-tunnel.ts';
import {dial} from './dial.ts';
import {authority, type Destination, PROXY_WORDS, type ProxyAddress} from './proxy.ts';
import {openSocksTunnel} from './socks-tunnel.ts';
import {prepareTls} from './start-tls.ts';
import {connectFailure} from './transport-failure.ts';

export type TunnelOptions = {
	/** The CA of the server, which kubectl also uses for an https proxy. The system's store is trusted as well. */
	readonly ca: string | Buffer | undefined;
	readonly isInsecure: boolean;
	/** The deadline for connecting to the proxy, and again for its answer. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
};

/** Opens a socket to `destination` through the proxy, for TLS or plain HTTP. Rejects with `KtopError`. */
export async function openTunnel(
	proxy: ProxyAddress,
	destination: Destination,
	{ca, isInsecure, timeoutMs, signal}: TunnelOptions,
): Promise<Socket> {
	const {host, port, protocol} = proxy;
	const options = {
		origin: `${protocol}//${authority(proxy)}`,
		words: PROXY_WORDS,
		tls: {ca},
		connectTimeoutMs: timeoutMs,
	};
	let socket: Socket;
	try {
		const startTls =
			protocol === 'https:'
				? await prepareTls({
						ca,
						isSystemTrusted: true,
						certificate: undefined,
						key: undefined,
						isInsecure,
						expected: host,
					})
				: undefined;
		socket = await dial({host, port, startTls, timeoutMs, signal});
	} catch (error) {
		throw connectFailure(error, options);
	}

	let tooSlow: KtopError | undefined;
	const stop = (): void => {
		socket.destroy();
	};
	const timer = setTimeout(() => {
		tooSlow = tooSlowFailure(proxy, timeoutMs);
		socket.destroy(tooSlow);
	}, timeoutMs);
	signal.addEventListener('abort', stop, {once: true});
	try {
		return protocol === 'socks5:'
			? await openSocksTunnel(socket, proxy, destination)
			: await openConnectTunnel(socket, proxy, destination);
	} catch (error) {
		socket.destroy();
		throw tooSlow ?? error;
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
	}
}

const tooSlowFailure = (proxy: ProxyAddress, timeoutMs: number): KtopError =>
	new KtopError({
		code: 'timeout',
		brief: 'proxy timeout',
		message: `the proxy ${authority(proxy)} did not open a tunnel within ${timeoutMs / 1000} s`,
		hint: 'check proxy-url and HTTPS_PROXY, or add the server to NO_PROXY',
	});
