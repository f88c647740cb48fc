import type {Answer, Endpoint, EndpointOptions, GetOptions} from './endpoint.ts';
import {exchange} from './exchange.ts';
import {requestHeaders} from './headers.ts';
import {keptConnections, timed} from './kept-connections.ts';

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
};

/** Opens nothing yet, and keeps its connections. */
export function createStoreEndpoint(given: EndpointOptions): StoreEndpoint {
	const options = timed(given);
	const connections = keptConnections(options);
	return {
		origin: options.origin,
		async get(path, request) {
			const headers = await requestHeaders(options, request.accept, 'gzip');
			return exchange(await connections.current(), path, headers, request, options);
		},
		async post(path, body, contentType, request) {
			const accepted = await requestHeaders(options, request.accept, 'gzip');
			const headers = {
				...accepted,
				'content-type': contentType,
				'content-length': String(body.length),
				...(request.contentEncoding === undefined ? {} : {'content-encoding': request.contentEncoding}),
			};
			return exchange(await connections.current('POST'), path, headers, request, options, body);
		},
		close: async () => connections.close(),
	};
}
