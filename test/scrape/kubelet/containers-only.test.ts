import {describe, expect, onTestFinished, test} from 'vitest';
import {heapsterLines} from '../../../source/history/influxdb/write/heapster-lines.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import {explanationText} from '../../../source/ui/draw/explanation.ts';
import {linesOf} from '../../history/influxdb/write/line-batch.ts';
import {startServer} from '../../http/test-server.ts';
import {context} from '../scrape-context.ts';

/** Old and virtual kubelets report the containers of a pod and nothing of the pod as a whole. */
const CONTAINERS = [
	{name: 'web', cores: 0.12, workingSet: 52_428_800},
	{name: 'side', cores: 0.03, workingSet: 10_485_760},
];
const START_MS = Date.UTC(2026, 0, 1);

function summaryAt(atMs: number): string {
	const time = new Date(atMs).toISOString().replace(/\.\d+/, '');
	const usedNs = (cores: number): number => Math.round(cores * (atMs - START_MS) * 1e6);
	return JSON.stringify({
		node: {nodeName: 'worker-a', cpu: {time, usageNanoCores: 5e8, usageCoreNanoSeconds: usedNs(0.5)}},
		pods: [
			{
				podRef: {name: 'web-1', namespace: 'shop', uid: '22222222-0000-4000-8000-000000000001'},
				containers: CONTAINERS.map(({name, cores, workingSet}) => ({
					name,
					startTime: '2026-01-01T00:00:01Z',
					cpu: {time, usageNanoCores: cores * 1e9, usageCoreNanoSeconds: usedNs(cores)},
					memory: {time, usageBytes: workingSet + 1e6, workingSetBytes: workingSet, rssBytes: 1e6},
				})),
			},
		],
	});
}

/** As kubelets before 1.20 wrote it, without `pod_` metrics. */
function resourceMetricsAt(atMs: number): string {
	return CONTAINERS.flatMap(({name, cores, workingSet}) => {
		const labels = `{container="${name}",namespace="shop",pod="web-1"}`;
		const usedS = (cores * (atMs - START_MS)) / 1000;
		return [
			`container_cpu_usage_seconds_total${labels} ${usedS} ${atMs}`,
			`container_memory_working_set_bytes${labels} ${workingSet} ${atMs}`,
		];
	}).join('\n');
}

/** The store after two reads, 20 s apart, of a kubelet that answers by one of its endpoints alone. */
async function storeOf(path: string, bodyAt: (atMs: number) => string) {
	let nowMs = START_MS + 3_600_000;
	const server = await startServer((request, response) => {
		response.statusCode = request.url === path ? 200 : 500;
		response.end(request.url === path ? bodyAt(nowMs) : 'Internal Error');
	});
	const target = kubeletTarget({url: server.origin, now: () => nowMs});
	onTestFinished(async () => {
		await target.close();
		await server.close();
	});
	const store = new Store({capacity: 10, staleAfterMs: 60_000});
	store.addNode('n', 'worker-a');
	let readings: Awaited<ReturnType<typeof target.scrape>>['readings'] = [];
	for (const atMs of [nowMs, nowMs + 20_000]) {
		nowMs = atMs;
		const scrape = await target.scrape(context());
		readings = scrape.readings;
		store.apply('n', readings, {kind: 'live', route: scrape.route, latencyMs: 1, degraded: undefined});
	}

	return {store, readings, nowMs};
}

describe.each([
	['/stats/summary', summaryAt],
	['/stats/summary?only_cpu_and_memory=true', summaryAt],
	['/metrics/resource', resourceMetricsAt],
] as const)('a kubelet whose %s reports only containers', (path, bodyAt) => {
	test('has pods and namespaces that are the sums of their containers', async () => {
		const {store, nowMs} = await storeOf(path, bodyAt);
		for (const level of ['pods', 'namespaces'] as const) {
			const [row, ...others] = store.view({level}, 'live', nowMs).rows;
			expect(others).toEqual([]);
			expect(row?.cpuCores).toBeCloseTo(0.15);
			expect(row?.memoryWorkingSetBytes).toBe(62_914_560);
		}
	});

	test('has them written by record', async () => {
		const {store, nowMs, readings} = await storeOf(path, bodyAt);
		const lines = linesOf(
			heapsterLines(
				{
					nodes: store.rows('nodes', {}, 'live', nowMs),
					pods: store.rows('pods', {}, 'live', nowMs),
					containers: store.rows('containers', {}, 'live', nowMs),
					readings: new Map(readings.map(reading => ['n', reading])),
					isInventoryCurrent: true,
				},
				nowMs,
				{clusterName: 'default', hasFields: false, isWhole: true},
			),
		);
		const written = (measurement: string, type: string) =>
			lines
				.filter(line => line.startsWith(`${measurement},`) && new RegExp(`,type=${type}[ ,]`).test(line))
				.map(line => / value=(\d+)i/.exec(line)?.[1]);
		expect(written('cpu/usage_rate', 'pod')).toEqual(['150']);
		expect(written('memory/working_set', 'pod')).toEqual(['62914560']);
		expect(written('cpu/usage_rate', 'ns')).toEqual(['150']);
	});

	test('has it explained', async () => {
		const {store, nowMs} = await storeOf(path, bodyAt);
		const text = explanationText({
			row: store.view({level: 'pods'}, 'live', nowMs).rows.at(0),
			above: undefined,
			level: 'pods',
			source: store,
			cursor: 'live',
			windowMs: 300_000,
			past: undefined,
			hasInventory: false,
			hasClusters: false,
			notices: [],
			nowMs,
			width: 200,
		}).join('\n');
		expect(text).toContain('CPU and memory are the sum of its containers');
		expect(text).not.toContain('does not report it');
	});
});
