import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {influxdbStore} from '../../../../source/history/influxdb/read/store.ts';
import {
	type HistorySubject,
	type MomentEntry,
	type SeriesRequest,
	subjectKey,
} from '../../../../source/history/store/history-request.ts';
import type {HistoryStore} from '../../../../source/history/store/history-store.ts';
import {hasInfluxd, type Influxd, startInfluxd} from '../influxd.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const RANGE = {startMs: START, endMs: START + 5 * MINUTE, stepMs: MINUTE};
const NEVER = new AbortController().signal;

/** What no name in a cluster should be, and any store may meet. */
const HOSTILE = String.raw`x' OR 1=1; DROP DATABASE "k8s" --\'y`;

/** Line protocol: commas, equal signs and blanks of a tag are escaped; a backslash stands for itself. */
const tagValue = (text: string): string => text.replace(/[,= ]/g, String.raw`\$&`);
const minute = (number: number): number => START + number * MINUTE;

const NODE: HistorySubject = {kind: 'node', name: 'n1'};
const POD: HistorySubject = {kind: 'pod', namespace: 'shop', name: 'web'};

describe.skipIf(!hasInfluxd)('a real InfluxDB', () => {
	let influxd: Influxd;
	const opened: HistoryStore[] = [];
	const storeOf = (database: string, retentionPolicy?: string): HistoryStore => {
		const store = influxdbStore({
			url: influxd.url,
			database,
			login: undefined,
			timeoutMs: 60_000,
			retentionPolicy,
		});
		opened.push(store);
		return store;
	};
	const valuesOf = async (
		database: string,
		subject: HistorySubject,
		series: SeriesRequest['series'],
	): Promise<ReadonlyArray<readonly [minute: number, value: number]>> => {
		const points = await storeOf(database).series(
			{kind: subject.kind, subjects: [subject], series, range: RANGE},
			NEVER,
		);
		return (points.get(subjectKey(subject)) ?? []).map(({timeMs, value}) => [
			(timeMs - START) / MINUTE,
			value,
		]);
	};
	const momentOf = async (
		database: string,
		kind: 'node' | 'pod' | 'container',
	): Promise<readonly MomentEntry[]> =>
		storeOf(database).moment({kind, atMs: minute(3) + 10_000, lookBackMs: 3 * MINUTE}, NEVER);

	beforeAll(async () => {
		influxd = await startInfluxd();
		await influxd.execute('CREATE DATABASE k8s');
		// The database's own default is another one, as where it was there before Heapster.
		await influxd.execute('CREATE RETENTION POLICY "default" ON k8s DURATION 0s REPLICATION 1');
		await influxd.write(
			[0, 1, 3]
				.flatMap(number => [
					`cpu/usage_rate,type=node,nodename=n1 value=${500 + number}i ${minute(number)}`,
					// What overflowed is in the store for ever.
					`cpu/usage_rate,type=node,nodename=n1 value=-7000000i ${minute(number) + 5000}`,
					`cpu/node_capacity,type=node,nodename=n1 value=4000 ${minute(number)}`,
					`cpu/usage_rate,type=node,nodename=${tagValue(HOSTILE)} value=${number}i ${minute(number)}`,
					...['web', 'db'].map(
						pod =>
							`memory/working_set,type=pod,namespace_name=shop,pod_name=${pod},nodename=n1 value=100i ${minute(number)}`,
					),
				])
				.join('\n'),
		);
		for (const database of ['cadvisor', 'telegraf', 'empty', 'other']) {
			await influxd.execute(`CREATE DATABASE ${database}`);
		}

		await influxd.write('weather,city=x degrees=3 1', {database: 'other'});
		const labels =
			'io.kubernetes.container.name=app,io.kubernetes.pod.name=web,io.kubernetes.pod.namespace=shop';
		const sandbox =
			'io.kubernetes.container.name=POD,io.kubernetes.pod.name=web,io.kubernetes.pod.namespace=shop';
		await influxd.write(
			[0, 1, 2, 3]
				.flatMap(number => [
					`cpu_usage_total,machine=n1,container_name=/ value=${number * 90e9}i ${minute(number)}`,
					`memory_working_set,machine=n1,container_name=/ value=4096i ${minute(number)}`,
					`cpu_usage_total,machine=n1,container_name=k8s_app,${labels} value=${number * 30e9}i ${minute(number)}`,
					`memory_working_set,machine=n1,container_name=k8s_app,${labels} value=1024i ${minute(number)}`,
					`rx_bytes,machine=n1,container_name=k8s_POD,${sandbox} value=${number * 6000}i ${minute(number)}`,
				])
				.join('\n'),
			{database: 'cadvisor'},
		);
		const container = 'node_name=n1,namespace=shop,pod_name=web,container_name=';
		await influxd.write(
			[0, 1, 2, 3]
				.flatMap(number => [
					`kubernetes_node,node_name=n1 cpu_usage_nanocores=2000000000i,memory_working_set_bytes=0i,network_rx_bytes=${number * 600}i ${minute(number)}`,
					`kubernetes_pod_container,${container}app cpu_usage_nanocores=250000000i,memory_working_set_bytes=512i ${minute(number)}`,
					`kubernetes_pod_container,${container}log cpu_usage_nanocores=250000000i,memory_working_set_bytes=256i ${minute(number)}`,
					`kubernetes_pod_network,node_name=n1,namespace=shop,pod_name=web rx_bytes=${number * 1200}i ${minute(number)}`,
				])
				.join('\n'),
			{database: 'telegraf'},
		);
	});
	afterAll(async () => {
		await Promise.all(opened.map(store => store.close()));
		influxd?.close();
	});

	test.each([
		['k8s', 'Heapster'],
		['cadvisor', 'cAdvisor'],
		['telegraf', 'Telegraf'],
	])('of database %s is recognised as %s’s', async (database, name) => {
		expect(await storeOf(database).probe(NEVER)).toMatchObject({name});
	});

	test('gives Heapster’s past of a node in cores, with its gap and without what overflowed', async () => {
		expect(await valuesOf('k8s', NODE, 'cpuCores')).toEqual([
			[0, 0.5],
			[1, 0.501],
			[3, 0.503],
		]);
	});

	test('sums the pods of a namespace', async () => {
		const values = await valuesOf('k8s', {kind: 'namespace', name: 'shop'}, 'memoryWorkingSetBytes');
		expect(values.map(([, value]) => value)).toEqual([200, 200, 200]);
	});

	test('sums the nodes of the cluster', async () => {
		const values = await valuesOf('k8s', {kind: 'cluster'}, 'cpuCores');
		expect(values.map(([, value]) => value)).toEqual([0.5, 0.502, 0.506]);
	});

	test('finds a hostile name and nothing else, and is still there', async () => {
		const hostile = await valuesOf('k8s', {kind: 'node', name: HOSTILE}, 'cpuCores');
		expect(hostile.map(([, value]) => value)).toEqual([0, 0.001, 0.003]);
		expect(await valuesOf('k8s', NODE, 'cpuCores')).toHaveLength(3);
	});

	test('reports the nodes at a moment, with their age and capacity', async () => {
		expect((await momentOf('k8s', 'node')).find(({node}) => node === 'n1')).toEqual({
			subject: NODE,
			node: 'n1',
			timeMs: minute(3),
			values: {cpuCores: 0.503, cpuCapacityCores: 4},
		});
	});

	test('takes rates of cAdvisor’s counters', async () => {
		expect(await valuesOf('cadvisor', NODE, 'cpuCores')).toEqual([
			[1, 1.5],
			[2, 1.5],
			[3, 1.5],
		]);
		expect(await valuesOf('cadvisor', POD, 'rxBytesPerSecond')).toEqual([
			[1, 100],
			[2, 100],
			[3, 100],
		]);
	});

	test('makes cAdvisor’s pods of their containers', async () => {
		expect(await momentOf('cadvisor', 'pod')).toEqual([
			{
				subject: POD,
				node: 'n1',
				timeMs: minute(3) + 10_000,
				values: {rxBytesPerSecond: 100, cpuCores: 0.5, memoryWorkingSetBytes: 1024},
			},
		]);
	});

	test('makes Telegraf’s pods of their containers', async () => {
		expect(await valuesOf('telegraf', POD, 'cpuCores')).toEqual([0, 1, 2, 3].map(number => [number, 0.5]));
		const [pod] = await momentOf('telegraf', 'pod');
		expect(pod?.values).toEqual({cpuCores: 0.5, memoryWorkingSetBytes: 768, rxBytesPerSecond: 20});
	});

	test('reports no memory where Telegraf wrote 0 for unknown', async () => {
		expect(await valuesOf('telegraf', NODE, 'memoryWorkingSetBytes')).toEqual([]);
	});

	test.each([
		['a database that is not there', 'nope', undefined, 'no such database'],
		['a database without anything', 'empty', undefined, 'empty history'],
		['a database of something else', 'other', undefined, 'unknown history'],
		['a retention policy that is not there', 'k8s', 'gold', 'no retention policy'],
	])('says of %s what it is', async (_what, database, policy, brief) => {
		await expect(storeOf(database, policy).probe(NEVER)).rejects.toMatchObject({code: 'not-found', brief});
	});
});
