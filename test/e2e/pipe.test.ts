import {execFile} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {Ajv2020} from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {afterEach, describe, expect, test} from 'vitest';
import {tlsOf} from '../http/test-server.ts';
import {ALL_ROUTES, type RecordedOptions, startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {CLI, NODE, runKtop} from './ktop.ts';

const cleanUps: Array<() => unknown> = [];
const tlsFolder = join(import.meta.dirname, '../fixtures/tls');

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

async function kubelet(options?: RecordedOptions) {
	const server = await startRecordedKubelet(options);
	cleanUps.push(server.close);
	return server;
}

const schema = JSON.parse(readFileSync(join(CLI, '../snapshot.schema.json'), 'utf8'));
// ajv-formats is a CommonJS module whose types hide that it is called as it is.
const ajv = new Ajv2020({strict: true, allErrors: true});
(formats as unknown as (target: Ajv2020) => void)(ajv);
const validate = ajv.compile(schema);

function parse(line: string) {
	const snapshot = JSON.parse(line);
	expect(validate(snapshot) ? [] : validate.errors).toEqual([]);
	return snapshot;
}

describe('ktop --json', () => {
	test('reads a kubelet over HTTPS with a token and one request, and prints every figure as recorded', async () => {
		const server = await kubelet({tls: tlsOf('server-ip'), token: 'let-me-in'});
		const {stdout, stderr, exitCode} = await runKtop([
			'--json',
			'--source',
			`kubelet:${server.origin}`,
			'--kubelet-ca',
			join(tlsFolder, 'ca.crt'),
			'--token',
			'let-me-in',
		]);
		expect([stderr, exitCode]).toEqual(['', 0]);
		const snapshot = parse(stdout);
		expect(server.requests).toEqual(['/stats/summary']);
		expect([...server.methods]).toEqual(['GET']);
		// The figures are those of test/fixtures/kubelet/summary-1.json.
		expect(snapshot).toMatchObject({
			demo: false,
			cluster: {
				nodes: 1,
				nodesRead: 1,
				pods: 17,
				containers: 23,
				cpuCores: 1.339423536,
				memoryBytes: 2_157_375_488,
			},
			errors: [],
		});
		expect(snapshot.nodes).toMatchObject([
			{
				name: 'node-a',
				sample: {state: 'live', time: '2026-11-23T09:29:44.000Z', route: 'summary'},
				cpu: {usageCores: 1.339423536},
				memory: {workingSetBytes: 2_157_375_488, rssBytes: 776_736_768, capacityBytes: 25_276_510_208},
			},
		]);
		expect(snapshot.nodes[0].cpu).not.toHaveProperty('capacityCores');
		expect(snapshot.nodes[0]).not.toHaveProperty('network');
		expect(snapshot.nodes[0]).not.toHaveProperty('pressure');
		expect(snapshot.pods).toHaveLength(17);
		expect(snapshot.containers.filter(({kind}: {kind: string}) => kind === 'container')).toHaveLength(23);
		expect(
			snapshot.containers.find(({container}: {container: string}) => container === 'cache'),
		).toMatchObject({
			namespace: 'shop',
			cpu: {usageCores: 0},
			memory: {workingSetBytes: 46_927_872, limitBytes: 50_331_648},
		});
	});

	test('takes a second sample where the rates need one, and says over what time', async () => {
		const server = await kubelet({
			answers: {...ALL_ROUTES, '/stats/summary': '403-no-rights-stats-summary.txt'},
		});
		const {stdout, stderr, exitCode} = await runKtop(['--json', '--source', `kubelet:${server.origin}`]);
		const snapshot = parse(stdout);
		expect(exitCode).toBe(0);
		expect(stderr).toContain('forbids system:serviceaccount:ops:no-rights to get nodes/stats');
		expect(snapshot.nodes[0]).toMatchObject({
			sample: {route: 'resource', windowSeconds: 20.182},
			cpu: {usageCores: expect.closeTo(27.932343405 / 20.182, 6)},
		});
		expect(snapshot.errors).toMatchObject([
			{code: 'forbidden', hint: expect.stringContaining('ClusterRole')},
		]);
	});

	test('gives the data there are, and the reasons for those that are not, with exit code 0', async () => {
		const well = await kubelet();
		const forbidden = await kubelet({
			answers: {
				'/stats/summary': '403-no-rights-stats-summary.txt',
				'/metrics/resource': '403-no-rights-metrics-resource.txt',
			},
		});
		const hung = await kubelet({answers: {'/stats/summary': 'hang'}});
		const {stdout, stderr, exitCode} = await runKtop([
			'--json',
			'--request-timeout',
			'3s',
			...[well, forbidden, hung].flatMap(({origin}) => ['--source', `kubelet:${origin}`]),
		]);
		const snapshot = parse(stdout);
		expect(exitCode).toBe(0);
		expect(snapshot.cluster).toMatchObject({nodes: 3, nodesRead: 1});
		expect(snapshot.errors.map(({code}: {code: string}) => code).sort()).toEqual(['forbidden', 'timeout']);
		expect(stderr.trim().split('\n')).toHaveLength(2);
	});

	test('fails with exit code 1 where nothing can be read, and still prints valid JSON', async () => {
		const server = await kubelet({token: 'right'});
		const {stdout, stderr, exitCode} = await runKtop(['--json', '--source', `kubelet:${server.origin}`], {
			environment: {KTOP_TOKEN: 'wrong-secret'},
		});
		expect(exitCode).toBe(1);
		expect(parse(stdout).errors).toMatchObject([{code: 'unauthorized'}]);
		expect(stdout + stderr).not.toContain('wrong-secret');
	});

	test('lists what is wrong, critical first, with the words of the API server', async () => {
		const {stdout} = await runKtop(['--json', '--source', 'demo:nodes=3,pods=40,seed=1']);
		const {problems} = parse(stdout);
		expect(problems).toContainEqual(
			expect.objectContaining({
				level: 'critical',
				reason: 'CrashLoopBackOff',
				message: expect.stringContaining('back-off 5m0s'),
				object: expect.objectContaining({kind: 'pod', namespace: 'payments', container: 'reconciler'}),
			}),
		);
		const levels = problems.map(({level}: {readonly level: string}) => level);
		expect(levels).toEqual([...levels].sort());
	});

	test('is what a pipe gets without asking', async () => {
		const {stdout, exitCode} = await runKtop(['--source', 'local']);
		const snapshot = parse(stdout);
		expect(exitCode).toBe(0);
		expect(snapshot).toMatchObject({source: 'this machine', cluster: {nodesRead: 1}});
		expect(snapshot.nodes[0].cpu.usageCores).toBeGreaterThanOrEqual(0);
		expect(snapshot.nodes[0].sample.windowSeconds).toBeGreaterThan(0.4);
	});

	test('has the hour before the start of a demo', async () => {
		const {stdout, stderr} = await runKtop([
			...['nodes', '-o', 'csv', '--statistics', '1h', '--sort', 'memory-p95'],
			...['--source', 'demo:nodes=2,pods=10,seed=3'],
		]);
		const [header = '', ...rows] = stdout
			.trim()
			.split('\n')
			.map(line => line.split(','));
		const [least, most] = ['memory_min_bytes', 'memory_max_bytes'].map(name => header.indexOf(name));
		expect(stderr).toBe('');
		expect(rows).toHaveLength(2);
		for (const row of rows) {
			expect(Number(row[least ?? -1])).toBeLessThan(Number(row[most ?? -1]));
		}
	});

	test('marks a demo', async () => {
		const {stdout} = await runKtop(['--json', '--source', 'demo:nodes=2,pods=10,seed=3']);
		expect(parse(stdout)).toMatchObject({demo: true, cluster: {nodes: 2, nodesRead: 2}});
	});
});

describe('other forms', () => {
	test('-o ndjson -w --count 3 prints three snapshots, a line each', async () => {
		const {stdout, exitCode} = await runKtop([
			'-o',
			'ndjson',
			'-w',
			'--count',
			'3',
			'--interval',
			'500ms',
			'--source',
			'local',
		]);
		const lines = stdout.trimEnd().split('\n');
		expect([lines.length, exitCode]).toEqual([3, 0]);
		expect(new Set(lines.map(line => parse(line).time)).size).toBe(3);
	});

	test('-o table prints what kubectl top prints', async () => {
		const server = await kubelet();
		const {stdout} = await runKtop(['-o', 'table', '--source', `kubelet:${server.origin}`]);
		// 1.339423536 cores round up to 1340m; 2157375488 of 25276510208 bytes are 2057 whole Mi and 8 whole percent.
		expect(stdout).toBe(
			[
				'NAME     CPU(cores)   CPU(%)      MEMORY(bytes)   MEMORY(%)   ',
				'node-a   1340m        <unknown>   2057Mi          8%          ',
				'',
			].join('\n'),
		);
	});

	test('pods -o csv prints a heading and raw numbers', async () => {
		const server = await kubelet();
		const {stdout} = await runKtop([
			'pods',
			'-o',
			'csv',
			'--sort',
			'cpu',
			'--source',
			`kubelet:${server.origin}`,
		]);
		const [heading, first, ...rest] = stdout.split('\r\n');
		expect(heading).toMatch(/^namespace,name,ready,status,restarts,node,cpu_cores,memory_bytes,/);
		expect(first).toMatch(/^payments,api-7967f6dff8-xqpx2,,,,node-a,0\.080152507,/);
		expect(rest).toHaveLength(17);
	});

	test('applies the requested filter', async () => {
		const server = await kubelet();
		const {stdout} = await runKtop([
			'pods',
			'--json',
			'--filter',
			'api cpu>10m',
			'-n',
			'payments',
			'--source',
			`kubelet:${server.origin}`,
		]);
		expect(parse(stdout).pods.map(({name}: {name: string}) => name)).toEqual([
			'api-7967f6dff8-xnrx5',
			'api-7967f6dff8-xqpx2',
		]);
	});
});

test('a filter that no row matches is answered with what there is to filter by', async () => {
	const server = await kubelet();
	const {stdout, stderr, exitCode} = await runKtop([
		'pods',
		'-o',
		'table',
		'--filter',
		'wbe',
		'--source',
		`kubelet:${server.origin}`,
	]);
	expect([stdout.trimEnd().split('\n').length, exitCode]).toEqual([1, 0]);
	expect(stderr).toMatch(/^ktop: none of 17 rows matches wbe: words are looked for in namespace, name, /);
});

describe('ending', () => {
	test('Ctrl-C in a pipe is exit code 130', async () => {
		const {exitCode} = await runKtop(['-w', '-o', 'ndjson', '--source', 'local', '--interval', '500ms'], {
			signalAfter: stdout => (stdout.includes('\n') ? 'SIGINT' : undefined),
		});
		expect(exitCode).toBe(130);
	});

	test('a reader that has enough is no error', async () => {
		const shell = `"${NODE}" "${CLI}" -w -o ndjson --source local --interval 500ms | head -n 1 | wc -l`;
		const {stdout, stderr} = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', shell]);
		expect([stdout.trim(), stderr]).toEqual(['1', '']);
	});

	test('usage is exit code 2, a line for each thing that is wrong', async () => {
		const {stdout, stderr, exitCode} = await runKtop(['--interval', 'soon', '--colour', '-o', 'xml']);
		expect([stdout, exitCode]).toEqual(['', 2]);
		expect(stderr.trim().split('\n').sort()).toEqual([
			'ktop: --interval soon: invalid duration; write for example 10s, 500ms or 1m30s',
			'ktop: -o xml: unknown format; use json, ndjson, csv, table',
			expect.stringMatching(/^ktop: unknown flag --colour: /),
		]);
	});

	test('a certificate file that is none is named', async () => {
		const file = join(tmpdir(), `ktop-no-pem-${process.pid}`);
		writeFileSync(file, 'hello');
		cleanUps.push(() => rmSync(file));
		const {stderr, exitCode} = await runKtop([
			'--json',
			'--source',
			'kubelet:127.0.0.1',
			'--kubelet-ca',
			file,
		]);
		expect(exitCode).toBe(2);
		expect(stderr).toContain(`--kubelet-ca ${file} is no PEM file`);
	});

	test('--help and --version print and end well', async () => {
		expect(await runKtop(['--help'])).toMatchObject({
			exitCode: 0,
			stdout: expect.stringContaining('--source URI'),
		});
		expect(await runKtop(['--version'])).toMatchObject({
			exitCode: 0,
			stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
		});
	});
});

test('a kubelet that hangs does not hold up every round of --watch', async () => {
	const hanging = await kubelet({answers: {'/stats/summary': 'hang'}});
	const good = await kubelet();
	const {stdout} = await runKtop(
		[
			'--source',
			`kubelet:${hanging.origin}`,
			'--source',
			`kubelet:${good.origin}`,
			'-w',
			'-o',
			'ndjson',
		].concat(['--count', '4', '--interval', '500ms', '--request-timeout', '1s']),
	);
	expect(stdout.trim().split('\n')).toHaveLength(4);
	// In rounds 1, 2 and 4.
	expect(hanging.requests.filter(request => request.includes('/stats/summary'))).toHaveLength(3);
});
