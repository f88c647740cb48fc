import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {openKtop, runKtop} from './ktop.ts';
import {kubeconfigOfContexts, type RecordedCluster, startRecordedCluster} from './recorded-cluster.ts';

/** Two clusters with a node, pods and uids of the same names, and contexts of them, of nothing, and of who may nothing. */
async function startTwo() {
	const clusters = {
		prod: await startRecordedCluster(),
		staging: await startRecordedCluster(),
		silent: await startRecordedCluster({api: [[/./, 'hang']]}),
		strict: await startRecordedCluster({
			api: [[/\/api\/v1\/nodes/, {status: 403, file: '403-no-rights-nodes.json'}]],
		}),
	};
	const folder = mkdtempSync(join(tmpdir(), 'ktop-clusters-'));
	const kubeconfig = join(folder, 'config');
	writeFileSync(
		kubeconfig,
		kubeconfigOfContexts({
			prod: {server: clusters.prod.apiOrigin},
			staging: {server: clusters.staging.apiOrigin},
			strict: {server: clusters.strict.apiOrigin},
			away: {server: 'https://127.0.0.1:1'},
			silent: {server: clusters.silent.apiOrigin},
		}),
	);
	onTestFinished(async () => {
		await Promise.allSettled(Object.values(clusters).map(cluster => cluster.close()));
		rmSync(folder, {recursive: true});
	});
	return {...clusters, kubeconfig};
}

const isLive = (cluster: string, screen: string): boolean =>
	new RegExp(`${cluster} +node-a .* ok \\d+ms`).test(screen);

test.each([
	[80, 24],
	[200, 60],
])(
	'two clusters are on one screen of %i x %i, and one that cannot be reached is named',
	async (columns, rows) => {
		const {kubeconfig} = await startTwo();
		const screen = openKtop(
			['nodes', '--kubeconfig', kubeconfig, '--context', 'prod,staging', '--context', 'away'],
			{
				columns,
				rows,
			},
		);
		onTestFinished(screen.close);
		await screen.until(
			'both nodes, and the third cluster with its reason',
			text =>
				isLive('prod', text) &&
				isLive('staging', text) &&
				/CLUSTER NODE/.test(text) &&
				/nodes 2\/2 ready/.test(text) &&
				/away: not connected: API server https:\/\/127\.0\.0\.1:1 refused/.test(text),
		);

		screen.type('/cluster:stag\r');
		await screen.until('one of them', text => /▸ staging node-a/.test(text) && !/prod +node-a/.test(text));
		screen.type('\r');
		await screen.until('its page', text => /staging\/node-a/.test(text) && /staging .*kubelet/.test(text));
		screen.type('\u001B\u001B6');
		await screen.until(
			'workloads of both',
			text => /prod +payments +api /.test(text) && /staging +payments +api /.test(text),
		);
		screen.type('2:sort name\r');
		await screen.until('pods of both', text =>
			/prod +batch +archiver .*\n.*staging +batch +archiver/.test(text),
		);
		screen.type('gj\r');
		await screen.until('the page of the second', text => /staging\/payments\/api-\w+-xnrx5/.test(text));
		screen.type('q');
		expect(await screen.exitCode).toBe(0);
	},
);

test('an API server that dies leaves the other cluster live, and is read again when it is back', async ({
	task,
}) => {
	const {kubeconfig, staging} = await startTwo();
	const screen = openKtop(
		['nodes', '--kubeconfig', kubeconfig, '--context', 'prod,staging', '--interval', '1s', '--via', 'proxy'],
		{columns: 160, rows: 30},
	);
	onTestFinished(screen.close);
	await screen.until(
		'both clusters',
		text => /nodes 2\/2 ready/.test(text) && text.includes('staging node-a'),
	);
	const port = Number(new URL(staging.apiOrigin).port);
	await staging.close();
	await screen.until('what is out of date', text => /staging: (?:nodes|pods) may be out of date/.test(text));
	expect(screen.text()).not.toMatch(/prod: /);
	expect(screen.text()).toMatch(/prod +node-a +Ready/);
	const again: RecordedCluster = await startRecordedCluster({apiPort: port});
	onTestFinished(again.close);
	await screen.until(
		'both again',
		text => !text.includes('may be out of date') && /nodes 2\/2 ready/.test(text),
		60_000,
	);
	screen.type('q');
	expect(await screen.exitCode).toBe(0);
	report(
		task,
		'faults',
		'may be out of date',
		'connection refused',
		'of several clusters, the others go on; the one that died is named, and read again when it is back',
	);
});

