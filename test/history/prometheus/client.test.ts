import type {IncomingMessage} from 'node:http';
import type {ServerOptions} from 'node:https';
import fc from 'fast-check';
import {afterEach, describe, expect, test} from 'vitest';
import {
	alignedRange,
	type ClientOptions,
	prometheusClient,
} from '../../../source/history/prometheus/client.ts';
import {KtopError} from '../../../source/metrics/model/failure.ts';
import {pem, startServer, tlsOf} from '../../http/test-server.ts';

type Asked = {
	readonly method: string | undefined;
	readonly url: string | undefined;
	readonly headers: IncomingMessage['headers'];
	readonly form: Readonly<Record<string, string>>;
};

const EMPTY = '{"status":"success","data":{"resultType":"matrix","result":[]}}';
const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

/** A server that notes what it is asked and always answers the same. */
async function clientOf(
	options: Partial<ClientOptions> & {readonly path?: string} = {},
	answer: {readonly status?: number; readonly body?: string | Buffer; readonly tls?: ServerOptions} = {},
) {
	const asked: Asked[] = [];
	const server = await startServer(async (request, response) => {
		const body = (await request.toArray()).join('');
		const {method, url, headers} = request;
		asked.push({method, url, headers, form: Object.fromEntries(new URLSearchParams(body))});
		response.writeHead(answer.status ?? 200).end(answer.body ?? EMPTY);
	}, answer.tls);
	const {origin} = server;
	const client = prometheusClient({
		url: `${origin}${options.path ?? ''}`,
		login: undefined,
		headers: [],
		timeoutMs: 60_000,
		...options,
	});
	cleanUps.push(async () => {
		await client.close();
		await server.close();
	});
	return {asked, client, origin};
}

const {signal} = new AbortController();
const MINUTE = {startMs: 60_000, endMs: 120_000, stepMs: 10_000};

describe('a query', () => {
	test('is the POST of a form, with times in seconds', async () => {
		const {asked, client} = await clientOf({timeoutMs: 59_500});
		await client.range('up', MINUTE, signal);
		await client.instant('up', {atMs: 1500, lookBackMs: 90_000}, signal);
		expect(asked).toMatchObject([
			{
				method: 'POST',
				url: '/api/v1/query_range',
				headers: {'content-type': 'application/x-www-form-urlencoded'},
				form: {query: 'up', start: '60', end: '120', step: '10', timeout: '60s'},
			},
			{url: '/api/v1/query', form: {query: 'up', time: '1.5', lookback_delta: '90s', timeout: '60s'}},
		]);
	});

	test.each([
		['', '/api/v1/query'],
		['/', '/api/v1/query'],
		['/prometheus/', '/prometheus/api/v1/query'],
		['/select/0/prometheus', '/select/0/prometheus/api/v1/query'],
		['?max_source_resolution=auto', '/api/v1/query?max_source_resolution=auto'],
	])('of an address that ends in %j goes to %s', async (path, url) => {
		const {asked, client} = await clientOf({path});
		await client.instant('up', {atMs: 0}, signal);
		expect(asked[0]?.url).toBe(url);
	});

	test('brings its headers and its login', async () => {
		const headers = [
			['X-Scope-OrgID', 'team-a'],
			['Accept', 'application/json;q=1'],
		] as const;
		const basic = await clientOf({headers, login: {kind: 'password', user: 'ü', password: 'p:w'}});
		await basic.client.instant('up', {atMs: 0}, signal);
		expect(basic.asked[0]?.headers).toMatchObject({
			'x-scope-orgid': 'team-a',
			authorization: `Basic ${Buffer.from('ü:p:w').toString('base64')}`,
		});
		const bearer = await clientOf({login: {kind: 'token', token: 'abc'}});
		await bearer.client.instant('up', {atMs: 0}, signal);
		expect(bearer.asked[0]?.headers.authorization).toBe('Bearer abc');
	});

	test('goes over TLS only to a trusted server', async () => {
		const tls = tlsOf('server-ip');
		for (const trust of [{ca: pem('ca.crt')}, {isInsecure: true}]) {
			const {asked, client} = await clientOf({tls: trust}, {tls});
			await client.instant('up', {atMs: 0}, signal);
			expect(asked).toHaveLength(1);
		}

		const {asked, client} = await clientOf({}, {tls});
		await expect(client.instant('up', {atMs: 0}, signal)).rejects.toMatchObject({
			code: 'tls-unknown-authority',
			hint: expect.stringContaining('ca=FILE in --history'),
		});
		expect(asked).toEqual([]);
	});

	test('gives the warnings of the store with what it found', async () => {
		const {client} = await clientOf({}, {body: `${EMPTY.slice(0, -1)},"warnings":["a part is out"]}`});
		expect(await client.range('up', MINUTE, signal)).toEqual({series: [], warnings: ['a part is out']});
	});
});

describe('a query fails', () => {
	test.each([
		[{status: 401, body: 'no'}, 'unauthorized'],
		[{status: 503, body: '{"status":"error","errorType":"timeout","error":"slow"}'}, 'timeout'],
		[{body: '{"status":"error","errorType":"execution","error":"no"}'}, 'bad-answer'],
		[{body: '<!doctype html><title>Grafana</title>'}, 'bad-answer'],
		[{body: '{"status":"success","data":{"resultType":"matrix","result":[{}]}}'}, 'bad-answer'],
		[{body: Buffer.alloc(33 * 2 ** 20, ' ')}, 'too-large'],
	] as const)('on the answer %#, with no word of the login', async (answer, code) => {
		const {client} = await clientOf({login: {kind: 'password', user: 'anna', password: 'Geheim1'}}, answer);
		const error: unknown = await client.range('up', MINUTE, signal).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(KtopError);
		expect(error).toMatchObject({code});
		const {message, brief, hint} = error as KtopError;
		expect(`${message} ${brief} ${hint}`).not.toMatch(/anna|Geheim1|YW5uYT/);
	});

	test('on a closed port, and after an abort', async () => {
		const {client, origin} = await clientOf();
		await client.close();
		const gone = prometheusClient({
			url: 'http://127.0.0.1:1',
			login: undefined,
			headers: [],
			timeoutMs: 60_000,
		});
		await expect(gone.instant('up', {atMs: 0}, signal)).rejects.toMatchObject({code: 'refused'});
		const waiting = prometheusClient({url: origin, login: undefined, headers: [], timeoutMs: 60_000});
		await expect(waiting.instant('up', {atMs: 0}, AbortSignal.abort())).rejects.toMatchObject({
			code: 'aborted',
		});
		await gone.close();
		await waiting.close();
	});
});

test('ranges begin and end at whole steps, in no more points than Prometheus gives', () => {
	const time = fc.integer({min: 0, max: 2_000_000_000_000});
	fc.assert(
		fc.property(time, fc.nat({max: 4e11}), fc.integer({min: 1, max: 100_000}), (startMs, lengthMs, stepS) => {
			const given = {startMs, endMs: startMs + lengthMs, stepMs: stepS * 1000};
			const {stepMs, ...range} = alignedRange(given);
			expect([range.startMs % stepMs, range.endMs % stepMs]).toEqual([0, 0]);
			expect((range.endMs - range.startMs) / stepMs + 1).toBeLessThanOrEqual(11_000);
			expect(stepMs).toBeGreaterThanOrEqual(given.stepMs);
			expect(Math.abs(range.startMs - startMs)).toBeLessThan(stepMs);
			expect(Math.abs(range.endMs - given.endMs)).toBeLessThan(stepMs);
		}),
	);
});
