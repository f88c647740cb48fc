import {isIP} from 'node:net';
import {type Failure, type FailureCode, KtopError} from '../metrics/model/failure.ts';
import {DialTimeout} from './dial.ts';
import type {EndpointOptions, EndpointWords} from './endpoint.ts';
import {isTlsAlert} from './scheme-mismatch.ts';

/** Error codes of Node, OpenSSL and undici. */
const CODES: Readonly<Record<string, FailureCode>> = {
	ECONNREFUSED: 'refused',
	ENOTFOUND: 'name-not-found',
	EAI_AGAIN: 'name-not-found',
	EAI_FAIL: 'name-not-found',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	// A local firewall or sandbox rejects the connection.
	EACCES: 'unreachable',
	EPERM: 'unreachable',
	ETIMEDOUT: 'timeout',
	UND_ERR_DESTROYED: 'aborted',
	UND_ERR_CLOSED: 'aborted',
	UND_ERR_HEADERS_OVERFLOW: 'bad-answer',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-unknown-authority',
	SELF_SIGNED_CERT_IN_CHAIN: 'tls-unknown-authority',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-unknown-authority',
	UNABLE_TO_GET_ISSUER_CERT: 'tls-unknown-authority',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-unknown-authority',
	CERT_SIGNATURE_FAILURE: 'tls-unknown-authority',
	CERT_UNTRUSTED: 'tls-unknown-authority',
	INVALID_CA: 'tls-unknown-authority',
	CERT_HAS_EXPIRED: 'tls-expired',
	CERT_NOT_YET_VALID: 'tls-expired',
	ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name-mismatch',
	ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR: 'tls-internal-error',
	ERR_SSL_WRONG_VERSION_NUMBER: 'tls-not-https',
	ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-not-https',
	ERR_SSL_HTTP_REQUEST: 'tls-not-https',
	ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls-version',
	ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY: 'tls-version',
	ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls-version',
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'tls-client-certificate',
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'tls-client-certificate',
};

/** Translates an error of the transport. `timeoutMs` is the deadline of the request. */
export function transportFailure(error: unknown, options: EndpointOptions, timeoutMs: number): KtopError {
	if (error instanceof KtopError) {
		return error;
	}

	if (isAnsweredByTls(error)) {
		return new KtopError(speaksTlsFailure(options), {cause: error});
	}

	const code = knownCode(error);
	return new KtopError(describe(code, error, options, timeoutMs), {cause: error});
}

/** Translates an error of connecting. */
export function connectFailure(
	error: unknown,
	options: EndpointOptions & {readonly connectTimeoutMs: number},
): KtopError {
	if (!(error instanceof DialTimeout)) {
		return transportFailure(error, options, options.connectTimeoutMs);
	}

	const what = error.isAccepted
		? 'accepted the connection but did not complete the TLS handshake'
		: 'did not accept a connection';
	return new KtopError(timeoutFailure(options, options.connectTimeoutMs, what), {cause: error});
}

/** Whether the answer is not HTTP. */
export function isUnparsable(error: unknown): boolean {
	return error instanceof Error && error.name === 'HTTPParserError';
}

/** Whether the answer is TLS; the error of the parser holds the bytes. */
export function isAnsweredByTls(error: unknown): boolean {
	return error instanceof Error && isUnparsable(error) && 'data' in error && isTlsAlert(String(error.data));
}

/** The code of the first known error in the chain of causes. */
function knownCode(error: unknown): FailureCode {
	let link: unknown = error;
	let isPem = false;
	while (link instanceof Error) {
		const code = 'code' in link && typeof link.code === 'string' ? link.code : '';
		const known = CODES[code];
		if (known !== undefined) {
			return known;
		}

		isPem ||= code.startsWith('ERR_OSSL_') || code === 'ERR_CRYPTO_OPERATION_FAILED';
		const tls = code === 'EPROTO' ? tlsCode(link.message) : undefined;
		if (tls !== undefined) {
			return tls;
		}

		if (isUnparsable(link)) {
			// undici 7.30 drops the parser's error code but keeps its message.
			return /\bEOF\b/.test(link.message) ? 'connection-lost' : 'bad-answer';
		}

		link = link.cause;
	}

	return isPem ? 'usage' : 'connection-lost';
}

