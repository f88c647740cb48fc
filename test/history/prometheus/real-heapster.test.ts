import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {influxdbStore} from '../../../source/history/influxdb/read/store.ts';
import {prometheusStore} from '../../../source/history/prometheus/store.ts';
import type {
	HistorySubject,
	MomentEntry,
	SeriesRequest,
} from '../../../source/history/store/history-request.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import {hasInfluxd, startInfluxd} from '../influxdb/influxd.ts';
import {hasPrometheus, startPrometheus} from './prometheus-server.ts';
import {hasVictoriaMetrics, startVictoriaMetrics} from './victoria-metrics.ts';

const MINUTE = 60_000;
/** Stores answer about now, and do not keep points of the future. */
const END = Math.floor(Date.now() / MINUTE) * MINUTE;
const START = END - 6 * MINUTE;
const NEVER = new AbortController().signal;

/** A cluster of two nodes, written like `ktop record` does, once a minute and then not for a minute. */
const POINTS = [0, 1, 2, 3, 5].flatMap(minute =>
	['n1', 'ip-10-0-0-2.eu.compute'].flatMap((node, index) => {
		const at = START + minute * MINUTE;
		const point = (metric: string, type: string, tags: string, value: number) => ({
			metric,
			tags: `type=${type},cluster_name=default,nodename=${node}${tags}`,
			value: value + minute * 10 + index,
			at,
		});
		const pod = `,namespace_name=shop,pod_name=web-${index}`;
		const labels = String.raw`,labels=app:web\,tier:front\ end`;
		return [
			point('cpu/usage_rate', 'node', '', 1500),
			point('memory/working_set', 'node', '', 4096),
			point('cpu/node_capacity', 'node', '', 8000),
			point('memory/node_capacity', 'node', '', 65_536),
			point('network/rx_rate', 'node', '', 7),
			point('cpu/usage_rate', 'pod', pod + labels, 150),
			point('memory/working_set', 'pod', pod + labels, 1024),
			point('network/tx_rate', 'pod', pod + labels, 3),
			point('cpu/usage_rate', 'pod_container', `${pod},container_name=app`, 100),
			point('memory/rss', 'pod_container', `${pod},container_name=app`, 512),
			point('memory/working_set', 'pod_container', `${pod},container_name=app`, 600),
			// A pod that moved: the older points are of the other node.
			...(minute < 2 === (index === 0)
				? [point('memory/working_set', 'pod', ',namespace_name=base,pod_name=moved', 10)]
				: []),
		];
	}),
);

function lineProtocol(withFields = false): string {
	return POINTS.map(({metric, tags, value, at}) => {
		const [measurement, field] = withFields ? metric.split('/') : [metric, 'value'];
		return `${measurement},${tags} ${field}=${value} ${at}`;
	}).join('\n');
}

/** As influxdb_exporter names them, for a Prometheus. */
function openMetrics(): string {
	const metrics = [...new Set(POINTS.map(({metric}) => metric))];
	const lines = metrics.flatMap(metric => {
		const name = metric.replace('/', '_');
		return [
			`# TYPE ${name} gauge`,
			...POINTS.filter(point => point.metric === metric)
				.map(({tags, value, at}) => {
					const labels = tags
						.replace(/,labels=.*/, '')
						.split(',')
						.map(tag => tag.replace(/=(.*)/, '="$1"'));
					return {text: labels.join(','), value, at};
				})
				// All samples of a series together.
				.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.at - b.at))
				.map(({text, value, at}) => `${name}{${text}} ${value} ${at / 1000}`),
		];
	});
	return `${lines.join('\n')}\n# EOF\n`;
}

function prometheusAt(url: string, matchers?: string): HistoryStore {
	return prometheusStore({
		url,
		login: undefined,
		headers: [],
		timeoutMs: 60_000,
		labels: {},
		matchers,
		scrapeIntervalMs: 30_000,
	});
}

const SUBJECTS: Readonly<Record<SeriesRequest['kind'], readonly HistorySubject[]>> = {
	cluster: [{kind: 'cluster'}],
	node: [
		{kind: 'node', name: 'n1'},
		{kind: 'node', name: 'ip-10-0-0-2.eu.compute'},
	],
	namespace: [{kind: 'namespace', name: 'shop'}],
	pod: [{kind: 'pod', namespace: 'shop', name: 'web-1'}],
	container: [{kind: 'container', namespace: 'shop', pod: 'web-0', name: 'app'}],
};

