import type {Dispatcher} from 'undici';
// Imported by file: the index of undici also loads fetch, WebSocket and caches, which doubles the load time.
import Client from 'undici/lib/dispatcher/client.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import {createConnector} from './connector.ts';
import type {ClientCertificate} from './endpoint.ts';
import type {TimedOptions} from './timed-options.ts';

/** Kubelets close idle connections after 90 s. ktop closes them earlier, so no request meets a closing connection. */
const KEEP_ALIVE_MS = 80_000;

/** Subtracted from a shorter `keep-alive: timeout=…` of the server, for the same reason. */
const KEEP_ALIVE_MARGIN_MS = 1000;

/** The default: requests to a node are sequential. */
const CONNECTIONS = 1;

/** A request in the queue for a connection. */
export type Place = {
	/** Uses an idle connection, else opens one within the limit, else waits. */
	readonly dispatch: (request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => void;
	/** Removes the request from the queue, because it has a connection or failed. */
	readonly leave: () => void;
	/** Whether the request has no connection yet and one is being opened. */
	readonly isConnecting: () => boolean;
	/** Cancels the request. Aborts connection attempts if no other request is queued. */
	readonly cancel: () => void;
};

export type OpenConnections = {
	readonly enter: () => Place;
	/** True while a new connection is passed to undici: a request that starts now is its first one. */
	readonly isHandingOver: () => boolean;
	/** Accepts no more requests. Resolves when the pending ones have ended. */
	readonly retire: () => Promise<void>;
	/** Fails pending requests. */
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
		// Off: each request has its own deadline, since undici's timers have a resolution of about a second.
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
						connector.abortAll();
					}
				}
			};
			return {
				dispatch(request, handler) {
					dispatcher.dispatch(request, handler);
				},
				leave: () => leave(false),
				isConnecting: () => isWaiting && connector.isOpening(),
				cancel: () => leave(true),
			};
		},
		isHandingOver: connector.isHandingOver,
		retire: () => dispatcher.close(),
		async destroy() {
			connector.abortAll();
			await dispatcher.destroy();
		},
	};
}