/** TLS alerts of the server (RFC 8446, section 6.2). */
const ALERTS: Readonly<Record<string, FailureCode>> = {
	40: 'tls-client-certificate',
	42: 'tls-client-certificate',
	43: 'tls-client-certificate',
	44: 'tls-client-certificate',
	45: 'tls-client-certificate',
	46: 'tls-client-certificate',
	48: 'tls-client-certificate',
	70: 'tls-version',
	71: 'tls-version',
	80: 'tls-internal-error',
	116: 'tls-client-certificate',
};

/** For errors while writing a handshake, Node only has the code EPROTO and OpenSSL's text in the message. */
function tlsCode(message: string): FailureCode | undefined {
	const alert = /SSL alert number (\d+)/.exec(message)?.[1];
	if (alert !== undefined) {
		return ALERTS[alert];
	}

	if (/unsupported protocol/.test(message)) {
		return 'tls-version';
	}

	return /wrong version number|packet length too long|http request/.test(message)
		? 'tls-not-https'
		: undefined;
}

/** `10s`, `0.4s`. */
export function formatSeconds(durationMs: number): string {
	return `${Math.round(durationMs / 100) / 10}s`;
}

export function timeoutFailure({origin, words}: EndpointOptions, timeoutMs: number, what: string): Failure {
	return {
		code: 'timeout',
		brief: `timeout ${formatSeconds(timeoutMs)}`,
		message: `${words.server} ${origin} ${what} within ${formatSeconds(timeoutMs)}`,
		hint: `check the ${words.server} and the network; --request-timeout raises the deadline`,
	};
}

export function abortedFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'aborted',
		brief: 'stopped',
		message: `the request to ${words.server} ${origin} was stopped`,
		hint: 'ktop stops requests that are no longer needed',
	};
}

function describe(code: FailureCode, error: unknown, options: EndpointOptions, timeoutMs: number): Failure {
	const {origin, words} = options;
	const {hostname} = new URL(origin);
	const server = `${words.server} ${origin}`;
	switch (code) {
		case 'refused':
			return {
				code,
				brief: 'refused',
				message: `${server} refused the connection: nothing listens on that port`,
				hint: `check that the ${words.server} runs and listens there, and that no firewall rejects the connection`,
			};
		case 'name-not-found':
			return {
				code,
				brief: 'name not found',
				message: `${hostname} cannot be resolved`,
				hint: 'use an IP address, or check DNS and /etc/hosts',
			};
		case 'unreachable':
			return {
				code,
				brief: 'unreachable',
				message: `there is no route to ${server}`,
				hint: 'run ktop where that address is reachable (a bastion, a pod), or check VPN and routes',
			};
		case 'timeout':
			return timeoutFailure(options, timeoutMs, 'did not answer');
		case 'aborted':
			return abortedFailure(options);
		case 'usage':
			return {
				code,
				brief: 'bad certificate file',
				message: `cannot use the CA, certificate or key for ${server}: ${reason(error)}`,
				hint: 'use PEM files; the key must match the certificate',
			};
		case 'bad-answer':
			return notHttpFailure(options);
		case 'connection-lost':
			return {
				code,
				brief: 'connection lost',
				message: `${server} closed the connection${lossDetail(error)}`,
				hint: origin.startsWith('https:')
					? 'ktop retries automatically; the server may require a client certificate, or a firewall closes connections'
					: `ktop retries automatically; a proxy or firewall may close connections, or the ${words.server} requires TLS: ${otherScheme(origin)}`,
			};
		default:
			return tlsFailure(code, error, options, hostname);
	}
}

