import type {Dispatcher} from 'undici';
// By their files: the index of undici loads all of fetch, WebSocket and caches, in twice the time.
import Client from 'undici/lib/dispatcher/client.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import {createConnector} from './connector.ts';
import type {ClientCertificate} from './endpoint.ts';

import type {TimedOptions} from './timed-options.ts';

/** Kubelets close idle connections after 90 s; ktop lets go first, so no request meets a closing connection. */
const KEEP_ALIVE_MS = 80_000;

/** By how much a server's own, shorter hint (`keep-alive: timeout=…`) is undercut for the same reason. */
const KEEP_ALIVE_MARGIN_MS = 1000;

/** A node is asked one thing at a time. */
const CONNECTIONS = 1;

/** The place of a request among those that wait for a connection. */
export type Place = {
	/** Over a kept connection where there is a free one, over a new one while there may be more; else it waits. */
	readonly dispatch: (request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => void;
	/** It has one, or failed. */
	readonly leave: () => void;
	/** Nobody wants it any more. Connections that nobody waits for are not opened any further. */
	readonly cancel: () => void;
};

export type OpenConnections = {
	readonly enter: () => Place;
	/** Whether a request that begins at this very moment is the first on its connection. */
	readonly isHandingOver: () => boolean;
	/** Takes no more requests. Resolves once all have ended. */
	readonly retire: () => Promise<void>;
	/** Requests that are under way fail. */
	readonly destroy: () => Promise<void>;
};

/** The connections to one server with one client certificate. */
export function openConnections(
	options: TimedOptions,
	certificate: ClientCertificate | undefined,
): OpenConnections {
	const connector = createConnector(options, certificate);
	const keepAliveMs = options.keepAliveMs ?? KEEP_ALIVE_MS;
	const settings = {
		connect: connector.connect,
		pipelining: 1,
		allowH2: false,
		keepAliveTimeout: keepAliveMs,
		keepAliveMaxTimeout: keepAliveMs,
		keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
		// Each request brings its own, exact to the millisecond; undici's are coarse.
		headersTimeout: 0,
		bodyTimeout: 0,
	};
	const connections = options.connections ?? CONNECTIONS;
	const dispatcher: Dispatcher =
		connections === 1
			? new Client(options.origin, settings)
			: new Pool(options.origin, {...settings, connections});
	let waiting = 0;
	return {
		enter() {
			waiting++;
			let isWaiting = true;
			const leave = (isCancelled: boolean): void => {
				if (isWaiting) {
					isWaiting = false;
					waiting--;
					if (isCancelled && waiting === 0) {
						connector.giveUp();
					}
				}
			};
			return {
				dispatch(request, handler) {
					dispatcher.dispatch(request, handler);
				},
				leave: () => leave(false),
				cancel: () => leave(true),
			};
		},
		isHandingOver: connector.isHandingOver,
		retire: () => dispatcher.close(),
		async destroy() {
			connector.giveUp();
			await dispatcher.destroy();
		},
	};
}
