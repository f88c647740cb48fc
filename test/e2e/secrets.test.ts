import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Refusal} from '../doctor/rbac-requests.ts';
import {pem, startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {type Printed, runKtop} from './ktop.ts';
import {startRecordedCluster} from './recorded-cluster.ts';

/** Secrets as they are planted, by where. None is a part of another. */
const SECRETS = {
	token: 'Tk1-kubeconfig-zQ8vW3xY',
	tokenFile: 'Tk2-file-pL5nR7sD',
	password: 'Pw3-basic-hJ2kM9bT',
	exec: 'Tk4-plugin-cF6gN1wE',
	execEnv: 'En5-plugin-uA4yX8iO',
	environment: 'Tk6-environ-rB3mK7vP',
	tokenFlagFile: 'Tk7-flag-qS9dZ2jH',
	historyPassword: 'Pw8-history-eV5cL1tG',
	sinkPassword: 'Pw9-sink-xN7oU4fR',
	influxToken: 'Tk10-influx-bW2aI6yC',
	proxyPassword: 'Pw11-proxy-kD8sM3zQ',
} as const;

/** In the middle of the key, since its first and last lines are the same in each. */
const CLIENT_KEY = pem('client.key').split('\n')[2] ?? '';

/** What must not be found: secrets, and how they look in headers, URLs and kubeconfigs. */
const FORBIDDEN = [...Object.values(SECRETS), CLIENT_KEY].flatMap(secret => [
	secret,
	...[0, 1, 2].map(shift => base64Core(secret, shift)),
]);

/** The part of a text's base64 that is the same whatever stands around it, if `shift` bytes stand before. */
function base64Core(secret: string, shift: number): string {
	return Buffer.from('-'.repeat(shift) + secret)
		.toString('base64')
		.replace(/=+$/, '')
		.slice(shift === 0 ? 0 : 4, -2);
}

function folder(): string {
	return mkdtempSync(join(tmpdir(), 'ktop-secrets-'));
}

/** The user of a kubeconfig, by the way in which he logs in, and what belongs to it. */
function logins(home: string): Readonly<Record<string, Login>> {
	const file = (name: string, text: string, mode = 0o600): string => {
		const path = join(home, name);
		writeFileSync(path, text, {mode});
		chmodSync(path, mode);
		return path;
	};
	const plugin = file(
		'plugin',
		`#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${SECRETS.exec}"}}'\necho "$SECRET" >&2\n`,
		0o700,
	);
	return {
		'a token': {user: {token: SECRETS.token}},
		'a token file': {user: {tokenFile: file('token', SECRETS.tokenFile)}},
		'user and password': {user: {username: 'jane', password: SECRETS.password}},
		'a client key': {
			user: {
				'client-certificate-data': Buffer.from(pem('client.crt')).toString('base64'),
				'client-key-data': Buffer.from(pem('client.key')).toString('base64'),
			},
		},
		'a plugin': {
			user: {
				exec: {
					apiVersion: 'client.authentication.k8s.io/v1',
					command: plugin,
					interactiveMode: 'Never',
					env: [{name: 'SECRET', value: SECRETS.execEnv}],
				},
			},
		},
		KTOP_TOKEN: {user: {}, environment: {KTOP_TOKEN: SECRETS.environment}},
		'--token-file': {user: {}, args: ['--token-file', file('flag', SECRETS.tokenFlagFile)]},
	};
}

type Login = {
	readonly user: object;
	readonly environment?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
};

const status = (code: number, message: string): Refusal => ({
	status: 403,
	contentType: 'application/json',
	body: JSON.stringify({
		kind: 'Status',
		apiVersion: 'v1',
		status: 'Failure',
		message,
		reason: 'Forbidden',
		code,
	}),
});

/** What goes wrong, or right, in the cluster. */
const TROUBLES = {
	'all goes well': {},
	'the server repeats what it was sent': {
		authorize: {
			api: ({headers}: IncomingMessage) =>
				headers.authorization === undefined ? undefined : status(403, `refused: ${headers.authorization}`),
			kubelet: ({headers}: IncomingMessage) =>
				headers.authorization === undefined ? undefined : status(403, `refused: ${headers.authorization}`),
		},
	},
	'credentials are rejected': {api: [[/./, {status: 401, file: '401-bad-token.json'}]]},
	'the kubelet has another certificate': {kubeletTls: tlsOf('server-expired')},
} as const;

/** Everything that a run wrote, with the modes of its files. */
type Written = {readonly text: string; readonly files: ReadonlyArray<readonly [path: string, mode: number]>};

function filesBelow(path: string): readonly string[] {
	return readdirSync(path, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));
}

function writtenInto(path: string): Written {
	const files = filesBelow(path);
	return {
		text: files
			.map(file => {
				const bytes = readFileSync(file);
				return bytes[0] === 0x1f && bytes[1] === 0x8b
					? gunzipSync(bytes, {finishFlush: 2}).toString('utf8')
					: bytes.toString('utf8');
			})
			.join('\n'),
		files: files.map(file => [file, statSync(file).mode & 0o777]),
	};
}

