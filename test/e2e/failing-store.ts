import {type IncomingMessage, type ServerResponse, request as sendRequest} from 'node:http';
import {setTimeout} from 'node:timers/promises';
import {gunzipSync} from 'node:zlib';
import type {Influxd} from '../history/influxdb/influxd.ts';
import {startServer} from '../http/test-server.ts';

/** What a store does with a request. `forgetful`: it stores the points, and the connection is lost before its answer. */
export const STORE_MODES = ['up', 'slow', 'stalled', 'error', 'reset', 'forgetful'] as const;
export type StoreMode = (typeof STORE_MODES)[number];

export type FailingStore = {
	readonly url: string;
	readonly fail: (mode: StoreMode) => void;
	/** Times of the points of a measurement, in ms. */
	readonly timesOf: (measurement: string) => Promise<ReadonlySet<number>>;
	readonly close: () => Promise<void>;
};

const SLOW_MS = 400;

/** The measurement and the time of a line, which is in ms. */
const LINE = /^((?:\\.|[^\\, ])+).* (\d+)$/;

/** A store that fails when told. Behind it is a real InfluxDB where there is one, else a memory of what was written. */
export async function startFailingStore(
	database: string,
	influxd: Influxd | undefined,
): Promise<FailingStore> {
	let mode: StoreMode = 'up';
	const written = new Map<string, Set<number>>();
	const take = async (request: IncomingMessage, body: Buffer): Promise<{status: number; text: string}> => {
		if (influxd !== undefined) {
			return forward(influxd, request, body);
		}

		if (!request.url?.startsWith('/write')) {
			return {status: 200, text: '{"results":[{"series":[{"columns":["name"],"values":[["default"]]}]}]}'};
		}

		for (const line of gunzipSync(body).toString('utf8').split('\n')) {
			const [, measurement = '', time] = LINE.exec(line) ?? [];
			const times = written.get(measurement) ?? new Set();
			written.set(measurement, times.add(Number(time)));
		}

		return {status: 204, text: ''};
	};
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) {
			chunks.push(chunk);
		}

		const now = mode;
		if (now === 'stalled') {
			return;
		}

		if (now === 'reset') {
			request.socket.destroy();
			return;
		}

		if (now === 'error') {
			response.writeHead(500).end('{"error":"engine: cannot write: no space left on device"}');
			return;
		}

		if (now === 'slow') {
			await setTimeout(SLOW_MS);
		}

		const {status, text} = await take(request, Buffer.concat(chunks));
		if (now === 'forgetful') {
			request.socket.destroy();
		} else {
			response.writeHead(status, {'content-type': 'application/json'}).end(text);
		}
	};
	const server = await startServer((request, response) => {
		// A recorder that is killed in mid-request is what the test is about.
		answer(request, response).catch(() => request.socket.destroy());
	});
	return {
		url: server.origin,
		fail(next) {
			mode = next;
		},
		async timesOf(measurement) {
			const times =
				influxd === undefined
					? [...(written.get(measurement) ?? [])]
					: (await influxd.rows(database, `SELECT value FROM "${measurement}"`)).map(([time]) =>
							Number(time),
						);
			return new Set(times);
		},
		async close() {
			await server.close();
			await influxd?.execute(`DROP DATABASE "${database}"`);
		},
	};
}

function forward(
	influxd: Influxd,
	{url, method, headers}: IncomingMessage,
	body: Buffer,
): Promise<{status: number; text: string}> {
	return new Promise((resolve, reject) => {
		// `fetch` would set headers of its own.
		const sent = sendRequest(
			influxd.url + url,
			{method, headers: {...headers, 'accept-encoding': 'identity'}},
			async received => {
				const chunks: Buffer[] = [];
				for await (const chunk of received) {
					chunks.push(chunk);
				}

				resolve({status: received.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8')});
			},
		);
		sent.on('error', reject);
		sent.end(body);
	});
}
