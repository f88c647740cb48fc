import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {gunzipSync} from 'node:zlib';
import {describe, expect, onTestFinished, test} from 'vitest';
import {createBatchWriter} from '../../../../source/history/influxdb/write/batch-writer.ts';
import {openSpool} from '../../../../source/history/influxdb/write/spool.ts';
import {createStoreEndpoint} from '../../../../source/http/create-store-endpoint.ts';
import {startServer} from '../../../http/test-server.ts';

/** A store that answers with what `statusOf` says to each request, and keeps the lines that it took. */
async function writerTo(statusOf: (request: number) => number) {
	const taken: string[] = [];
	const urls: string[] = [];
	let requests = 0;
	const server = await startServer((request, response) => {
		const chunks: Buffer[] = [];
		urls.push(request.url ?? '');
		request.on('data', chunk => chunks.push(chunk));
		request.on('end', () => {
			const status = statusOf(requests++);
			if (status === 204) {
				taken.push(...gunzipSync(Buffer.concat(chunks)).toString('utf8').split('\n'));
			}

			response.writeHead(status).end(status === 204 ? '' : '{"error":"partial write"}');
		});
	});
	const folder = await mkdtemp(join(tmpdir(), 'ktop-writer-'));
	const endpoint = createStoreEndpoint({
		origin: server.origin,
		words: {server: 'InfluxDB', caFlag: '-', insecureFlag: '-', serverNameFlag: '-'},
	});
	const writer = createBatchWriter({
		endpoint,
		prefix: '',
		database: 'k8s',
		prepare: async () => 'default',
		timeoutMs: 60_000,
		spool: await openSpool(folder, 2 ** 20),
		sleep: async (_ms, signal) => {
			await setTimeout(5, undefined, {signal}).catch(() => {});
		},
		random: () => 0.5,
	});
	const abort = new AbortController();
	const running = writer.run(abort.signal);
	onTestFinished(async () => {
		abort.abort();
		await running;
		await endpoint.close();
		await server.close();
		await rm(folder, {recursive: true});
	});
	return {writer, taken, urls};
}

describe('batches', () => {
	test('are written packed, to the database and policy that are named', async () => {
		const {writer, taken, urls} = await writerTo(() => 204);
		await writer.write(['a v=1 1', 'b v=2 2']);
		await expect.poll(() => taken).toEqual(['a v=1 1', 'b v=2 2']);
		expect(urls).toEqual(['/write?db=k8s&rp=default&precision=ms']);
		await expect.poll(() => writer.counters().pointsWritten).toBe(2);
	});

	test('wait for a store that is out, and lose nothing and no order', async () => {
		let isOut = true;
		const {writer, taken} = await writerTo(() => (isOut ? 503 : 204));
		await writer.write(['a v=1 1']);
		await expect.poll(() => writer.counters().problem?.code).toBe('server-error');
		await writer.write(['b v=2 2']);
		isOut = false;
		await expect.poll(() => taken).toEqual(['a v=1 1', 'b v=2 2']);
		await expect.poll(() => writer.counters()).toMatchObject({pointsWritten: 2, problem: undefined});
	});

	test('that the store will never take are counted, and hold up none behind them', async () => {
		const {writer, taken} = await writerTo(request => (request === 0 ? 400 : 204));
		await writer.write(['broken']);
		await writer.write(['b v=2 2']);
		await expect.poll(() => taken).toEqual(['b v=2 2']);
		await expect.poll(() => writer.counters()).toMatchObject({pointsRefused: 1, pointsWritten: 1});
	});
});
