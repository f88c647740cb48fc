import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {openKtop, runKtop} from './ktop.ts';
import {type ApiAnswer, startRecordedCluster} from './recorded-cluster.ts';

const DEMO = ['--source', 'demo:nodes=2,pods=20,seed=1'];

const FORBIDDEN: ApiAnswer = {
	status: 403,
	text: '{"kind":"Status","reason":"Forbidden","message":"no","code":403}',
};
const NOT_FOUND: ApiAnswer = {
	status: 404,
	text: '{"kind":"Status","reason":"NotFound","message":"no","code":404}',
};
const NO_PODS: ApiAnswer = {
	status: 200,
	text: '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}',
};

async function runAt(api: ReadonlyArray<readonly [RegExp, ApiAnswer]>, ...args: readonly string[]) {
	const cluster = await startRecordedCluster({api: [...api, [/namespaces\/shops\/pods\?limit/, NO_PODS]]});
	onTestFinished(cluster.close);
	return runKtop([...args, '--kubeconfig', cluster.kubeconfig]);
}

describe('a namespace that does not exist', () => {
	test('is reported with the names that exist, where the API server lists them', async () => {
		const {stdout, stderr, exitCode} = await runKtop(['pods', '-o', 'table', '-n', 'payment', ...DEMO]);
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(
			/^ktop: there is no namespace “payment”; did you mean “payments”\? \(there are .*default, .*payments/m,
		);
		expect(stdout.trimEnd().split('\n')).toHaveLength(1);
	});

	test('is among the notices of JSON', async () => {
		const {stdout, exitCode} = await runKtop(['--json', '-n', 'nope', ...DEMO]);
		expect(exitCode).toBe(1);
		expect(JSON.parse(stdout).notices).toEqual([
			expect.stringMatching(/^there is no namespace “nope”; there are /),
		]);
	});

	test('is said of each of several, and the others are shown', async () => {
		const {stdout, stderr, exitCode} = await runKtop(['pods', '-o', 'csv', '-n', 'shop,nope,web', ...DEMO]);
		expect(exitCode).toBe(1);
		expect(stderr.match(/there is no namespace “\w+”/g)).toEqual(['there is no namespace “nope”']);
		const namespaces = stdout
			.split('\n')
			.slice(1, -1)
			.map(line => line.split(',')[0]);
		expect([...new Set(namespaces)].sort()).toEqual(['shop', 'web']);
	});

	test('is on the screen', async () => {
		const terminal = openKtop(['pods', '-n', 'payment', ...DEMO], {columns: 140});
		onTestFinished(terminal.close);
		await terminal.until('the notice', screen => screen.includes('did you mean “payments”?'));
		terminal.type('q');
		expect(await terminal.exitCode).toBe(0);
	});

	test('is found by the namespaces of pods where namespaces may not be read', async () => {
		const {stderr, exitCode} = await runAt(
			[[/\/api\/v1\/namespaces(?:\?|\/shops$)/, FORBIDDEN]],
			'--json',
			'-n',
			'shops',
		);
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(
			/no pod is in namespace “shops”; did you mean “shop”\? \(there are pods in .*shop/,
		);
	});

	test('is reported without other names where nothing else may be listed', async () => {
		const {stderr, exitCode} = await runAt(
			[
				[/\/api\/v1\/namespaces\?/, FORBIDDEN],
				[/\/api\/v1\/namespaces\/shops$/, NOT_FOUND],
			],
			'--json',
			'-n',
			'shops',
		);
		expect([stderr, exitCode]).toEqual(['ktop: there is no namespace “shops”\n', 1]);
	});

	test('is found from the pods that a kubelet reports', async () => {
		const server = await startRecordedKubelet();
		onTestFinished(server.close);
		const source = ['--source', `kubelet:${server.origin}`];
		const {stderr, exitCode} = await runKtop(['pods', '-o', 'csv', '-n', 'payment', ...source]);
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(/^ktop: there is no namespace “payment”; did you mean “payments”\?/);
		const right = await runKtop(['pods', '-o', 'csv', '-n', 'payments', ...source]);
		expect([right.stderr, right.exitCode]).toEqual(['', 0]);
	});

	test('is reported for a recording', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'ktop-absent-'));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		const file = join(folder, 'a.ktop');
		await runKtop(['record', '--sink', `file:${file}`, '--interval', '1s', '--count', '1', ...DEMO]);
		const {stderr, exitCode} = await runKtop(['replay', file, 'pods', '-o', 'csv', '-n', 'payment']);
		expect(exitCode).toBe(1);
		expect(stderr).toContain('ktop: there is no namespace “payment”; did you mean “payments”?');
		expect(await runKtop(['replay', file, 'pods', '-o', 'csv', '-n', 'payments'])).toMatchObject({
			stderr: '',
			exitCode: 0,
		});
	});
});

describe('a namespace that exists and has no pods', () => {
	test('is no failure, and is said', async () => {
		const {stderr, exitCode} = await runKtop(['pods', '-o', 'table', '-n', 'kube-public', ...DEMO]);
		expect([stderr, exitCode]).toEqual(['ktop: namespace “kube-public” has no pods\n', 0]);
	});

	test('is taken to exist for a user who may list pods only in it', async () => {
		const {stderr, exitCode} = await runAt(
			[
				[/\/api\/v1\/pods\?/, FORBIDDEN],
				[/\/api\/v1\/namespaces(?:\?|\/shops$)/, FORBIDDEN],
			],
			'--json',
			'-n',
			'shops',
		);
		expect([stderr, exitCode]).toEqual(['ktop: namespace “shops” has no pods\n', 0]);
	});

	test('is said of labels that no pod has', async () => {
		const {stderr, exitCode} = await runKtop(['pods', '-o', 'table', '-l', 'app=nope', ...DEMO]);
		expect([stderr, exitCode]).toEqual(['ktop: there is no pod with the labels app=nope\n', 0]);
	});
});

describe('a node that does not exist', () => {
	test('is said with those that do', async () => {
		const {stderr, exitCode} = await runKtop(['--json', '--node', 'worker-1', ...DEMO]);
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(
			/^ktop: there is no node “worker-1”; did you mean “worker-01”\? \(there are worker-01, worker-02\)\n$/,
		);
	});

	test('is on the screen', async () => {
		const terminal = openKtop(['--node', 'worker-1', ...DEMO], {columns: 140});
		onTestFinished(terminal.close);
		await terminal.until('the notice', screen => screen.includes('did you mean “worker-01”?'));
	});

	test.each([
		['--node', 'n1'],
		['-l', 'app=web'],
	])('(%s) is no choice where no API server lists any', async (flag, value) => {
		const {stderr, exitCode} = await runKtop([flag, value, '--source', 'local', '--json']);
		expect(exitCode).toBe(2);
		expect(stderr).toMatch(new RegExp(`^ktop: ${flag} needs an API server`));
	});
});
