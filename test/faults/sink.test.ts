import type {IncomingMessage, ServerResponse} from 'node:http';
import {gunzipSync, gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {printable} from '../../source/metrics/model/printable.ts';
import type {Sink} from '../../source/recorder/sink.ts';
import {startServer, type TestServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {record} from './recording-session.ts';
import {masked, type OnEnd} from './session.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

type Fault = {
	readonly fault: string;
	/** What the store does while it has the fault; `dead`: nothing listens on its port. */
	readonly answer: Answer | 'dead';
	readonly code: string;
	readonly said: string;
	/** Points that are lost: those that the store refused for good. */
	readonly isFinal?: true;
};

const status =
	(code: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
	response =>
		response.writeHead(code, headers).end(body);

const NO_SPACE = '{"error":"engine: error writing WAL entry: write 00001.wal: no space left on device"}';
const BOMB = gzipSync(Buffer.alloc(8 * 2 ** 20, ' '));
const another = {requests: 0, origin: ''};

const FAULTS: readonly Fault[] = [
	{
		fault: 'the store is killed and started again',
		answer: 'dead',
		code: 'refused',
		said: 'InfluxDB http://HOST refused the connection: nothing listens on that port; check that the InfluxDB runs and listens there, and that no firewall rejects the connection',
	},
	{
		fault: 'the disk of the store is full: 500',
		answer: status(500, NO_SPACE),
		code: 'server-error',
		said: 'InfluxDB http://HOST: 500: engine: error writing WAL entry: write 00001.wal: no space left on device; free space on the disk of InfluxDB',
	},
	{
		fault: 'the disk of the store is full: 507',
		answer: status(507, 'Insufficient Storage: no space left'),
		code: 'server-error',
		said: 'InfluxDB http://HOST: 507: Insufficient Storage: no space left; free space on the disk of InfluxDB',
	},
	{
		fault: 'the store does not answer',
		answer: () => {},
		code: 'timeout',
		said: 'InfluxDB http://HOST did not answer within 2s; check the InfluxDB and the network; --request-timeout raises the deadline',
	},
	{
		fault: 'the store cuts off its answers',
		answer: (_response, {socket}) => socket.destroy(),
		code: 'connection-lost',
		said: 'InfluxDB http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the InfluxDB requires TLS: https://HOST',
	},
	{
		fault: 'the store limits its requests',
		answer: status(429, '{"error":"too many requests"}'),
		code: 'throttled',
		said: 'InfluxDB http://HOST: 429: too many requests; InfluxDB limits its requests; ktop tries again by itself',
	},
	{
		fault: 'the login of the store is revoked for a while',
		answer: status(401, '{"error":"authorization failed"}'),
		code: 'unauthorized',
		said: 'InfluxDB http://HOST: 401: authorization failed; set the user and password with u= and p= in --sink, or a token with INFLUX_TOKEN',
	},
	{
		fault: 'the right to write is revoked for a while',
		answer: status(403, '{"error":"\\"ktop\\" user is not authorized to write to database \\"k8s\\""}'),
		code: 'forbidden',
		said: 'InfluxDB http://HOST: 403: "ktop" user is not authorized to write to database "k8s"; run GRANT ALL ON "k8s" TO the user of --sink',
	},
	{
		fault: 'the store refuses a part of the points for good',
		answer: status(
			400,
			'{"error":"partial write: max-values-per-tag limit exceeded (100000/100000) dropped=1"}',
		),
		code: 'too-large',
		said: 'InfluxDB http://HOST: 400: partial write: max-values-per-tag limit exceeded (100000/100000) dropped=1; raise the limit of InfluxDB',
		isFinal: true,
	},
	{
		fault: 'the store redirects to another host',
		answer: response => response.writeHead(307, {location: `${another.origin}/write`}).end(),
		code: 'bad-answer',
		said: 'InfluxDB http://HOST: 307: a redirect, which ktop does not follow; name the address that it redirects to in --sink, unless that is a login page',
	},
	{
		fault: 'a login page answers in place of the store, with 200',
		answer: status(200, '<!DOCTYPE html><title>Log in</title>', {'content-type': 'text/html'}),
		code: 'bad-answer',
		said: 'a proxy or firewall answered 200 instead of InfluxDB http://HOST: Log in; check the address of the store, and what is between it and ktop; a login page needs a token',
	},
	{
		fault: 'a gzip bomb comes in place of the answer',
		answer: response => response.writeHead(200, {'content-encoding': 'gzip'}).end(BOMB),
		code: 'too-large',
		said: 'InfluxDB http://HOST sent more than 1 MiB, which is more than ktop accepts; check that the address is that of the InfluxDB; ktop uses a smaller endpoint where there is one',
	},
];

const INTERVAL_MS = 500;

/** A point that each round has, of the only node. */
const EACH_ROUND = /^uptime,.* (\d+)$/gm;

/** A store that takes points, or has a fault. */
async function startStore(onEnd: OnEnd, delayMs = 0) {
	const times = new Set<number>();
	let fault: Answer | undefined;
	const listener = (request: IncomingMessage, response: ServerResponse): void => {
		const chunks: Buffer[] = [];
		request.on('data', chunk => chunks.push(chunk));
		request.on('end', () => {
			if (fault !== undefined) {
				fault(response, request);
			} else if (request.url?.startsWith('/write')) {
				for (const [, time] of gunzipSync(Buffer.concat(chunks)).toString('utf8').matchAll(EACH_ROUND)) {
					times.add(Number(time));
				}

				setTimeout(() => response.writeHead(204).end(), delayMs);
			} else {
				response.end('{"results":[{"series":[{"columns":["name"],"values":[["default"]]}]}]}');
			}
		});
	};
	let server: TestServer | undefined = await startServer(listener);
	const {origin} = server;
	onEnd(async () => server?.close());
	return {
		origin,
		times: times as ReadonlySet<number>,
		async fail(answer: Answer | 'dead' | undefined) {
			fault = answer === 'dead' ? undefined : answer;
			if (answer === 'dead') {
				await server?.close();
				server = undefined;
			} else {
				server ??= await startServer(listener, undefined, Number(new URL(origin).port));
			}
		},
	};
}

describe('stores that are written to', () => {
	const ends: Array<() => Promise<unknown>> = [];
	const seen = new Map<Fault, {readonly code: string; readonly said: string}>();
	const missed = new Map<Fault, readonly number[]>();
	let slow: {readonly missed: readonly number[]; readonly dropped: number | undefined} | undefined;
	const counters = new Map<Fault, ReturnType<Sink['counters']>>();

	// All at once, as the pauses between attempts grow while others are looked at.
	beforeAll(async () => {
		vi.spyOn(process.stderr, 'write').mockReturnValue(true);
		const onEnd: OnEnd = end => void ends.push(end);
		const other = await startServer((_request, response) => {
			another.requests++;
			response.end();
		});
		another.origin = other.origin;
		onEnd(other.close);
		const kubelet = await startServer((_request, response) => {
			const time = new Date().toISOString();
			const startTime = '2026-01-01T00:00:00Z';
			response.end(
				JSON.stringify({node: {nodeName: 'n', startTime, cpu: {time, usageNanoCores: 5e8}}, pods: []}),
			);
		});
		onEnd(kubelet.close);
		const well = await startStore(onEnd);
		const slowStore = await startStore(onEnd, INTERVAL_MS + 100);
		const stores = [...(await Promise.all(FAULTS.map(() => startStore(onEnd)))), slowStore, well];
		const flags = stores.flatMap(({origin}) => ['--sink', `influxdb:${origin}?db=k8s`]);
		const sinks = await record(
			[
				'--source',
				`kubelet:${kubelet.origin}`,
				'--interval',
				`${INTERVAL_MS}ms`,
				'--request-timeout',
				'2s',
				...flags,
			],
			onEnd,
		);
		const until = (condition: () => boolean) => vi.waitUntil(condition, {timeout: 60_000, interval: 20});
		await until(() => stores.every(({times}) => times.size > 0));
		await Promise.all(FAULTS.map(({answer}, index) => stores[index]?.fail(answer)));
		const problemOf = (index: number) => sinks[index]?.counters().problem;
		await until(() => FAULTS.every(({code}, index) => problemOf(index)?.code === code));
		FAULTS.forEach((fault, index) => {
			const problem = problemOf(index);
			seen.set(fault, {
				code: problem?.code ?? '–',
				said: masked(printable(`${problem?.message}; ${problem?.hint}`)),
			});
		});
		await Promise.all(stores.map(({fail}) => fail(undefined)));
		await until(() => FAULTS.every((_fault, index) => problemOf(index) === undefined));
		const last = Math.max(...well.times);
		await until(() => stores.every(({times}, index) => FAULTS[index]?.isFinal || times.has(last)));
		const missedBy = (times: ReadonlySet<number> | undefined) =>
			[...well.times].filter(time => time <= last && times?.has(time) !== true);
		slow = {missed: missedBy(slowStore.times), dropped: sinks.at(-2)?.counters().dropped};
		FAULTS.forEach((fault, index) => {
			missed.set(fault, missedBy(stores[index]?.times));
			const now = sinks[index]?.counters();
			if (now !== undefined) {
				counters.set(fault, now);
			}
		});
	});
	afterAll(async () => {
		for (const end of ends.reverse()) {
			await end();
		}

		vi.restoreAllMocks();
	});

	test.for(FAULTS.map(fault => [fault.fault, fault] as const))('%s', ([, fault], {task}) => {
		expect(seen.get(fault)).toEqual({code: fault.code, said: fault.said});
		const {dropped, refused} = counters.get(fault) ?? {};
		expect([dropped, (refused ?? 0) > 0]).toEqual([0, fault.isFinal === true]);
		if (fault.isFinal !== true) {
			expect(missed.get(fault)).toEqual([]);
		}

		expect(another.requests).toBe(0);
		const rest = fault.isFinal
			? 'they are counted, and hold up none behind them'
			: 'points wait in the spool, and none is missing when it is over';
		report(task, 'faults', '–', fault.code, `${fault.said}; ${rest}`);
	});

	test('the store takes longer for each round than the interval', ({task}) => {
		expect(slow).toEqual({missed: [], dropped: 0});
		report(task, 'faults', '–', '–', 'points wait in the spool, and none is missing when it is over');
	});
});
