import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startServer, type TestServer} from '../http/test-server.ts';
import {runKtop} from './ktop.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/statefulset-moved');

type Route = {readonly file?: string; readonly body?: string};

const ROUTES: Readonly<Record<string, Route>> = JSON.parse(readFileSync(join(FOLDER, 'routes.json'), 'utf8'));

/** `@NOW-30@` in a file stands for the time of 30 s ago. */
function withTimes(text: string): string {
	return text.replace(/@NOW(?:-(\d+))?@/g, (_, seconds = '0') =>
		new Date(Date.now() - Number(seconds) * 1000).toISOString().replace(/\.\d+/, ''),
	);
}

/** The API server lists redis-0 on worker-b, and the kubelet of worker-a still reports the one that it had. */
describe('a member of a StatefulSet that was moved to another node', () => {
	let api: TestServer;
	beforeAll(async () => {
		api = await startServer((request, response) => {
			const {pathname, searchParams} = new URL(request.url ?? '', 'http://api');
			const route = searchParams.has('watch') ? undefined : ROUTES[pathname];
			if (route === undefined) {
				response.writeHead(404).end('404 page not found');
			} else {
				response.writeHead(200, {'content-type': 'application/json'});
				response.end(route.body ?? withTimes(readFileSync(join(FOLDER, route.file ?? ''), 'utf8')));
			}
		});
	});
	afterAll(() => api.close());

	const printed = async (...args: readonly string[]) => {
		const {stdout, stderr, exitCode} = await runKtop(['--source', `kubernetes:${api.origin}`, ...args]);
		expect(exitCode, stderr).toBe(0);
		return stdout;
	};

	test('is one pod in JSON at once, on the node where it is', async () => {
		const {pods, containers, namespaces, cluster} = JSON.parse(await printed('-o', 'json'));
		expect(pods).toMatchObject([
			{name: 'redis-0', node: 'worker-b', cpu: {usageCores: 0.1}, memory: {workingSetBytes: 94_371_840}},
		]);
		expect(containers).toMatchObject([{container: 'redis', node: 'worker-b'}]);
		expect(namespaces).toMatchObject([
			{name: 'shop', pods: 1, cpu: {usageCores: 0.1}, memory: {workingSetBytes: 94_371_840}},
		]);
		expect(cluster.pods).toBe(1);
	});

	test.each(['table', 'csv'])('is one line of a %s', async output => {
		const lines = (await printed('pods', '-o', output)).trim().split('\n');
		expect(lines.slice(1)).toHaveLength(1);
		expect(lines[1]).toMatch(/redis-0/);
	});
});
