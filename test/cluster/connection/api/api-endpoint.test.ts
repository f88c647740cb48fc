import {expect, onTestFinished, test} from 'vitest';
import {apiEndpoint} from '../../../../source/cluster/connection/api/api-endpoint.ts';
import type {Credentials} from '../../../../source/cluster/connection/credentials/credential.ts';
import {noCredentials} from '../../../../source/cluster/connection/credentials/user-credentials.ts';
import {createEndpoint} from '../../../../source/http/create-endpoint.ts';
import {clockAt} from '../access-fixture.ts';
import {serveApi} from '../api-server.ts';
import {failureOf} from '../failure-of.ts';

const words = {server: 'API server', caFlag: '--ca', insecureFlag: '--insecure', serverNameFlag: '--name'};

/** Answers with the given statuses, one after the other and then 200; sleeping moves the clock alone. */
const setUp = async (
	answers: ReadonlyArray<readonly [status: number, retryAfter?: string]>,
	credentials: Credentials = noCredentials,
) => {
	const left = [...answers];
	const server = await serveApi((_request, response) => {
		const [status, retryAfter] = left.shift() ?? [200];
		response.writeHead(status, retryAfter === undefined ? {} : {'retry-after': retryAfter}).end('{}');
	}, 'plain');
	const endpoint = createEndpoint({origin: `http://127.0.0.1:${server.port}`, words});
	onTestFinished(endpoint.close);
	const clock = clockAt(0);
	const sleeps: number[] = [];
	const api = apiEndpoint(endpoint, {
		credentials,
		basePath: '',
		now: clock.now,
		sleep: async ms => {
			sleeps.push(ms);
			clock.advance(ms);
		},
	});
	const status = async (timeoutMs = 8_000) => (await api.get('/api', {timeoutMs, maxBytes: 1000})).status;
	return {api, status, sleeps, requests: server.requests};
};

test('a busy server is asked again after the time it names', async () => {
	const {status, sleeps} = await setUp([
		[429, '2'],
		[503, '3'],
	]);

	expect(await status()).toBe(200);
	expect(sleeps).toEqual([2_000, 3_000]);
});

test('a server that stays busy is asked three times', async () => {
	const {status, requests} = await setUp([
		[429, '1'],
		[429, '1'],
		[429, '1'],
		[429, '1'],
	]);

	expect(await status()).toBe(429);
	expect(requests).toHaveLength(3);
});

test.each([
	['a wait longer than the request may take', [[429, '8']], 429],
	['a wait longer than ten seconds', [[429, '11']], 429],
	['a 503 that names no time', [[503]], 503],
	['a 500', [[500, '1']], 500],
] as const)('%s is answered at once', async (_, answers, expected) => {
	const {status, sleeps} = await setUp(answers);

	expect(await status(expected === 429 && answers[0][1] === '11' ? 60_000 : 8_000)).toBe(expected);
	expect(sleeps).toEqual([]);
});

test('waits add up to no more than the request may take', async () => {
	const {status, sleeps} = await setUp([
		[429, '5'],
		[429, '5'],
	]);

	expect(await status()).toBe(429);
	expect(sleeps).toEqual([5_000]);
});

test('a 401 is tried once more after a refresh, and not twice', async () => {
	const refreshed: unknown[] = [];
	const credential = {authorization: undefined, clientCertificate: undefined};
	const {status, requests} = await setUp([[401], [401], [401]], {
		current: async () => credential,
		refresh: async rejected => {
			refreshed.push(rejected);
			return true;
		},
	});

	expect(await status()).toBe(401);
	expect(requests).toHaveLength(2);
	expect(refreshed).toEqual([credential]);
});

test('a request that is aborted while it waits for a login ends at once', async () => {
	const {api} = await setUp([], {current: () => new Promise(() => {}), refresh: async () => false});
	const abort = new AbortController();
	const failure = failureOf(() => api.get('/api', {timeoutMs: 60_000, maxBytes: 10, signal: abort.signal}));
	abort.abort();

	expect((await failure).code).toBe('aborted');
});
