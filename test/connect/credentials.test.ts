import {mkdtempSync, writeFileSync} from 'node:fs';
import type {IncomingHttpHeaders, RequestListener} from 'node:http';
import type {ServerOptions} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openHistory} from '../../source/connect/open-history.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {startRecordedCluster} from '../e2e/recorded-cluster.ts';
import {openSession} from '../faults/session.ts';
import {startProxy} from '../http/proxy-server.ts';
import {pem, startServer, tlsOf} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';

const TOKEN = 'Tk-zQ8vW3xY';

/** A server that keeps the headers that it was sent. */
async function listening(
	answer: RequestListener,
	tls?: ServerOptions,
): Promise<{readonly origin: string; readonly received: readonly IncomingHttpHeaders[]}> {
	const received: IncomingHttpHeaders[] = [];
	const {origin, close} = await startServer((request, response) => {
		received.push(request.headers);
		request.resume();
		answer(request, response);
	}, tls);
	onTestFinished(close);
	return {origin, received};
}

const redirectTo =
	(target: string): RequestListener =>
	(_request, response) =>
		void response.writeHead(307, {location: `${target}/stolen`}).end();

function fileOf(text: string): string {
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-credentials-')), 'file');
	writeFileSync(file, text);
	return file;
}

const CA = fileOf(pem('ca.crt'));
const TOKEN_FLAGS = [
	['--token', TOKEN],
	['--token-file', fileOf(TOKEN)],
];
const sent = ({authorization}: IncomingHttpHeaders): string | undefined => authorization;

/** Reads the sources once and returns what is said of the first node. */
async function read(...flags: readonly string[]) {
	const session = await openSession(flags);
	await session.untilRead();
	return session;
}

/** Asks a store for its schema, whatever comes of it. */
async function probe(history: string): Promise<void> {
	const request = parseOptions(['--history', history], {});
	if (request.kind !== 'run' || request.options.origin.history === undefined) {
		throw new Error('no store');
	}

	const store = await openHistory(request.options.origin.history, 5000);
	try {
		await store.probe(new AbortController().signal);
	} catch {
		// A redirect is no answer of a store.
	} finally {
		await store.close();
	}
}

