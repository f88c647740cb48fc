import type {EndpointOptions, GetOptions, StreamingEndpoint} from './endpoint.ts';
import {exchange} from './exchange.ts';
import {requestHeaders} from './headers.ts';
import {keptConnections} from './kept-connections.ts';
import {openLineStream} from './line-stream.ts';
import {timed} from './timed-options.ts';

/** Creates an endpoint without connecting; the first request opens the connection and later ones reuse it. */
export function createEndpoint(given: EndpointOptions): StreamingEndpoint {
	const options = timed(given);
	const connections = keptConnections(options);
	const prepare = async (
		path: string,
		{accept, signal}: Pick<GetOptions, 'accept' | 'signal'>,
		encoding: 'gzip' | 'identity',
	) => {
		const headers = await requestHeaders(options, accept, encoding, signal);
		await connections.renew(signal);
		return {method: 'GET', path, headers, isRepeatable: true} as const;
	};
	return {
		origin: options.origin,
		async get(path, limits) {
			return exchange(connections, await prepare(path, limits, 'gzip'), limits, options);
		},
		async stream(path, limits) {
			// Without compression, because the server's compressor holds lines back until its block is full.
			const request = await prepare(path, limits, 'identity');
			return openLineStream(connections, request, limits, options);
		},
		close: connections.close,
	};
}