/** All that ktop asks a store of Heapster's points, in an order of its own. */
async function answersOf(store: HistoryStore) {
	const schema = await store.probe(NEVER);
	const sorted = (entries: readonly MomentEntry[]): readonly MomentEntry[] =>
		[...entries].sort((a, b) => (JSON.stringify(a.subject) < JSON.stringify(b.subject) ? -1 : 1));
	const moments: Array<readonly MomentEntry[]> = [];
	for (const kind of ['node', 'pod', 'container'] as const) {
		for (const [atMs, lookBackMs, nodes] of [
			[END, 10 * MINUTE, undefined],
			[END, 10 * MINUTE, ['n1', 'n3']],
			// At the time of a sample, in a gap, and in a gap that is too long.
			[START + 3 * MINUTE, 150_000, undefined],
			[START + 5 * MINUTE - 1, 150_000, undefined],
			[START + 5 * MINUTE - 1, 90_000, undefined],
		] as const) {
			const entries = await store.moment({kind, atMs, lookBackMs, nodes}, NEVER);
			moments.push(sorted(entries));
		}
	}

	const series: unknown[] = [];
	for (const kind of ['cluster', 'node', 'namespace', 'pod', 'container'] as const) {
		for (const name of ['cpuCores', 'memoryWorkingSetBytes', 'txBytesPerSecond', 'throttledRatio'] as const) {
			for (const stepMs of [30_000, MINUTE, 2 * MINUTE]) {
				const range = {startMs: START, endMs: END + MINUTE, stepMs};
				const found = await store.series({kind, subjects: SUBJECTS[kind], series: name, range}, NEVER);
				series.push([kind, name, stepMs, [...found].filter(([, points]) => points.length > 0).sort()]);
			}
		}
	}

	return {schema: schema.name, moments, series};
}

describe.skipIf(!(hasInfluxd && hasVictoriaMetrics && hasPrometheus))(
	'what ktop record wrote is the same, moment by moment and step by step,',
	() => {
		let expected: Awaited<ReturnType<typeof answersOf>>;
		const onClosed: Array<() => unknown> = [];
		beforeAll(async () => {
			const influxd = await startInfluxd();
			onClosed.push(influxd.close);
			await influxd.execute('CREATE DATABASE k8s WITH NAME "default"');
			await influxd.write(lineProtocol());
			const store = influxdbStore({
				url: influxd.url,
				database: 'k8s',
				login: undefined,
				timeoutMs: 60_000,
				retentionPolicy: undefined,
			});
			expected = await answersOf(store);
			await store.close();
		});
		afterAll(() => Promise.all(onClosed.map(close => close())));

		const victoriaMetrics = async (
			lines: string,
			flags: readonly string[] = [],
			matchers?: string,
		): Promise<unknown> => {
			const server = await startVictoriaMetrics(flags);
			onClosed.push(server.close);
			await server.write(lines);
			await server.write('cpu/usage_rate,type=node,nodename=other value=1', 'lab');
			const store = prometheusAt(server.url, matchers);
			onClosed.push(store.close);
			return answersOf(store);
		};

		test('which are the newest values of each node, and the last place of each pod,', () => {
			const [nodes, , , , tooOld, pods] = expected.moments;
			expect(nodes).toEqual([
				{
					subject: SUBJECTS.node[1],
					node: 'ip-10-0-0-2.eu.compute',
					timeMs: START + 5 * MINUTE,
					values: {
						cpuCores: 1.551,
						memoryWorkingSetBytes: 4147,
						rxBytesPerSecond: 58,
						cpuCapacityCores: 8.051,
						memoryCapacityBytes: 65_587,
					},
				},
				expect.objectContaining({subject: SUBJECTS.node[0]}),
			]);
			expect(tooOld).toEqual([]);
			expect(pods?.map(({subject, node}) => [subject.kind === 'pod' && subject.name, node])).toEqual([
				['moved', 'ip-10-0-0-2.eu.compute'],
				['web-0', 'n1'],
				['web-1', 'ip-10-0-0-2.eu.compute'],
			]);
		});

		test.each([
			['of Heapster’s usual schema', false, []],
			['of its schema with fields', true, []],
			['where single fields have no name', false, ['-influxSkipSingleField']],
			['where fields are separated like measurements', false, ['-influxMeasurementFieldSeparator=/']],
		])('in VictoriaMetrics %s as in InfluxDB', async (_what, withFields, flags) => {
			const found = await victoriaMetrics(lineProtocol(withFields), flags, 'db="k8s"');
			expect(found).toEqual(expected);
		});

		test('in a Prometheus that scraped influxdb_exporter as in InfluxDB', async () => {
			const prometheus = await startPrometheus([], openMetrics());
			onClosed.push(prometheus.close);
			const store = prometheusAt(prometheus.url);
			onClosed.push(store.close);
			expect(await answersOf(store)).toEqual(expected);
		});
	},
);
