import {spawn} from 'node:child_process';
import {once} from 'node:events';
import type {RequestListener} from 'node:http';
import {describe, expect, onTestFinished, test} from 'vitest';
import {startServer, type TestServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {openSession, type Seen} from './session.ts';

const WELL: Seen = {row: 'ok Nms', code: '–', said: '–'};

const answer: RequestListener = (_request, response) => {
	const time = new Date().toISOString();
	response.end(JSON.stringify({node: {nodeName: 'n', cpu: {time, usageNanoCores: 5e8}}, pods: []}));
};

async function startKubelet(listener: RequestListener, port = 0): Promise<TestServer> {
	const server = await startServer(listener, undefined, port);
	onTestFinished(server.close);
	return server;
}

const idOf = (origin: string): string => `kubelet:${origin}`;
const flagsOf = (...origins: readonly string[]): readonly string[] => [
	...origins.flatMap(origin => ['--source', idOf(origin)]),
	...['--interval', '500ms'],
];

/** A kubelet in a process of its own, which can be stopped as a whole. */
const FROZEN = `
const server = require('node:http').createServer((request, response) => {
	response.end(JSON.stringify({node: {nodeName: 'n', cpu: {time: new Date().toISOString(), usageNanoCores: 5e8}}, pods: []}));
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));
`;

describe('what passes', () => {
	for (const {name, status, text, sees} of [
		{
			name: '401: the login is refused for a while',
			status: 401,
			text: 'Unauthorized',
			sees: {
				row: '401 unauthorized',
				code: 'unauthorized',
				said: 'kubelet http://HOST rejected the credentials, or received none; pass a valid token (--token-file) or --client-certificate; the kubelet may have webhook token authentication off, or not reach the API server',
			},
		},
		{
			name: '403: a right is taken away for a while',
			status: 403,
			text: 'Forbidden (user=u, verb=get, resource=nodes, subresource(s)=[stats])',
			sees: {
				row: '403 needs nodes/stats',
				code: 'forbidden',
				said: 'kubelet http://HOST forbids u to get nodes/stats; grant it in a ClusterRole: apiGroups [""], resources ["nodes/stats"], verbs ["get"]',
			},
		},
	]) {
		test(name, async ({task}) => {
			let isRefused = false;
			const {origin} = await startKubelet((request, response) => {
				if (isRefused) {
					response.writeHead(status).end(text);
				} else {
					answer(request, response);
				}
			});
			const session = await openSession(flagsOf(origin));
			await expect.poll(session.seen).toEqual(WELL);
			isRefused = true;
			await expect.poll(session.seen).toEqual(sees);
			expect([...session.snapshot().nodes]).toMatchObject([{cpu: {usageCores: 0.5}}]);
			isRefused = false;
			await expect.poll(session.seen).toEqual(WELL);
			report(
				task,
				'faults',
				sees.row,
				sees.code,
				`${sees.said}; the last figures stay, with their age; reads on by itself once it is given again`,
			);
		});
	}

	test('half of the nodes die at once and return', async ({task}) => {
		const kubelets = await Promise.all(Array.from({length: 20}, () => startKubelet(answer)));
		const origins = kubelets.map(({origin}) => origin);
		const session = await openSession(flagsOf(...origins));
		const rows = () => origins.map(origin => session.seen(idOf(origin)).row);
		const read = () => session.store.cluster('live', Date.now()).nodesRead;
		await expect.poll(read).toBe(20);
		await Promise.all(kubelets.slice(10).map(({close}) => close()));
		const halved = [...Array(10).fill('ok Nms'), ...Array(10).fill('refused')];
		await expect.poll(rows).toEqual(halved);
		await Promise.all(origins.slice(10).map(origin => startKubelet(answer, Number(new URL(origin).port))));
		await expect.poll(rows).toEqual(Array(20).fill('ok Nms'));
		expect(read()).toBe(20);
		report(
			task,
			'faults',
			'refused',
			'refused',
			'the other half is read in its interval; those that return are read by themselves',
		);
	});

	test('a kubelet is frozen and goes on', async ({task}) => {
		const child = spawn(process.execPath, ['-e', FROZEN], {stdio: ['ignore', 'pipe', 'inherit']});
		onTestFinished(() => void child.kill('SIGKILL'));
		const [port] = await once(child.stdout, 'data');
		const session = await openSession([...flagsOf(`http://127.0.0.1:${port}`), '--request-timeout', '3s']);
		await expect.poll(session.seen).toEqual(WELL);
		child.kill('SIGSTOP');
		const sees = {
			row: 'timeout 3s',
			code: 'timeout',
			said: 'kubelet http://HOST did not answer within 3s; check the kubelet and the network; --request-timeout raises the deadline',
		};
		await expect.poll(session.seen).toEqual(sees);
		child.kill('SIGCONT');
		await expect.poll(session.seen).toEqual(WELL);
		report(task, 'faults', sees.row, sees.code, `${sees.said}; reads on by itself`);
	});
});