describe('credentials', () => {
	test('a token does not follow a redirect of a kubelet', async ({task}) => {
		const stranger = await listening((_request, response) => void response.end('{}'), tlsOf('server-ip'));
		const kubelet = await listening(redirectTo(stranger.origin), tlsOf('server-ip'));
		for (const flags of TOKEN_FLAGS) {
			await read('--source', `kubelet:${kubelet.origin}`, '--kubelet-ca', CA, ...flags);
		}

		expect(new Set(kubelet.received.map(sent))).toEqual(new Set([`Bearer ${TOKEN}`]));
		expect(stranger.received).toEqual([]);
		report(task, 'secrets', 1, TOKEN_FLAGS.length);
	});

	test('the password of a cAdvisor does not follow a redirect of it', async ({task}) => {
		const stranger = await listening((_request, response) => void response.end('{}'));
		const cadvisor = await listening(redirectTo(stranger.origin));
		await read(
			'--source',
			`cadvisor:${cadvisor.origin.replace('://', '://me:hush-hush@')}`,
			'--token',
			TOKEN,
		);
		const basic = `Basic ${Buffer.from('me:hush-hush').toString('base64')}`;
		expect(new Set(cadvisor.received.map(sent))).toEqual(new Set([basic]));
		expect(stranger.received).toEqual([]);
		report(task, 'secrets', 1, 1);
	});

	test('the login of a store does not follow a redirect of it', async ({task}) => {
		const basic = `Basic ${Buffer.from('me:hush-hush').toString('base64')}`;
		const forms = [
			['influxdb:', 'me:hush-hush@', '', basic],
			['influxdb:', '', '?db=k8s&token=hush-hush', 'Token hush-hush'],
			['prometheus:', 'me:hush-hush@', '', basic],
			['prometheus:', '', '?token=hush-hush', 'Bearer hush-hush'],
		] as const;
		for (const [kind, login, parameters, authorization] of forms) {
			const stranger = await listening((_request, response) => void response.end('{}'));
			const store = await listening(redirectTo(stranger.origin));
			await probe(`${kind}${store.origin.replace('://', `://${login}`)}${parameters}`);
			expect(new Set(store.received.map(sent))).toEqual(new Set([authorization]));
			expect(stranger.received).toEqual([]);
		}

		report(task, 'secrets', 2, forms.length);
	});

	test('a cookie that is given for a store does not follow a redirect of it', async ({task}) => {
		const stranger = await listening((_request, response) => void response.end('{}'));
		const store = await listening(redirectTo(stranger.origin));
		await probe(`prometheus:${store.origin}?header=Cookie:session%3Dhush-hush`);
		expect(new Set(store.received.map(({cookie}) => cookie))).toEqual(new Set(['session=hush-hush']));
		expect(stranger.received).toEqual([]);
		report(task, 'secrets', 1, 1);
	});

	test('the token of a kubeconfig does not follow a redirect of the API server', async ({task}) => {
		const statuses = [301, 302, 303, 307, 308];
		const stranger = await listening((_request, response) => void response.end('{}'), tlsOf('server-ip'));
		const headers = {location: `${stranger.origin}/stolen`};
		for (const status of statuses) {
			const cluster = await startRecordedCluster({
				user: {token: TOKEN},
				isOpen: true,
				api: [[/./, {status, text: '', headers}]],
			});
			onTestFinished(cluster.close);
			await expect(openSession(['--kubeconfig', cluster.kubeconfig])).rejects.toMatchObject({
				brief: `${status} redirect`,
			});
			expect(new Set(cluster.authorizations)).toEqual(new Set([`Bearer ${TOKEN}`]));
		}

		expect(stranger.received).toEqual([]);
		report(task, 'secrets', 1, statuses.length);
	});

	test('no token goes to a kubelet in clear', async ({task}) => {
		for (const flags of TOKEN_FLAGS) {
			const kubelet = await listening((_request, response) => void response.end('{"node":{"nodeName":"n"}}'));
			const session = await read('--source', `kubelet:${kubelet.origin}`, ...flags);
			expect(session.seen().row).toMatch(/^ok/);
			expect(new Set(kubelet.received.map(sent))).toEqual(new Set([undefined]));
		}

		report(task, 'secrets', 1, TOKEN_FLAGS.length);
	});

	test('no token goes from one source to another', async ({task}) => {
		const answer: RequestListener = (_request, response) => void response.end('{}');
		const kubelet = await listening(answer, tlsOf('server-ip'));
		const cadvisor = await listening(answer);
		await read(
			...['--source', `kubelet:${kubelet.origin}`, '--source', `cadvisor:${cadvisor.origin}`],
			...['--kubelet-ca', CA, '--token', TOKEN],
		);
		expect(new Set(kubelet.received.map(sent))).toEqual(new Set([`Bearer ${TOKEN}`]));
		expect(new Set(cadvisor.received.map(sent))).toEqual(new Set([undefined]));
		report(task, 'secrets', 1, 2);
	});

	test('no token goes to a server whose certificate cannot be verified', async ({task}) => {
		const impostor = await listening(
			(_request, response) => void response.end('{}'),
			tlsOf('server-expired'),
		);
		const session = await read(
			...['--source', `kubelet:${impostor.origin}`],
			...['--kubelet-ca', CA, '--token', TOKEN],
		);
		expect(session.seen().code).toBe('tls-expired');
		expect(impostor.received).toEqual([]);
		report(task, 'secrets', 1, 1);
	});

	test('no cookie that a server sets is sent back', async ({task}) => {
		const kubelet = await listening((_request, response) => {
			response.writeHead(200, {'set-cookie': 'session=hush-hush'}).end('{"node":{"nodeName":"n"}}');
		});
		const session = await openSession([
			...['--source', `kubelet:${kubelet.origin}`],
			...['--interval', '500ms'],
		]);
		await session.untilRead();
		await expect.poll(() => kubelet.received.length).toBeGreaterThan(1);
		expect(kubelet.received.filter(({cookie}) => cookie !== undefined)).toEqual([]);
		report(task, 'secrets', 1, 1);
	});

	test('no token goes to a proxy, and its password not past it', async ({task}) => {
		const proxy = await startProxy();
		onTestFinished(proxy.close);
		const cluster = await startRecordedCluster({
			user: {token: TOKEN},
			isOpen: true,
			proxyUrl: `http://me:hush-hush@127.0.0.1:${proxy.port}`,
		});
		onTestFinished(cluster.close);
		await openSession(['--kubeconfig', cluster.kubeconfig, '--via', 'proxy']);
		const basic = `Basic ${Buffer.from('me:hush-hush').toString('base64')}`;
		expect(new Set(proxy.tunnels.map(({authorization}) => authorization))).toEqual(new Set([basic]));
		expect(new Set(cluster.authorizations)).toEqual(new Set([`Bearer ${TOKEN}`]));
		report(task, 'secrets', 2, 1);
	});

	test('no token of a cluster goes elsewhere than to it and the kubelets of its nodes', async ({task}) => {
		const cluster = await startRecordedCluster({
			user: {token: TOKEN},
			isOpen: true,
			kubeletTls: tlsOf('server-hostname'),
		});
		onTestFinished(cluster.close);
		const cadvisor = await listening((_request, response) => void response.end('{}'));
		const kubelet = await listening((_request, response) => void response.end('{}'), tlsOf('server-ip'));
		await read(
			...['--source', 'kubernetes', '--kubeconfig', cluster.kubeconfig, '--via', 'direct'],
			...['--source', `cadvisor:${cadvisor.origin}`, '--source', `kubelet:${kubelet.origin}`],
			...['--kubelet-ca', CA],
		);
		expect(new Set(cluster.kubelet.received.map(sent))).toEqual(new Set([`Bearer ${TOKEN}`]));
		expect(new Set(kubelet.received.map(sent))).toEqual(new Set([undefined]));
		expect(new Set(cadvisor.received.map(sent))).toEqual(new Set([undefined]));
		report(task, 'secrets', 1, 4);
	});
});
