import {createServer, type IncomingMessage, type RequestListener, type Server} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
import {onTestFinished} from 'vitest';
import {tlsText} from './access-fixture.ts';

export type Request = {
	readonly method: string | undefined;
	readonly url: string | undefined;
	readonly authorization: string | undefined;
	/** The common name of the client's certificate. */
	readonly certificate: string | undefined;
	readonly impersonation: ReadonlyArray<readonly [string, string]>;
};

/** A real server on a free port for the running test, and all that was asked of it. */
export async function serveApi(
	listener: RequestListener,
	tls: ServerOptions | 'plain' = {},
	host = '127.0.0.1',
): Promise<{readonly port: number; readonly requests: readonly Request[]}> {
	const requests: Request[] = [];
	const record: RequestListener = (request, response) => {
		requests.push(describe(request));
		listener(request, response);
	};
	const identity = {cert: tlsText('server.crt'), key: tlsText('server.key'), ca: tlsText('ca.crt')};
	const server: Server =
		tls === 'plain' ? createServer(record) : createTlsServer({...identity, ...tls}, record);
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => {
		server.listen(0, host, resolve);
	});
	onTestFinished(
		() =>
			new Promise<void>(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	);
	return {port: (server.address() as AddressInfo).port, requests};
}

function describe(request: IncomingMessage): Request {
	const raw = request.rawHeaders;
	const certificate =
		'getPeerCertificate' in request.socket
			? (request.socket as TLSSocket).getPeerCertificate().subject?.CN
			: undefined;
	return {
		method: request.method,
		url: request.url,
		authorization: request.headers.authorization,
		certificate: Array.isArray(certificate) ? certificate.join() : certificate,
		impersonation: raw.flatMap((name, at) =>
			at % 2 === 0 && name.startsWith('Impersonate-') ? [[name, raw[at + 1] ?? ''] as const] : [],
		),
	};
}
