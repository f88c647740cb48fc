import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type {ClientCertificate, EndpointOptions} from './endpoint.ts';
import {openTunnel, parseProxy} from './proxy-tunnel.ts';

/** Kubelets close idle connections after 90 s; ktop lets go first, so no request meets a closing connection. */
const KEEP_ALIVE_MS = 80_000;

/** A node is asked one thing at a time. */
const CONNECTIONS = 1;

type TimedOptions = EndpointOptions & {readonly connectTimeoutMs: number};
type Connector = ReturnType<typeof buildConnector>;

/** The connections to one server, always with the client certificate of the moment. */
export type ConnectionPool = {
	readonly current: () => Promise<Pool>;
	readonly destroy: () => Promise<void>;
};

/**
 * Asks for the client certificate before each request. Where it changed, new requests get new connections, and the
 * old ones end with what they carry: a certificate is shown once, when a connection begins.
 *
 * @throws KtopError `usage` where the proxy's address is wrong.
 */
export function connectionPool(options: TimedOptions): ConnectionPool {
	let certificate: ClientCertificate | undefined;
	let pool = openPool(options, certificate);
	const retired = new Set<Pool>();

	const retire = (old: Pool): void => {
		retired.add(old);
		const forget = () => retired.delete(old);
		old.close().then(forget, forget);
	};

	return {
		current: async () => {
			const next = await options.clientCertificate?.();
			if (next?.certificate !== certificate?.certificate || next?.key !== certificate?.key) {
				retire(pool);
				certificate = next;
				pool = openPool(options, certificate);
			}
			return pool;
		},
		destroy: async () => {
			await Promise.all([pool, ...retired].map(each => each.destroy()));
		},
	};
}

function openPool(options: TimedOptions, certificate: ClientCertificate | undefined): Pool {
	const idleMs = options.keepAliveMs ?? KEEP_ALIVE_MS;
	return new Pool(options.origin, {
		connections: options.connections ?? CONNECTIONS,
		pipelining: 1,
		allowH2: false,
		keepAliveTimeout: idleMs,
		// A server's own shorter hint (`keep-alive: timeout=…`) still counts; a longer one does not.
		keepAliveMaxTimeout: idleMs,
		// Deadlines are kept by the callers to the millisecond; undici's own are coarse.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: connector(options, certificate),
	});
}

function connector(options: TimedOptions, certificate: ClientCertificate | undefined): Connector {
	const {tls} = options;
	const cert = certificate?.certificate ?? tls?.certificate;
	const key = certificate?.key ?? tls?.key;
	const timeoutMs = options.connectTimeoutMs;
	const direct = buildConnector({
		timeout: timeoutMs,
		allowH2: false,
		...(tls?.ca === undefined ? {} : {ca: tls.ca}),
		...(cert === undefined ? {} : {cert}),
		...(key === undefined ? {} : {key}),
		...(tls?.serverName === undefined ? {} : {servername: tls.serverName}),
		rejectUnauthorized: tls?.isInsecure !== true,
	});
	if (options.proxy === undefined) return direct;

	const proxy = parseProxy(options.proxy);
	return (target, callback) => {
		const isTls = target.protocol === 'https:';
		const host = target.hostname.replace(/^\[|\]$/g, '');
		const port = Number(target.port) || (isTls ? 443 : 80);
		openTunnel(proxy, {host, port}, timeoutMs).then(
			socket => (isTls ? direct({...target, httpSocket: socket}, callback) : callback(null, socket)),
			(error: Error) => callback(error, null),
		);
	};
}
