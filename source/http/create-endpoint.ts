import type {EndpointOptions, StreamingEndpoint} from './endpoint.ts';
import {exchange} from './exchange.ts';
import {requestHeaders} from './headers.ts';
import {keptConnections, timed} from './kept-connections.ts';
import {openLineStream} from './line-stream.ts';

/**
 * Opens nothing yet: the first `get` connects, and later ones reuse the connection.
 *
 * Node's own client is used rather than undici's: that compiles its HTTP parser anew in every process, which alone
 * takes a short-lived `ktop --json` longer than all the rest of it.
 */
export function createEndpoint(given: EndpointOptions): StreamingEndpoint {
	const options = timed(given);
	const connections = keptConnections(options);
	return {
		origin: options.origin,
		async get(path, request) {
			const headers = await requestHeaders(options, request.accept, 'gzip');
			return exchange(await connections.current(), path, headers, request, options);
		},
		async stream(path, request) {
			// Compressed lines would wait in the server's compressor until a block is full.
			const headers = await requestHeaders(options, request.accept, 'identity');
			return openLineStream(await connections.current(), path, headers, request, options);
		},
		close: async () => connections.close(),
	};
}
