import type {EndpointOptions} from './endpoint.ts';

/** Request headers; a list is sent as one header line per value. */
export type SentHeaders = Readonly<Record<string, string | string[]>>;

/** Response headers with lower-case names. */
export type ReceivedHeaders = Readonly<Record<string, string | undefined>>;

/** The headers of one request, including the fixed ones of `options`. */
export async function requestHeaders(
	options: EndpointOptions,
	accept: string | undefined,
	encoding: 'gzip' | 'identity',
	signal?: AbortSignal,
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
	const authorization = await options.authorization?.(signal);
	if (authorization !== undefined) {
		headers.authorization = authorization;
	}
	return headers;
}

/** Joins repeated headers by commas (RFC 9110, section 5.3). */
export function receivedHeaders(
	received: Readonly<Record<string, string | string[] | undefined>>,
): ReceivedHeaders {
	return Object.fromEntries(
		Object.entries(received).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
	);
}
