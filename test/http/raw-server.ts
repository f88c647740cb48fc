import {type AddressInfo, createServer, type Socket} from 'node:net';

export type RawServer = {
	/** `127.0.0.1:PORT` */
	readonly address: string;
	/** How many connections were made so far. */
	readonly connections: () => number;
	readonly close: () => Promise<void>;
};

/** Speaks no HTTP of its own: does what it is told with each connection. */
export async function startRaw(
	onConnection: (socket: Socket, connection: number) => void,
): Promise<RawServer> {
	const sockets = new Set<Socket>();
	let connections = 0;
	const server = createServer(socket => {
		sockets.add(socket);
		socket.on('error', () => {});
		onConnection(socket, ++connections);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		connections: () => connections,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}
