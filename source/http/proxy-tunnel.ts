import {connect as connectPlain, type Socket} from 'node:net';
import {connect as connectTls} from 'node:tls';
import {KtopError} from '../metrics/failure.ts';

/** An HTTP proxy, parsed; its user and password never leave this value. */
export type Proxy = {
	readonly protocol: 'http:' | 'https:';
	readonly host: string;
	readonly port: number;
	/** The Proxy-Authorization header. */
	readonly authorization: string | undefined;
};

export type Destination = {readonly host: string; readonly port: number};

const maxHeadBytes = 16_384;

const refuse = (message: string, hint: string): KtopError =>
	new KtopError({code: 'usage', brief: 'proxy invalid', message, hint});

const decoded = (text: string): string => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};

/**
 * A proxy URL as curl and kubectl take it. Its text is never shown: it may hold a password.
 *
 * @throws KtopError `usage`
 */
export function parseProxy(text: string): Proxy {
	const hint = 'write it as http://HOST:3128';
	if (!URL.canParse(text)) {
		throw refuse('the address of the proxy is not a URL', hint);
	}
	const url = new URL(text);
	if (url.protocol.startsWith('socks')) {
		throw refuse('SOCKS proxies are not supported', 'use an http proxy, or forward a port: ssh -L');
	}
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw refuse('the address of the proxy must start with http:// or https://', hint);
	}
	const pair = `${decoded(url.username)}:${decoded(url.password)}`;
	return {
		protocol: url.protocol,
		host: url.hostname.replace(/^\[|\]$/gu, ''),
		port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
		authorization: pair === ':' ? undefined : `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`,
	};
}

/**
 * A socket to `destination` through the proxy's CONNECT (RFC 9110, section 9.3.6), for TLS or plain HTTP on top.
 *
 * Rejects with `KtopError` where the proxy refuses, and with the socket's own error where it cannot be reached.
 */
export async function openTunnel(proxy: Proxy, destination: Destination, timeoutMs: number): Promise<Socket> {
	const socket =
		proxy.protocol === 'https:'
			? connectTls({host: proxy.host, port: proxy.port, servername: proxy.host})
			: connectPlain({host: proxy.host, port: proxy.port});
	const opened = proxy.protocol === 'https:' ? 'secureConnect' : 'connect';
	try {
		return await new Promise<Socket>((resolve, reject) => {
			const timer = setTimeout(() => reject(proxyTimeout(proxy, timeoutMs)), timeoutMs);
			const fail = (error: Error) => {
				clearTimeout(timer);
				reject(error);
			};
			let head = Buffer.alloc(0);
			const readHead = (chunk: Buffer) => {
				head = Buffer.concat([head, chunk]);
				const end = head.indexOf('\r\n\r\n');
				if (end === -1) {
					if (head.length > maxHeadBytes) {
						fail(proxyRefusal(proxy, 'no HTTP proxy answers there'));
					}
					return;
				}
				const status = /^HTTP\/1\.[01] (\d{3})/u.exec(head.toString('latin1', 0, 32))?.[1];
				if (status === undefined) {
					return fail(proxyRefusal(proxy, 'no HTTP proxy answers there'));
				}
				if (!status.startsWith('2')) {
					return fail(proxyRefusal(proxy, `it answered ${status}`, status));
				}
				clearTimeout(timer);
				socket.off('data', readHead).off('error', fail).off('close', lost);
				socket.pause();
				const rest = head.subarray(end + 4);
				if (rest.length > 0) {
					socket.unshift(rest);
				}
				resolve(socket);
			};
			const lost = () => fail(proxyRefusal(proxy, 'it closed the connection'));
			socket.once('error', fail).once('close', lost).on('data', readHead);
			socket.once(opened, () => socket.write(connectRequest(proxy, destination)));
		});
	} catch (error) {
		socket.on('error', () => {}).destroy();
		throw error;
	}
}

function connectRequest(proxy: Proxy, {host, port}: Destination): string {
	const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
	const authorization =
		proxy.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
	return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`;
}

const place = ({host, port}: Proxy): string => `${host}:${port}`;

const proxyRefusal = (proxy: Proxy, problem: string, status?: string): KtopError =>
	new KtopError({
		code: 'unreachable',
		brief: status === undefined ? 'proxy failed' : `proxy answered ${status}`,
		message: `the proxy ${place(proxy)} opens no tunnel: ${problem}`,
		hint:
			status === '407'
				? 'give it a user and password: http://USER:PASSWORD@HOST:PORT'
				: 'let the proxy allow CONNECT to this server, or list the server in NO_PROXY',
	});

const proxyTimeout = (proxy: Proxy, timeoutMs: number): KtopError =>
	new KtopError({
		code: 'timeout',
		brief: 'proxy timeout',
		message: `the proxy ${place(proxy)} did not open a tunnel within ${timeoutMs / 1000} s`,
		hint: 'check proxy-url and HTTPS_PROXY, or list the server in NO_PROXY',
	});
