import {readFileSync} from 'node:fs';
import {createServer, type RequestListener, type Server} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {join} from 'node:path';

export const pem = (file: string): string =>
	readFileSync(join(import.meta.dirname, '../fixtures/tls', file), 'utf8');

export type TestServer = {
	readonly origin: string;
	/** How many connections were made so far. */
	readonly connections: () => number;
	/** How many of them are open. */
	readonly openConnections: () => number;
	readonly close: () => Promise<void>;
};

/** A real server on a free port of this machine, or the one that is named; with `tls`, an HTTPS one. */
export async function startServer(
	listener: RequestListener,
	tls?: ServerOptions,
	atPort = 0,
): Promise<TestServer> {
	const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
	const sockets = new Set<Socket>();
	let connections = 0;
	server.on(tls === undefined ? 'connection' : 'secureConnection', () => {
		connections++;
	});
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => {
		server.listen(atPort, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	return {
		origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
		connections: () => connections,
		openConnections: () => sockets.size,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}

export const tlsOf = (name: string): ServerOptions => ({cert: pem(`${name}.crt`), key: pem(`${name}.key`)});
