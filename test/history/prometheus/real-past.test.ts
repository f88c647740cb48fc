import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {prometheusClient} from '../../../source/history/prometheus/client.ts';
import {type PrometheusOptions, prometheusStore} from '../../../source/history/prometheus/store.ts';
import {
	type HistorySubject,
	type SeriesRequest,
	subjectKey,
} from '../../../source/history/store/history-request.ts';
import {NODES_ARE_SUMS, podsAreSums} from '../../../source/history/store/kept-instead.ts';
import type {SeriesName} from '../../../source/metrics/model/row.ts';
import {
	growing,
	type LabelNames,
	NOW,
	openMetrics,
	type Past,
	row,
	SAMPLE_MS,
	START,
	steady,
} from './past-rows.ts';
import {hasPrometheus, type PrometheusServer, startPrometheus} from './prometheus-server.ts';

const RANGE = {startMs: START + 300_000, endMs: START + 480_000, stepMs: 60_000};

/** What no name in a cluster should be, and any store may meet. */
const HOSTILE = 'x"} or vector(1) #\\|.*';

function containerRows(where: LabelNames, cores: number, bytes: number): readonly Past[] {
	return [
		row('container_cpu_usage_seconds_total', {...where, cpu: 'total'}, growing(cores)),
		row('container_memory_working_set_bytes', where, steady(bytes)),
		row('container_memory_rss', where, steady(bytes / 2)),
	];
}

/** A pod with its group, its sandbox and one container. */
function podRows(
	where: LabelNames,
	container: string,
	cores: number,
	bytes: number,
	rx: number,
): readonly Past[] {
	const id = `/kubepods/${where.pod}`;
	return [
		...containerRows({...where, id}, cores, bytes + 5),
		...containerRows({...where, id: `${id}/c`, image: 'app', container}, cores, bytes),
		row(
			'container_memory_working_set_bytes',
			{...where, id: `${id}/p`, image: 'pause', container: 'POD'},
			steady(5),
		),
		row(
			'container_network_receive_bytes_total',
			{...where, id: `${id}/p`, image: 'pause', interface: 'eth0'},
			growing(rx),
		),
	];
}

function nodeRows(node: string, cores: number, bytes: number): readonly Past[] {
	const root = {node, instance: `${node}:10250`, id: '/'};
	return [
		// Two CPUs, as kubelets before 1.19 told them apart.
		row('container_cpu_usage_seconds_total', {...root, cpu: 'cpu00'}, growing(cores * 0.25)),
		row('container_cpu_usage_seconds_total', {...root, cpu: 'cpu01'}, growing(cores * 0.75)),
		row('container_memory_working_set_bytes', root, steady(bytes)),
		row('container_memory_rss', root, steady(bytes / 2)),
		row('container_network_receive_bytes_total', {...root, interface: 'eth0'}, growing(1000)),
		row('container_network_receive_bytes_total', {...root, interface: 'cni0'}, growing(700)),
		row('container_network_transmit_bytes_total', {...root, interface: 'eth0'}, growing(500)),
		row('container_fs_usage_bytes', {...root, device: '/dev/vda1'}, steady(4e9)),
		row('container_fs_usage_bytes', {...root, device: '/dev/shm'}, steady(9e9)),
		row('machine_cpu_cores', {node}, steady(8)),
		row('machine_memory_bytes', {node}, steady(32e9)),
	];
}

const n1 = (pod: string, namespace = 'shop'): LabelNames => ({node: 'n1', namespace, pod});

/** A label that is empty is none. */
function inCluster(cluster: string, {metric, labels, valueAt}: Past, others: LabelNames): Past {
	return row(metric, {...labels, cluster, ...others}, valueAt);
}

