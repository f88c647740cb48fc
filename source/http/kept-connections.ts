import type {ClientCertificate} from './endpoint.ts';
import type {OpenConnections, Place} from './open-connections.ts';
import {parseProxy} from './proxy.ts';
import type {TimedOptions} from './timed-options.ts';

/** The connections to one server, with its current client certificate. */
export type KeptConnections = {
	/** Updates the client certificate. Must be awaited before each `enter`. */
	readonly renew: (signal?: AbortSignal) => Promise<void>;
	readonly enter: () => Place;
	/** True while a new connection is passed to undici: a request that starts now is its first one. */
	readonly isFirstOnConnection: () => boolean;
	/** Fails pending requests. */
	readonly close: () => Promise<void>;
};

/** undici is loaded with the first request: neither the first frame nor `local` needs it. */
let loading: Promise<typeof import('./open-connections.ts')> | undefined;

/**
 * A client certificate is only sent in the TLS handshake. If it changes, new requests use new connections and the old
 * connections close after their current requests.
 *
 * @throws KtopError `usage` if the URL of the proxy is invalid.
 */
export function keptConnections(options: TimedOptions): KeptConnections {
	if (options.proxy !== undefined) {
		parseProxy(options.proxy);
	}

	let certificate: ClientCertificate | undefined;
	let current: OpenConnections | undefined;
	const all = new Set<OpenConnections>();

	return {
		async renew(signal) {
			loading ??= import('./open-connections.ts');
			const {openConnections} = await loading;
			const next = await options.clientCertificate?.(signal);
			if (
				current !== undefined &&
				next?.certificate === certificate?.certificate &&
				next?.key === certificate?.key
			) {
				return;
			}

			const retired = current;
			certificate = next;
			current = openConnections(options, certificate);
			all.add(current);
			void retired?.retire().then(() => all.delete(retired));
		},
		enter() {
			if (current === undefined) {
				throw new Error('renew() must be awaited before enter()');
			}

			return current.enter();
		},
		isFirstOnConnection: () => [...all].some(connections => connections.isHandingOver()),
		async close() {
			await Promise.all([...all].map(connections => connections.destroy()));
		},
	};
}
