import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startDemo} from '../../source/demo/demo-cluster.ts';
import {tlsOf} from '../http/test-server.ts';
import {CLI, runKtop} from './ktop.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

const ajv = new Ajv2020({strict: true, allErrors: true});
// ajv-formats is a CommonJS module whose types hide that it is called as it is.
(formats as unknown as (target: Ajv2020) => void)(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(join(CLI, '../snapshot.schema.json'), 'utf8')));

const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));

async function cluster(options?: ClusterOptions) {
	const recorded = await startRecordedCluster(options);
	onTestFinished(recorded.close);
	return recorded;
}

async function snapshot(options: ClusterOptions = {}, args: readonly string[] = []) {
	const recorded = await cluster(options);
	const {stdout, stderr, exitCode} = await runKtop(['--json', '--kubeconfig', recorded.kubeconfig, ...args]);
	const printed = stdout === '' ? undefined : JSON.parse(stdout);
	if (printed !== undefined) {
		expect(validate(printed) ? [] : validate.errors).toEqual([]);
	}

	return {...recorded, printed, stderr, exitCode};
}

type PodFields = {
	readonly name: string;
	readonly namespace: string;
	readonly status: string;
	readonly restarts: number;
	readonly node?: string;
	readonly cpu: Readonly<Record<string, number>>;
	readonly memory: Readonly<Record<string, number>>;
};

