import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {ContextSwitch, canSwitch, optionsOfContext} from '../../source/connect/context-switch.ts';
import {openScreenSession} from '../../source/connect/screen-session.ts';
import type {LogValue} from '../../source/metrics/model/log.ts';
import type {OptionsOf} from '../../source/options/options.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {kubeconfigOfContexts, type RecordedCluster, startRecordedCluster} from '../e2e/recorded-cluster.ts';
import {startServer, type TestServer, tlsOf} from '../http/test-server.ts';

let prod: RecordedCluster;
let staging: RecordedCluster;
/** Takes connections and answers nothing. */
let silent: TestServer;
let kubeconfig: string;
let folder: string;

const plugin = (script: string): object => ({
	exec: {
		apiVersion: 'client.authentication.k8s.io/v1',
		command: 'sh',
		args: ['-c', script],
		interactiveMode: 'Never',
	},
});

beforeAll(async () => {
	const renamed = {nodes: (list: {items: Array<{metadata: {name: string}}>}) => rename(list.items)};
	[prod, staging, silent] = await Promise.all([
		startRecordedCluster(),
		startRecordedCluster(renamed),
		startServer(() => {}, tlsOf('server-ip')),
	]);
	folder = mkdtempSync(join(tmpdir(), 'ktop-contexts-'));
	kubeconfig = join(folder, 'config');
	writeFileSync(
		kubeconfig,
		kubeconfigOfContexts({
			prod: {server: prod.apiOrigin},
			staging: {server: staging.apiOrigin},
			silent: {server: silent.origin},
			refused: {server: 'https://127.0.0.1:1'},
			'no-login': {server: prod.apiOrigin, user: plugin('echo log in first >&2; exit 1')},
			'slow-login': {server: prod.apiOrigin, user: plugin(`echo $$ >'${folder}/login'; exec sleep 600`)},
		}),
	);
});
afterAll(async () => {
	await Promise.all([prod.close(), staging.close(), silent.close()]);
	rmSync(folder, {recursive: true});
});

function rename(nodes: Array<{metadata: {name: string}}>): void {
	for (const {metadata} of nodes) {
		metadata.name = 'node-s';
	}
}

const SURROUNDINGS = {
	environment: {PATH: process.env.PATH},
	homeDirectory: '/nonexistent',
	now: Date.now,
	isInteractive: () => false,
};

function optionsOf(...flags: readonly string[]): OptionsOf<'run'> {
	// The simulated cluster is of no kubeconfig.
	const found = flags.includes('demo') ? [] : ['--kubeconfig', kubeconfig];
	const parsed = parseOptions([...found, '--interval', '500ms', ...flags], {});
	if (parsed.kind !== 'run') {
		throw new Error('problems' in parsed ? parsed.problems.join('; ') : parsed.kind);
	}

	return parsed.options;
}

/** What the last switch wrote into its log. */
let logged: ReadonlyArray<readonly [event: string, context: LogValue]> = [];

