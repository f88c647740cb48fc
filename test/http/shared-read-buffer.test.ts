import {createHash} from 'node:crypto';
import type {RequestListener} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, describe, expect, test} from 'vitest';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import type {Endpoint, EndpointOptions} from '../../source/http/endpoint.ts';
import {KUBELET_WORDS} from '../../source/scrape/kubelet/kubelet-words.ts';
import {freePort} from './free-port.ts';
import {startRaw} from './raw-server.ts';
import {pem, startServer, tlsOf} from './test-server.ts';

const limits = {timeoutMs: 60_000, maxBytes: 10_000_000};
const trusted = {ca: pem('ca.crt')};
const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

function endpointTo(origin: string, options: Partial<EndpointOptions> = {}): Endpoint {
	const endpoint = createEndpoint({
		origin,
		words: KUBELET_WORDS,
		tls: trusted,
		sharesReadBuffer: true,
		// Handshakes beside thousands of pieces take as long as the machine is busy.
		connectTimeoutMs: 60_000,
		...options,
	});
	cleanUps.push(endpoint.close);
	return endpoint;
}

async function serve(listener: RequestListener) {
	const server = await startServer(listener, tlsOf('server-ip'));
	cleanUps.push(server.close);
	return server;
}

/** Bytes that differ in each answer and at each place of it, 40 kB a piece. */
const pieceOf = (path: string, piece: number): Buffer =>
	Buffer.concat(
		Array.from({length: 625}, (_, line) => createHash('sha512').update(`${path} ${piece} ${line}`).digest()),
	);
const piecesOf = (path: string): readonly Buffer[] =>
	Array.from({length: 10}, (_, piece) => pieceOf(path, piece));
const answerOf = (path: string): Buffer => Buffer.concat(piecesOf(path));

describe('connections that share a read buffer', () => {
	test('get each its own answer, also when all are sent in pieces at the same time', async () => {
		const paths = Array.from({length: 24}, (_, node) => `/node-${node}`);
		// Made before, since it takes longer than a handshake may that waits for it.
		const answers = new Map(paths.map(path => [path, piecesOf(path)]));
		const {origin} = await serve(async ({url = ''}, response) => {
			for (const piece of answers.get(url) ?? []) {
				response.write(piece);
				await sleep(1);
			}

			response.end();
		});
		const bodies = await Promise.all(
			paths.map(async path => (await endpointTo(origin).get(path, limits)).body),
		);
		expect(
			bodies.map((body, node) => body.equals(Buffer.concat(answers.get(paths[node] ?? '') ?? []))),
		).toEqual(paths.map(() => true));
	});

	test('get answers one after the other over the connection that is kept', async () => {
		const server = await serve(({url = ''}, response) => response.end(answerOf(url)));
		const endpoint = endpointTo(server.origin);
		for (const path of ['/one', '/two', '/three']) {
			expect((await endpoint.get(path, limits)).body.equals(answerOf(path))).toBe(true);
		}

		expect(server.connections()).toBe(1);
	});

	test('are closed on the side of the server when the endpoint is closed', async () => {
		const server = await serve((_request, response) => response.end('ok'));
		const endpoint = endpointTo(server.origin);
		await endpoint.get('/', limits);
		await endpoint.close();
		await expect.poll(server.openConnections).toBe(0);
	});

	test('are made anew after the server has closed them', async () => {
		const server = await serve((_request, response) => {
			response.setHeader('connection', 'close').end('ok');
		});
		const endpoint = endpointTo(server.origin);
		await endpoint.get('/', limits);
		expect((await endpoint.get('/', limits)).body.toString()).toBe('ok');
		expect(server.connections()).toBe(2);
	});

	describe('fail as those with a buffer of their own', () => {
		const failing: ReadonlyArray<readonly [string, () => Promise<string>, Partial<EndpointOptions>]> = [
			['where nobody listens', async () => `https://127.0.0.1:${await freePort()}`, {}],
			[
				'where the server is not trusted',
				async () => (await serve((_request, response) => response.end('ok'))).origin,
				{tls: {}},
			],
			[
				'where the connection is cut within an answer',
				async () => {
					const {origin} = await serve((request, response) => {
						response.setHeader('content-length', 100_000).write('{');
						setTimeout(() => request.socket.destroy(), 50);
					});
					return origin;
				},
				{},
			],
			[
				'where the connection is reset in the handshake',
				async () => {
					const server = await startRaw(socket => socket.once('data', () => socket.resetAndDestroy()));
					cleanUps.push(server.close);
					return `https://${server.address}`;
				},
				{},
			],
			[
				'where the server speaks no TLS',
				async () => {
					const server = await startServer((_request, response) => response.end('plain'));
					cleanUps.push(server.close);
					return server.origin.replace('http:', 'https:');
				},
				{},
			],
			[
				'where the handshake hangs',
				async () => {
					const server = await startRaw(() => {});
					cleanUps.push(server.close);
					return `https://${server.address}`;
				},
				{connectTimeoutMs: 300},
			],
		];
		test.each(failing)('%s', async (_case, start, options) => {
			const origin = await start();
			const rejection = async (sharesReadBuffer: boolean): Promise<unknown> => {
				const error: unknown = await endpointTo(origin, {...options, sharesReadBuffer})
					.get('/stats/summary', limits)
					.then(
						() => 'an answer',
						(reason: unknown) => reason,
					);
				return error instanceof Error ? {...error, message: error.message} : error;
			};
			const own = await rejection(false);
			expect(own).toHaveProperty('code');
			expect(await rejection(true)).toEqual(own);
		});
	});
});