describe('a recorded cluster, over HTTPS with a client certificate', () => {
	test('is shown whole: its context, version, node and pods', async () => {
		const {printed, stderr, exitCode} = await snapshot();
		expect([stderr, exitCode]).toEqual(['', 0]);
		expect(printed).toMatchObject({
			source: 'prod v1.36.2 as reader',
			context: 'prod',
			kubernetesVersion: 'v1.36.2',
			cluster: {nodes: 1, nodesRead: 1, nodesReady: 1},
			errors: [],
			notices: [],
		});
		// The figures are those of fixtures/apiserver/nodes.json and fixtures/kubelet/summary-1.json.
		expect(printed.nodes).toMatchObject([
			{
				name: 'node-a',
				status: 'Ready',
				version: 'v1.36.2',
				sample: {state: 'live', route: 'summary'},
				cpu: {usageCores: 1.339423536, capacityCores: 2, allocatableCores: 1.8},
				memory: {workingSetBytes: 2_157_375_488, capacityBytes: 24_684_092 * 1024},
				pods: {running: 17, allocatable: 60},
			},
		]);
	});

	test('lists each pod with the status and restarts that kubectl prints', async () => {
		const {printed} = await snapshot();
		const table = fixture('apiserver/pods-table.json');
		const expected = table.rows.map(({cells}: {cells: readonly string[]}) => [
			cells[0],
			cells[2],
			Number.parseInt(cells[3] ?? '', 10),
		]);
		const shown = printed.pods.map(({name, status, restarts}: PodFields) => [name, status, restarts]);
		expect(shown.sort()).toEqual(expected.sort());
	});

	test('shows the requests of each pod as its kubelet sums them up', async () => {
		const {printed} = await snapshot();
		const pods = [1, 2, 3, 4, 5, 6].flatMap(page => fixture(`apiserver/pods-limit5-page${page}.json`).items);
		const expected = pods.flatMap(({metadata, status}) =>
			status.allocatedResources === undefined
				? []
				: [
						[
							metadata.name,
							Number.parseInt(status.allocatedResources.cpu, 10) / 1000,
							Number.parseInt(status.allocatedResources.memory, 10) * 2 ** 20,
						],
					],
		);
		const shown = printed.pods.map(({name, cpu, memory}: PodFields) => [
			name,
			cpu.requestCores,
			memory.requestBytes,
		]);
		expect(shown).toEqual(expect.arrayContaining(expected));
		expect(expected.length).toBeGreaterThan(20);
	});

	test('shows the limits of containers as they are specified', async () => {
		const {printed} = await snapshot();
		const limits = (pod: string, name: string) => {
			const container = printed.containers.find(
				(one: {pod?: string; container: string}) => one.pod === pod && one.container === name,
			);
			return [container?.cpu.limitCores, container?.memory.limitBytes];
		};
		expect(limits('cache-7ccf49b8db-97w5s', 'cache')).toEqual([undefined, 48 * 2 ** 20]);
		expect(limits('queue-0', 'queue')).toEqual([0.1, 64 * 2 ** 20]);
		expect(limits('crasher-7b6ccd5cf4-mrxxt', 'crasher')).toEqual([undefined, undefined]);
		expect(limits('cart-dbbb79444-9pjpc', 'cart')).toEqual([0.25, 64 * 2 ** 20]);
	});

	test('joins the usage of each pod that its kubelet reports, the static one by its hash', async () => {
		const {printed} = await snapshot();
		const {pods} = fixture('kubelet/summary-1.json');
		const expected = pods.map((pod: {podRef: {name: string}; memory: {workingSetBytes: number}}) => [
			pod.podRef.name,
			pod.memory.workingSetBytes,
			true,
		]);
		const shown = printed.pods.map((pod: PodFields) => [
			pod.name,
			pod.memory.workingSetBytes,
			pod.status === 'Running',
		]);
		expect(shown).toEqual(expect.arrayContaining(expected));
		expect(shown.filter(([, bytes]: readonly unknown[]) => bytes !== undefined)).toHaveLength(pods.length);
	});

	test('keeps finished, pending and crashed pods, with no usage at all', async () => {
		const {printed} = await snapshot();
		const unread = ['nightly-import-qrzdj', 'too-big', 'no-image', 'crasher-7b6ccd5cf4-mrxxt'];
		for (const name of unread) {
			const pod = printed.pods.find((one: PodFields) => one.name === name);
			expect([name, pod?.cpu.usageCores, pod?.memory?.workingSetBytes]).toEqual([name, undefined, undefined]);
		}
	});

	test('shows why a container last ended', async () => {
		const {printed} = await snapshot();
		const container = printed.containers.find(
			(one: {pod?: string}) => one.pod === 'report-gen-5f6567d67d-zfs65',
		);
		expect(container).toMatchObject({restarts: 12, lastTermination: {reason: 'OOMKilled', exitCode: 137}});
	});

	test('is asked with GET and nothing else, of the API server and of the kubelet', async () => {
		const {requests, kubelet} = await snapshot();
		expect(requests.length).toBeGreaterThan(6);
		expect(requests.filter(request => !request.startsWith('GET '))).toEqual([]);
		expect([...kubelet.methods]).toEqual(['GET']);
	});

	test('is not watched where one snapshot is printed', async () => {
		const {requests} = await snapshot();
		expect(requests.filter(request => request.includes('watch'))).toEqual([]);
	});

	test('is never asked for nodes/proxy while the kubelet can be read', async () => {
		const {requests} = await snapshot();
		expect(requests.filter(request => request.includes('/proxy/'))).toEqual([]);
	});

	test('is narrowed to a namespace, and only its pods are listed', async () => {
		const page = {status: 200, file: 'pods-limit5-page1.json'} as const;
		const {requests} = await snapshot({api: [[/namespaces\/batch\/pods\?(?!.*(watch|continue))/, page]]}, [
			'-n',
			'batch',
		]);
		expect(requests.filter(request => request.startsWith('GET /api/v1/pods'))).toEqual([]);
	});

	test('is narrowed by labels and by a node at the API server', async () => {
		const {requests} = await snapshot({}, ['-l', 'app=web', '--node', 'node-a']);
		const lists = requests.filter(request => !request.includes('watch=1')).join('\n');
		expect(lists).toContain('labelSelector=app%3Dweb');
		expect(lists).toContain('fieldSelector=spec.nodeName%3Dnode-a');
		expect(lists).toContain('fieldSelector=metadata.name%3Dnode-a');
	});

	test('gives kubectl’s own table', async () => {
		const {kubeconfig} = await cluster();
		const {stdout} = await runKtop(['-o', 'table', '--kubeconfig', kubeconfig]);
		// 1339 of 1800 millicores, and 2057 of the 23493 MiB that pods can have, as kubectl top node rounds them.
		expect(stdout.split('\n')[1]).toMatch(/^node-a\s+1340m\s+74%\s+2057Mi\s+8%\s*$/);
	});
});

