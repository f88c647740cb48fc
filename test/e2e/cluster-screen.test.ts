import {describe, expect, onTestFinished, test} from 'vitest';
import {openKtop} from './ktop.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

async function open(options: ClusterOptions = {}, args: readonly string[] = [], columns = 160) {
	const cluster = await startRecordedCluster(options);
	onTestFinished(cluster.close);
	const terminal = openKtop(['--kubeconfig', cluster.kubeconfig, ...args], {columns, rows: 40});
	onTestFinished(terminal.close);
	const line = (part: RegExp): string => terminal.lines().find(text => part.test(text)) ?? '';
	return {cluster, terminal, line};
}

describe('the screen of a cluster', () => {
	test('shows context, version and user, the node’s status and its route', async () => {
		const {terminal, line} = await open();
		await terminal.until('the node with figures', screen => / req \d.*node-a +Ready .*1\.34/s.test(screen));
		expect(terminal.lines()[0]).toMatch(/ktop {2}prod v1\.36\.2 as reader {2}nodes 1\/1 ready/);
		expect(line(/▸ node-a/)).toMatch(/ 74% .* v1\.36\.2 +ok \d+ms/);
		expect(terminal.lines()[1]).toMatch(/1\.34 of 2\.00 cores 67% {2}req \d+% lim \d+%/);
	});

	test('lists pods that do not run, with their reasons, and filters by them and by labels', async () => {
		const {terminal, line} = await open({}, ['pods']);
		await terminal.until('the pods', screen => screen.includes('ImagePullBackOff'));
		expect(line(/too-big/)).toMatch(/0\/1 +Pending +0 +– /);
		expect(line(/nightly-import/)).toMatch(/0\/1 +Completed +0 +(?:node-a +)?– /);
		terminal.type('/status:Completed\r');
		await terminal.until('those that are done', screen => screen.includes('2 of 26'));
		terminal.type('/\u0015label:app=web\r');
		await terminal.until('those of a label', screen => /filter “label:app=web” 2 of 26/.test(screen));
		expect(terminal.text()).toContain('web-555ccccb85-87qj6');
	});

	test('counts alike at the head, on the tabs, in rows and in facts', async () => {
		const {terminal, line} = await open({}, [], 180);
		await terminal.until('the pods', screen => /pods \d+ bound .*data \d+s.*2 Pods 26 /s.test(screen));
		const bound = /pods (\d+) bound/.exec(terminal.lines()[0] ?? '')?.[1];
		expect(terminal.lines()[0]).toMatch(/pods \d+ bound {2}containers/);
		const tabs = (): string | undefined => / 1 Nodes .* 5 Tree /.exec(line(/ 1 Nodes /))?.[0];
		const before = tabs();
		expect(before).toMatch(/2 Pods 26 +3 Containers \d+ +4 Namespaces \d+ /);
		for (const [key, level] of [
			['2', 'pods'],
			['3', 'containers'],
			['4', 'namespaces'],
		] as const) {
			terminal.type(key);
			await terminal.until(level, screen => new RegExp(`\\d+ ${level} *$`, 'm').test(screen));
			expect(tabs()).toBe(before);
		}

		terminal.type('1');
		await terminal.until('the nodes', screen => /1 node *$/m.test(screen));
		expect(line(/▸ node-a/)).toContain(` ${bound} `);
	});

	test('grows a tree of nodes, pods and containers, and of namespaces', async () => {
		const {terminal} = await open();
		await terminal.until('the node', screen => /node-a +Ready/.test(screen));
		terminal.type('5');
		await terminal.until('the root', screen => screen.includes('▸ + node-a'));
		terminal.type('l');
		await terminal.until('its pods', screen => screen.includes('- node-a') && screen.includes('+ queue-0'));
		terminal.type('/ledger\r');
		await terminal.until(
			'one of them',
			screen => screen.includes('+ ledger-') && !screen.includes('queue-0'),
		);
		terminal.type('j\u001B[C');
		await terminal.until('its containers', screen => /^ +exporter/m.test(screen));
		terminal.type('\u001B');
		await terminal.until('the whole tree', screen => screen.includes('queue-0'));
		terminal.type('5');
		await terminal.until('the tree turned round', screen => /\+ payments/.test(screen));
	});

	test('narrows to a namespace and widens again', async () => {
		const {terminal} = await open({}, ['namespaces']);
		await terminal.until('the namespaces', screen => /shop .*\d/.test(screen));
		terminal.type('/shop\rN');
		await terminal.until('its pods', screen => screen.includes('namespace shop') && screen.includes('cart-'));
		expect(terminal.text()).not.toContain('queue-0');
		terminal.type('3');
		await terminal.until('its containers', screen => screen.includes('mesh-proxy'));
		expect(terminal.text()).not.toContain('ledger');
		terminal.type('N');
		await terminal.until('all of them', screen => screen.includes('ledger'));
	});

	test('follows nodes that come and go', async () => {
		const {cluster, terminal} = await open();
		await terminal.until('the node', screen => /node-a +Ready/.test(screen));
		const [node] = cluster.nodes();
		if (node === undefined) {
			throw new Error('there is a recorded node');
		}

		await expect.poll(() => cluster.requests.filter(request => request.includes('watch=1')).length).toBe(2);
		const other = {...structuredClone(node), metadata: {...node.metadata, name: 'node-b', uid: 'b'}};
		cluster.push('nodes', 'ADDED', {...other, metadata: {...other.metadata, resourceVersion: '9001'}});
		// Its address is that of node-a, whose kubelet answers there: the figures would be counted twice.
		await terminal.until('one more', screen => /node-b +Ready .*another node/.test(screen));
		cluster.push('nodes', 'DELETED', {...node, metadata: {...node.metadata, resourceVersion: '9002'}});
		await terminal.until('one less', screen => !/node-a +Ready/.test(screen) && screen.includes('1/1 ready'));
		await terminal.until('its figures', screen => /node-b +Ready .*ok \d+ms/.test(screen));
	});

	test('follows what becomes of a pod', async () => {
		const {cluster, terminal, line} = await open({}, ['pods']);
		await terminal.until('the pods', screen => screen.includes('queue-0'));
		await expect.poll(() => cluster.requests.filter(request => request.includes('watch=1')).length).toBe(2);
		const pod = cluster.pods().find(({metadata}) => metadata.name === 'queue-0');
		const ended = {
			...pod,
			metadata: {...pod?.metadata, resourceVersion: '9001'},
			status: {...pod?.status, phase: 'Failed', reason: 'Evicted', containerStatuses: []},
		};
		cluster.push('pods', 'MODIFIED', ended);
		await terminal.until('its end', screen => /queue-0 .*Evicted/.test(screen));
		// What the kubelet still says of it is not believed.
		expect(line(/queue-0/)).toMatch(/Evicted +0 +(?:node-a +)?– /);
	});

	test.each([80, 200])('opens with the pods where nodes may not be listed, in %d columns', async columns => {
		const {terminal} = await open(
			{api: [[/^\/api\/v1\/nodes\?/, {status: 403, file: '403-no-rights-nodes.json'}]]},
			[],
			columns,
		);
		await terminal.until(
			'the pods, what is hidden, and the keys',
			screen =>
				/^▸ \S+ +\S+ .*Running/m.test(screen) &&
				/^ nodes: hidden \(403 on list nodes\)/m.test(screen) &&
				/⏎ charts .*\? help {2}q quit/.test(screen),
		);
	});

	test('says at its foot what is hidden', async () => {
		const {terminal} = await open({
			api: [
				[/^\/api\/v1\/pods\?/, {status: 403, file: '403-no-rights-pods.json'}],
				[/namespaces\/shop\/pods\?(?!.*(watch|continue))/, {status: 200, file: 'pods-limit5-page6.json'}],
			],
		});
		await terminal.until('the notice', screen =>
			/^ pods: only namespace shop \(403 on list pods in all namespaces\); -n NAMESPACE shows another/m.test(
				screen,
			),
		);
	});

	test('shows the way that was taken and explains why it was not the best', async () => {
		const {terminal} = await open(
			{
				api: [[/\/proxy\/stats\/summary/, {status: 200, file: 'proxy-stats-summary.json'}]],
				nodes: ({items}) => {
					for (const {status} of items) {
						status.addresses = [{type: 'Hostname', address: 'node-a.invalid'}];
					}
				},
			},
			[],
			200,
		);
		await terminal.until('the way', screen => /node-a +Ready .*ok \d+ms proxy \*/.test(screen));
		terminal.type('e');
		await terminal.until('the reason', screen => screen.includes('node-a.invalid cannot be resolved'));
	});
});
