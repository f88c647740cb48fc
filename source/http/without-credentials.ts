import type {SentHeaders} from './headers.ts';

/** Shorter ones are words, which a text may hold without repeating a password. */
const SHORTEST = 6;

/**
 * The body of a refusal without the credentials of its request: gateways that log or debug repeat what they were sent,
 * and messages quote what a server says.
 */
export function withoutCredentials(body: Buffer, {authorization}: SentHeaders): Buffer {
	if (typeof authorization !== 'string') {
		return body;
	}

	const [scheme = '', credentials = ''] = authorization.split(/ (.*)/s);
	const pair = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString('utf8') : '';
	const secrets = [credentials, pair, pair.slice(pair.indexOf(':') + 1)].filter(
		secret => secret.length >= SHORTEST,
	);
	const text = body.toString('utf8');
	return secrets.some(secret => text.includes(secret))
		? Buffer.from(secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text))
		: body;
}