function expectNoSecret(text: string, what: string): void {
	expect(
		FORBIDDEN.filter(secret => text.includes(secret)),
		what,
	).toEqual([]);
}

describe('secrets', {timeout: 300_000}, () => {
	test.for(Object.entries(TROUBLES))('are in no output: %s', async ([, trouble], {task}) => {
		const home = folder();
		let searched = 0;
		for (const [name, login] of Object.entries(logins(home))) {
			const cluster = await startRecordedCluster({
				kubeletTls: tlsOf('server-hostname'),
				...trouble,
				user: login.user,
				isOpen: true,
			});
			const out = folder();
			const environment = {
				KTOP_DEBUG: '1',
				XDG_STATE_HOME: join(out, 'state'),
				XDG_CONFIG_HOME: join(home, 'config'),
				INFLUX_TOKEN: '',
				...login.environment,
			};
			mkdirSync(join(home, 'config/ktop-tui'), {recursive: true});
			// A store where nothing listens, so that its URL is told.
			writeFileSync(
				join(home, 'config/ktop-tui/config.yaml'),
				`history: "influxdb:http://ktop:${SECRETS.historyPassword}@127.0.0.1:1?db=k8s"\n`,
			);
			const of = ['--kubeconfig', cluster.kubeconfig, '--request-timeout', '2s', ...(login.args ?? [])];
			const sink = `influxdb:http://127.0.0.1:1?db=k8s&u=ktop&p=${SECRETS.sinkPassword}&spool=${join(out, 'spool')}`;
			const recording = join(out, 'a.ktop');
			const runs: ReadonlyArray<Promise<Printed>> = [
				runKtop(['--json', ...of], {environment}),
				runKtop(['pods', '-o', 'csv', ...of], {
					environment: {...environment, INFLUX_TOKEN: SECRETS.influxToken},
				}),
				runKtop(['doctor', ...of], {environment}),
				runKtop(['doctor', '-o', 'json', ...of], {environment}),
				runKtop(
					[
						'record',
						...of,
						'--sink',
						sink,
						'--sink',
						`file:${recording}`,
						'--interval',
						'1s',
						'--count',
						'1',
					],
					{environment},
				),
				runKtop(['--json', ...of], {
					environment: {
						...environment,
						HTTPS_PROXY: `http://ktop:${SECRETS.proxyPassword}@127.0.0.1:1`,
						NO_PROXY: '',
					},
				}),
				runKtop(['complete', 'zsh', '--', 'ktop', '-n', ''], {
					environment: {...environment, KUBECONFIG: cluster.kubeconfig},
				}),
			];
			for (const {stdout, stderr} of await Promise.all(runs)) {
				expectNoSecret(stdout + stderr, name);
				searched++;
			}

			const written = writtenInto(out);
			expectNoSecret(written.text, `${name}: files`);
			expect(written.files.filter(([, mode]) => mode !== 0o600)).toEqual([]);
			await cluster.close();
		}

		report(task, 'secrets', Object.keys(SECRETS).length + 1, searched);
	});

	test('do not follow a redirect to another host', async ({task}) => {
		const received: string[] = [];
		const other = await startServer(({url = '', headers}, response) => {
			received.push(`${url} ${headers.authorization}`);
			response.end('{}');
		}, tlsOf('server-ip'));
		onTestFinished(other.close);
		let tried = 0;
		for (const code of [301, 302, 303, 307, 308]) {
			const cluster = await startRecordedCluster({
				user: {token: SECRETS.token},
				isOpen: true,
				api: [[/./, {status: code, text: '', headers: {location: `${other.origin}/stolen`}}]],
			});
			const {stdout, stderr} = await runKtop(['--json', '--kubeconfig', cluster.kubeconfig]);
			expect(cluster.authorizations).toContain(`Bearer ${SECRETS.token}`);
			expectNoSecret(stdout + stderr, String(code));
			await cluster.close();
			tried++;
		}

		expect(received).toEqual([]);
		report(task, 'secrets', 1, tried);
	});

	test('do not go to a server in clear', async ({task}) => {
		const received: Array<string | undefined> = [];
		const plain = await startServer(({headers}, response) => {
			received.push(headers.authorization);
			response.writeHead(200, {'content-type': 'application/json'}).end('{}');
		});
		onTestFinished(plain.close);
		const home = folder();
		let tried = 0;
		for (const [name, {user, environment = {}, args = []}] of Object.entries(logins(home))) {
			const kubeconfig = join(home, 'config-plain');
			writeFileSync(
				kubeconfig,
				JSON.stringify({
					'current-context': 'a',
					clusters: [{name: 'a', cluster: {server: plain.origin}}],
					users: [{name: 'a', user}],
					contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
				}),
			);
			const {stdout, stderr} = await runKtop(['--json', '--kubeconfig', kubeconfig, ...args], {environment});
			expectNoSecret(stdout + stderr, name);
			tried++;
		}

		expect(received.filter(header => header !== undefined)).toEqual([]);
		report(task, 'secrets', tried, tried);
	});
});
