import {once} from 'node:events';
import {createServer, request} from 'node:http';
import type {AddressInfo} from 'node:net';

export type Counts = {
	readonly queries: number;
	readonly bytes: number;
	/** The sum of the times that answers took. */
	readonly seconds: number;
};

export type CountingProxy = {
	readonly url: string;
	/** Since the last call. */
	readonly take: () => Counts;
	readonly close: () => void;
};

/** Passes on what is asked of a store, and counts answers and their bytes on the wire. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
	const {hostname, port} = new URL(target);
	let counts = {queries: 0, bytes: 0, seconds: 0};
	const server = createServer((asked, answer) => {
		const startMs = performance.now();
		const passed = request(
			{hostname, port, method: asked.method, path: asked.url, headers: asked.headers},
			given => {
				answer.writeHead(given.statusCode ?? 502, given.headers);
				given.on('data', (chunk: Buffer) => {
					counts.bytes += chunk.length;
				});
				given.on('end', () => {
					counts.queries++;
					counts.seconds += (performance.now() - startMs) / 1000;
				});
				given.pipe(answer);
			},
		);
		passed.on('error', () => answer.destroy());
		asked.pipe(passed);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		take() {
			const taken = counts;
			counts = {queries: 0, bytes: 0, seconds: 0};
			return taken;
		},
		close: () => server.close().closeAllConnections(),
	};
}
