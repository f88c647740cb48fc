import {isIP} from 'node:net';
import {type Failure, type FailureCode, KtopError} from '../metrics/model/failure.ts';
import {DialTimeout} from './dial.ts';
import type {EndpointOptions, EndpointWords} from './endpoint.ts';
import {isTlsAlert} from './scheme-mix-up.ts';

/** Error codes of Node, OpenSSL and undici, by what they mean to users. */
const CODES: Readonly<Record<string, FailureCode>> = {
	ECONNREFUSED: 'refused',
	ENOTFOUND: 'name-not-found',
	EAI_AGAIN: 'name-not-found',
	EAI_FAIL: 'name-not-found',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	EADDRNOTAVAIL: 'unreachable',
	// A local firewall or sandbox forbids the connection.
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
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'tls-client-certificate',
	ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'tls-client-certificate',
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'tls-client-certificate',
};

/** The failure that an error of the transport means. `timeoutMs` is the deadline that applied. */
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

/** Why there is no connection; `timeoutMs` as above. */
export function connectFailure(
	error: unknown,
	options: EndpointOptions & {readonly connectTimeoutMs: number},
): KtopError {
	if (!(error instanceof DialTimeout)) {
		return transportFailure(error, options, options.connectTimeoutMs);
	}

	const what = error.isAccepted
		? 'accepted the connection but did not finish the TLS handshake'
		: 'did not accept a connection';
	return new KtopError(timeoutFailure(options, options.connectTimeoutMs, what), {cause: error});
}

/** Whether what came is no HTTP. */
export function isUnparsable(error: unknown): boolean {
	return error instanceof Error && error.name === 'HTTPParserError';
}

/** Whether it is TLS: the parser keeps what it could not read. */
export function isAnsweredByTls(error: unknown): boolean {
	return error instanceof Error && isUnparsable(error) && 'data' in error && isTlsAlert(String(error.data));
}

/** The first code on the chain of causes that says what happened. */
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
			// The parser's codes are lost on the way (undici 7.30); its message is not.
			return /\bEOF\b/.test(link.message) ? 'connection-lost' : 'bad-answer';
		}

		link = link.cause;
	}

	return isPem ? 'usage' : 'connection-lost';
}

/** TLS alerts (RFC 8446, 6.2) by which a server says what it dislikes. */
const ALERTS: Readonly<Record<string, FailureCode>> = {
	40: 'tls-client-certificate',
	42: 'tls-client-certificate',
	43: 'tls-client-certificate',
	44: 'tls-client-certificate',
	45: 'tls-client-certificate',
	46: 'tls-client-certificate',
	48: 'tls-client-certificate',
	80: 'tls-internal-error',
	116: 'tls-client-certificate',
};

/** While a handshake is being written, Node keeps what OpenSSL said in the message alone, under the code EPROTO. */
function tlsCode(message: string): FailureCode | undefined {
	const alert = /SSL alert number (\d+)/.exec(message)?.[1];
	if (alert !== undefined) {
		return ALERTS[alert];
	}

	return /wrong version number|packet length too long|http request/.test(message)
		? 'tls-not-https'
		: undefined;
}

/** `timeout 10s`, `0.4` where the deadline is below a second. */
export function formatSeconds(durationMs: number): string {
	return `${Math.round(durationMs / 100) / 10}s`;
}

export function timeoutFailure({origin, words}: EndpointOptions, timeoutMs: number, what: string): Failure {
	return {
		code: 'timeout',
		brief: `timeout ${formatSeconds(timeoutMs)}`,
		message: `${words.server} ${origin} ${what} within ${formatSeconds(timeoutMs)}`,
		hint: `check the ${words.server} and the network; --request-timeout gives slow ones more time`,
	};
}

