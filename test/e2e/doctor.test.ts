import {writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {tlsOf} from '../http/test-server.ts';
import {runKtop} from './ktop.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

type Finding = {
	readonly check: string;
	readonly verdict: string;
	readonly message: string;
	readonly code?: string;
	readonly nodes?: readonly string[];
	readonly fix?: readonly string[];
};

async function diagnose(options: ClusterOptions = {}, args: readonly string[] = []) {
	const recorded = await startRecordedCluster(options);
	onTestFinished(recorded.close);
	const {stdout, exitCode} = await runKtop([
		'doctor',
		'-o',
		'json',
		'--kubeconfig',
		recorded.kubeconfig,
		...args,
	]);
	const {findings, isHealthy}: {findings: readonly Finding[]; isHealthy: boolean} = JSON.parse(stdout);
	expect(isHealthy).toBe(exitCode === 0);
	return {...recorded, findings, exitCode, of: (check: string) => findings.find(one => one.check === check)};
}

const refused = (file: string) => ({status: 403, file}) as const;

describe('ktop doctor', () => {
	test('says of each step of a healthy cluster that it works', async () => {
		const {findings, exitCode, requests} = await diagnose();
		// The recorded samples are old, which looks like a clock that is wrong.
		const expected = [
			['kubeconfig', 'ok'],
			['API server', 'ok'],
			['TLS', 'ok'],
			['client certificate', 'ok'],
			['authentication', 'ok'],
			['clock', 'ok'],
			['list nodes', 'ok'],
			['watch nodes', 'ok'],
			['list pods', 'ok'],
			['watch pods', 'ok'],
			['events (key d)', 'ok'],
			['logs (key l)', 'ok'],
			['shell (key s)', 'skipped'],
			['nodes', 'ok'],
			['node clocks', 'warning'],
			['history', 'skipped'],
		];
		expect(findings.map(({check, verdict}) => [check, verdict])).toEqual(expected);
		expect(exitCode).toBe(0);
		expect(requests.filter(request => !request.startsWith('GET '))).toEqual([]);
	});

	test('is a line for each step for people, and what to do below it', async () => {
		const recorded = await startRecordedCluster({
			api: [[/api\/v1\/pods/, refused('403-no-rights-pods.json')]],
		});
		onTestFinished(recorded.close);
		const {stdout} = await runKtop(['doctor', '--kubeconfig', recorded.kubeconfig]);
		expect(stdout).toMatch(
			/^ok {7}kubeconfig {10}from kubeconfig: context prod, cluster prod-eu, user reader/,
		);
		expect(stdout).toContain('FAILED   list pods');
		expect(stdout).toContain('resources: ["pods"]');
		expect(stdout.trimEnd()).toMatch(/1 failed, \d warnings?, \d+ ok\.$/);
	});

	test.each([
		['nodes', /^\/api\/v1\/nodes/, '403-no-rights-nodes.json'],
		['pods', /\/pods\?/, '403-no-rights-pods.json'],
	])('gives the manifest with just the rights on %s where they are missing', async (resource, path, file) => {
		const {of, exitCode} = await diagnose({api: [[path, refused(file)]]});
		const {verdict, code, fix = []} = of(`list ${resource}`) ?? {};
		expect([verdict, code, exitCode]).toEqual(['failed', 'forbidden', 1]);
		const manifest = fix.join('\n');
		expect(manifest).toContain(`resources: ["${resource}"]\n    verbs: ["get", "list", "watch"]`);
		expect(manifest).toContain('name: "no-rights"\n    namespace: ops');
		expect(manifest).not.toContain('nodes/proxy');
	});

	test('grants no rights to anonymous users: its fix is to log in', async () => {
		const {of} = await diagnose({api: [[/^\/api\/v1\/nodes/, refused('403-anonymous-nodes.json')]]});
		const fix = of('list nodes')?.fix?.join('\n');
		expect(fix).toContain('log in');
		expect(fix).not.toContain('ClusterRole');
	});

	test('says that changes show late where there is no right to watch', async () => {
		const {of, exitCode} = await diagnose({api: [[/pods\?.*watch=1/, refused('403-no-rights-pods.json')]]});
		expect(of('watch pods')).toMatchObject({verdict: 'warning', code: 'forbidden'});
		expect(of('watch pods')?.message).toMatch(/^only watch on pods is missing, so changes show late: /);
		expect(of('watch pods')?.fix?.join('\n')).toContain('verbs: ["get", "list", "watch"]');
		expect(of('namespace')).toBeUndefined();
		expect(exitCode).toBe(0);
	});

	test('says which namespace is left where pods may not be listed everywhere', async () => {
		const {of} = await diagnose({
			api: [
				[/^\/api\/v1\/pods/, refused('403-no-rights-pods.json')],
				[/namespaces\/shop\/pods/, {status: 200, file: 'pods-limit5-page6.json'}],
			],
		});
		expect(of('list pods')?.verdict).toBe('warning');
		expect(of('namespace')?.message).toContain('namespace shop');
	});

	test.each([
		['the whole server', /./, 'API server'],
		['all but the version', /^\/api\//, 'authentication'],
	])('does not take a firewall’s page in place of %s for a missing right', async (_, path, check) => {
		const page = '<html><style>p {}</style><h1>Access denied</h1></html>';
		const {findings, of, exitCode} = await diagnose({
			api: [[path, {status: 403, text: page, headers: {'content-type': 'text/html'}}]],
		});
		expect([of(check)?.verdict, of(check)?.code, exitCode]).toEqual(['failed', 'bad-answer', 1]);
		expect(JSON.stringify(findings)).not.toMatch(/<h1>|ktop rbac|ClusterRole/);
	});

	test('distinguishes a refused login from a missing right', async () => {
		const {findings, exitCode} = await diagnose({api: [[/./, {status: 401, file: '401-bad-token.json'}]]});
		expect(findings.find(({check}) => check === 'authentication')).toMatchObject({
			verdict: 'failed',
			code: 'unauthorized',
		});
		expect(exitCode).toBe(1);
	});

	test.each([
		[
			'a missing right on nodes/stats',
			{kubelet: {'/stats/summary': '403-no-rights-stats-summary.txt'}},
			'forbidden',
		],
		['a certificate that is over', {kubeletTls: tlsOf('server-expired')}, 'tls-expired'],
	] as const)('reports %s of a kubelet, the affected nodes, and the fix', async (_, options, code) => {
		const {of, exitCode} = await diagnose(options);
		expect(of('nodes')).toMatchObject({verdict: 'failed', code, nodes: ['node-a']});
		expect(of('nodes')?.fix?.length).toBeGreaterThan(0);
		expect(exitCode).toBe(1);
	});

	test('reports that nodes are read only by the proxy, and why', async () => {
		const {of, exitCode} = await diagnose({
			kubeletTls: tlsOf('server-expired'),
			api: [[/\/proxy\/stats\/summary/, {status: 200, file: 'proxy-stats-summary.json'}]],
		});
		expect(of('nodes')).toMatchObject({verdict: 'warning', code: 'tls-expired'});
		expect(of('nodes')?.message).toContain('read only by proxy');
		expect(exitCode).toBe(0);
	});

	test('notices a clock that is wrong', async () => {
		const late = new Date(Date.now() - 3_600_000).toUTCString();
		const {of} = await diagnose({
			api: [[/nodes\?limit=1$/, {status: 200, file: 'nodes.json', headers: {date: late}}]],
		});
		expect(of('clock')).toMatchObject({verdict: 'warning'});
		expect(of('clock')?.message).toMatch(/36\d\d s ahead of the API server/);
	});

	test('names the file and line of a kubeconfig that is broken', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'ktop-doctor-'));
		onTestFinished(() => rm(folder, {recursive: true}));
		const file = join(folder, 'config');
		writeFileSync(file, 'clusters: [\n');
		const {stdout, exitCode} = await runKtop(['doctor', '--kubeconfig', file]);
		expect(stdout).toContain(`FAILED   kubeconfig  ${file}`);
		expect(exitCode).toBe(1);
	});

	test('reports an API server that cannot be reached, and skips the other checks', async () => {
		const recorded = await startRecordedCluster();
		await recorded.close();
		const recordedAgain = await startRecordedCluster();
		onTestFinished(recordedAgain.close);
		const {stdout, exitCode} = await runKtop([
			'doctor',
			'--kubeconfig',
			recordedAgain.kubeconfig,
			'--server',
			recorded.apiOrigin,
		]);
		expect(stdout).toContain('FAILED   API server');
		expect(stdout).toContain('refused the connection');
		expect(stdout).toMatch(/- +nodes +not tried/);
		expect(exitCode).toBe(1);
	});

	test('says where there is no cluster that this machine is shown', async () => {
		const {stdout, exitCode} = await runKtop(['doctor'], {
			environment: {KUBECONFIG: '', HOME: '/nonexistent', KUBERNETES_SERVICE_HOST: ''},
		});
		expect(stdout).toContain(
			'warning  kubeconfig  there is none, and this is not a pod: ktop shows this machine',
		);
		expect(exitCode).toBe(0);
	});

	test('tries the sources that are named instead of a cluster', async () => {
		const {stdout, exitCode} = await runKtop([
			'doctor',
			'--source',
			'local',
			'--source',
			'kubelet:http://127.0.0.1:1',
		]);
		expect(stdout).toMatch(/ok +source +\S+ was read by local in \d+ ms/);
		expect(stdout).toContain('FAILED   source');
		expect(exitCode).toBe(1);
	});
});

