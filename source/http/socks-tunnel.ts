import type {Socket} from 'node:net';
// Only the protocol part of undici: its SOCKS agent prints a warning to the terminal and has no deadlines.
import {Socks5Client} from 'undici/lib/core/socks5-client.js';
import {KtopError} from '../metrics/model/failure.ts';
import type {Destination} from './proxy.ts';
import {authority, type ProxyAddress} from './proxy.ts';

/**
 * Opens a tunnel to `destination` over `socket`, which is connected to a SOCKS5 proxy (RFC 1928). The proxy resolves
 * the host name. Resolves with the same socket. Rejects with `KtopError`.
 */
export async function openSocksTunnel(
	socket: Socket,
	proxy: ProxyAddress,
	destination: Destination,
): Promise<Socket> {
	const client = new Socks5Client(socket, {username: proxy.login?.user, password: proxy.login?.password});
	try {
		await new Promise<void>((resolve, reject) => {
			client.on('error', reject);
			client.on('close', () => reject(new Error('it closed the connection')));
			client.on('connected', resolve);
			client.on('authenticated', () => client.connect(destination.host, destination.port));
			client.handshake();
		});
	} catch (error) {
		throw failure(error, proxy, destination);
	}

	socket.off('error', client.onSocketError).off('close', client.onSocketClose);
	return socket;
}

const REPLY = 'UND_ERR_SOCKS5_REPLY_';

function failure(error: unknown, proxy: ProxyAddress, destination: Destination): KtopError {
	if (error instanceof KtopError) {
		return error;
	}

	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const reason = error instanceof Error ? error.message : String(error);
	if (code.startsWith(REPLY)) {
		const said = reason.slice(reason.indexOf(': ') + 2).toLowerCase();
		return new KtopError({
			code: 'unreachable',
			brief: 'proxy failed',
			message: `the proxy ${authority(proxy)} cannot reach ${authority(destination)}: ${said}`,
			hint: 'check the address of the server as seen from the proxy, or add the server to NO_PROXY',
		});
	}

	const {problem, hint} = explain(code, reason, proxy);
	return new KtopError({
		code: 'unreachable',
		brief: 'proxy failed',
		message: `cannot open a tunnel through the proxy ${authority(proxy)}: ${problem}`,
		hint,
	});
}

function explain(
	code: string,
	reason: string,
	{login}: ProxyAddress,
): {readonly problem: string; readonly hint: string} {
	switch (code) {
		case 'UND_ERR_SOCKS5_VERSION':
			return {
				problem: 'there is no SOCKS5 proxy on that port',
				hint: 'check the port and the scheme of its URL: http://, https:// or socks5://',
			};
		case 'UND_ERR_SOCKS5_AUTH_REJECTED':
		case 'UND_ERR_SOCKS5_AUTH_METHOD':
		case 'UND_ERR_SOCKS5_AUTH_FAILED':
			return login === undefined
				? {
						problem: 'it requires a user and password',
						hint: 'add them to its URL: socks5://USER:PASSWORD@HOST:PORT',
					}
				: {
						problem: 'it rejected the user and password',
						hint: 'check them in the proxy URL',
					};
		default:
			return {
				problem: reason,
				hint: 'check proxy-url and HTTPS_PROXY, or add the server to NO_PROXY',
			};
	}
}
