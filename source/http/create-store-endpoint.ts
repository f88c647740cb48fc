import type {Answer, Endpoint, EndpointOptions, GetOptions} from './endpoint.ts';
import {exchange} from './exchange.ts';
import {requestHeaders} from './headers.ts';
import {keptConnections} from './kept-connections.ts';
import type {Request} from './send-request.ts';
import {timed} from './timed-options.ts';

/**
 * A store of the past, which is asked and written to with POST. It is a type of its own, and no room that speaks with a
 * cluster may open one: to clusters ktop sends GET and nothing else.
 */
export type StoreEndpoint = Endpoint & {
	readonly post: (path: string, body: Buffer, contentType: string, request: PostOptions) => Promise<Answer>;
};

export type PostOptions = GetOptions & {
	/** How `body` is packed, if it is. */
	readonly contentEncoding?: 'gzip' | undefined;
	/** Twice is the same as once, so it may be sent again where a kept connection turns out dead. */
	readonly isRepeatable?: boolean | undefined;
};

/** Opens nothing yet, and keeps its connections. */
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
