import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {KtopError} from '../../source/metrics/model/failure.ts';
import {startRecordedCluster} from '../e2e/recorded-cluster.ts';
import {freePort} from '../http/free-port.ts';
import {startProxy} from '../http/proxy-server.ts';
import {startRaw} from '../http/raw-server.ts';
import {report} from '../reliability/report.ts';
import {masked, openSession} from './session.ts';

/** The flags for a cluster that is reached by a proxy alone. */
function flagsOf(proxy: string): readonly string[] {
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-proxy-')), 'config');
	const cluster = {server: 'https://kube.invalid:6443', 'proxy-url': `http://user:SECRET@${proxy}`};
	writeFileSync(
		file,
		JSON.stringify({
			'current-context': 'a',
			contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
			clusters: [{name: 'a', cluster}],
			users: [{name: 'a', user: {token: 't'}}],
		}),
	);
	return ['--source', 'kubernetes', '--kubeconfig', file];
}

async function proxyThatAnswers(status: number): Promise<string> {
	const {port, close} = await startProxy(status);
	onTestFinished(close);
	return `127.0.0.1:${port}`;
}

async function proxyThatStalls(): Promise<string> {
	const {address, close} = await startRaw(() => {});
	onTestFinished(close);
	return address;
}

describe('proxies', () => {
	for (const {name, start, code, said} of [
		{
			name: 'the proxy wants a login: 407',
			start: () => proxyThatAnswers(407),
			code: 'unreachable',
			said: 'cannot open a tunnel through the proxy HOST: it responded with 407; add the user and password to its URL: http://USER:PASSWORD@HOST:PORT',
		},
		{
			name: 'the proxy does not let through: 403',
			start: () => proxyThatAnswers(403),
			code: 'unreachable',
			said: 'cannot open a tunnel through the proxy HOST: it responded with 403; allow CONNECT to this server in the proxy, or add the server to NO_PROXY',
		},
		{
			name: 'the proxy cannot reach the API server: 502',
			start: () => proxyThatAnswers(502),
			code: 'unreachable',
			said: 'cannot open a tunnel through the proxy HOST: it responded with 502; check that the proxy resolves and reaches the server, or add the server to NO_PROXY',
		},
		{
			name: 'nothing listens on the port of the proxy',
			start: async () => `127.0.0.1:${await freePort()}`,
			code: 'refused',
			said: 'proxy http://HOST refused the connection: nothing listens on that port; check that the proxy runs and listens there, and that no firewall rejects the connection',
		},
		{
			name: 'the proxy stalls',
			start: proxyThatStalls,
			code: 'timeout',
			said: 'the proxy HOST did not open a tunnel within 3 s; check proxy-url and HTTPS_PROXY, or add the server to NO_PROXY',
		},
	]) {
		test(name, async ({task}) => {
			const error: unknown = await openSession(flagsOf(await start())).catch((reason: unknown) => reason);
			expect(error).toBeInstanceOf(KtopError);
			const seen =
				error instanceof KtopError ? {code: error.code, said: masked(`${error.message}; ${error.hint}`)} : {};
			expect(seen).toEqual({code, said});
			report(task, 'faults', 'no screen', code, said);
		});
	}

	test('the API server’s own proxy to a kubelet stalls', async ({task}) => {
		const cluster = await startRecordedCluster({
			user: {token: 't'},
			isOpen: true,
			api: [[/\/proxy\/|metrics\.k8s\.io/, 'hang']],
		});
		onTestFinished(cluster.close);
		const session = await openSession([
			...['--kubeconfig', cluster.kubeconfig],
			...['--via', 'proxy', '--request-timeout', '3s', '--interval', '1s'],
		]);
		await session.untilRead();
		const sees = {
			row: 'timeout 3s',
			code: 'timeout',
			said: 'API server https://HOST did not answer within 3s for its proxy to node node-a; the kubelet hangs or the API server does not reach it (konnectivity), unless lists take as long; --request-timeout raises the deadline',
		};
		expect(session.seen()).toEqual(sees);
		expect([...session.snapshot().pods]).not.toEqual([]);
		report(task, 'faults', sees.row, sees.code, `${sees.said}; what the API server lists stays`);
	});
});