export function abortedFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'aborted',
		brief: 'stopped',
		message: `the request to ${words.server} ${origin} was stopped`,
		hint: 'ktop stops requests that nobody waits for any more',
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
				message: `${server} refuses the connection: nothing listens on that port`,
				hint: `check that the ${words.server} runs and listens there, and that no firewall rejects the connection`,
			};
		case 'name-not-found':
			return {
				code,
				brief: 'name not found',
				message: `${hostname} cannot be resolved to an address`,
				hint: 'use an IP address, or check DNS and /etc/hosts',
			};
		case 'unreachable':
			return {
				code,
				brief: 'unreachable',
				message: `${server} has no route from here`,
				hint: 'run ktop where that address is reachable (a bastion, a pod), or check VPN and routes',
			};
		case 'timeout':
			return timeoutFailure(options, timeoutMs, 'did not answer');
		case 'too-large':
			return tooLargeFailure(options);
		case 'aborted':
			return abortedFailure(options);
		case 'usage':
			return {
				code,
				brief: 'bad certificate file',
				message: `the CA, certificate or key for ${server} cannot be used: ${reason(error)}`,
				hint: 'give PEM files; the key must belong to the certificate',
			};
		case 'bad-answer':
			return notHttpFailure(options);
		case 'connection-lost':
			return {
				code,
				brief: 'connection lost',
				message: `${server} closed the connection${lossDetail(error)}`,
				hint: origin.startsWith('https:')
					? 'ktop tries again by itself; the server may want a client certificate, or a firewall cuts connections'
					: `ktop tries again by itself; a proxy or firewall may cut connections, or the ${words.server} speaks TLS alone: ${otherScheme(origin)}`,
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
				hint: `give its CA with ${words.caFlag}${orAcceptAny(words)}`,
			};
		case 'tls-expired':
			return {
				code,
				brief: 'tls: expired',
				message: `the certificate of ${server} is expired or not yet valid`,
				hint: 'renew the certificate, and check the clocks of both machines',
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
				message: `${server} ended the TLS handshake with an internal error: it likely has no certificate to show`,
				hint: words.noCertificateHint ?? `look into the log of the ${words.server}`,
			};
		case 'tls-client-certificate':
			return {
				code,
				brief: 'tls: client certificate',
				message: `${server} does not accept this client certificate, or requires one`,
				hint: 'give one that it trusts with --client-certificate FILE --client-key FILE',
			};
		default:
			return {
				code,
				brief: 'tls: not https',
				message: `${server} does not speak TLS on that port, but plain HTTP or something else`,
				hint: `if it speaks plain HTTP, use ${otherScheme(origin)}; else the port that speaks TLS`,
			};
	}
}

export function tooLargeFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'too-large',
		brief: 'answer too large',
		message: `${words.server} ${origin} sent more than ktop takes in`,
		hint: 'ktop falls back to a smaller endpoint where there is one',
	};
}

function serverNameHint(words: EndpointWords): string {
	return `name what it is for with ${words.serverNameFlag}${orAcceptAny(words)}`;
}

/** Comes last: what is verified is better than what is not. */
function orAcceptAny({insecureFlag}: EndpointWords): string {
	return insecureFlag === undefined ? '' : `, or accept any certificate with ${insecureFlag}`;
}

/** The same address with https instead of http, or the other way round. */
function otherScheme(origin: string): string {
	return origin.startsWith('https:') ? origin.replace('https:', 'http:') : origin.replace('http:', 'https:');
}

export function notHttpFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'not HTTP',
		message: `${words.server} ${origin} does not answer in HTTP`,
		hint: `check the port and the scheme (http or https) of the ${words.server}`,
	};
}

/** A server that was asked in plain HTTP and wants TLS. */
export function speaksTlsFailure({origin, words}: EndpointOptions): Failure {
	return {
		code: 'bad-answer',
		brief: 'speaks only https',
		message: `${words.server} ${origin} speaks TLS on that port`,
		hint: `use ${otherScheme(origin)}`,
	};
}

const NAMES_SHOWN = 6;

/** The names that the certificate does have: they are public, and the fix needs them. */
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

/** What Node says of it; that the other side closed is said already. */
function lossDetail(error: unknown): string {
	const isPlain = error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET';
	return isPlain ? '' : `: ${reason(error)}`;
}

function reason(error: unknown): string {
	return error instanceof Error ? error.message.split('\n', 1).join('') : String(error);
}
