import {KtopError} from '../metrics/model/failure.ts';
import type {EndpointWords} from './endpoint.ts';

/** A parsed proxy URL. The user and password must not be printed. */
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
	serverNameFlag: 'another host name in its URL',
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
 * Parses a proxy URL in the format of curl and kubectl. Errors do not quote it, since it may hold a password.
 *
 * @throws KtopError `usage`
 */
export function parseProxy(text: string): ProxyAddress {
	const hint = 'use http://HOST:3128 or socks5://HOST:1080';
	if (!URL.canParse(text)) {
		throw refuse('the proxy is not a valid URL', hint);
	}
	const url = new URL(text);
	// As in Go, the proxy resolves host names for both schemes.
	const protocol = url.protocol === 'socks5h:' ? 'socks5:' : url.protocol;
	if (protocol !== 'http:' && protocol !== 'https:' && protocol !== 'socks5:') {
		throw refuse('the proxy URL must start with http://, https:// or socks5://', hint);
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

/** The server to which a proxy connects. */
export type Destination = {readonly host: string; readonly port: number};

/** `10.0.0.1:3128`, `[fd00::1]:3128`. */
export function authority({host, port}: Destination): string {
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
