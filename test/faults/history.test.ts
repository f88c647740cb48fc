import type {RequestListener} from 'node:http';
import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openHistory} from '../../source/connect/open-history.ts';
import {HistoryAccess} from '../../source/history/past/history-access.ts';
import {printable} from '../../source/metrics/model/printable.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {historyBrief} from '../../source/ui/draw/header.ts';
import {smallInfluxdb, smallPrometheus} from '../history/small-stores.ts';
import {startServer, type TestServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {masked, type OnEnd} from './session.ts';

type Said = {readonly header: string; readonly code: string; readonly said: string};

type Fault = {
	readonly fault: string;
	/** What the store does while it has the fault; `dead`: nothing listens on its port. */
	readonly answer: RequestListener | 'dead';
	readonly influxdb: Said;
	readonly prometheus: Said;
};

const LONG_MS = 3_600_000;
const BOMB = gzipSync(Buffer.alloc(70 * 2 ** 20, ' '));
const another = {requests: 0, origin: ''};

const status =
	(code: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener =>
	(_request, response) =>
		response.writeHead(code, headers).end(body);

const FAULTS: readonly Fault[] = [
	{
		fault: 'the store is killed and started again',
		answer: 'dead',
		influxdb: {
			header: 'history refused',
			code: 'refused',
			said: 'InfluxDB http://HOST refused the connection: nothing listens on that port; check that the InfluxDB runs and listens there, and that no firewall rejects the connection',
		},
		prometheus: {
			header: 'history refused',
			code: 'refused',
			said: 'Prometheus http://HOST refused the connection: nothing listens on that port; check that the Prometheus runs and listens there, and that no firewall rejects the connection',
		},
	},
	{
		fault: 'the disk of the store is full',
		answer: status(500, '{"error":"no space left on device","status":"error","errorType":"internal"}'),
		influxdb: {
			header: '500 history',
			code: 'server-error',
			said: 'InfluxDB http://HOST: 500: no space left on device; free space on the disk of InfluxDB',
		},
		prometheus: {
			header: 'history server error',
			code: 'server-error',
			said: 'Prometheus http://HOST: 500: no space left on device; see the log of the store',
		},
	},
	{
		fault: 'the store does not answer',
		answer: () => {},
		influxdb: {
			header: 'history timeout 2s',
			code: 'timeout',
			said: 'InfluxDB http://HOST did not answer within 2s; check the InfluxDB and the network; --request-timeout raises the deadline',
		},
		prometheus: {
			header: 'history timeout 2s',
			code: 'timeout',
			said: 'Prometheus http://HOST did not answer within 2s; check the Prometheus and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the store sends a byte at a time',
		answer: (_request, response) => {
			response.writeHead(200);
			const timer = setInterval(() => response.write(' '), 50);
			response.on('close', () => clearInterval(timer));
		},
		influxdb: {
			header: 'history timeout 2s',
			code: 'timeout',
			said: 'InfluxDB http://HOST did not complete its answer within 2s; check the InfluxDB and the network; --request-timeout raises the deadline',
		},
		prometheus: {
			header: 'history timeout 2s',
			code: 'timeout',
			said: 'Prometheus http://HOST did not complete its answer within 2s; check the Prometheus and the network; --request-timeout raises the deadline',
		},
	},
	{
		fault: 'the store cuts off its answer',
		answer: (_request, response) => {
			response.writeHead(200, {'content-length': '1000'}).write('{"results":[');
			setImmediate(() => response.destroy());
		},
		influxdb: {
			header: 'history connection lost',
			code: 'connection-lost',
			said: 'InfluxDB http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the InfluxDB requires TLS: https://HOST',
		},
		prometheus: {
			header: 'history connection lost',
			code: 'connection-lost',
			said: 'Prometheus http://HOST closed the connection; ktop retries automatically; a proxy or firewall may close connections, or the Prometheus requires TLS: https://HOST',
		},
	},
	{
		fault: 'the store limits its requests',
		answer: status(429, '{"error":"too many","status":"error","errorType":"unavailable"}'),
		influxdb: {
			header: '429 history',
			code: 'throttled',
			said: 'InfluxDB http://HOST: 429: too many; InfluxDB limits its requests; ktop tries again by itself',
		},
		prometheus: {
			header: '429 history',
			code: 'throttled',
			said: 'Prometheus http://HOST: 429: too many; the store limits its queries; ktop tries again by itself',
		},
	},
	{
		fault: 'the login of the store is revoked for a while',
		answer: status(401, '{"error":"authorization failed","status":"error"}'),
		influxdb: {
			header: '401 history',
			code: 'unauthorized',
			said: 'InfluxDB http://HOST: 401: authorization failed; set the user and password with u= and p= in --history, or a token with INFLUX_TOKEN',
		},
		prometheus: {
			header: '401 history',
			code: 'unauthorized',
			said: 'Prometheus http://HOST: 401: authorization failed; set the user and password, or a bearer token, in --history',
		},
	},
	{
		fault: 'the store redirects to another host',
		answer: (_request, response) => response.writeHead(302, {location: `${another.origin}/login`}).end(),
		influxdb: {
			header: '302 history',
			code: 'bad-answer',
			said: 'InfluxDB http://HOST: 302: a redirect, which ktop does not follow; name the address that it redirects to in --history, unless that is a login page',
		},
		prometheus: {
			header: '302 history',
			code: 'bad-answer',
			said: 'Prometheus http://HOST: 302: a redirect, which ktop does not follow; use the address that it redirects to; if that is a login page, set a token',
		},
	},
	{
		fault: 'a login page answers in place of the store, with 200',
		answer: status(200, '<!DOCTYPE html><title>Log in</title>', {'content-type': 'text/html'}),
		influxdb: {
			header: 'history 200 not a store',
			code: 'bad-answer',
			said: 'a proxy or firewall answered 200 instead of InfluxDB http://HOST: Log in; check the address of the store, and what is between it and ktop; a login page needs a token',
		},
		prometheus: {
			header: 'history no Prometheus',
			code: 'bad-answer',
			said: 'http://HOST does not answer like Prometheus; check the address and the path in --history; Prometheus has none, Mimir /prometheus, VictoriaMetrics’ cluster /select/0/prometheus',
		},
	},
	{
		fault: 'the page of a proxy answers in place of the store, with 502',
		answer: status(502, '<html><body>Bad Gateway</body></html>', {'content-type': 'text/html'}),
		influxdb: {
			header: 'history 502 not a store',
			code: 'server-error',
			said: 'a proxy or firewall answered 502 instead of InfluxDB http://HOST: Bad Gateway; the gateway or proxy on the way cannot reach the store: check the address and the network path',
		},
		prometheus: {
			header: 'history server error',
			code: 'server-error',
			said: 'Prometheus http://HOST: 502: Bad Gateway; see the log of the store',
		},
	},
	{
		fault: 'a gzip bomb comes in place of the answer',
		answer: (_request, response) => response.writeHead(200, {'content-encoding': 'gzip'}).end(BOMB),
		influxdb: {
			header: 'history answer too large',
			code: 'too-large',
			said: 'InfluxDB http://HOST sent more than 32 MiB, which is more than ktop accepts; check that the address is that of the InfluxDB; ktop uses a smaller endpoint where there is one',
		},
		prometheus: {
			header: 'history answer too large',
			code: 'too-large',
			said: 'Prometheus http://HOST sent more than 32 MiB, which is more than ktop accepts; check that the address is that of the Prometheus; ktop uses a smaller endpoint where there is one',
		},
	},
	{
		fault: 'a hundred thousand levels of lists come in place of the answer',
		answer: status(200, `{"results":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
		influxdb: {
			header: 'history not InfluxDB',
			code: 'bad-answer',
			said: 'http://HOST does not answer like InfluxDB; check the address of --history: InfluxDB listens on 8086 (1.x, 2.x) or 8181 (3.x)',
		},
		prometheus: {
			header: 'history no Prometheus',
			code: 'bad-answer',
			said: 'http://HOST does not answer like Prometheus; check the address and the path in --history; Prometheus has none, Mimir /prometheus, VictoriaMetrics’ cluster /select/0/prometheus',
		},
	},
	{
		fault: 'null comes in place of every value of the answer',
		answer: status(200, '{"status":null,"data":null,"results":null}'),
		influxdb: {
			header: 'history not InfluxDB',
			code: 'bad-answer',
			said: 'http://HOST does not answer like InfluxDB; check the address of --history: InfluxDB listens on 8086 (1.x, 2.x) or 8181 (3.x)',
		},
		prometheus: {
			header: 'history no Prometheus',
			code: 'bad-answer',
			said: 'http://HOST does not answer like Prometheus; check the address and the path in --history; Prometheus has none, Mimir /prometheus, VictoriaMetrics’ cluster /select/0/prometheus',
		},
	},
];

const SMALL = {influxdb: smallInfluxdb(), prometheus: smallPrometheus()} as const;

/** A store, and who reads it for the screen. Its clock is passed on, so that no pause between attempts is waited for. */
async function startStore(kind: keyof typeof SMALL, onEnd: OnEnd) {
	let fault: RequestListener | undefined;
	const listener: RequestListener = (request, response) => (fault ?? SMALL[kind])(request, response);
	let server: TestServer | undefined = await startServer(listener);
	const {origin} = server;
	onEnd(async () => server?.close());
	const url = `${kind}:${origin}${kind === 'influxdb' ? '?db=k8s' : ''}`;
	const parsed = parseOptions(['--source', 'local', '--history', url, '--request-timeout', '2s'], {});
	if (parsed.kind !== 'run') {
		throw new Error('problems' in parsed ? parsed.problems.join('; ') : 'no store');
	}

	const {
		origin: {history},
		polling,
	} = parsed.options;
	if (history === undefined) {
		throw new Error(`no store: ${url}`);
	}

	let nowMs = Date.now();
	const store = await openHistory(history, polling.requestTimeoutMs);
	const access = new HistoryAccess({store, now: () => nowMs, onChange: () => {}});
	onEnd(() => access.close());
	return {
		/** The brief of the header and the notice at the foot (`no history: …`), after one more question. */
		async ask(): Promise<Said> {
			nowMs += LONG_MS;
			await access.ask((one, signal) =>
				one.moment({kind: 'node', atMs: Date.now(), lookBackMs: 60_000}, signal),
			);
			const {status} = access;
			return status.kind === 'failed'
				? {
						header: historyBrief(printable(status.failure.brief)),
						code: status.failure.code,
						said: masked(printable(`${status.failure.message}; ${status.failure.hint}`)),
					}
				: {header: `history ${status.label}`, code: '–', said: '–'};
		},
		async fail(answer: RequestListener | 'dead' | undefined) {
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

describe.each([
	['InfluxDB that is read', 'influxdb', 'history InfluxDB k8s'],
	['Prometheus that is read', 'prometheus', 'history Prometheus'],
] as const)('%s', (_title, kind, well) => {
	const ends: Array<() => Promise<unknown>> = [];
	const told = new Map<Fault, readonly Said[]>();

	// All at once, so that deadlines pass together.
	beforeAll(async () => {
		const onEnd: OnEnd = end => void ends.push(end);
		const other = await startServer((_request, response) => {
			another.requests++;
			response.end();
		});
		another.origin = other.origin;
		onEnd(other.close);
		await Promise.all(
			FAULTS.map(async fault => {
				const store = await startStore(kind, onEnd);
				const said = [await store.ask()];
				await store.fail(fault.answer);
				said.push(await store.ask());
				await store.fail(undefined);
				said.push(await store.ask());
				told.set(fault, said);
			}),
		);
	});
	afterAll(async () => {
		for (const end of ends.reverse()) {
			await end();
		}
	});

	test.for(FAULTS.map(fault => [fault.fault, fault] as const))('%s', ([, fault], {task}) => {
		const isWell: Said = {header: well, code: '–', said: '–'};
		const sees = fault[kind];
		expect(told.get(fault)).toEqual([isWell, sees, isWell]);
		expect(another.requests).toBe(0);
		report(task, 'faults', sees.header, sees.code, `${sees.said}; what ktop reads itself goes on`);
	});
});