describe('ways to the node', () => {
	const proxied = [
		[/\/proxy\/stats\/summary$/, {status: 200, file: 'proxy-stats-summary.json'}],
	] as const satisfies ClusterOptions['api'];

	test('lead over the proxy where the kubelet’s certificate cannot be verified, and the reason is shown', async () => {
		const {printed} = await snapshot({
			api: proxied,
			kubeletTls: tlsOf('server-expired'),
		});
		expect(printed.nodes[0].sample.route).toBe('proxy summary');
		expect(printed.errors).toMatchObject([{node: 'node-a', code: 'tls-expired'}]);
	});

	test('are only direct on request', async () => {
		const {printed, requests, exitCode} = await snapshot(
			{api: proxied, kubeletTls: tlsOf('server-expired')},
			['--via', 'direct'],
		);
		expect(requests.filter(request => request.includes('/proxy/'))).toEqual([]);
		expect([printed.errors[0].code, exitCode]).toEqual(['tls-expired', 1]);
	});

	test('are only the proxy on request', async () => {
		const {printed, kubelet} = await snapshot({api: proxied}, ['--via', 'proxy']);
		expect(kubelet.requests).toEqual([]);
		expect(printed.nodes[0].sample.route).toBe('proxy summary');
		expect(printed.errors).toEqual([]);
	});

	test('end at metrics.k8s.io where no other is left', async () => {
		const nodes = {
			items: [
				{
					metadata: {name: 'node-a'},
					timestamp: '2026-11-23T09:29:44Z',
					window: '15s',
					usage: {cpu: '1339423536n', memory: '2106812Ki'},
				},
			],
		};
		const {printed} = await snapshot({
			kubeletTls: tlsOf('server-expired'),
			api: [
				[/\/proxy\//, {status: 403, file: '403-no-rights-proxy-summary.json'}],
				[/metrics.k8s.io\/v1\//, {status: 404, file: '404-metrics-api-absent.json'}],
				[/metrics.k8s.io\/v1beta1\/nodes/, {status: 200, text: JSON.stringify(nodes)}],
				[/metrics.k8s.io\/v1beta1\/pods/, {status: 403, file: '403-no-rights-pods.json'}],
			],
		});
		expect(printed.nodes[0]).toMatchObject({
			sample: {route: 'metrics.k8s.io'},
			cpu: {usageCores: 1.339423536},
			memory: {workingSetBytes: 2_106_812 * 1024},
		});
	});

	test('are not direct for who acts as another user, since a kubelet would see the real one', async () => {
		const {kubelet, requests, printed} = await snapshot({api: proxied}, ['--as', 'jane']);
		expect(kubelet.requests).toEqual([]);
		expect(requests.some(request => request.includes('/proxy/stats/summary'))).toBe(true);
		expect(printed.errors[0].message).toContain('do not support impersonation');
	});

	test('take the addresses in the requested order', async () => {
		const {printed} = await snapshot(
			{
				nodes: ({items}) => {
					for (const {status} of items) {
						status.addresses = [
							{type: 'InternalIP', address: '192.0.2.1'},
							{type: 'ExternalIP', address: '127.0.0.1'},
							{type: 'Hostname', address: 'node-a'},
						];
					}
				},
			},
			['--kubelet-address-types', 'ExternalIP'],
		);
		expect(printed.nodes[0].sample.route).toBe('summary');
	});
});

describe('what may not be seen', () => {
	const refused = (file: string) => ({status: 403, file}) as const;

	test('nodes: they are known by their pods, and what is hidden is said', async () => {
		const {printed, stderr, exitCode} = await snapshot({
			api: [[/^\/api\/v1\/nodes\?/, refused('403-no-rights-nodes.json')]],
		});
		expect(printed.notices).toEqual(['nodes: hidden (403 on list nodes)']);
		expect(stderr).toContain('nodes: hidden');
		// The kubelet is at another port than the usual one here, so that nothing can be read of it.
		expect(printed.nodes.map(({name}: {name: string}) => name)).toEqual(['node-a']);
		expect(printed.pods).toHaveLength(26);
		expect(exitCode).toBe(1);
	});

	test('pods of other namespaces: those of the context’s are shown, and that is said', async () => {
		const {printed, requests} = await snapshot({
			api: [
				[/^\/api\/v1\/pods\?/, refused('403-no-rights-pods.json')],
				[/namespaces\/shop\/pods\?(?!.*(watch|continue))/, {status: 200, file: 'pods-limit5-page6.json'}],
			],
		});
		expect(requests.some(request => request.includes('/namespaces/shop/pods'))).toBe(true);
		expect(printed.notices).toEqual([
			'pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another',
		]);
		// What its kubelet reports of the others is shown all the same: that right is another one.
		expect(printed.nodes[0].sample.state).toBe('live');
		expect(printed.cluster).not.toHaveProperty('cpuRequestCores');
	});

	test('how many there are of all: unknown is absent and no 0, though some are known', async () => {
		const {printed} = await snapshot({
			api: [
				[/^\/api\/v1\/nodes\?/, refused('403-no-rights-nodes.json')],
				[/^\/api\/v1\/pods\?/, refused('403-no-rights-pods.json')],
				[/namespaces\/shop\/pods\?(?!.*(watch|continue))/, {status: 200, file: 'pods-limit5-page6.json'}],
			],
		});
		expect(printed.pods.length).toBeGreaterThan(0);
		expect(printed.cluster).not.toHaveProperty('pods');
		expect(printed.cluster).not.toHaveProperty('containers');
		for (const {pods = {}, containers = {}} of printed.nodes) {
			expect([pods, containers]).toEqual([{}, {}]);
		}
	});

	test('what runs on a node that is not read: bound pods are known, running ones are not', async () => {
		const {printed} = await snapshot({
			kubelet: {},
			api: [
				[/\/proxy\//, refused('403-no-rights-proxy-summary.json')],
				[/metrics.k8s.io/, {status: 404, file: '404-metrics-api-absent.json'}],
			],
		});
		expect(printed.cluster.pods).toBe(printed.nodes[0].pods.bound);
		expect(printed.cluster).not.toHaveProperty('containers');
		expect(printed.nodes[0].pods).not.toHaveProperty('running');
		expect(printed.nodes[0]).not.toHaveProperty('containers');
	});

	test('anything: one line says why and what to do, and nothing is printed', async () => {
		const {printed, stderr, exitCode} = await snapshot({
			api: [
				[/^\/api\/v1\/nodes/, refused('403-no-rights-nodes.json')],
				[/pods/, refused('403-no-rights-pods.json')],
			],
		});
		expect(printed).toBeUndefined();
		expect(exitCode).toBe(1);
		expect(stderr).toContain('nodes is forbidden: User "system:serviceaccount:ops:no-rights"');
		expect(stderr).toContain('with rights in one namespace, write ktop -n NAMESPACE; else grant');
		expect(stderr).toContain('ktop rbac');
	});
});

test('an API server of old, over plain HTTP and without any login, is read by its proxy', async () => {
	const demo = await startDemo({nodes: 2, pods: 24, seed: 3});
	onTestFinished(demo.close);
	const {stdout, stderr, exitCode} = await runKtop([
		'--json',
		'--via',
		'proxy',
		'--source',
		`kubernetes:${demo.apiUrl}`,
	]);
	const printed = JSON.parse(stdout);
	expect(validate(printed) ? [] : validate.errors).toEqual([]);
	expect([stderr, exitCode]).toEqual(['', 0]);
	expect(printed).toMatchObject({
		demo: false,
		kubernetesVersion: 'v1.36.2',
		cluster: {nodes: 2, nodesRead: 2},
	});
	expect(printed.nodes.map(({sample}: {sample: {route: string}}) => sample.route)).toEqual([
		'proxy summary',
		'proxy summary',
	]);
	expect(printed.pods.length).toBeGreaterThan(24);
});

test('Ctrl-C ends the wait for an API server that hangs', async () => {
	const recorded = await cluster({api: [[/./, 'hang']]});
	const asked = expect.poll(() => recorded.requests.length).toBeGreaterThan(0);
	const {exitCode, stdout} = await runKtop(['--json', '--kubeconfig', recorded.kubeconfig], {
		interruptWhen: asked,
	});
	expect([exitCode, stdout]).toEqual([130, '']);
});
