import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createInventory} from '../../source/cluster/inventory/inventory.ts';
import {type DemoCluster, startDemo} from '../../source/demo/demo-cluster.ts';
import {createCluster, type Fault} from '../../source/demo/model/cluster.ts';
import {KtopError} from '../../source/metrics/model/failure.ts';
import {plainReader} from '../cluster/inventory/plain-reader.ts';

const OPTIONS = {nodes: 6, pods: 60, seed: 3};

describe('a demo cluster in a process of its own', () => {
	let demo: DemoCluster;
	beforeAll(async () => {
		demo = await startDemo(OPTIONS);
	});
	afterAll(() => demo.close());

	const {faults, nodeNames} = createCluster(OPTIONS, 0);
	const healthy = nodeNames.find(name => !faults.has(name)) ?? '';

	function urlOf(fault: Fault | undefined): string {
		const name = [...faults].find(([, one]) => one === fault)?.[0] ?? healthy;
		return demo.nodes.find(node => node.name === name)?.url ?? '';
	}

	test('names all its nodes', () => {
		expect(demo.nodes.map(({name}) => name)).toEqual(nodeNames);
	});

	test.each([
		[undefined, '/stats/summary', 200, '{\n "node": {\n  "nodeName": '],
		[undefined, '/stats/summary?only_cpu_and_memory=true', 200, '{\n "node": {\n  "nodeName": '],
		[undefined, '/metrics/resource', 200, '# HELP container_cpu_usage_seconds_total [STABLE]'],
		[undefined, '/healthz', 200, 'ok'],
		[undefined, '/stats', 404, '404: Page Not Found'],
		[
			'forbidden',
			'/stats/summary',
			403,
			'Forbidden (user=system:serviceaccount:demo:ktop, verb=get, resource=nodes, subresource(s)=[stats])',
		],
		[
			'forbidden',
			'/metrics/resource',
			403,
			'Forbidden (user=system:serviceaccount:demo:ktop, verb=get, resource=nodes, subresource(s)=[metrics])',
		],
		['resource-only', '/stats/summary', 403, 'Forbidden (user='],
		['resource-only', '/metrics/resource', 200, '# HELP'],
		['slow', '/stats/summary', 200, '{\n "node"'],
	] as const)('of the node that is %s, %s answers %d', async (fault, path, status, start) => {
		const response = await fetch(`${urlOf(fault)}${path}`);
		expect(response.status).toBe(status);
		const body = await response.text();
		expect(body.slice(0, start.length)).toBe(start);
	});

	test('has a node that accepts and never answers', async () => {
		await expect(
			fetch(`${urlOf('hung')}/stats/summary`, {signal: AbortSignal.timeout(1500)}),
		).rejects.toThrow(/timeout/i);
	});

	test('answers 404 for a node that it does not have', async () => {
		const response = await fetch(urlOf(undefined).replace(healthy, 'worker-99/stats/summary'));
		expect(response.status).toBe(404);
	});

	test('knows where the kubelet of a node is, and of no others', () => {
		expect(demo.nodes.map(({name}) => demo.kubeletUrl(name))).toEqual(demo.nodes.map(({url}) => url));
		expect(demo.kubeletUrl('worker-99')).toBeUndefined();
		expect(demo.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	});

	test('has an API server whose inventory holds what its kubelets report, by uid', async () => {
		const api = plainReader(demo.apiUrl);
		const inventory = createInventory({api, scope: {}, tuning: {pageSize: 7}});
		await inventory.start();
		const response = await fetch(`${demo.kubeletUrl(healthy)}/stats/summary?only_cpu_and_memory=true`);
		const {pods}: {pods: ReadonlyArray<{podRef: {uid: string; name: string; namespace: string}}>} =
			JSON.parse(await response.text());
		expect([...inventory.nodes().keys()]).toEqual(nodeNames);
		expect(inventory.pods().size).toBe(67);
		expect(pods).toHaveLength(10);
		for (const {podRef} of pods) {
			expect(inventory.pods().get(podRef.uid)).toMatchObject({...podRef, nodeName: healthy});
		}

		await inventory.close();
		api.close();
	});

	test('has an API server that sends a watch line by line, until its time is over', async () => {
		const since = Date.now() - 290_000;
		const path = `/api/v1/nodes?watch=1&resourceVersion=${since}&timeoutSeconds=1`;
		const response = await fetch(`${demo.apiUrl}${path}`);
		expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
		const lines = (await response.text()).split('\n').slice(0, -1);
		expect(new Set(lines.map(line => JSON.parse(line).type))).toEqual(new Set(['MODIFIED']));
	});

	test('has an API server that turns down what is no GET', async () => {
		const response = await fetch(`${demo.apiUrl}/api/v1/pods`, {method: 'POST', body: '{}'});
		expect(response.status).toBe(405);
		expect(await response.json()).toMatchObject({kind: 'Status', code: 405});
	});

	test('answers other methods with 405', async () => {
		const response = await fetch(`${urlOf(undefined)}/stats/summary`, {method: 'POST'});
		expect(response.status).toBe(405);
	});
});

test('closing a demo cluster ends its server', async () => {
	const demo = await startDemo({nodes: 1, pods: 3, seed: 1});
	const url = `${demo.nodes[0]?.url}/healthz`;
	expect(await (await fetch(url)).text()).toBe('ok');
	await demo.close();
	await expect(fetch(url)).rejects.toThrow();
});

test('a server that cannot start is an error of one line that says why', async () => {
	const error = await startDemo({nodes: 1e10, pods: 0, seed: 1}).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(KtopError);
	expect(String(error)).toMatch(/^KtopError: [^\n]*Invalid array length[^\n]*$/);
});

test('the server ends when its standard input does', async () => {
	const script = new URL('../../source/demo/server.ts', import.meta.url).pathname;
	const child = spawn(process.execPath, ['--import', 'tsx', script, '{"nodes":5000,"pods":150000,"seed":1}']);
	const exit = once(child, 'exit');
	let said = '';
	for await (const text of child.stdout.setEncoding('utf8')) {
		said += text;
		if (said.endsWith('\n')) {
			break;
		}
	}

	expect(JSON.parse(said).nodes).toHaveLength(5000);
	child.stdin.end();
	expect(await exit).toEqual([0, null]);
});
