import type {Answer, Endpoint, EndpointOptions, GetOptions} from './endpoint.ts';
import {exchange} from './exchange.ts';
import {requestHeaders} from './headers.ts';
import {keptConnections} from './kept-connections.ts';
import type {Request} from './send-request.ts';
import {timed} from './timed-options.ts';

/**
 * An endpoint of a history store, which also accepts POST. A separate type because ktop only sends GET to clusters; the
 * import rules keep it out of `cluster` and `scrape`.
 */
export type StoreEndpoint = Endpoint & {
	readonly post: (path: string, body: Buffer, contentType: string, request: PostOptions) => Promise<Answer>;
};

export type PostOptions = GetOptions & {
	/** The encoding of `body`; undefined if it is not compressed. */
	readonly contentEncoding?: 'gzip' | undefined;
	/** Whether the request is idempotent, so that it is resent once if a reused connection was closed. */
	readonly isRepeatable?: boolean | undefined;
};

/** Creates an endpoint without connecting; requests reuse connections. */
export function createStoreEndpoint(given: EndpointOptions): StoreEndpoint {
	const options = timed(given);
	const connections = keptConnections(options);
	const send = async (request: Omit<Request, 'headers'>, more: Request['headers'], limits: GetOptions) => {
		const headers = {...(await requestHeaders(options, limits.accept, 'gzip')), ...more};
		await connections.renew();
		return exchange(connections, {...request, headers}, limits, options);
	};
	return {
		origin: options.origin,
		get: (path, limits) => send({method: 'GET', path, isRepeatable: true}, {}, limits),
		post: (path, body, contentType, {contentEncoding, isRepeatable = false, ...limits}) =>
			send(
				{method: 'POST', path, body, isRepeatable},
				{
					'content-type': contentType,
					...(contentEncoding === undefined ? {} : {'content-encoding': contentEncoding}),
				},
				limits,
			),
		close: connections.close,
	};
}
