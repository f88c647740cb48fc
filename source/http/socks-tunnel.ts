import type {Socket} from 'node:net';
// undici's agent for SOCKS prints a warning to the terminal and knows no time limits of ours; its protocol is used.
import {Socks5Client} from 'undici/lib/core/socks5-client.js';
import {KtopError} from '../metrics/model/failure.ts';
import type {Destination} from './proxy.ts';
import {authority, type ProxyAddress} from './proxy.ts';

/**
 * Asks the SOCKS5 proxy at the other end of `socket` for a tunnel (RFC 1928), which resolves the name of `destination`
 * itself. Resolves with the same socket. Rejects with `KtopError`.
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
			hint: 'check the address of the server as the proxy sees it, or list the server in NO_PROXY',
		});
	}

	const {problem, hint} = explain(code, reason, proxy);
	return new KtopError({
		code: 'unreachable',
		brief: 'proxy failed',
		message: `the proxy ${authority(proxy)} opens no tunnel: ${problem}`,
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
				problem: 'no SOCKS5 proxy answers there',
				hint: 'check the port and the scheme of its address: http://, https:// or socks5://',
			};
		case 'UND_ERR_SOCKS5_AUTH_REJECTED':
		case 'UND_ERR_SOCKS5_AUTH_METHOD':
		case 'UND_ERR_SOCKS5_AUTH_FAILED':
			return login === undefined
				? {
						problem: 'it wants a user and password',
						hint: 'write them into its address: socks5://USER:PASSWORD@HOST:PORT',
					}
				: {
						problem: 'it does not accept the user and password',
						hint: 'check them in the address of the proxy',
					};
		default:
			return {
				problem: reason,
				hint: 'check proxy-url and HTTPS_PROXY, or list the server in NO_PROXY',
			};
	}
}