test('JSON, CSV and the table name the cluster of each row, and what keeps one', async () => {
	const {kubeconfig} = await startTwo();
	const common = [
		'--kubeconfig',
		kubeconfig,
		'--context',
		'prod,strict,away,silent',
		'--request-timeout',
		'2s',
	];
	const json = await runKtop(['nodes', ...common, '--json']);
	const snapshot = JSON.parse(json.stdout);
	expect(snapshot.clusters).toMatchObject([
		{name: 'prod', state: 'connected'},
		{name: 'strict', state: 'connected'},
		{name: 'away', state: 'failed', reasons: [expect.stringContaining('refused the connection')]},
		{name: 'silent', reasons: [expect.stringContaining('not connected: ')]},
	]);
	expect(snapshot.clusters[1].reasons.join()).toContain('nodes');
	const namesOf = (rows: ReadonlyArray<{readonly cluster: string; readonly name: string}>) =>
		rows.map(({cluster, name}) => `${cluster}/${name}`);
	expect(namesOf(snapshot.nodes)).toEqual(['prod/node-a', 'strict/node-a']);
	expect(namesOf(snapshot.pods)).toContain('prod/archiver');
	expect(namesOf(snapshot.pods)).toContain('strict/archiver');
	expect(snapshot.pods).toHaveLength(52);
	expect(json.stderr).toContain('away: not connected: API server');
	expect(json.exitCode).toBe(0);

	const csv = await runKtop(['pods', ...common, '-o', 'csv']);
	const [heading = '', ...lines] = csv.stdout.trim().split('\r\n');
	expect(heading.split(',').at(-1)).toBe('cluster');
	expect(new Set(lines.map(line => line.split(',').at(-1)))).toEqual(new Set(['prod', 'strict']));

	const table = await runKtop(['nodes', ...common, '-o', 'table']);
	expect(table.stdout).toMatch(/^CLUSTER +NAME .*\nprod +node-a .*\nstrict +node-a /);
});

test('contexts that do not exist and clusters of which none is there end ktop with all that is wrong', async () => {
	const {kubeconfig} = await startTwo();
	const unknown = await runKtop(['--kubeconfig', kubeconfig, '--context', 'prod,stagin', '--json']);
	expect(unknown.stderr).toContain('--context "stagin" does not exist');
	expect(unknown.stderr).toContain(
		'did you mean "staging"? existing contexts: away, prod, silent, staging, strict',
	);
	expect(unknown.exitCode).toBe(2);
	writeFileSync(
		kubeconfig,
		kubeconfigOfContexts({a: {server: 'https://127.0.0.1:1'}, b: {server: 'https://127.0.0.1:2'}}),
	);
	const none = await runKtop(['--kubeconfig', kubeconfig, '--context', 'a,b', '--json']);
	expect(none.stderr).toMatch(
		/none of 2 contexts can be connected: a: API server .* refused .*; b: API server .* refused/,
	);
	expect(none.exitCode).toBe(1);
});

test('facts, logs and events are those of the cluster of the row', async () => {
	const {kubeconfig, prod, staging} = await startTwo();
	const folder = mkdtempSync(join(tmpdir(), 'ktop-kubectl-'));
	onTestFinished(() => rmSync(folder, {recursive: true}));
	const [said, ended] = [join(folder, 'said'), join(folder, 'ended')];
	writeFileSync(
		join(folder, 'kubectl'),
		`#!/bin/sh\necho "$@" >${said}\nwhile [ ! -e ${ended} ]; do sleep 0.1; done\n`,
	);
	chmodSync(join(folder, 'kubectl'), 0o755);
	const screen = openKtop(
		['pods', '--kubeconfig', kubeconfig, '--context', 'prod,staging', '--filter', 'cluster:staging archiver'],
		{columns: 120, rows: 40, environment: {PATH: `${folder}:${process.env.PATH}`}},
	);
	onTestFinished(screen.close);
	await screen.until('the pod of staging', text => /▸ staging +batch +archiver/.test(text));
	screen.type('\rd');
	await screen.until(
		'its facts and events',
		text => /Cluster +staging/.test(text) && /Back-off restarting/.test(text),
	);
	const described = (requests: readonly string[]): boolean =>
		requests.some(request => request.includes('/namespaces/batch/'));
	expect([described(prod.requests), described(staging.requests)]).toEqual([false, true]);
	screen.type('l');
	await expect.poll(() => read(said)).toContain('logs');
	expect(read(said)).toContain(`--kubeconfig=${kubeconfig} --context=staging --namespace=batch`);
	// Keys for kubectl are not ktop's, so the page of before must not be taken for the one after it.
	await screen.until('the page left', text => !/Cluster +staging/.test(text));
	writeFileSync(ended, '');
	await screen.until('the page again', text => /Cluster +staging/.test(text));
	screen.type('q');
	expect(await screen.exitCode).toBe(0);
});

function read(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

test('doctor checks each context', async () => {
	const {kubeconfig} = await startTwo();
	const common = ['doctor', '--kubeconfig', kubeconfig, '--context', 'prod,away'];
	const {stdout, stderr, exitCode} = await runKtop(common);
	expect(stdout).toMatch(
		/^context prod\nok +kubeconfig [\s\S]*\n\ncontext away\n[\s\S]*FAILED +API server[\s\S]*refused/,
	);
	expect(stderr).toMatch(/failed: .*away: /);
	expect(exitCode).toBe(1);
	const {findings} = JSON.parse((await runKtop([...common, '--json'])).stdout);
	const contexts = findings.map(({context}: {readonly context: string}) => context);
	expect([...new Set(contexts)]).toEqual(['prod', 'away']);
});
