import type {SentHeaders} from './headers.ts';

/** Shorter ones are words, which a text may hold without repeating a password. */
const SHORTEST = 6;

/** Headers whose values are secrets, such as `Cookie` and `X-API-Key`; a tenant is none. */
const SECRET_HEADER = /auth|cookie|token|key|secret|passw/i;

/**
 * The body of a refusal without the credentials of its request: gateways that log or debug repeat what they were sent,
 * and messages quote what a server says.
 */
export function withoutCredentials(body: Buffer, headers: SentHeaders): Buffer {
	const secrets = Object.entries(headers)
		.filter(([name]) => SECRET_HEADER.test(name))
		.flatMap(([, values]) => [values].flat().flatMap(secretsOf))
		.filter(secret => secret.length >= SHORTEST)
		.sort((one, other) => other.length - one.length);
	const text = secrets.length === 0 ? '' : body.toString('utf8');
	return secrets.some(secret => text.includes(secret))
		? Buffer.from(secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text))
		: body;
}

/** A header's value, its credentials without the scheme, and the login and password that these may stand for. */
function secretsOf(value: string): readonly string[] {
	const [scheme = '', credentials = ''] = value.split(/ (.*)/s);
	const pair = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString('utf8') : '';
	return [value, credentials, pair, pair.slice(pair.indexOf(':') + 1)];
}
