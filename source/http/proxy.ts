import {KtopError} from '../metrics/model/failure.ts';
import type {EndpointWords} from './endpoint.ts';

/** A proxy, parsed; its user and password never leave this value. */
export type ProxyAddress = {
	readonly protocol: 'http:' | 'https:' | 'socks5:';
	readonly host: string;
	readonly port: number;
	readonly login: {readonly user: string; readonly password: string} | undefined;
};

export const PROXY_WORDS: EndpointWords = {
	server: 'proxy',
	caFlag: 'SSL_CERT_FILE=FILE',
	insecureFlag: undefined,
	serverNameFlag: 'another host name in its address',
};

const DEFAULT_PORTS = {'http:': 80, 'https:': 443, 'socks5:': 1080} as const;

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
export function parseProxy(text: string): ProxyAddress {
	const hint = 'write it as http://HOST:3128 or socks5://HOST:1080';
	if (!URL.canParse(text)) {
		throw refuse('the address of the proxy is not a URL', hint);
	}
	const url = new URL(text);
	// As in Go, the proxy resolves the names in both.
	const protocol = url.protocol === 'socks5h:' ? 'socks5:' : url.protocol;
	if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'socks5:') {
		throw refuse('the address of the proxy must start with http://, https:// or socks5://', hint);
	}
	return {
		protocol,
		host: url.hostname.replace(/^\[|\]$/gu, ''),
		port: Number(url.port) || DEFAULT_PORTS[protocol],
		login:
			url.username === '' && url.password === ''
				? undefined
				: {user: decoded(url.username), password: decoded(url.password)},
	};
}

/** What a proxy is asked to connect to. */
export type Destination = {readonly host: string; readonly port: number};

/** `10.0.0.1:3128`, `[fd00::1]:3128`. */
export function authority({host, port}: Destination): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
