import fc from 'fast-check';
import {influxdbStore} from '../../../source/history/influxdb/read/store.ts';
import {prometheusStore} from '../../../source/history/prometheus/store.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import {recorded} from '../../history/influxdb/recorded-influxdb.ts';
import {startServer, type TestServer} from '../../http/test-server.ts';
import {damagedJson} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers, soundly} from '../soundness.ts';
import {target} from '../target.ts';

type Answer = {readonly status: number; readonly text: string};

const RANGE = {startMs: 0, endMs: 3_600_000, stepMs: 60_000};
const KINDS = ['node', 'pod', 'container'] as const;

let answers: readonly Answer[] = [];
let asked = 0;
let server: Promise<TestServer> | undefined;

/** The address of a server that gives the answers of the input in turn, over and over. */
async function address(): Promise<string> {
	server ??= startServer((request, response) => {
		request.resume();
		const {status, text} = answers[asked++ % answers.length] ?? {status: 500, text: ''};
		response.writeHead(status).end(status === 204 ? '' : text);
	});
	return (await server).origin;
}

/** Asks a store for its schema, for charts and for tables of the past. */
async function read(given: readonly Answer[], open: (url: string) => HistoryStore): Promise<void> {
	answers = given;
	asked = 0;
	const store = open(await address());
	const {signal} = new AbortController();
	try {
		await soundly(() => store.probe(signal));
		for (const kind of KINDS) {
			const subject = {
				node: {kind: 'node', name: 'n'},
				pod: {kind: 'pod', namespace: 'default', name: 'p'},
				container: {kind: 'container', namespace: 'default', pod: 'p', name: 'c'},
			} as const;
			const series = await soundly(() =>
				store.series({kind, subjects: [subject[kind]], series: 'cpuCores', range: RANGE}, signal),
			);
			assertNumbers(series);
			const moment = {kind, atMs: 1_800_000, lookBackMs: 300_000};
			assertNumbers(await soundly(() => store.moment(moment, signal)));
		}
	} finally {
		await store.close();
	}
}

const answersOf = (...texts: readonly string[]): fc.Arbitrary<readonly Answer[]> =>
	fc.array(
		fc.record({
			status: fc.oneof(
				{weight: 8, arbitrary: fc.constant(200)},
				fc.constantFrom(204, 400, 401, 403, 404, 422, 503),
			),
			text: fc.oneof(
				{weight: 2, arbitrary: fc.constantFrom(...texts)},
				{weight: 6, arbitrary: fc.oneof(...texts.map(text => damagedJson(JSON.parse(text))))},
				damagedText(texts),
			),
		}),
		{minLength: 1, maxLength: 5},
	);

const INFLUXDB = [
	'show-measurements',
	'show-field-keys',
	'cpu-node-1m-epoch-ms',
	'cpu-pod-container-1m',
	'multi-statement',
	'error-unknown-db',
].map(name => recorded(name).body.slice(0, 20_000));

const matrix = (type: 'matrix' | 'vector'): string =>
	JSON.stringify({
		status: 'success',
		data: {
			resultType: type,
			result: ['a', 'b'].map(name => ({
				metric: {
					__name__: 'container_cpu_usage_seconds_total',
					node: 'n',
					namespace: 'default',
					pod: 'p',
					container: name,
					instance: 'n:10250',
					id: '/',
				},
				...(type === 'matrix'
					? {
							values: [
								[60, '1'],
								[120, 'NaN'],
								[180, '+Inf'],
							],
						}
					: {value: [60, '1.5']}),
			})),
		},
		warnings: ['w'],
	});
const PROMETHEUS = [
	matrix('matrix'),
	matrix('vector'),
	JSON.stringify({status: 'success', data: [{__name__: 'x', node: 'n', pod: 'p', namespace: 'default'}]}),
	JSON.stringify({status: 'error', errorType: 'bad_data', error: 'parse error'}),
];

export const STORES = [
	target(
		'InfluxDB',
		'recorded answers, over HTTP',
		answersOf(...INFLUXDB.filter(text => isJson(text))),
		given =>
			read(given, url =>
				influxdbStore({
					url,
					database: 'k8s',
					login: undefined,
					timeoutMs: 10_000,
					retentionPolicy: undefined,
				}),
			),
	),
	target('Prometheus', 'answers of its API, over HTTP', answersOf(...PROMETHEUS), given =>
		read(given, url =>
			prometheusStore(
				{
					url,
					login: undefined,
					headers: [],
					timeoutMs: 10_000,
					labels: {},
					matchers: undefined,
					scrapeIntervalMs: 30_000,
				},
				() => 3_600_000,
			),
		),
	),
];

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** To be called when all targets have run. */
export async function closeStores(): Promise<void> {
	await (await server)?.close();
}