const PAST: readonly Past[] = [
	...nodeRows('n1', 2, 8e9),
	...nodeRows(HOSTILE, 1, 4e9),
	...podRows(n1('web-0'), 'app', 0.5, 1000, 100),
	...podRows(n1('web-1'), 'app', 0.25, 500, 50),
	...podRows(n1('web-0', 'batch'), 'app', 0.125, 100, 10),
	...podRows(n1(HOSTILE), 'app', 0.0625, 10, 1),
	// A second Prometheus of a pair.
	...podRows({...n1('web-0'), replica: 'b'}, 'app', 0.5, 1000, 100),
	// On the host's network, and throttled.
	...podRows(n1('proxy'), 'app', 0.03125, 1, 1000),
	row('container_network_receive_bytes_total', {...n1('proxy'), id: 'x', interface: 'cni0'}, growing(700)),
	row(
		'container_cpu_cfs_periods_total',
		{...n1('web-1'), container: 'app', image: 'app', id: 'y'},
		growing(10),
	),
	row(
		'container_cpu_cfs_throttled_periods_total',
		{...n1('web-1'), container: 'app', image: 'app', id: 'y'},
		growing(4),
	),
	// /metrics/resource of the same kubelet: the names of cAdvisor's, without an image.
	row('container_memory_working_set_bytes', {...n1('web-0'), container: 'app', job: 'resource'}, steady(1e6)),
	// A cAdvisor beside the kubelet, whose targets have no label for the node.
	...nodeRows('n1', 2, 8e9).map(each => inCluster('twice', each, {job: 'kubelet'})),
	...nodeRows('n1', 2, 8e9).map(each =>
		inCluster('twice', each, {job: 'cadvisor', instance: 'n1:8080', node: ''}),
	),
	// The same where the kubelets' targets have none either.
	...[...nodeRows('n1', 2, 8e9), ...podRows(n1('web-0'), 'app', 0.5, 1000, 100)].map(each =>
		inCluster('targets', each, {job: 'kubelet', instance: 'n1:10250', node: ''}),
	),
	...nodeRows('n1', 2, 8e9).map(each =>
		inCluster('targets', each, {job: 'cadvisor', instance: 'n1:8080', node: ''}),
	),
	// Without rows of pods' own groups, but with /metrics/resource beside.
	...[
		...nodeRows('n1', 2, 8e9),
		...podRows(n1('web-0'), 'app', 0.5, 1000, 100).filter(({labels}) => labels.image !== undefined),
		row('pod_cpu_usage_seconds_total', n1('web-0'), growing(0.75)),
		row('pod_memory_working_set_bytes', n1('web-0'), steady(1005)),
	].map(each => inCluster('resource', each, {})),
	...(
		[
			['/dev/a', 9e9, 90e9],
			['/dev/b', 2e9, 3e9],
		] as const
	).flatMap(([device, used, limit]) => {
		const disk = {cluster: 'disks', node: 'n1', id: '/', device};
		return [
			row('container_fs_usage_bytes', disk, steady(used)),
			row('container_fs_limit_bytes', disk, steady(limit)),
		];
	}),
	row('container_memory_working_set_bytes', {cluster: 'disks', node: 'n1', id: '/'}, steady(1)),
	// Another cluster of the same store, from before Kubernetes 1.16.
	...containerRows(
		{
			cluster: 'old',
			kubernetes_io_hostname: 'o1',
			namespace: 'shop',
			pod_name: 'web-9',
			container_name: 'app',
			image: 'app',
			id: '/z',
		},
		0.5,
		77,
	),
];

const node = (name: string): HistorySubject => ({kind: 'node', name});
const pod = (namespace: string, name: string): HistorySubject => ({kind: 'pod', namespace, name});
const container = (namespace: string, of: string): HistorySubject => ({
	kind: 'container',
	namespace,
	pod: of,
	name: 'app',
});

