import {readFileSync} from 'node:fs';
import type {Socket} from 'node:net';
import {join} from 'node:path';
import {afterEach, describe, expect, onTestFinished, test} from 'vitest';
import {freePort} from '../http/free-port.ts';
import {startRaw} from '../http/raw-server.ts';
import {startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {recording} from '../scrape/recorded-server.ts';
import {runKtop} from './ktop.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

// What goes wrong in real clusters, by the numbers under which it was collected from the issues of kubernetes,
// metrics-server, cAdvisor, Heapster and others; each is shown to ktop as a user would meet it.

/** The failures, by the numbers in the names of the tests. */
const KNOWN: Readonly<Record<string, string>> = {
	1: 'no right to nodes/stats, nodes/metrics or nodes/proxy',
	2: 'the kubelet takes a token for nobody’s',
	3: 'x509: unknown authority, no IP SANs',
	4: 'tls: internal error, while a certificate waits for its approval',
	5: 'host names of nodes that cannot be resolved, addresses without a route',
	6: 'nodes that are down and hang each round',
	7: 'Fargate and virtual-kubelet: nodes without a kubelet',
	8: 'the same sample twice, where it is read more often than taken',
	9: 'stamps out of order, clocks that differ between nodes',
	10: 'time and startTime null',
	11: 'counters that begin anew with a container',
	12: 'usageNanoCores missing, or 0 for ever',
	13: 'unsigned numbers below zero: 1.8e19',
	14: 'negative and huge rates in a store',
	15: 'a container twice, the old one beside the new',
	16: 'pods in a summary that are over',
	17: 'network, filesystem or memory missing',
	18: 'pods on the host’s network counted twice',
	19: 'Windows nodes, which report little',
	20: 'answers of many megabytes',
	21: 'one filesystem’s error answers 500 for all',
	22: 'a proxy of the API server that is slow, limits or fails',
	23: 'ports 4194 and 10255 that are gone',
	24: 'watches that expire or die in silence',
	25: 'stores that answer 200 with an error',
};

afterEach(({task}) => {
	const [, number = ''] =
		/^failure (\d+)\b/.exec(task.name) ?? /^failure (\d+)\b/.exec(task.suite?.name ?? '') ?? [];
	const failure = KNOWN[number];
	if (failure !== undefined) {
		report(task, 'known', failure);
	}
});

type Snapshot = {
	readonly time: string;
	readonly nodes: ReadonlyArray<{
		readonly name: string;
		readonly status?: string;
		readonly virtual?: boolean;
		readonly sample: {
			readonly state: string;
			readonly route?: string;
			readonly time?: string;
			readonly ageSeconds?: number;
		};
		readonly cpu?: {readonly usageCores?: number};
		readonly memory?: Readonly<Record<string, number>>;
		readonly network?: Readonly<Record<string, number>>;
		readonly operatingSystem?: string;
	}>;
	readonly pods: ReadonlyArray<{
		readonly name: string;
		readonly uid?: string;
		readonly status?: string;
		readonly startTime?: string;
		readonly cpu?: {readonly usageCores?: number};
		readonly memory?: {readonly workingSetBytes?: number};
		readonly network?: Readonly<Record<string, number>>;
		readonly hostNetwork: boolean;
	}>;
	readonly containers: ReadonlyArray<{
		readonly container: string;
		readonly pod?: string;
		readonly cpu?: {readonly usageCores?: number};
		readonly memory?: {readonly workingSetBytes?: number};
	}>;
	readonly errors: ReadonlyArray<{
		readonly node: string;
		readonly code: string;
		readonly message: string;
		readonly hint: string;
	}>;
	readonly notices: readonly string[];
	readonly cluster: Readonly<Record<string, number>>;
};

async function run(options: ClusterOptions = {}, args: readonly string[] = []) {
	const recorded = await startRecordedCluster(options);
	onTestFinished(recorded.close);
	const printed = await runKtop(['--json', '--kubeconfig', recorded.kubeconfig, ...args]);
	const lines = printed.stdout.split('\n').filter(line => line !== '');
	const snapshots: readonly Snapshot[] = lines.map(line => JSON.parse(line));
	const last = snapshots.at(-1);
	if (last === undefined) {
		throw new Error(printed.stderr);
	}

	return {...recorded, ...printed, snapshots, ...last};
}

const SUMMARY = JSON.parse(recording('kubelet', 'summary-1.json'));

/** The recorded summary with a change, as a kubelet's answer. */
function summary(change: (summary: typeof SUMMARY) => void) {
	const copy = structuredClone(SUMMARY);
	change(copy);
	return {status: 200, text: JSON.stringify(copy), type: 'application/json'};
}

const proxied = [
	[/\/proxy\/stats\/summary$/, {status: 200, file: 'proxy-stats-summary.json'}],
] as const satisfies ClusterOptions['api'];

/** Adds a node that is a copy of the recorded one but for its name, port and labels. */
const withNode =
	(name: string, change: {readonly port?: number; readonly labels?: Record<string, string>}) =>
	({items}: Parameters<NonNullable<ClusterOptions['nodes']>>[0]): void => {
		const [first] = items;
		if (first !== undefined) {
			const copy = structuredClone(first);
			copy.metadata = {name, uid: `uid-${name}`, labels: change.labels ?? {}};
			copy.status.daemonEndpoints.kubeletEndpoint.Port = change.port ?? 1;
			items.push(copy);
		}
	};

async function startRawServer(onConnection: (socket: Socket) => void): Promise<number> {
	const server = await startRaw(onConnection);
	onTestFinished(server.close);
	return Number(server.address.split(':')[1]);
}

describe('failures of real clusters', () => {
	describe('failure 1: no right to nodes/stats', () => {
		test('leads to the next endpoint, and names the missing right with the fix', async () => {
			const {nodes, errors, exitCode} = await run({
				kubelet: {
					'/stats/summary': '403-no-rights-stats-summary.txt',
					'/metrics/resource': [
						'metrics-resource-1.prom',
						'metrics-resource-2.prom',
						'metrics-resource-3.prom',
					],
				},
			});
			expect(nodes[0]?.sample.route).toBe('resource');
			expect(nodes[0]?.cpu?.usageCores).toBeGreaterThan(0);
			expect(errors).toMatchObject([{node: 'node-a', code: 'forbidden'}]);
			expect(errors[0]?.hint).toContain('resources ["nodes/stats"], verbs ["get"]');
			expect(exitCode).toBe(0);
		});
	});

	describe('failure 2: the kubelet does not know the user', () => {
		test.each([
			['401-anonymous.txt', 'unauthorized'],
			['403-anonymous-enabled-stats-summary.txt', 'forbidden'],
		])('(%s) and the hint names webhook authentication', async (file, code) => {
			const {errors} = await run({kubelet: {'/stats/summary': file, '/metrics/resource': file}});
			expect(errors).toMatchObject([{code}]);
			expect(errors[0]?.hint).toMatch(/webhook token authentication/);
		});
	});

	describe('failure 3: the kubelet’s certificate', () => {
		test('of an unknown authority is refused, with the flag that names it', async () => {
			const {errors, exitCode} = await run({kubeletTls: tlsOf('client-unknown')});
			expect(errors).toMatchObject([{code: 'tls-unknown-authority'}]);
			expect(errors[0]?.hint).toContain('--kubelet-ca');
			expect(exitCode).toBe(1);
		});

		test('without the address in it is verified by the node’s host name', async () => {
			const {errors, nodes} = await run();
			expect(errors).toEqual([]);
			expect(nodes[0]?.sample.route).toBe('summary');
		});

		test('for another name is refused, and says what it is for', async () => {
			const {errors} = await run({
				nodes: ({items}) => {
					for (const {status} of items) {
						status.addresses = status.addresses.filter(({type}) => type === 'InternalIP');
					}
				},
			});
			expect(errors).toMatchObject([{code: 'tls-name-mismatch'}]);
			expect(errors[0]?.message).toContain('node-a');
		});

		test('is accepted unverified only with a flag', async () => {
			const {errors, nodes} = await run({kubeletTls: tlsOf('client-unknown')}, ['--kubelet-insecure-tls']);
			expect([errors.length, nodes[0]?.sample.state]).toEqual([0, 'live']);
		});
	});

	test('failure 4: a kubelet that waits for its certificate is recognised, and the approval named', async () => {
		// TLS alert 80, as Go's servers send it while they have no certificate to show.
		const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 80]);
		const port = await startRawServer(socket => socket.once('data', () => socket.end(alert)));
		const {errors} = await run({
			nodes: ({items}) => {
				for (const {status} of items) {
					status.daemonEndpoints.kubeletEndpoint.Port = port;
				}
			},
		});
		expect(errors).toMatchObject([{code: 'tls-internal-error'}]);
		expect(errors[0]?.hint).toContain('kubectl certificate approve');
	});

	test('failure 5: a node whose name cannot be resolved is read by the proxy, and the reason is shown', async () => {
		const {nodes, errors} = await run({
			api: proxied,
			nodes: ({items}) => {
				for (const {status} of items) {
					status.addresses = [{type: 'Hostname', address: 'node-a.invalid'}];
				}
			},
		});
		expect(nodes[0]?.sample.route).toBe('proxy summary');
		expect(errors).toMatchObject([{code: 'name-not-found'}]);
	});

	test('failure 6: a node that hangs holds up no other, and is given up in time', async () => {
		const startedMs = performance.now();
		const {nodes, errors, exitCode} = await run(
			{nodes: withNode('node-b', {port: await startRawServer(() => {})})},
			['--request-timeout', '3s', '--via', 'direct'],
		);
		expect(nodes.map(({name, sample}) => [name, sample.state])).toEqual([
			['node-a', 'live'],
			['node-b', 'failed'],
		]);
		expect(errors).toMatchObject([{node: 'node-b', code: 'timeout'}]);
		expect(exitCode).toBe(0);
		// Generous: it is about not waiting for ever.
		expect(performance.now() - startedMs).toBeLessThan(30_000);
	});

	test('failure 7: a virtual node is no error', async () => {
		const {nodes, errors, stderr, exitCode} = await run({
			nodes: withNode('fargate-1', {labels: {'eks.amazonaws.com/compute-type': 'fargate'}}),
		});
		expect(nodes.find(({name}) => name === 'fargate-1')).toMatchObject({virtual: true});
		expect([errors, stderr, exitCode]).toEqual([[], '', 0]);
	});

	test('failure 8: a sample that comes again is no new sample', async () => {
		const {snapshots} = await run({kubelet: {'/stats/summary': 'summary-1.json'}}, [
			'-w',
			'--count',
			'3',
			'--interval',
			'500ms',
		]);
		const seen = snapshots.map(({nodes}) => [nodes[0]?.sample.time, nodes[0]?.cpu?.usageCores]);
		expect(new Set(seen.map(String))).toEqual(new Set(['2026-11-23T09:29:44.000Z,1.339423536']));
		// Its age goes on counting from when it first came, whenever that was: that moment is the same in all three.
		const arrivals = snapshots.map(
			({time, nodes}) => Date.parse(time) / 1000 - (nodes[0]?.sample.ageSeconds ?? 0),
		);
		expect(arrivals).toHaveLength(3);
		for (const arrival of arrivals) {
			expect(arrival).toBeCloseTo(arrivals[0] ?? Number.NaN, 1);
		}
	});

	test('failure 9: rates are of the node’s own stamps, however wrong its clock is', async () => {
		const counted = (seconds: number, nanoseconds: number) =>
			summary(({node}) => {
				node.cpu = {
					time: new Date(Date.UTC(2035, 0, 1) + seconds * 1000).toISOString(),
					usageCoreNanoSeconds: nanoseconds,
				};
			});
		const {nodes} = await run({kubelet: {'/stats/summary': [counted(0, 1e12), counted(40, 1e12 + 20e9)]}});
		expect(nodes[0]?.cpu?.usageCores).toBe(0.5);
	});

	test('failure 10: a sample without times is taken as of now', async () => {
		const {pods} = await run({
			kubelet: {
				'/stats/summary': summary(({pods: all}) => {
					for (const pod of all) {
						pod.startTime = null;
						pod.cpu.time = null;
						pod.memory.time = null;
					}
				}),
			},
		});
		const pod = pods.find(({name}) => name === 'queue-0');
		expect(pod?.memory?.workingSetBytes).toBeGreaterThan(0);
	});

	test('failure 11: a counter that restarts makes a gap and no spike', async () => {
		const counted = (seconds: number, nanoseconds: number) =>
			summary(({node}) => {
				node.cpu = {
					time: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
					usageCoreNanoSeconds: nanoseconds,
				};
			});
		const {nodes} = await run({
			kubelet: {'/stats/summary': [counted(0, 1e15), counted(40, 5e9), counted(80, 25e9)]},
		});
		expect(nodes[0]?.cpu?.usageCores).toBe(0.5);
	});

	test('failure 12: a rate that is always 0 beside a counter that moves is not believed', async () => {
		const lying = (file: string) => {
			const copy = JSON.parse(recording('kubelet', file));
			for (const pod of copy.pods) {
				for (const container of pod.containers) {
					container.cpu.usageNanoCores = 0;
				}
			}

			return {status: 200, text: JSON.stringify(copy), type: 'application/json'};
		};
		const {containers} = await run(
			{kubelet: {'/stats/summary': [lying('summary-1.json'), lying('summary-3.json')]}},
			['-w', '--count', '3', '--interval', '1s'],
		);
		const api = containers.find(({container}) => container === 'api');
		expect(api?.cpu?.usageCores).toBeGreaterThan(0);
	});

	test('failure 13: a number that went below zero and round is unknown, and the others stay', async () => {
		const {containers} = await run({
			kubelet: {
				'/stats/summary': summary(({pods}) => {
					const queue = pods.find((pod: {podRef: {name: string}}) => pod.podRef.name === 'queue-0');
					queue.containers[0].memory.workingSetBytes = 2 ** 64;
				}),
			},
		});
		const queue = containers.find(({pod, container}) => pod === 'queue-0' && container === 'queue');
		expect(queue?.memory?.workingSetBytes).toBeUndefined();
		expect(queue?.cpu?.usageCores).toBeGreaterThan(0);
	});

	test('failure 15: of two incarnations of a container the one that started last is shown', async () => {
		const {containers} = await run({
			kubelet: {
				'/stats/summary': summary(({pods}) => {
					const queue = pods.find((pod: {podRef: {name: string}}) => pod.podRef.name === 'queue-0');
					const dead = structuredClone(queue.containers[0]);
					dead.startTime = '2020-01-01T00:00:00Z';
					dead.memory.workingSetBytes = 1;
					queue.containers = [dead, ...queue.containers, dead];
				}),
			},
		});
		const queues = containers.filter(({pod}) => pod === 'queue-0');
		expect(queues).toHaveLength(1);
		expect(queues[0]?.memory?.workingSetBytes).toBeGreaterThan(1);
	});

	test('failure 16: a pod that is over but still reported shows its end and no usage', async () => {
		const {pods} = await run({
			kubelet: {
				'/stats/summary': summary(({pods: all}) => {
					const [copy] = structuredClone(all);
					const page = JSON.parse(
						readFileSync(join(import.meta.dirname, '../fixtures/apiserver/pods-limit5-page1.json'), 'utf8'),
					);
					const job = page.items.find(
						({metadata}: {metadata: {name: string}}) => metadata.name === 'nightly-import-qrzdj',
					);
					copy.podRef = {name: job.metadata.name, namespace: 'batch', uid: job.metadata.uid};
					all.push(copy);
				}),
			},
		});
		const job = pods.filter(({name}) => name === 'nightly-import-qrzdj');
		expect(job.map(({status, cpu}) => [status, cpu?.usageCores])).toEqual([['Completed', undefined]]);
	});

	test('failure 17: what is missing is absent, and never 0', async () => {
		const {nodes, pods} = await run({
			kubelet: {
				'/stats/summary': summary(({node, pods: all}) => {
					delete node.network;
					delete node.fs;
					delete node.memory;
					for (const pod of all) {
						delete pod.memory;
						// A pod without figures of its own is the sum of its containers.
						for (const container of pod.containers) {
							delete container.memory;
						}
					}
				}),
			},
		});
		expect(nodes[0]).not.toHaveProperty('network');
		expect(nodes[0]?.memory?.workingSetBytes).toBeUndefined();
		expect(pods.filter(({memory}) => memory?.workingSetBytes !== undefined)).toEqual([]);
	});

	test('failure 18: pods on the host’s network are marked, and their traffic is in no sum', async () => {
		const {pods} = await run();
		expect(
			pods
				.filter(({hostNetwork}) => hostNetwork)
				.map(({name}) => name)
				.sort(),
		).toEqual(['node-agent-4p4nn', 'static-web-node-a']);
	});

	test('failure 19: a Windows node shows the few figures that it reports, and that it runs Windows', async () => {
		const {nodes, errors} = await run({
			nodes: ({items}) => {
				for (const {status} of items) {
					Object.assign(status, {nodeInfo: {operatingSystem: 'windows', kubeletVersion: 'v1.30.0'}});
				}
			},
			kubelet: {
				'/stats/summary': summary(({node, pods}) => {
					node.memory = {time: node.memory.time, workingSetBytes: 1024, availableBytes: 0};
					delete node.rlimit;
					pods.splice(0);
				}),
			},
		});
		expect(nodes[0]).toMatchObject({operatingSystem: 'windows', memory: {workingSetBytes: 1024}});
		expect(nodes[0]?.memory).not.toHaveProperty('rssBytes');
		expect(errors).toEqual([]);
	});

	test('failure 20: an answer without end is cut off, and the next endpoint asked', async () => {
		const {nodes, errors} = await run({
			kubelet: {
				'/stats/summary': {status: 200, text: ' '.repeat(65 * 2 ** 20), type: 'application/json'},
				'/stats/summary?only_cpu_and_memory=true': 'summary-cpumem-1.json',
			},
		});
		expect(nodes[0]?.sample.route).toBe('summary cpu+mem');
		expect(errors).toMatchObject([{code: 'too-large'}]);
	});

	test('failure 21: an error 500 of one file system leaves CPU and memory', async () => {
		const {nodes, errors} = await run({
			kubelet: {
				'/stats/summary': {
					status: 500,
					text: 'Internal Error: failed to get imageFs stats: non-existent label',
				},
				'/stats/summary?only_cpu_and_memory=true': 'summary-cpumem-1.json',
			},
		});
		expect(nodes[0]?.sample.route).toBe('summary cpu+mem');
		expect(errors).toMatchObject([{code: 'server-error'}]);
		expect(errors[0]?.message).toContain('imageFs');
	});

	describe('failure 22: the API server’s proxy', () => {
		test('is asked again when it said to wait', async () => {
			let asked = 0;
			const recorded = await startRecordedCluster({
				api: [
					[
						{
							test: (path: string) => path.includes('/proxy/stats/summary') && asked++ === 0,
						} as RegExp,
						{status: 429, text: 'Too many requests', headers: {'retry-after': '1'}},
					],
					...proxied,
				],
			});
			onTestFinished(recorded.close);
			const {stdout} = await runKtop(['--json', '--kubeconfig', recorded.kubeconfig, '--via', 'proxy']);
			const {nodes, errors}: Snapshot = JSON.parse(stdout);
			expect([nodes[0]?.sample.route, errors]).toEqual(['proxy summary', []]);
		});

		test.each([
			['of the node', {status: 503, file: '503-proxy-kubelet-down-summary.json'}, 'unreachable', 'kubelet'],
			['of the API server', {status: 502, text: 'bad gateway'}, 'server-error', ''],
			['of rights', {status: 403, file: '403-no-rights-proxy-summary.json'}, 'forbidden', 'nodes/proxy'],
		] as const)('distinguishes a failure %s from others', async (_, answer, code, hint) => {
			const {errors} = await run({api: [[/\/proxy\//, answer]]}, ['--via', 'proxy']);
			expect(errors).toMatchObject([{code}]);
			expect(errors[0]?.hint).toContain(hint);
		});
	});

	describe('failure 23: ports that are gone', () => {
		test('are reported with their own code', async () => {
			const port = await freePort();
			const {stderr, exitCode} = await runKtop(['--json', '--source', `kubelet:http://127.0.0.1:${port}`]);
			expect(stderr).toContain('nothing listens on that port');
			expect(exitCode).toBe(1);
		});

		test('of cAdvisor too', async () => {
			const server = await startServer((_request, response) =>
				response.writeHead(404).end('404 page not found'),
			);
			onTestFinished(server.close);
			const {stderr, exitCode} = await runKtop(['--json', '--source', `cadvisor:${server.origin}`]);
			expect(stderr).toContain('404');
			expect(exitCode).toBe(1);
		});
	});

	test('failure 24: a watch that is too old is followed by a new list, and nothing is lost of what was known', async () => {
		let watches = 0;
		const recorded = await startRecordedCluster({
			api: [
				[
					{
						test: (path: string) =>
							path.startsWith('/api/v1/pods?') && path.includes('watch=1') && watches++ === 0,
					} as RegExp,
					{status: 200, file: 'watch-rv-too-old.jsonl'},
				],
			],
		});
		onTestFinished(recorded.close);
		const {stdout} = await runKtop([
			'--json',
			'--kubeconfig',
			recorded.kubeconfig,
			'-w',
			'--count',
			'5',
			'--interval',
			'1s',
		]);
		const lists = recorded.requests.filter(
			request => request.startsWith('GET /api/v1/pods?') && !/watch=1|continue/.test(request),
		);
		expect(lists.length).toBeGreaterThan(1);
		const counts = stdout
			.trim()
			.split('\n')
			.map(line => (JSON.parse(line) as Snapshot).pods.length);
		expect(counts).toEqual([26, 26, 26, 26, 26]);
	});

	/** A store that answers each statement of InfluxQL with what is said of the first pattern that it matches. */
	async function startStore(
		answers: ReadonlyArray<readonly [statement: RegExp, result: object]>,
	): Promise<string> {
		const server = await startServer((request, response) => {
			let body = '';
			request.on('data', part => {
				body += part;
			});
			request.on('end', () => {
				const statements = new URLSearchParams(body).get('q')?.split('; ') ?? [];
				const results = statements.map(
					statement => answers.find(([pattern]) => pattern.test(statement))?.[1] ?? {},
				);
				response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({results}));
			});
		});
		onTestFinished(server.close);
		return `influxdb:${server.origin}?db=k8s`;
	}

	const column = (...names: readonly string[]): object => ({
		series: [{name: 'x', columns: ['name'], values: names.map(name => [name])}],
	});

	test('failure 14: rates that overflowed in the store are no measurements', async () => {
		const now = Date.now();
		const nodes = (values: Readonly<Record<string, number>>): object => ({
			series: Object.entries(values).map(([nodename, value]) => ({
				name: 'x',
				tags: {nodename},
				columns: ['time', 'value'],
				values: [[now - 5000, value]],
			})),
		});
		const history = await startStore([
			[/^SHOW RETENTION/, column('default')],
			[/^SHOW MEASUREMENTS/, column('cpu/usage_rate')],
			[/"cpu\/usage_rate".*'node'/, nodes({negative: -9.2e18, huge: 1.8e19, well: 500})],
			[/"memory\/working_set".*'node'/, nodes({negative: 1024, huge: 1024, well: 1024})],
		]);
		const {stdout} = await runKtop([
			'--json',
			'--source',
			'kubelet:http://127.0.0.1:1',
			'--history',
			history,
		]);
		const {nodes: rows} = JSON.parse(stdout) as Snapshot;
		const cpu = new Map(rows.map(({name, cpu}) => [name, cpu?.usageCores]));
		expect(cpu.get('well')).toBe(0.5);
		expect([cpu.get('negative'), cpu.get('huge')]).toEqual([undefined, undefined]);
		expect(rows.find(({name}) => name === 'huge')?.memory?.workingSetBytes).toBe(1024);
	});

	test.each([
		[
			'says 200 and “database not found”',
			{error: 'database not found: k8s'},
			/no such database|database not found/,
			/DBRP/,
		],
		[
			'says 200 and “retention policy not found”',
			{error: 'retention policy not found: autogen'},
			/retention policy not found/,
			/rp=/,
		],
		[
			'says 200 and gives a part',
			{series: [{name: 'x', columns: [], values: []}], partial: true},
			/part of the result/,
			/max-row-limit/,
		],
		['says 200 and fails otherwise', {error: 'timeout'}, /timeout/, /shorter window/],
	])('failure 25: a store that %s is reported, and delays nothing', async (_says, result, message, hint) => {
		const history = await startStore([[/./, result]]);
		const recorded = await startRecordedCluster();
		onTestFinished(recorded.close);
		const {stdout} = await runKtop(['doctor', '--kubeconfig', recorded.kubeconfig, '--history', history]);
		const [, finding = ''] = /FAILED +history +([\s\S]*)/.exec(stdout) ?? [];
		expect(finding).toMatch(message);
		expect(finding).toMatch(hint);
		expect(stdout).toMatch(/ok +nodes /);
	});
});

test('a control character in what a server says never reaches the terminal', async () => {
	const evil = 'no \u001B]0;owned\u0007\u009B31m rights';
	const {stderr, errors} = await run({
		kubelet: {
			'/stats/summary': {status: 500, text: evil},
			'/stats/summary?only_cpu_and_memory=true': {status: 500, text: evil},
			'/metrics/resource': {status: 500, text: evil},
		},
	});
	expect(errors[0]?.message).toContain('owned');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
	expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
	expect(stderr).toContain('owned');
});
