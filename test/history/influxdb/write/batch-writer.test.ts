import {getEventListeners} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, onTestFinished, test} from 'vitest';
import {createBatchWriter} from '../../../../source/history/influxdb/write/batch-writer.ts';
import {openSpool} from '../../../../source/history/influxdb/write/spool.ts';
import {createStoreEndpoint} from '../../../../source/http/create-store-endpoint.ts';
import {pause} from '../../../../source/scrape/pause.ts';
import {startServer} from '../../../http/test-server.ts';
import {lineBatch} from './line-batch.ts';

type Said = number | {readonly status: number; readonly body: string};

/** A store that answers as `answerTo` says to each request, given its lines, and keeps the lines that it took. */
async function writerTo(answerTo: (request: number, lines: readonly string[]) => Said) {
	const taken: string[] = [];
	const urls: string[] = [];
	let requests = 0;
	const server = await startServer((request, response) => {
		const chunks: Buffer[] = [];
		urls.push(request.url ?? '');
		request.on('data', chunk => chunks.push(chunk));
		request.on('end', () => {
			const lines = gunzipSync(Buffer.concat(chunks)).toString('utf8').split('\n');
			const said = answerTo(requests++, lines);
			const {status, body} =
				typeof said === 'number' ? {status: said, body: said === 204 ? '' : '{"error":"broken"}'} : said;
			if (status === 204) {
				taken.push(...lines);
			}

			response.writeHead(status).end(body);
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
		// Waits for batches as long as the writer does, but retries soon: by this luck each of its pauses is shorter.
		sleep: (ms, signal) => pause(ms < 60_000 ? 5 : ms, signal),
		random: () => 0.4,
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
	return {writer, taken, urls, signal: abort.signal};
}

describe('batches', () => {
	test('are written packed, to the database and policy that are named', async () => {
		const {writer, taken, urls} = await writerTo(() => 204);
		await writer.write(lineBatch(['a v=1 1', 'b v=2 2']));
		await expect.poll(() => taken).toEqual(['a v=1 1', 'b v=2 2']);
		expect(urls).toEqual(['/write?db=k8s&rp=default&precision=ms']);
		await expect.poll(() => writer.counters().pointsWritten).toBe(2);
	});

	test('wait for a store that is out, and lose nothing and no order', async () => {
		let isOut = true;
		const {writer, taken} = await writerTo(() => (isOut ? 503 : 204));
		await writer.write(lineBatch(['a v=1 1']));
		await expect.poll(() => writer.counters().problem?.code).toBe('server-error');
		await writer.write(lineBatch(['b v=2 2']));
		isOut = false;
		await expect.poll(() => taken).toEqual(['a v=1 1', 'b v=2 2']);
		await expect.poll(() => writer.counters()).toMatchObject({pointsWritten: 2, problem: undefined});
	});

	test('that the store will never take are counted, and hold up none behind them', async () => {
		const {writer, taken} = await writerTo(request => (request === 0 ? 400 : 204));
		await writer.write(lineBatch(['broken']));
		await writer.write(lineBatch(['b v=2 2']));
		await expect.poll(() => taken).toEqual(['b v=2 2']);
		await expect.poll(() => writer.counters()).toMatchObject({pointsRefused: 1, pointsWritten: 1});
	});

	test('that the store takes in part count as what it says', async () => {
		const body =
			'{"error":"partial write: max-values-per-tag limit exceeded (2/2): measurement=a dropped=1"}';
		const {writer} = await writerTo(() => ({status: 400, body}));
		await writer.write(lineBatch(['a v=1 1', 'b v=2 2', 'c v=3 3']));
		await expect
			.poll(() => writer.counters())
			.toMatchObject({pointsRefused: 1, pointsWritten: 2, waitingBytes: 0});
		await expect.poll(() => writer.counters().problem?.message ?? '').toContain('limit exceeded');
	});

	test('that are too large for what is between are sent in halves', async () => {
		const {writer, taken} = await writerTo((_request, lines) => (lines.length > 2 ? 413 : 204));
		const lines = ['a v=1 1', 'b v=2 2', 'c v=3 3', 'd v=4 4', 'e v=5 5'];
		await writer.write(lineBatch(lines));
		await expect.poll(() => taken).toEqual(lines);
		await expect.poll(() => writer.counters()).toMatchObject({pointsRefused: 0, pointsWritten: 5});
	});

	test.each([
		['a login page', {status: 200, body: '<html>Log in</html>'}],
		['the page of a proxy with 400', {status: 400, body: '<html>Bad Request</html>'}],
		['a redirect', {status: 302, body: ''}],
		['a limit of requests', {status: 429, body: ''}],
		['a database that is gone', {status: 404, body: '{"error":"database not found: \\"k8s\\""}'}],
	])('wait where %s answers in place of the store', async (_what, said) => {
		let isOut = true;
		const {writer, taken} = await writerTo(() => (isOut ? said : 204));
		await writer.write(lineBatch(['a v=1 1']));
		await expect.poll(() => writer.counters().problem).toBeDefined();
		expect(writer.counters()).toMatchObject({pointsRefused: 0, pointsWritten: 0});
		isOut = false;
		await expect.poll(() => taken).toEqual(['a v=1 1']);
	});

	test('that come one after another leave no listener on the signal of the end', async () => {
		const {writer, taken, signal} = await writerTo(() => 204);
		const lines = Array.from({length: 20}, (_, index) => `a v=${index} 1`);
		for (const line of lines) {
			await writer.write(lineBatch([line]));
			await expect.poll(() => taken.at(-1), {interval: 1}).toBe(line);
			await expect.poll(() => writer.counters().waitingBytes, {interval: 1}).toBe(0);
		}

		expect(getEventListeners(signal, 'abort').length).toBeLessThan(5);
	});
});
