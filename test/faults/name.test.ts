import dns from 'node:dns';
import {createServer, type RequestListener} from 'node:http';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {startServer} from '../http/test-server.ts';
import {report} from '../reliability/report.ts';
import {openSession} from './session.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

const NAME = 'node-a.test';

const kubelet =
	(cores: number): RequestListener =>
	(_request, response) => {
		const time = new Date().toISOString();
		response.end(JSON.stringify({node: {nodeName: 'a', cpu: {time, usageNanoCores: cores * 1e9}}, pods: []}));
	};

/** What the resolver answers for the name: an address, or an error code. Everything else is resolved as ever. */
function resolver(first: string): {answer: string} {
	const state = {answer: first};
	const real = dns.lookup;
	vi.spyOn(dns, 'lookup').mockImplementation(((
		host: string,
		options: object,
		callback: (...args: unknown[]) => void,
	) => {
		if (host !== NAME) {
			real(host, options as never, callback as never);
		} else if (state.answer.startsWith('E')) {
			callback(Object.assign(new Error(`getaddrinfo ${state.answer} ${host}`), {code: state.answer}));
		} else if ('all' in options && options.all === true) {
			callback(null, [{address: state.answer, family: 4}]);
		} else {
			callback(null, state.answer, 4);
		}
	}) as never);
	return state;
}

const flags = (port: number): readonly string[] => [
	...['--source', `kubelet:http://${NAME}:${port}`, '--interval', '500ms'],
];

describe('names', () => {
	test('the resolver fails for a while', async ({task}) => {
		const {origin, close} = await startServer(kubelet(1));
		onTestFinished(close);
		const state = resolver('EAI_AGAIN');
		const session = await openSession(flags(Number(new URL(origin).port)));
		await session.untilRead();
		const sees = session.seen();
		expect(sees).toEqual({
			row: 'name not found',
			code: 'name-not-found',
			said: `${NAME} cannot be resolved; use an IP address, or check DNS and /etc/hosts`,
		});
		state.answer = '127.0.0.1';
		await expect.poll(() => session.seen().row).toBe('ok Nms');
		report(task, 'faults', sees.row, sees.code, `${sees.said}; reads by itself once the name is resolved`);
	});

	test('the name of a node leads to another address', async ({task}) => {
		const first = await startServer(kubelet(1));
		const port = Number(new URL(first.origin).port);
		const second = createServer(kubelet(2));
		await new Promise<void>(resolve => second.listen(port, '127.0.0.2', resolve));
		onTestFinished(() => {
			second.closeAllConnections();
			second.close();
		});
		const state = resolver('127.0.0.1');
		const session = await openSession(flags(port));
		const cores = () => session.store.view({level: 'nodes'}, 'live', Date.now()).rows.at(0)?.cpuCores;
		await expect.poll(cores).toBe(1);
		state.answer = '127.0.0.2';
		await first.close();
		await expect.poll(cores).toBe(2);
		expect(session.seen().row).toBe('ok Nms');
		report(task, 'faults', 'ok', '–', 'is resolved with each new connection: the new address is read');
	});
});
