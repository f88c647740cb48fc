import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {hasInfluxd, startInfluxd} from '../history/influxdb/influxd.ts';
import {hasPrometheus, startPrometheus} from '../history/prometheus/prometheus-server.ts';
import {hasVictoriaMetrics, startVictoriaMetrics} from '../history/prometheus/victoria-metrics.ts';
import {startServer} from '../http/test-server.ts';
import {openKtop, runKtop} from './ktop.ts';

const NODES = Array.from({length: 9}, (_, index) => `node-${index}`);
const PODS = ['web', 'queue', 'cache'];

/** Cores of each, so that no two are alike and sums tell who is missing. */
function millicoresOf(node: string, pod: string, container: string): number {
	return 1 + NODES.indexOf(node) * 100 + PODS.indexOf(pod) * 10 + Number(container === 'side');
}

/** A kubelet whose counters grow evenly, so that every reader computes the same rates. */
function summaryOf(node: string, nowMs: number): unknown {
	const time = new Date(nowMs).toISOString();
	const since = new Date(nowMs - (nowMs % 86_400_000)).toISOString();
	const usage = (millicores: number) => ({
		startTime: since,
		cpu: {
			time,
			usageNanoCores: millicores * 1e6,
			usageCoreNanoSeconds: millicores * 1000 * (nowMs % 86_400_000),
		},
		memory: {time, workingSetBytes: millicores * 2 ** 20, rssBytes: millicores * 2 ** 19},
	});
	const pods = PODS.map(name => {
		const containers = ['app', 'side'].map(container => ({
			name: container,
			...usage(millicoresOf(node, name, container)),
		}));
		const millicores = millicoresOf(node, name, 'app') + millicoresOf(node, name, 'side');
		return {podRef: podRefOf(node, name), containers, ...usage(millicores)};
	});
	return {node: {nodeName: node, ...usage(NODES.indexOf(node) * 1000 + 500)}, pods};
}

/** An API server that lists these nodes and pods, and passes on to the kubelets. */
async function startCluster(): Promise<readonly string[]> {
	const list = (items: readonly unknown[]): unknown => ({metadata: {resourceVersion: '1'}, items});
	const nodes = NODES.map(name => ({
		metadata: {name, uid: name},
		status: {conditions: [{type: 'Ready', status: 'True'}]},
	}));
	const pods = NODES.flatMap(nodeName =>
		PODS.map(name => ({
			metadata: {...podRefOf(nodeName, name)},
			spec: {nodeName, containers: ['app', 'side'].map(container => ({name: container}))},
			status: {phase: 'Running'},
		})),
	);
	const server = await startServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const [, node] = /^\/api\/v1\/nodes\/([^/]+)\/proxy\/stats\/summary/.exec(url.pathname) ?? [];
		response.writeHead(200, {'content-type': 'application/json'});
		if (url.searchParams.has('watch')) {
			// Nothing happens.
			response.flushHeaders();
		} else if (node !== undefined) {
			response.end(JSON.stringify(summaryOf(node, Date.now())));
		} else {
			const found = {'/api/v1/nodes': list(nodes), '/api/v1/pods': list(pods)}[url.pathname];
			response.end(JSON.stringify(found ?? {}));
		}
	});
	onClosed.push(server.close);
	return ['--source', `kubernetes:${server.origin}`, '--via', 'proxy'];
}

function podRefOf(node: string, name: string) {
	return {name: `${name}-${node}`, namespace: name === 'web' ? 'shop' : 'base', uid: `${node}-${name}`};
}

const onClosed: Array<() => unknown> = [];
afterAll(() => Promise.all(onClosed.map(close => close())));

type Usage = {readonly usageCores: number | null};
type Named = {
	readonly name: string;
	readonly namespace?: string;
	readonly pod?: {readonly name: string} | null;
	readonly cpu: Usage;
	readonly memory: {readonly workingSetBytes: number | null};
};
type Printed = Record<'nodes' | 'pods' | 'containers' | 'namespaces', readonly Named[]> & {
	readonly cluster: {readonly cpuCores: number; readonly memoryBytes: number};
};

/** What two snapshots must have in common: who there is, in whole millicores and bytes. */
function figuresOf({nodes, pods, containers, namespaces, cluster}: Printed): unknown {
	const each = ({name, cpu, memory}: Named): readonly unknown[] => [
		name,
		cpu.usageCores === null ? null : Math.round(cpu.usageCores * 1000),
		memory.workingSetBytes,
	];
	const all = (rows: readonly Named[]) => rows.map(row => JSON.stringify(each(row))).sort();
	return {
		nodes: all(nodes),
		pods: all(pods),
		containers: all(containers),
		namespaces: all(namespaces),
		cluster: [Math.round(cluster.cpuCores * 1000), cluster.memoryBytes],
	};
}

/** A store that three recorders write into, and how ktop reads it. */
const STORES = [
	{
		name: 'an InfluxDB',
		isHere: hasInfluxd,
		async start() {
			const {url, close} = await startInfluxd();
			onClosed.push(close);
			return {sink: `influxdb:${url}?db=k8s`, history: `influxdb:${url}?db=k8s`, flush: async () => {}};
		},
		label: 'InfluxDB k8s',
	},
	{
		name: 'a VictoriaMetrics',
		isHere: hasVictoriaMetrics,
		async start() {
			const {url, flush, close} = await startVictoriaMetrics();
			onClosed.push(close);
			return {sink: `influxdb:${url}?db=k8s`, history: `prometheus:${url}`, flush};
		},
		label: 'Prometheus',
	},
] as const;

