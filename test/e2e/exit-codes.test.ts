import {closeSync, openSync} from 'node:fs';
import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startFargateCluster} from './fargate-cluster.ts';
import {runKtop} from './ktop.ts';

const NODE = 'fargate-ip-10-0-1-2.eu-central-1.compute.internal';

describe('a Fargate node', () => {
	test.each(['auto', 'proxy'])('is read by the proxy with --via %s, the way shown', async via => {
		const {kubeconfig} = await startFargateCluster({isProxying: true});
		const {stdout, stderr, exitCode} = await runKtop(['--json', '--kubeconfig', kubeconfig, '--via', via]);
		expect([stderr, exitCode]).toEqual(['', 0]);
		const {nodes, pods, cluster} = JSON.parse(stdout);
		expect(nodes).toMatchObject([
			{
				name: NODE,
				virtual: true,
				sample: {route: 'proxy summary'},
				cpu: {usageCores: 0.5},
				memory: {workingSetBytes: 6_442_450_944},
			},
		]);
		expect(pods).toMatchObject([{name: 'web-1', cpu: {usageCores: 0.121}}]);
		expect(cluster).toMatchObject({nodesRead: 1});
	});
});

/** Each way to run ktop where nothing can be read, and what its exit code has to be. */
const COMMANDS: ReadonlyArray<readonly [string, readonly string[], number]> = [
	['a snapshot', [], 1],
	['a snapshot in JSON', ['--json'], 1],
	['a snapshot in NDJSON', ['-o', 'ndjson'], 1],
	['a snapshot in CSV', ['-o', 'csv'], 1],
	['a table', ['-o', 'table'], 1],
	['pods', ['pods'], 1],
	['pods in a table', ['pods', '-o', 'table'], 1],
	['a watch', ['-w', '-o', 'ndjson', '--count', '2', '--interval', '500ms'], 1],
	['a recording', ['record', '--sink', 'file:FILE', '--interval', '1s', '--count', '1'], 1],
	['a replay of no file', ['replay', 'FILE.none'], 2],
	['rbac in two namespaces', ['rbac', '-n', 'a,b'], 2],
	['rbac with a wrong flag', ['rbac', '--colour'], 2],
	['an unknown command', ['nodez'], 2],
];

describe('an exit code other than 0 says why on stderr', () => {
	test('for each command where nothing can be read', async () => {
		const {kubeconfig} = await startFargateCluster({isProxying: false});
		const file = join(await mkdtemp(join(tmpdir(), 'ktop-exit-')), 'nothing.ktop');
		for (const [what, args, expected] of COMMANDS) {
			const {stderr, exitCode} = await runKtop([
				...args.map(arg => arg.replace('FILE', file)),
				'--kubeconfig',
				kubeconfig,
			]);
			expect(exitCode, `${what}: ${stderr}`).toBe(expected);
			expect(stderr, what).toMatch(/^ktop: .{10,}/);
		}
	});

	test.each([
		['no server', '/nonexistent/config'],
		['a server that is out', undefined],
	])('for each command with %s', async (_, path) => {
		const source =
			path === undefined ? ['--source', 'kubernetes:http://127.0.0.1:1'] : ['--kubeconfig', path];
		for (const args of [[], ['-o', 'table'], ['-w'], ['doctor'], ['record', '--sink', 'file:/dev/null']]) {
			const {stderr, exitCode} = await runKtop([...args, ...source]);
			expect(exitCode, args.join(' ')).toBeGreaterThan(0);
			expect(stderr, args.join(' ')).toMatch(/^ktop: .{10,}/);
		}
	});

	test('for doctor, which names what failed', async () => {
		const {stderr, exitCode} = await runKtop(['doctor', '--source', 'kubernetes:http://127.0.0.1:1']);
		expect([stderr, exitCode]).toEqual(['ktop: failed: API server\n', 1]);
	});

	test('for a virtual node, with what became of its proxy', async () => {
		const {kubeconfig} = await startFargateCluster({isProxying: false});
		const {stderr} = await runKtop(['--json', '--kubeconfig', kubeconfig]);
		expect(stderr).toContain(`${NODE} is a virtual node without a kubelet; through the API server’s proxy: `);
		expect(stderr).toMatch(/nothing could be read of the one node of /);
	});

	test
		.skipIf(process.platform !== 'linux')
		.each([
			[['--help']],
			[['help', 'keys']],
			[['rbac']],
			[['--version']],
			[['-o', 'table', '--source', 'local']],
		])('for %j whose output takes no more', async args => {
		const full = openSync('/dev/full', 'w');
		onTestFinished(() => closeSync(full));
		const {stderr, exitCode} = await runKtop(args, {stdout: full});
		expect([stderr, exitCode]).toEqual([
			'ktop: cannot write to standard output: no space left on device\n',
			1,
		]);
	});

	test('for a recording that was cut off before the first sample', async () => {
		const file = join(await mkdtemp(join(tmpdir(), 'ktop-exit-')), 'cut.ktop');
		const header = {
			format: 'ktop-recording',
			version: 1,
			startedAtMs: 1,
			label: 'x',
			isDemo: false,
			intervalMs: 1000,
			hasInventory: false,
		};
		const node = ['node', 2, 'kubelet:http://n1', 'n1'];
		await writeFile(file, `${[header, node].map(line => JSON.stringify(line)).join('\n')}\n`);
		const {stderr, exitCode} = await runKtop(['replay', file, '-o', 'table']);
		expect([stderr, exitCode]).toEqual(['ktop: the recording holds no sample of any node\n', 1]);
	});

	test('for an interrupt', async () => {
		const {stderr, exitCode} = await runKtop(
			['-w', '-o', 'ndjson', '--source', 'local', '--interval', '500ms'],
			{signalAfter: stdout => (stdout.includes('\n') ? 'SIGINT' : undefined)},
		);
		expect([stderr, exitCode]).toEqual(['ktop: interrupted\n', 130]);
	});
});
