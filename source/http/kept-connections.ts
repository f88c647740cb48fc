import type {ClientCertificate} from './endpoint.ts';
import type {OpenConnections, Place} from './open-connections.ts';
import {parseProxy} from './proxy.ts';
import type {TimedOptions} from './timed-options.ts';

/** The connections to one server, always with the client certificate of the moment. */
export type KeptConnections = {
	/** Asks for the client certificate; to be awaited before each request. */
	readonly renew: () => Promise<void>;
	readonly enter: () => Place;
	/** Whether a request that begins at this very moment is the first on its connection. */
	readonly isFirstOnConnection: () => boolean;
	/** Requests that are under way fail. */
	readonly close: () => Promise<void>;
};

/** undici comes with the first request: neither the first frame nor what reads this machine alone needs it. */
let loading: Promise<typeof import('./open-connections.ts')> | undefined;

/**
 * Where the client certificate changed, new requests get new connections, and the old ones end with what they carry: a
 * certificate is shown once, when a connection begins.
 *
 * @throws KtopError `usage` where the proxy's address is wrong.
 */
export function keptConnections(options: TimedOptions): KeptConnections {
	if (options.proxy !== undefined) {
		parseProxy(options.proxy);
	}

	let certificate: ClientCertificate | undefined;
	let current: OpenConnections | undefined;
	const all = new Set<OpenConnections>();

	return {
		async renew() {
			loading ??= import('./open-connections.ts');
			const {openConnections} = await loading;
			const next = await options.clientCertificate?.();
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
				throw new Error('to be renewed first');
			}

			return current.enter();
		},
		isFirstOnConnection: () => [...all].some(connections => connections.isHandingOver()),
		async close() {
			await Promise.all([...all].map(connections => connections.destroy()));
		},
	};
}
