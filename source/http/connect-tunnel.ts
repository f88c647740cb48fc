import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import Client from 'undici/lib/dispatcher/client.js';
import {KtopError} from '../metrics/model/failure.ts';
import type {Destination} from './proxy.ts';
import {authority, type ProxyAddress} from './proxy.ts';
import {wantsTls} from './scheme-mismatch.ts';
import {isAnsweredByTls, isUnparsable} from './transport-failure.ts';

/**
 * Opens a tunnel to `destination` with CONNECT (RFC 9110, section 9.3.6) over `socket`, which is connected to an HTTP
 * proxy. Resolves with the same socket. Rejects with `KtopError`.
 */
export function openConnectTunnel(
	socket: Socket,
	proxy: ProxyAddress,
	destination: Destination,
): Promise<Socket> {
	let isHandedOver = false;
	const client = new Client(`http://${authority(proxy)}`, {
		connect(_options, callback) {
			queueMicrotask(() => {
				// undici reconnects if the server sends data before the request.
				if (isHandedOver) {
					callback(noHttpProxy(proxy), null);
				} else {
					isHandedOver = true;
					callback(null, socket);
				}
			});
		},
		headersTimeout: 0,
	});
	const target = authority(destination);
	return new Promise<Socket>((resolve, reject) => {
		client.dispatch(
			{method: 'CONNECT', path: target, headers: {host: target, ...login(proxy)}},
			{
				onRequestStart() {},
				onRequestUpgrade(_controller, status, _headers, tunnel: Duplex) {
					if (status >= 200 && status < 300) {
						resolve(socket);
					} else {
						const said: unknown = tunnel.read();
						reject(refusal(proxy, status, Buffer.isBuffer(said) ? said : Buffer.alloc(0)));
					}
				},
				onResponseError(_controller, error) {
					reject(failure(proxy, error));
				},
			},
		);
	}).finally(() => client.destroy());
}

function login({login}: ProxyAddress): Readonly<Record<string, string>> {
	return login === undefined
		? {}
		: {
				'proxy-authorization': `Basic ${Buffer.from(`${login.user}:${login.password}`, 'utf8').toString('base64')}`,
			};
}

function refusal(proxy: ProxyAddress, status: number, body: Buffer): KtopError {
	if (proxy.protocol === 'http:' && wantsTls('http:', status, body)) {
		return speaksTls(proxy);
	}

	return noTunnel(
		proxy,
		`proxy: HTTP ${status}`,
		`it responded with ${status}`,
		status === 407
			? 'add the user and password to its URL: http://USER:PASSWORD@HOST:PORT'
			: status >= 500
				? 'check that the proxy resolves and reaches the server, or add the server to NO_PROXY'
				: 'allow CONNECT to this server in the proxy, or add the server to NO_PROXY',
	);
}

function failure(proxy: ProxyAddress, error: Error): KtopError {
	if (error instanceof KtopError) {
		return error;
	}

	if (isUnparsable(error)) {
		return isAnsweredByTls(error) ? speaksTls(proxy) : noHttpProxy(proxy);
	}

	return noTunnel(
		proxy,
		'proxy failed',
		'it closed the connection',
		proxy.protocol === 'http:'
			? 'allow CONNECT to this server in the proxy, add the server to NO_PROXY, or use https:// if the proxy uses TLS'
			: 'allow CONNECT to this server in the proxy, or add the server to NO_PROXY',
	);
}

const noHttpProxy = (proxy: ProxyAddress): KtopError =>
	noTunnel(
		proxy,
		'proxy failed',
		'there is no HTTP proxy on that port',
		'check the port and the scheme of its URL: http://, https:// or socks5://',
	);

const speaksTls = (proxy: ProxyAddress): KtopError =>
	noTunnel(proxy, 'requires https', 'it requires TLS', `use https://${authority(proxy)}`);

const noTunnel = (proxy: ProxyAddress, brief: string, problem: string, hint: string): KtopError =>
	new KtopError({
		code: 'unreachable',
		brief,
		message: `cannot open a tunnel through the proxy ${authority(proxy)}: ${problem}`,
		hint,
	});