async function openSwitch(...flags: readonly string[]): Promise<ContextSwitch> {
	logged = [];
	const first = await openScreenSession(optionsOf(...flags), SURROUNDINGS, () => {}, new AbortController());
	const shown = new ContextSwitch(
		first,
		(options, life) => openScreenSession(options, SURROUNDINGS, () => {}, life),
		() => {},
		(_level, event, details = {}) => {
			logged = [...logged, [event, details.context]];
		},
	);
	onTestFinished(() => shown.stop());
	return shown;
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

const nodesOf = (shown: ContextSwitch): readonly string[] =>
	shown.session
		.source()
		.view({level: 'nodes'}, 'live', Date.now())
		.rows.map(({name}) => name);

const until = (condition: () => boolean) => vi.waitUntil(condition, {timeout: 20_000, interval: 10});

describe('another context', () => {
	test('is shown in place of the first, of which no connection is left', async () => {
		const shown = await openSwitch();
		await until(() => prod.kubelet.openConnections() > 0);
		const version = shown.version();
		expect([shown.context, nodesOf(shown)]).toEqual(['prod', ['node-a']]);

		expect(await shown.open('staging')).toEqual({kind: 'opened'});
		expect([shown.context, nodesOf(shown)]).toEqual(['staging', ['node-s']]);
		expect(shown.version()).toBeGreaterThan(version);
		await until(() => prod.openConnections() === 0);
		await until(() => staging.kubelet.openConnections() > 0);

		await shown.stop();
		await until(() => staging.openConnections() === 0);
	});

	test('is left for the first again', async () => {
		const shown = await openSwitch('--context', 'staging');
		await shown.open('prod');
		const version = shown.version();
		await shown.open('staging');
		expect([shown.context, nodesOf(shown)]).toEqual(['staging', ['node-s']]);
		expect(shown.version()).toBeGreaterThan(version);
	});

	test('has not the history store of the first, which is back with that', async () => {
		const shown = await openSwitch('--history', 'influxdb:http://127.0.0.1:1?db=k8s');
		const hasPast = () => shown.session.past !== undefined && shown.session.source() === shown.session.past;
		expect(hasPast()).toBe(true);
		await shown.open('staging');
		expect([shown.session.past, nodesOf(shown)]).toEqual([undefined, ['node-s']]);
		await shown.open('prod');
		expect(hasPast()).toBe(true);
	});

	test('has events of its own', async () => {
		const shown = await openSwitch();
		const {watch} = shown.session;
		await shown.open('staging');
		expect(shown.session.watch).not.toBe(watch);
	});

	test.each([
		['refused', 'refused', /^API server https:\/\/127\.0\.0\.1:1 refused the connection/],
		['no-login', 'unauthorized', /^exec plugin "sh" exited with code 1: log in first$/],
		['nothing', 'usage', /"nothing" does not exist in .*config$/],
	])('that fails to open (%s) leaves the old one, and tells cause and fix', async (name, code, message) => {
		const shown = await openSwitch();
		const {session} = shown;
		const switched = await shown.open(name);
		expect(switched).toMatchObject({
			kind: 'failed',
			failure: {code, message: expect.stringMatching(message), hint: expect.stringMatching(/./)},
		});
		expect(shown.failed).toMatchObject({name});
		expect([shown.context, shown.session, nodesOf(shown)]).toEqual(['prod', session, ['node-a']]);
		expect(await shown.open('staging')).toEqual({kind: 'opened'});
		expect(shown.failed).toBeUndefined();
		expect(logged).toEqual([
			['context not opened', name],
			['context shown', 'staging'],
		]);
	});

	test('that is chosen while one hangs is shown, and of the other no connection is left', async () => {
		const shown = await openSwitch();
		const hanging = shown.open('silent');
		await until(() => silent.openConnections() > 0);
		expect([shown.opening, shown.context]).toEqual(['silent', 'prod']);
		expect(await shown.open('staging')).toEqual({kind: 'opened'});
		expect(await hanging).toEqual({kind: 'superseded'});
		await until(() => silent.openConnections() === 0);
		expect([shown.opening, shown.context]).toEqual([undefined, 'staging']);
	});

	test('is not opened any more when the one on the screen is chosen', async () => {
		const shown = await openSwitch();
		const {session} = shown;
		const hanging = shown.open('silent');
		await until(() => silent.openConnections() > 0);
		expect(await shown.open('prod')).toEqual({kind: 'opened'});
		expect(await hanging).toEqual({kind: 'superseded'});
		expect(shown.session).toBe(session);
		await until(() => silent.openConnections() === 0);
	});

	test('that waits for a login plugin is given up at the end, and the plugin ended', async () => {
		const shown = await openSwitch();
		const hanging = shown.open('slow-login');
		const file = join(folder, 'login');
		await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
		await shown.stop();
		expect(await hanging).toEqual({kind: 'superseded'});
		await until(() => prod.openConnections() === 0 && !isRunning(Number(readFileSync(file, 'utf8'))));
	});

	test('replaces one whose nodes hang at once', async () => {
		const shown = await openSwitch();
		const {answers, requests} = prod.kubelet;
		const before = {...answers};
		onTestFinished(() => void Object.assign(answers, before));
		for (const path of Object.keys(answers)) {
			answers[path] = 'hang';
		}

		const asked = requests.length;
		await until(() => requests.length > asked);
		await shown.open('staging');
		expect(nodesOf(shown)).toEqual(['node-s']);
		await until(() => prod.openConnections() === 0);
	});
});

describe('the options of another context', () => {
	const flags = [
		...[
			'--context',
			'prod',
			'--server',
			'https://a.example',
			'--token',
			't',
			'--user',
			'u',
			'--as',
			'viewer',
		],
		...['--insecure-skip-tls-verify', '--kubelet-insecure-tls', '-n', 'shop', '--via', 'proxy'],
		...['--history', 'influxdb:http://store:8086?db=k8s'],
	];

	test('have no server, login, trust or history store of the first', () => {
		const {access, cluster, origin} = optionsOfContext(optionsOf(...flags), ['staging']);
		expect(Object.values(access).filter(value => value !== undefined && value !== false)).toEqual([]);
		expect(cluster).toMatchObject({
			contexts: ['staging'],
			server: undefined,
			user: undefined,
			cluster: undefined,
		});
		expect(origin.history).toBeUndefined();
	});

	test('keep the kubeconfig, who is impersonated, what is selected and how it is read', () => {
		const first = optionsOf(...flags);
		const {cluster, selection, polling} = optionsOfContext(first, ['staging']);
		expect(cluster).toMatchObject({kubeconfig, as: 'viewer'});
		expect([selection, polling]).toEqual([first.selection, first.polling]);
	});
});

test.each([
	[[], true],
	[['--source', 'kubernetes'], true],
	[['--source', 'kubernetes:https://a.example'], false],
	[['--source', 'demo', '--source', 'kubernetes'], false],
	[['--source', 'kubernetes', '--source', 'kubelet:a.example'], false],
])('contexts can be chosen of %j: %s', (flags, can) => {
	expect(canSwitch(optionsOf(...flags))).toBe(can);
});
