import type {EndpointOptions} from './endpoint.ts';

/** A list is one line for each of its values. */
export type SentHeaders = Readonly<Record<string, string | string[]>>;

/** Names in small letters. */
export type ReceivedHeaders = Readonly<Record<string, string | undefined>>;

/** The headers of a GET; those of `options` come with every request. */
export async function requestHeaders(
	options: EndpointOptions,
	accept: string | undefined,
	encoding: 'gzip' | 'identity',
): Promise<SentHeaders> {
	const headers: Record<string, string | string[]> = {
		accept: accept ?? '*/*',
		'accept-encoding': encoding,
		'user-agent': 'ktop',
	};
	for (const [name, value] of options.headers ?? []) {
		const known = headers[name];
		headers[name] = known === undefined ? value : [known, value].flat();
	}
	const authorization = await options.authorization?.();
	if (authorization !== undefined) {
		headers.authorization = authorization;
	}
	return headers;
}

/** Headers that came more than once as one text, joined by commas (RFC 9110, section 5.3). */
export function receivedHeaders(
	received: Readonly<Record<string, string | string[] | undefined>>,
): ReceivedHeaders {
	return Object.fromEntries(
		Object.entries(received).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
	);
}
