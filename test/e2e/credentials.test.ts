import {renameSync, writeFileSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {tlsOf} from '../http/test-server.ts';
import {runKtop} from './ktop.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

const proxied = [
	[/\/proxy\/stats\/summary$/, {status: 200, file: 'proxy-stats-summary.json'}],
] as const satisfies ClusterOptions['api'];

async function scratch(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'ktop-credentials-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	return folder;
}

type Snapshot = {
	readonly nodes: ReadonlyArray<{readonly sample: {readonly state: string; readonly route?: string}}>;
};

/** Six snapshots by the API server's proxy, so that each needs the credentials; `onSecond` is called in between. */
async function watchWhile(
	user: object,
	tokens: () => readonly string[],
	onSecond: () => void,
): Promise<{
	readonly states: readonly string[];
	readonly sent: ReadonlySet<string | undefined>;
	stderr: string;
}> {
	const recorded = await startRecordedCluster({api: proxied, user, tokens, kubeletTls: tlsOf('server-ip')});
	onTestFinished(recorded.close);
	let isChanged = false;
	const {stdout, stderr} = await runKtop(
		[
			'--json',
			'-w',
			'--count',
			'6',
			'--interval',
			'1s',
			'--via',
			'proxy',
			'--kubeconfig',
			recorded.kubeconfig,
		],
		{
			signalAfter: said => {
				if (!isChanged && said.split('\n').length > 2) {
					isChanged = true;
					onSecond();
				}

				return undefined;
			},
		},
	);
	const snapshots: readonly Snapshot[] = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	return {
		states: snapshots.map(({nodes}) => nodes[0]?.sample.state ?? 'none'),
		sent: new Set(recorded.authorizations),
		stderr,
	};
}

const ALL_LIVE = Array.from({length: 6}, () => 'live');

test('a token that is rotated in mid-run costs no sample', async () => {
	const tokenFile = join(await scratch(), 'token');
	writeFileSync(tokenFile, 'first');
	let valid = ['first'];
	const {states, sent, stderr} = await watchWhile(
		{tokenFile},
		() => valid,
		() => {
			writeFileSync(tokenFile, 'second');
			valid = ['second'];
		},
	);
	expect([states, stderr]).toEqual([ALL_LIVE, '']);
	expect(sent).toEqual(new Set(['Bearer first', 'Bearer second']));
});

test('a plugin’s token that expires in mid-run is requested again, and costs no sample', async () => {
	const folder = await scratch();
	const plugin = join(folder, 'login');
	const calls = join(folder, 'calls');
	/** What the plugin gives from now on; the token's life begins when ktop asks for it. */
	const give = (token: string, life: string): void => {
		const answer = JSON.stringify({
			apiVersion: 'client.authentication.k8s.io/v1',
			kind: 'ExecCredential',
			status: {token, expirationTimestamp: 'EXPIRY'},
		});
		const script = [
			'#!/bin/sh',
			`echo called >> ${calls}`,
			`echo '${answer}' | sed "s/EXPIRY/$(date -u -d '+${life}' +%Y-%m-%dT%H:%M:%SZ)/"`,
		];
		writeFileSync(`${plugin}.new`, `${script.join('\n')}\n`, {mode: 0o755});
		renameSync(`${plugin}.new`, plugin);
	};
	give('first', '2 seconds');
	let valid = ['first'];
	const {states, sent, stderr} = await watchWhile(
		{
			exec: {
				apiVersion: 'client.authentication.k8s.io/v1',
				command: plugin,
				interactiveMode: 'Never',
			},
		},
		() => valid,
		() => {
			give('second', '10 minutes');
			valid = ['first', 'second'];
		},
	);
	expect([states, stderr]).toEqual([ALL_LIVE, '']);
	expect(sent).toEqual(new Set(['Bearer first', 'Bearer second']));
	expect((await readFile(calls, 'utf8')).split('\n').length).toBeLessThan(8);
});

test('a token that is no longer accepted is reported once, and known values stay', async () => {
	const tokenFile = join(await scratch(), 'token');
	writeFileSync(tokenFile, 'first');
	let valid = ['first'];
	const {states, stderr} = await watchWhile(
		{tokenFile},
		() => valid,
		() => {
			valid = [];
		},
	);
	expect(states.slice(0, 2)).toEqual(['live', 'live']);
	expect(states.at(-1)).toBe('failed');
	expect(stderr).toContain('401');
	expect(stderr).not.toContain('first');
});
