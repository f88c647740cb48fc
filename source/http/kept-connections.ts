import {type Agent, type ClientRequest, Agent as HttpAgent, request as requestHttp} from 'node:http';
import {Agent as HttpsAgent, request as requestHttps} from 'node:https';
import {connect as connectTls} from 'node:tls';
import type {ClientCertificate, EndpointOptions} from './endpoint.ts';
import type {SentHeaders} from './headers.ts';
import {openTunnel, parseProxy} from './proxy-tunnel.ts';

/** Kubelets close idle connections after 90 s; ktop lets go first, so no request meets a closing connection. */
const KEEP_ALIVE_MS = 80_000;

/** A node is asked one thing at a time. */
const CONNECTIONS = 1;

const CONNECT_TIMEOUT_MS = 3000;

export type TimedOptions = EndpointOptions & {readonly connectTimeoutMs: number};

export function timed(options: EndpointOptions): TimedOptions {
	return {...options, connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS};
}

/**
 * Begins one request, over a kept connection where there is one: a GET, and the POST of a body to a store. Throws where
 * key and certificate do not belong together.
 */
export type Send = (path: string, headers: SentHeaders) => ClientRequest;

/** The connections to one server, always with the client certificate of the moment. */
export type KeptConnections = {
	readonly current: (method?: 'GET' | 'POST') => Promise<Send>;
	readonly close: () => void;
};

/**
 * Asks for the client certificate before each request. Where it changed, new requests get new connections, and the old
 * ones end with what they carry: a certificate is shown once, when a connection begins.
 *
 * @throws KtopError `usage` where the proxy's address is wrong.
 */
export function keptConnections(options: TimedOptions): KeptConnections {
	let certificate: ClientCertificate | undefined;
	let agent = openAgent(options, certificate);
	const retired: Agent[] = [];
	const origin = new URL(options.origin);
	const request = origin.protocol === 'https:' ? requestHttps : requestHttp;

	return {
		async current(method = 'GET') {
			const next = await options.clientCertificate?.();
			if (next?.certificate !== certificate?.certificate || next?.key !== certificate?.key) {
				retire(agent);
				retired.push(agent);
				certificate = next;
				agent = openAgent(options, certificate);
			}

			const chosen = agent;
			return (path, headers) => request(origin, {agent: chosen, path, headers: {...headers}, method});
		},
		close() {
			for (const each of [agent, ...retired]) {
				each.destroy();
			}
		},
	};
}

/** Lets go of the idle connections now, and of the others as soon as they are idle. */
function retire(agent: Agent): void {
	for (const sockets of Object.values(agent.freeSockets)) {
		for (const socket of sockets ?? []) {
			socket.destroy();
		}
	}

	agent.on('free', socket => socket.destroy());
}

function openAgent(options: TimedOptions, certificate: ClientCertificate | undefined): Agent {
	const {tls} = options;
	const cert = certificate?.certificate ?? tls?.certificate;
	const key = certificate?.key ?? tls?.key;
	const isTls = options.origin.startsWith('https:');
	const keeping = {
		keepAlive: true,
		maxSockets: options.connections ?? CONNECTIONS,
		// Idle connections are let go after this; a server's own shorter hint (`keep-alive: timeout=…`) counts too.
		timeout: options.keepAliveMs ?? KEEP_ALIVE_MS,
	};
	const trust = {
		...(tls?.ca === undefined ? {} : {ca: tls.ca}),
		...(cert === undefined ? {} : {cert}),
		...(key === undefined ? {} : {key}),
		...(tls?.serverName === undefined ? {} : {servername: tls.serverName}),
		rejectUnauthorized: tls?.isInsecure !== true,
	};
	const agent = isTls ? new HttpsAgent({...keeping, ...trust}) : new HttpAgent(keeping);
	return options.proxy === undefined ? agent : throughProxy(agent, options, options.proxy, trust);
}

/** Every connection of the agent begins with the proxy's CONNECT. */
function throughProxy(agent: Agent, options: TimedOptions, address: string, trust: object): Agent {
	const proxy = parseProxy(address);
	const {protocol, hostname, port} = new URL(options.origin);
	const isTls = protocol === 'https:';
	const host = hostname.replace(/^\[|\]$/g, '');
	const destination = {host, port: Number(port) || (isTls ? 443 : 80)};
	// Node asks the agent for each connection, and takes the answer through the callback (http.Agent, createConnection).
	return Object.assign(agent, {
		createConnection(_options: object, callback: (error: Error | null, socket?: unknown) => void) {
			openTunnel(proxy, destination, options.connectTimeoutMs).then(
				socket => {
					callback(null, isTls ? connectTls({servername: host, ...trust, socket}) : socket);
					// The tunnel was left paused, so that nothing is lost before there is somebody to read it.
					socket.resume();
				},
				(error: Error) => callback(error),
			);
		},
	});
}
