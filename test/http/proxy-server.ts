import {createServer, type RequestListener, type Server} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import {type AddressInfo, connect, type Socket} from 'node:net';

export type ProxyServer = {
	readonly port: number;
	/** The CONNECT requests so far: where to, and with which Proxy-Authorization. */
	readonly tunnels: ReadonlyArray<{readonly target: string; readonly authorization: string | undefined}>;
	readonly close: () => Promise<void>;
};

const noPlainRequests: RequestListener = (_request, response) => {
	response.writeHead(501).end();
};

/** A real HTTP proxy on a free port that does CONNECT alone; `answer` other than 200 refuses. */
export async function startProxy(
	answer = 200,
	tls?: ServerOptions,
	redirect?: {readonly port: number},
): Promise<ProxyServer> {
	const tunnels: Array<{target: string; authorization: string | undefined}> = [];
	const sockets = new Set<Socket>();
	const server: Server =
		tls === undefined ? createServer(noPlainRequests) : createTlsServer(tls, noPlainRequests);
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	};
	server.on('connection', keep);
	server.on('connect', (request, client: Socket) => {
		const target = request.url ?? '';
		tunnels.push({target, authorization: request.headers['proxy-authorization']});
		keep(client);
		if (answer !== 200) {
			client.end(`HTTP/1.1 ${answer} No\r\nContent-Length: 0\r\n\r\n`);
			return;
		}
		const port = redirect?.port ?? Number(new URL(`http://${target}`).port);
		const upstream = connect({host: '127.0.0.1', port}, () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.pipe(client);
			client.pipe(upstream);
		});
		keep(upstream);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		tunnels,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}
