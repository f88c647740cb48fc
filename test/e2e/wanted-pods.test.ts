import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {startAuthorizedCluster, USER} from './authorized-cluster.ts';
import {openKtop, runKtop} from './ktop.ts';
import {type ClusterOptions, kubeconfigOfContexts, startRecordedCluster} from './recorded-cluster.ts';

const METADATA = {resourceVersion: '1'};
const list = (kind: string, items: readonly object[]) => ({
	status: 200,
	text: JSON.stringify({kind: `${kind}List`, metadata: METADATA, items}),
});

/** In the namespace of the recorded pods: a StatefulSet that has two pods, and a Deployment that has none. */
function controllersOf(replicas: number): ClusterOptions['api'] {
	const controller = (name: string, wanted: number) => ({
		metadata: {namespace: 'batch', name},
		spec: {replicas: wanted},
	});
	return [
		[/^\/apis\/apps\/v1\/deployments\?limit/, list('Deployment', [controller('without-pods', 4)])],
		[/^\/apis\/apps\/v1\/statefulsets\?limit/, list('StatefulSet', [controller('queue', replicas)])],
		[/^\/apis\/apps\/v1\/daemonsets\?limit/, list('DaemonSet', [])],
	];
}

type Wanted = {readonly cluster?: string; readonly name: string; readonly wantedPods?: number};

test.each([
	[80, 24],
	[200, 60],
])(
	'workloads at %dx%d show the pods that are wanted as soon as the right is there, and all else without it',
	async (columns, rows) => {
		const cluster = await startAuthorizedCluster({api: controllersOf(3)});
		cluster.rbac.apply((await runKtop(['rbac', '--for-user', USER])).stdout);
		const terminal = openKtop(['--kubeconfig', cluster.kubeconfig], {columns, rows});
		onTestFinished(terminal.close);
		await terminal.until('the node', screen => screen.includes('node-a'));
		expect(cluster.used).not.toContain('list deployments');
		terminal.type('6');
		await terminal.until('workloads without the right', screen => /queue .*2\/2/.test(screen));
		expect(terminal.text()).not.toContain('without-pods');
		await expect.poll(() => cluster.used).toContain('list deployments');

		cluster.rbac.apply((await runKtop(['rbac', '--for-user', USER, '--workloads'])).stdout);
		await terminal.until('what is wanted', screen => /queue .*2\/3/.test(screen));
		terminal.type('G');
		await terminal.until('a Deployment without pods', screen => /without-pods .*0\/4/.test(screen));
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	},
);

test('ktop workloads --json has the pods that are wanted', async () => {
	const cluster = await startAuthorizedCluster({api: controllersOf(3)});
	cluster.rbac.apply((await runKtop(['rbac', '--for-user', USER, '--workloads'])).stdout);
	const {stdout} = await runKtop(['workloads', '--kubeconfig', cluster.kubeconfig, '--json']);
	const {workloads}: {workloads: readonly Wanted[]} = JSON.parse(stdout);
	expect(workloads.filter(({name}) => name === 'queue' || name === 'without-pods')).toMatchObject([
		{name: 'queue', readyPods: 2, wantedPods: 3},
		{name: 'without-pods', readyPods: 0, wantedPods: 4},
	]);
});

test('what is wanted in one of several clusters is not said of another', async () => {
	const clusters = [3, 5].map(replicas => startRecordedCluster({api: controllersOf(replicas)}));
	const [prod, staging] = await Promise.all(clusters);
	const folder = mkdtempSync(join(tmpdir(), 'ktop-wanted-'));
	onTestFinished(async () => {
		await Promise.all([prod?.close(), staging?.close()]);
		rmSync(folder, {recursive: true});
	});
	const kubeconfig = join(folder, 'config');
	writeFileSync(
		kubeconfig,
		kubeconfigOfContexts({
			prod: {server: prod?.apiOrigin ?? ''},
			staging: {server: staging?.apiOrigin ?? ''},
		}),
	);
	const {stdout} = await runKtop([
		'workloads',
		'--kubeconfig',
		kubeconfig,
		'--context',
		'prod,staging',
		'--json',
	]);
	const {workloads}: {workloads: readonly Wanted[]} = JSON.parse(stdout);
	expect(workloads.filter(({name}) => name === 'queue')).toMatchObject([
		{cluster: 'prod', readyPods: 2, wantedPods: 3},
		{cluster: 'staging', readyPods: 2, wantedPods: 5},
	]);
});