for (const {name, isHere, start, label} of STORES) {
	describe.skipIf(!isHere)(
		`${name} alone, into which three recorders write a third of the nodes each,`,
		() => {
			let cluster: readonly string[];
			let history: readonly string[];
			beforeAll(async () => {
				const store = await start();
				cluster = await startCluster();
				const folder = await mkdtemp(join(tmpdir(), 'ktop-shards-'));
				onClosed.push(() => rm(folder, {recursive: true, force: true}));
				const recorders = await Promise.all(
					['ktop-record-0', 'ktop-record-1', 'ktop-record-2'].map(pod =>
						runKtop([
							'record',
							...cluster,
							'--sink',
							`${store.sink}&spool=${folder}/spool`,
							'--shard',
							`${pod}/3`,
							'--interval',
							'1s',
							'--count',
							'3',
						]),
					),
				);
				expect(recorders.map(({exitCode}) => exitCode)).toEqual([0, 0, 0]);
				await store.flush();
				history = ['--source', 'history', '--history', store.history];
			});

			test('has every node, pod, container and sum that a ktop shows which scrapes them all', async () => {
				const [stored, live] = await Promise.all([
					runKtop(['--json', ...history]),
					runKtop(['--json', ...cluster]),
				]);
				expect([stored.exitCode, stored.stderr]).toEqual([0, '']);
				const printed = JSON.parse(stored.stdout);
				expect(figuresOf(printed)).toEqual(figuresOf(JSON.parse(live.stdout)));
				expect(printed.nodes).toHaveLength(9);
				expect(printed.nodes[0]).toMatchObject({sample: {state: 'stored'}});
				expect(printed.source).toBe(`store ${label}`);
			});

			test('answers CSV, filters and namespaces', async () => {
				const {stdout} = await runKtop(['pods', '-o', 'csv', '--filter', 'node-3', '-n', 'shop', ...history]);
				expect(stdout.trim().split('\n').slice(1)).toEqual([expect.stringContaining('web-node-3')]);
			});

			test('is a screen of tables, pages and the past, which says that it is stored and how old', async () => {
				const terminal = openKtop(history, {columns: 140, rows: 40});
				onTestFinished(terminal.close);
				await terminal.until('all nodes', screen => /nodes 9\/9 stored/.test(screen));
				expect(terminal.text()).toMatch(/◌ stored \d+s old/);
				expect(terminal.text()).toContain(`store ${label}`);
				terminal.type('2');
				await terminal.until('pods of all recorders', screen =>
					['node-0', 'node-4', 'node-8'].every(node => screen.includes(`web-${node}`)),
				);
				terminal.type('4');
				await terminal.until('namespaces', screen => screen.includes('shop') && screen.includes('base'));
				terminal.type('1\r');
				await terminal.until('the page of a node with its pods', screen => /web-node-8/.test(screen));
			});

			test('says that the store does not have a figure', async () => {
				const terminal = openKtop(history, {columns: 140, rows: 40});
				onTestFinished(terminal.close);
				await terminal.until('all nodes', screen => /nodes 9\/9 stored/.test(screen));
				terminal.type('e');
				await terminal.until('why', screen => screen.includes(`${label} does not store it`));
				expect(terminal.text()).not.toContain('cannot be read');
			});
		},
	);
}

test('needs a store, and stands alone', async () => {
	const alone = await runKtop(['--source', 'history', '--json']);
	expect([alone.exitCode, alone.stderr]).toEqual([
		2,
		expect.stringContaining('needs a store: add --history'),
	]);
	const both = await runKtop([
		'--source',
		'history',
		'--source',
		'local',
		'--history',
		'influxdb:http://x',
		'--json',
	]);
	expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('stands alone')]);
});

test.skipIf(!hasPrometheus)('a real Prometheus alone is enough', async () => {
	const now = Math.floor(Date.now() / 1000);
	const times = Array.from({length: 20}, (_, index) => now - 15 * (19 - index));
	const series = [
		{labels: 'id="/",node="node-a"', cores: 1.5},
		{labels: 'id="/",node="node-b"', cores: 2.5},
		...['node-a', 'node-b'].map(node => ({
			labels: `id="/kubepods/${node}",node="${node}",namespace="shop",pod="web-${node}",container="app",image="app:1"`,
			cores: 0.25,
		})),
	];
	const lines = [
		'# TYPE container_cpu_usage_seconds counter',
		...series.flatMap(({labels, cores}) =>
			times.map(
				(time, index) => `container_cpu_usage_seconds_total{${labels}} ${index * 15 * cores} ${time}`,
			),
		),
		'# TYPE container_memory_working_set_bytes gauge',
		...series.flatMap(({labels}) =>
			times.map(time => `container_memory_working_set_bytes{${labels}} 1073741824 ${time}`),
		),
		'# EOF',
		'',
	];
	const prometheus = await startPrometheus([], lines.join('\n'));
	onTestFinished(prometheus.close);
	const {stdout, exitCode} = await runKtop([
		'--json',
		'--source',
		'history',
		'--history',
		`prometheus:${prometheus.url}?interval=15s`,
	]);
	expect(exitCode).toBe(0);
	const {nodes, pods, cluster} = JSON.parse(stdout) as Printed;
	expect(nodes.map(({name, cpu}) => [name, cpu.usageCores])).toEqual([
		['node-a', expect.closeTo(1.5)],
		['node-b', expect.closeTo(2.5)],
	]);
	expect(pods.map(({name, cpu}) => [name, cpu.usageCores])).toEqual([
		['web-node-a', expect.closeTo(0.25)],
		['web-node-b', expect.closeTo(0.25)],
	]);
	expect(cluster.cpuCores).toBeCloseTo(4);
});