describe('ktop rbac', () => {
	test('prints the least rights, and nodes/proxy is not among them', async () => {
		const {stdout, exitCode} = await runKtop(['rbac', '-n', 'monitoring']);
		expect(exitCode).toBe(0);
		expect(stdout).toContain('resources: ["nodes", "pods"]\n    verbs: ["get", "list", "watch"]');
		expect(stdout).toContain('resources: ["nodes/stats", "nodes/metrics"]\n    verbs: ["get"]');
		expect(stdout).toContain('namespace: monitoring');
		expect(stdout).not.toContain('nodes/proxy');
	});

	test('binds them to the users and groups that are named, however they are called', async () => {
		const {stdout} = await runKtop(['rbac', '--for-user', 'jane: "x"', '--for-group', 'ops']);
		expect(stdout).toContain('  - kind: User\n    name: "jane: \\"x\\""');
		expect(stdout).toContain('  - kind: Group\n    name: "ops"');
		expect(stdout).not.toContain('kind: ServiceAccount');
	});

	test('says how to use a service account that is not in use yet', async () => {
		const {stdout} = await runKtop(['rbac', '-n', 'monitoring']);
		expect(stdout).toContain('#   KTOP_TOKEN=$(kubectl create token ktop --namespace monitoring) ktop\n');
		expect(stdout).toContain('#   ktop rbac --for-user USER');
	});

	test('names the image that is published with this version, or another', async () => {
		const version = (await runKtop(['--version'])).stdout.trim();
		const imageOf = async (...args: readonly string[]) =>
			/image: (.*)/.exec((await runKtop(['rbac', '--record', ...args])).stdout)?.[1];
		expect(await imageOf()).toBe(`"ghcr.io/ktop-tui/ktop:${version}"`);
		expect(await imageOf('--image', 'registry.example/ktop@sha256:1')).toBe(
			'"registry.example/ktop@sha256:1"',
		);
	});

	test('does not take --as for who gets the rights', async () => {
		const {stderr, exitCode} = await runKtop(['rbac', '--as', 'jane']);
		expect(exitCode).toBe(2);
		expect(stderr).toContain('write --for-user USER');
	});
});