describe.skipIf(!hasPrometheus)('the past in a real Prometheus', () => {
	let server: PrometheusServer;
	const {signal} = new AbortController();
	const storeOf = (options: Partial<PrometheusOptions> = {}, nowMs = NOW) =>
		prometheusStore(
			{
				url: server.url,
				login: undefined,
				headers: [],
				timeoutMs: 60_000,
				labels: {},
				matchers: 'cluster=""',
				scrapeIntervalMs: SAMPLE_MS,
				...options,
			},
			() => nowMs,
		);
	const read = async (request: SeriesRequest, options: Partial<PrometheusOptions> = {}) => {
		const store = storeOf(options);
		const points = await store.series(request, signal);
		await store.close();
		return Object.fromEntries([...points].map(([key, all]) => [key, all.map(({value}) => value)]));
	};
	const about = (value: number): number[] => Array.from({length: 3}, () => expect.closeTo(value, 6));
	const valuesOf = (kind: SeriesRequest['kind'], series: SeriesName, ...subjects: HistorySubject[]) =>
		read({kind, series, subjects, range: RANGE});

	beforeAll(async () => {
		server = await startPrometheus([], openMetrics(PAST));
	});
	afterAll(() => server?.close());

	test('is probed for its labels', async () => {
		expect(await storeOf().probe(signal)).toEqual({name: 'container metrics', differences: []});
	});

	test('has its steps by their begin', async () => {
		const store = storeOf();
		const points = await store.series(
			{kind: 'node', series: 'memoryWorkingSetBytes', subjects: [node('n1')], range: RANGE},
			signal,
		);
		expect([...points]).toEqual([
			['node n1', [300_000, 360_000, 420_000].map(offset => ({timeMs: START + offset, value: 8e9}))],
		]);
	});

	test.each([
		['cpuCores', 2, 1],
		['memoryRssBytes', 4e9, 2e9],
		['rxBytesPerSecond', 1000, 1000],
		['txBytesPerSecond', 500, 500],
		['filesystemUsedBytes', 4e9, 4e9],
	] as const)('has %s of nodes, whatever they are called', async (series, ofN1, ofHostile) => {
		const request = valuesOf('node', series, node('n1'), node(HOSTILE), node('n.'), node('none'));
		expect(await request).toEqual({'node n1': about(ofN1), [`node ${HOSTILE}`]: about(ofHostile)});
	});

	test.each([
		['cpuCores', 3],
		['memoryWorkingSetBytes', 12e9],
		['rxBytesPerSecond', 2000],
	] as const)('has %s of the cluster as the sum of its nodes', async (series, value) => {
		expect(await valuesOf('cluster', series, {kind: 'cluster'})).toEqual({cluster: about(value)});
	});

	test.each([
		['cpuCores', 0.5, 0.0625],
		['memoryWorkingSetBytes', 1005, 15],
		['memoryRssBytes', 502.5, 7.5],
		['rxBytesPerSecond', 100, 1],
	] as const)('has %s of pods as their own group uses it, once', async (series, ofWeb, ofHostile) => {
		expect(await valuesOf('pod', series, pod('shop', 'web-0'), pod('shop', HOSTILE))).toEqual({
			[subjectKey(pod('shop', 'web-0'))]: about(ofWeb),
			[subjectKey(pod('shop', HOSTILE))]: about(ofHostile),
		});
	});

	test('distinguishes pods of one name in two namespaces, and answers for no other', async () => {
		const values = await valuesOf('pod', 'cpuCores', pod('batch', 'web-0'), pod('shop', 'web-1'));
		expect(values).toEqual({'pod batch web-0': about(0.125), 'pod shop web-1': about(0.25)});
	});

	test.each([
		['cpuCores', 0.5 + 0.25 + 0.0625 + 0.03125],
		['memoryWorkingSetBytes', 1531],
		// Without the pod on the host's network.
		['rxBytesPerSecond', 151],
	] as const)('has %s of a namespace as the sum of its pods', async (series, value) => {
		expect(await valuesOf('namespace', series, {kind: 'namespace', name: 'shop'})).toEqual({
			'namespace shop': about(value),
		});
	});

	test.each([
		['twice', 'n1'],
		['targets', 'n1:10250'],
	])('has each machine once where a cAdvisor of its own is scraped too: %s', async (cluster, name) => {
		const options = {matchers: `cluster="${cluster}"`};
		const ask = (kind: 'cluster' | 'node', subject: HistorySubject) =>
			read({kind, series: 'cpuCores', subjects: [subject], range: RANGE}, options);
		expect(await ask('cluster', {kind: 'cluster'})).toEqual({cluster: about(2)});
		expect(await ask('node', node(name))).toEqual({[`node ${name}`]: about(2)});
		const request = {kind: 'node', atMs: START + 300_000, lookBackMs: 60_000} as const;
		expect(await storeOf(options).moment(request, signal)).toMatchObject([
			{subject: node(name), values: {cpuCores: expect.closeTo(2, 6)}},
		]);
	});

	test.each([
		['cpuCores', 0.75],
		['memoryWorkingSetBytes', 1005],
		['memoryRssBytes', 500],
	] as const)(
		'has %s of pods from /metrics/resource where their groups are not kept',
		async (series, value) => {
			const options = {matchers: 'cluster="resource"'};
			const web = pod('shop', 'web-0');
			expect(await read({kind: 'pod', series, subjects: [web], range: RANGE}, options)).toEqual({
				[subjectKey(web)]: about(value),
			});
			expect((await storeOf(options).probe(signal)).differences).toEqual([
				{kinds: ['pod', 'namespace'], series: ['memoryRssBytes'], kept: 'sums of containers'},
			]);
		},
	);

	test('has the disk with the least room left, as it is shown live', async () => {
		const disks = {matchers: 'cluster="disks"'};
		expect(
			await read({kind: 'node', series: 'filesystemUsedBytes', subjects: [node('n1')], range: RANGE}, disks),
		).toEqual({'node n1': about(2e9)});
	});

	test('has the throttled share of containers that have a limit', async () => {
		expect(
			await valuesOf('container', 'throttledRatio', container('shop', 'web-1'), container('shop', 'web-0')),
		).toEqual({'container shop web-1 app': about(0.4)});
		expect(await valuesOf('container', 'rxBytesPerSecond', container('shop', 'web-1'))).toEqual({});
	});

	test('has all nodes of a moment', async () => {
		const nodes = await storeOf().moment({kind: 'node', atMs: START + 307_000, lookBackMs: 120_000}, signal);
		const of = (cores: number, bytes: number) => ({
			cpuCores: expect.closeTo(cores, 6),
			memoryWorkingSetBytes: bytes,
			memoryRssBytes: bytes / 2,
			rxBytesPerSecond: expect.closeTo(1000, 6),
			txBytesPerSecond: expect.closeTo(500, 6),
			filesystemUsedBytes: 4e9,
			cpuCapacityCores: 8,
			memoryCapacityBytes: 32e9,
		});
		expect(nodes.toSorted((one, other) => String(one.node).localeCompare(String(other.node)))).toEqual([
			{subject: node('n1'), node: 'n1', timeMs: START + 300_000, values: of(2, 8e9)},
			{subject: node(HOSTILE), node: HOSTILE, timeMs: START + 300_000, values: of(1, 4e9)},
		]);
	});

	test('has all pods and containers of a moment, with their node', async () => {
		const request = {atMs: START + 300_000, lookBackMs: 60_000} as const;
		const pods = await storeOf().moment({...request, kind: 'pod'}, signal);
		expect(pods.map(({subject}) => subjectKey(subject)).toSorted()).toEqual(
			[pod('batch', 'web-0'), ...['proxy', 'web-0', 'web-1', HOSTILE].map(name => pod('shop', name))].map(
				subjectKey,
			),
		);
		expect(pods.find(({subject}) => subjectKey(subject) === 'pod shop web-0')).toEqual({
			subject: pod('shop', 'web-0'),
			node: 'n1',
			timeMs: START + 300_000,
			values: {
				cpuCores: expect.closeTo(0.5, 6),
				memoryWorkingSetBytes: 1005,
				memoryRssBytes: 502.5,
				rxBytesPerSecond: expect.closeTo(100, 6),
			},
		});
		const containers = await storeOf().moment({...request, kind: 'container'}, signal);
		expect(containers).toHaveLength(5);
		expect(containers.find(({subject}) => subjectKey(subject) === 'container shop web-1 app')).toMatchObject({
			node: 'n1',
			values: {throttledRatio: expect.closeTo(0.4, 6), memoryWorkingSetBytes: 500},
		});
	});

	test('has nothing of a moment for whose length it was not there', async () => {
		expect(await storeOf().moment({kind: 'pod', atMs: START + 800_000, lookBackMs: 120_000}, signal)).toEqual(
			[],
		);
	});

	test('finds the labels of a cluster from before Kubernetes 1.16, and sums its containers to nodes', async () => {
		const options = {matchers: '{cluster="old"}'};
		expect(await storeOf(options).probe(signal)).toEqual({
			name: 'container metrics without nodes',
			differences: [podsAreSums(), NODES_ARE_SUMS],
		});
		expect(
			await read(
				{kind: 'pod', series: 'memoryWorkingSetBytes', subjects: [pod('shop', 'web-9')], range: RANGE},
				options,
			),
		).toEqual({'pod shop web-9': [77, 77, 77]});
		expect(
			await read({kind: 'node', series: 'cpuCores', subjects: [node('o1')], range: RANGE}, options),
		).toEqual({'node o1': about(0.5)});
	});

	test('finds the labels where the store’s newest samples are days old', async () => {
		const store = prometheusStore(
			{
				url: server.url,
				login: undefined,
				headers: [],
				timeoutMs: 60_000,
				labels: {},
				matchers: undefined,
				scrapeIntervalMs: SAMPLE_MS,
			},
			() => NOW + 5 * 86_400_000,
		);
		expect(await store.probe(signal)).toMatchObject({name: 'container metrics'});
	});

	test('says where there are no container metrics', async () => {
		await expect(storeOf({matchers: 'cluster="none"'}).probe(signal)).rejects.toMatchObject({
			code: 'not-found',
			message: expect.stringMatching(/ holds no container metrics with cluster="none"$/),
		});
	});

	test('takes a week in as many points as a screen shows', async () => {
		// A step of a week is longer than the samples: two more end after them, wherever steps begin today.
		const endMs = NOW + 3_600_000;
		const points = await storeOf({}, endMs).series(
			{
				kind: 'node',
				series: 'memoryWorkingSetBytes',
				subjects: [node('n1')],
				range: {startMs: endMs - 7 * 86_400_000, endMs, stepMs: 1000},
			},
			signal,
		);
		expect(points.get('node n1')?.length).toBeGreaterThan(0);
	});

	test('turns down what is no question of its own, with what it says', async () => {
		const client = prometheusClient({url: server.url, login: undefined, headers: [], timeoutMs: 60_000});
		await expect(client.instant('sum(', {atMs: NOW}, signal)).rejects.toMatchObject({
			code: 'bad-answer',
			brief: 'history error',
			message: expect.stringContaining('parse error'),
		});
		const lost = prometheusClient({
			url: `${server.url}/grafana`,
			login: undefined,
			headers: [],
			timeoutMs: 60_000,
		});
		await expect(lost.instant('up', {atMs: NOW}, signal)).rejects.toMatchObject({code: 'not-found'});
		await client.close();
		await lost.close();
	});
});
