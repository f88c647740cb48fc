import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {influxdbStore} from '../../../source/history/influxdb/read/store.ts';
import {HistoryAccess} from '../../../source/history/past/history-access.ts';
import {StoredCluster} from '../../../source/history/past/stored-cluster.ts';
import {prometheusStore} from '../../../source/history/prometheus/store.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import {type CountingProxy, startCountingProxy} from '../../bench/store/counting-proxy.ts';
import {nodeName, writeRound} from '../../bench/store/recorded-points.ts';
import {hasInfluxd, startInfluxd} from '../influxdb/influxd.ts';
import {hasVictoriaMetrics, startVictoriaMetrics} from '../prometheus/victoria-metrics.ts';

const CLUSTER = {nodes: 2000, podsANode: 2, containersAPod: 1};
const WRITTEN_MS = Math.floor(Date.now() / 1000) * 1000 - 1000;

const STORES = [
	{
		name: 'InfluxDB',
		isHere: hasInfluxd,
		async start() {
			const influxd = await startInfluxd();
			await influxd.execute('CREATE DATABASE k8s WITH NAME "default"');
			return {...influxd, flush: async () => {}};
		},
		open: (url: string): HistoryStore =>
			influxdbStore({url, database: 'k8s', login: undefined, timeoutMs: 60_000, retentionPolicy: undefined}),
		// Policies and measurements.
		probes: 2,
		// One each value of all nodes.
		nodes: 7,
		group: 1,
	},
	{
		name: 'VictoriaMetrics',
		isHere: hasVictoriaMetrics,
		start: () => startVictoriaMetrics(),
		open: (url: string): HistoryStore =>
			prometheusStore({
				url,
				login: undefined,
				headers: [],
				timeoutMs: 60_000,
				labels: {},
				matchers: undefined,
				scrapeIntervalMs: 30_000,
			}),
		// Container metrics are looked for first, by three labels of pods and in the past.
		probes: 6,
		// Beside those, when each of three parts was sampled.
		nodes: 10,
		group: 2,
	},
] as const;

for (const {name, isHere, start, open, ...queries} of STORES) {
	describe.skipIf(!isHere)(`2,000 nodes of a real ${name}`, () => {
		let proxy: CountingProxy;
		const onClosed: Array<() => unknown> = [];
		beforeAll(async () => {
			const server = await start();
			onClosed.push(server.close);
			await writeRound(server.url, CLUSTER, WRITTEN_MS, {withPods: true});
			await server.flush();
			proxy = await startCountingProxy(server.url);
			onClosed.push(proxy.close);
		});
		afterAll(() => Promise.all(onClosed.map(close => close())));

		function openCluster(): {readonly cluster: StoredCluster; readonly shown: () => readonly number[]} {
			const shown: number[] = [];
			const access = new HistoryAccess({store: open(proxy.url), now: Date.now, onChange: () => {}});
			const cluster = new StoredCluster({
				access,
				// Nothing is due again.
				now: () => WRITTEN_MS + 1000,
				onChange: () => shown.push(cluster.nodes?.length ?? 0),
				atMs: undefined,
				lookBackMs: 600_000,
				stateOf: () => ({kind: 'past'}),
			});
			onTestFinished(async () => {
				cluster.close();
				await access.close();
			});
			return {cluster, shown: () => shown};
		}

		test('are shown by one query a value, CPU and memory first, and no pod is asked for', async () => {
			const {cluster, shown} = openCluster();
			proxy.take();
			await cluster.settled();
			expect(proxy.take().queries).toBe(queries.probes + queries.nodes);
			expect(shown()).toEqual([2000, 2000, 2000]);
			expect(new Set(cluster.nodes?.map(row => row.name))).toEqual(
				new Set(Array.from({length: 2000}, (_, node) => nodeName(node))),
			);
			for (const row of cluster.nodes ?? []) {
				expect(row).toMatchObject({
					cpuCores: expect.any(Number),
					memoryWorkingSetBytes: expect.any(Number),
					rxBytesPerSecond: expect.any(Number),
					cpuCapacityCores: 16,
					podCount: undefined,
					receivedAtMs: WRITTEN_MS,
				});
			}

			const {length, valueAt} = cluster.totals.samples('cpuCores');
			const sum = (cluster.nodes ?? []).reduce((cores, row) => cores + (row.cpuCores ?? 0), 0);
			expect([length, valueAt(0)]).toEqual([1, expect.closeTo(sum)]);
		});

		test('have their pods asked for by the hundred, those of one node alone where that is shown', async () => {
			const {cluster} = openCluster();
			await cluster.settled();
			proxy.take();
			cluster.pods(nodeName(1234));
			await cluster.settled();
			expect(proxy.take().queries).toBe(queries.group);
			expect(cluster.pods(nodeName(1234))).toHaveLength(2);
			expect(cluster.nodes?.filter(row => row.podCount === 2)).toHaveLength(100);
			// What the last looks at it began, which was nothing.
			await cluster.settled();
			cluster.pods();
			await cluster.settled();
			expect(proxy.take().queries).toBe(19 * queries.group);
			expect(cluster.pods()).toHaveLength(4000);
			expect(cluster.nodes?.every(row => row.podCount === 2 && row.containerCount === undefined)).toBe(true);
		});
	});
}
