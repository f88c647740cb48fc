import {chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import type {IncomingMessage} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {expect} from 'vitest';
import type {Refusal} from '../doctor/rbac-requests.ts';
import type {ClusterOptions} from '../e2e/recorded-cluster.ts';
import {pem, tlsOf} from '../http/test-server.ts';

/** Secrets as they are planted, by where. None is a part of another. */
export const SECRETS = {
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
	cookie: 'Ck12-store-gT6wB9nX',
	cadvisorPassword: 'Pw13-cadvisor-fY3rE8aL',
	tokenFlag: 'Tk14-argument-vC5jS1uK',
} as const;

/** In the middle of the key, since its first and last lines are the same in each. */
const CLIENT_KEY = pem('client.key').split('\n')[2] ?? '';

export const SECRET_COUNT = Object.keys(SECRETS).length + 1;

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

export function expectNoSecret(text: string, what: string): void {
	expect(
		FORBIDDEN.filter(secret => text.includes(secret)),
		what,
	).toEqual([]);
}

export function scratchFolder(): string {
	return mkdtempSync(join(tmpdir(), 'ktop-secrets-'));
}

export type Login = {
	readonly name: string;
	/** The user of the kubeconfig. */
	readonly user: object;
	readonly environment?: Readonly<Record<string, string>>;
	readonly args?: readonly string[];
};

/** Each way in which a user logs in. */
export function logins(home: string): readonly Login[] {
	const file = (name: string, text: string, mode = 0o600): string => {
		const path = join(home, name);
		writeFileSync(path, text, {mode});
		chmodSync(path, mode);
		return path;
	};
	const answer = {
		apiVersion: 'client.authentication.k8s.io/v1',
		kind: 'ExecCredential',
		status: {token: SECRETS.exec},
	};
	const plugin = file('plugin', `#!/bin/sh\necho '${JSON.stringify(answer)}'\necho "$SECRET" >&2\n`, 0o700);
	return [
		{name: 'a token', user: {token: SECRETS.token}},
		{name: 'a token file', user: {tokenFile: file('token', SECRETS.tokenFile)}},
		{name: 'user and password', user: {username: 'jane', password: SECRETS.password}},
		{
			name: 'a client key',
			user: {
				'client-certificate-data': Buffer.from(pem('client.crt')).toString('base64'),
				'client-key-data': Buffer.from(pem('client.key')).toString('base64'),
			},
		},
		{
			name: 'a plugin',
			user: {
				exec: {
					apiVersion: 'client.authentication.k8s.io/v1',
					command: plugin,
					interactiveMode: 'Never',
					env: [{name: 'SECRET', value: SECRETS.execEnv}],
				},
			},
		},
		{name: 'KTOP_TOKEN', user: {}, environment: {KTOP_TOKEN: SECRETS.environment}},
		{name: '--token-file', user: {}, args: ['--token-file', file('flag', SECRETS.tokenFlagFile)]},
		{name: '--token', user: {}, args: ['--token', SECRETS.tokenFlag]},
	];
}

/** Repeats all that it was sent, as a gateway that debugs does. */
function repeat({headers}: IncomingMessage): Refusal | undefined {
	return headers.authorization === undefined
		? undefined
		: {
				status: 403,
				contentType: 'application/json',
				body: JSON.stringify({
					kind: 'Status',
					apiVersion: 'v1',
					status: 'Failure',
					message: `refused: ${JSON.stringify(headers)}`,
					reason: 'Forbidden',
					code: 403,
				}),
			};
}

/** What goes wrong, or right, in the cluster. */
export const TROUBLES: Readonly<Record<string, ClusterOptions>> = {
	'all goes well': {},
	'the server repeats what it was sent': {authorize: {api: repeat, kubelet: repeat}},
	'credentials are rejected': {api: [[/./, {status: 401, file: '401-bad-token.json'}]]},
	'the kubelet has another certificate': {kubeletTls: tlsOf('server-expired')},
	'the proxy cannot be reached': {proxyUrl: `http://ktop:${SECRETS.proxyPassword}@127.0.0.1:1`},
};

/** What ktop wrote into a folder, unpacked, and the files that others can read. */
export function writtenInto(path: string): {readonly text: string; readonly readable: readonly string[]} {
	const files = readdirSync(path, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name));
	return {
		text: files
			.map(file => {
				const bytes = readFileSync(file);
				return bytes[0] === 0x1f && bytes[1] === 0x8b
					? gunzipSync(bytes, {finishFlush: 2}).toString('utf8')
					: bytes.toString('utf8');
			})
			.join('\n'),
		readable: files.filter(file => (statSync(file).mode & 0o777) !== 0o600),
	};
}
