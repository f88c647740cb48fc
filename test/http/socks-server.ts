import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export type SocksServer = {
	readonly port: number;
	/** What the connections asked for: a name as it was sent, or an address. */
	readonly targets: readonly string[];
	readonly logins: readonly string[];
	readonly close: () => Promise<void>;
};

type SocksOptions = {
	/** `USER:PASSWORD` that alone is let in; anybody without. */
	readonly login?: string;
	/** Any target is this port of this machine. */
	readonly redirectPort?: number;
	/** Reply with this code (RFC 1928, section 6) instead of a tunnel. */
	readonly reply?: number;
};

const NO_LOGIN = 0;
const LOGIN = 2;
const REFUSED = 0xff;

/** A real SOCKS5 proxy on a free port: RFC 1928 with CONNECT alone, RFC 1929 for logins. */
export async function startSocks(options: SocksOptions = {}): Promise<SocksServer> {
	const targets: string[] = [];
	const logins: string[] = [];
	const sockets = new Set<Socket>();
	const keep = (socket: Socket): void => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	};
	const serve = async (client: Socket): Promise<void> => {
		const read = reader(client);
		const [, count = 0] = await read(2);
		const methods = [...(await read(count))];
		const method = options.login === undefined ? NO_LOGIN : LOGIN;
		if (!methods.includes(method)) {
			client.end(Buffer.from([5, REFUSED]));
			return;
		}

		client.write(Buffer.from([5, method]));
		if (method === LOGIN) {
			const [, userLength = 0] = await read(2);
			const user = (await read(userLength)).toString();
			const [passwordLength = 0] = await read(1);
			logins.push(`${user}:${(await read(passwordLength)).toString()}`);
			const isKnown = logins.at(-1) === options.login;
			client.write(Buffer.from([1, isKnown ? 0 : 1]));
			if (!isKnown) {
				client.end();
				return;
			}
		}

		const [, , , kind] = await read(4);
		const host = await readHost(kind, read);
		const port = (await read(2)).readUInt16BE();
		targets.push(`${host}:${port}`);
		const reply = (code: number): Buffer => Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]);
		if (options.reply !== undefined) {
			client.end(reply(options.reply));
			return;
		}

		const upstream = connect({host: '127.0.0.1', port: options.redirectPort ?? port}, () => {
			client.write(reply(0));
			upstream.pipe(client);
			client.pipe(upstream);
		});
		keep(upstream);
	};
	const server = createServer(client => {
		keep(client);
		serve(client).catch(() => client.destroy());
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		targets,
		logins,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}

type Read = (length: number) => Promise<Buffer>;

/** Exactly so many bytes; leaves the rest in the socket. */
function reader(socket: Socket): Read {
	return async length => {
		for (;;) {
			const chunk: Buffer | null = length === 0 ? Buffer.alloc(0) : socket.read(length);
			if (chunk !== null) {
				return chunk;
			}

			await new Promise<void>((resolve, reject) => {
				const closed = (): void => reject(new Error('closed'));
				socket.once('close', closed);
				socket.once('readable', () => {
					socket.off('close', closed);
					resolve();
				});
			});
		}
	};
}

async function readHost(kind: number | undefined, read: Read): Promise<string> {
	switch (kind) {
		case 1:
			return (await read(4)).join('.');
		case 3: {
			const [length = 0] = await read(1);
			return (await read(length)).toString();
		}

		default:
			return `[${(await read(16)).toString('hex')}]`;
	}
}