function tlsFailure(code: FailureCode, error: unknown, options: EndpointOptions, hostname: string): Failure {
	const {origin, words} = options;
	const server = `${words.server} ${origin}`;
	const expected = options.tls?.serverName ?? hostname;
	switch (code) {
		case 'tls-unknown-authority':
			return {
				code,
				brief: 'tls: unknown authority',
				message: `the certificate of ${server} is not signed by a known authority`,
				hint: `pass its CA with ${words.caFlag}${orAcceptAny(words)}`,
			};
		case 'tls-expired':
			return {
				code,
				brief: 'tls: expired',
				message: `the certificate of ${server} is expired or not yet valid`,
				hint: 'renew the certificate, or check the clocks of both machines',
			};
		case 'tls-name-mismatch':
			return {
				code,
				brief: isIP(expected.replace(/^\[|\]$/g, '')) === 0 ? 'tls: wrong name' : 'tls: no IP SAN',
				message: `the certificate of ${server} is not for ${expected}${certificateNames(error)}`,
				hint: serverNameHint(words),
			};
		case 'tls-internal-error':
			return {
				code,
				brief: 'tls: internal error',
				message: `${server} aborted the TLS handshake with an internal error: it probably has no certificate`,
				hint: words.noCertificateHint ?? `check the log of the ${words.server}`,
			};
		case 'tls-version':
			return {
				code,
				brief: 'tls: no common version',
				message: `${server} speaks no version of TLS that ktop speaks, or no cipher of it`,
				hint: `enable TLS 1.2 or 1.3 on the ${words.server}`,
			};
		case 'tls-client-certificate':
			return {
				code,
				brief: 'tls: client certificate',
				message: `${server} rejected the client certificate, or requires one`,
				hint: 'pass one that it trusts with --client-certificate FILE --client-key FILE',
			};
		default:
			return {
				code,
				brief: 'tls: not https',
				message: `${server} does not use TLS on that port`,
				hint: `use ${otherScheme(origin)} if it uses plain HTTP, else the port for TLS`,
			};
	}
}

/** `64 MiB`, `64 KiB`, `1000 bytes`. */
function formatSize(bytes: number): string {
	const units = [
		[2 ** 20, 'MiB'],
		[2 ** 10, 'KiB'],
	] as const;
	const [size, unit] = units.find(([size]) => bytes % size === 0) ?? [1, 'bytes'];
	return `${bytes / size} ${unit}`;
}

export function tooLargeFailure({origin, words}: EndpointOptions, maxBytes: number): Failure {
	return {
		code: 'too-large',
		brief: 'answer too large',
		message: `${words.server} ${origin} sent more than ${formatSize(maxBytes)}, which is more than ktop accepts`,
		hint: `check that the address is that of the ${words.server}; ktop uses a smaller endpoint where there is one`,
	};
}

function serverNameHint(words: EndpointWords): string {
	return `pass a name from the certificate with ${words.serverNameFlag}${orAcceptAny(words)}`;
}

/** Always the last suggestion, because it turns verification off. */
function orAcceptAny({insecureFlag}: EndpointWords): string {
	return insecureFlag === undefined ? '' : `, or accept any certificate with ${insecureFlag}`;
}

/** The origin with http and https swapped. */
function otherScheme(origin: string): string {
	return origin.startsWith('https:') ? origin.replace('https:', 'http:') : origin.replace('http:', 'https:');
}

export function notHttpFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'not HTTP',
		message: `${words.server} ${origin} did not answer with HTTP`,
		hint: `check the port and the scheme (http or https) of the ${words.server}`,
	};
}

/** The failure of plain HTTP to a server that requires TLS. */
export function speaksTlsFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'requires https',
		message: `${words.server} ${origin} requires TLS on that port`,
		hint: `use ${otherScheme(origin)}`,
	};
}

const NAMES_SHOWN = 6;

/** The names in the certificate, for the hint. They are public. */
function certificateNames(error: unknown): string {
	const certificate = error instanceof Error && 'cert' in error ? error.cert : undefined;
	if (typeof certificate !== 'object' || certificate === null || !('subjectaltname' in certificate)) {
		return '';
	}

	if (typeof certificate.subjectaltname !== 'string') {
		return '';
	}

	const names = certificate.subjectaltname.split(', ');
	const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
	return ` but for ${names.slice(0, NAMES_SHOWN).join(', ')}${more}`;
}

/** Node's message, except for a plain close, which the failure already states. */
function lossDetail(error: unknown): string {
	const isPlain = error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET';
	return isPlain ? '' : `: ${reason(error)}`;
}

function reason(error: unknown): string {
	return error instanceof Error ? withoutOrigin(error.message.split('\n', 1).join('')) : String(error);
}

/** The reason in OpenSSL's `THREAD:error:CODE:LIBRARY:FUNCTION:REASON:FILE:LINE:DATA`; other text as it is. */
function withoutOrigin(message: string): string {
	return /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
}
