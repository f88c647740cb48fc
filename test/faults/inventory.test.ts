import {describe, expect, onTestFinished, test} from 'vitest';
import {createInventory} from '../../source/cluster/inventory/inventory.ts';
import {defaultTuning, type Tuning} from '../../source/cluster/inventory/tuning.ts';
import {followInventory} from '../../source/connect/follow-inventory.ts';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {type StoredObject, startApiServer} from '../cluster/inventory/fake-api-server.ts';
import {report} from '../reliability/report.ts';
import {fakeTarget} from '../scrape/fake-target.ts';

/** Waits as `ktop` does, a hundredth as long. */
const QUICK: Partial<Tuning> = {backOffMinMs: 8, backOffMaxMs: 80, idleTimeoutMs: 20_000};
const REFUSED = JSON.stringify({
	kind: 'Status',
	message: 'pods is forbidden: User "u" cannot list',
	code: 403,
});

function pod(name: string, namespace = 'shop', version = 0): StoredObject {
	return {
		metadata: {name, namespace, uid: `uid-${namespace}-${name}`, labels: {version: String(version)}},
		spec: {nodeName: 'node-a'},
		status: {phase: 'Running'},
	};
}

/** A followed inventory of one node and a pod in each of two namespaces, and what the screen says of it at its foot. */
async function follow(fallbackNamespaces: readonly string[] = [], tuning: Partial<Tuning> = {}) {
	const server = await startApiServer();
	server.put('nodes', {metadata: {name: 'node-a', uid: 'uid-node-a'}, spec: {}, status: {}});
	server.put('pods', pod('web'));
	server.put('pods', pod('job', 'ops'));
	const api = createEndpoint({
		origin: server.origin,
		words: {server: 'API server', caFlag: 'CA', insecureFlag: undefined, serverNameFlag: 'NAME'},
		connections: 4,
	});
	const inventory = createInventory({api, scope: {fallbackNamespaces}, tuning: {...QUICK, ...tuning}});
	onTestFinished(async () => {
		await inventory.close();
		await api.close();
		await server.stop();
	});
	const source = await followInventory(inventory, ({name}) => fakeTarget(name, ['answer'], []), {
		api,
		selection: {namespaces: undefined, nodeName: undefined, selector: undefined},
	});
	await source.whenListed;
	await expect.poll(server.watcherCount).toBe(2);
	const names = () => [...inventory.pods().values()].map(({name}) => name).sort();
	const notices = () => source.notices().map(text => text.replace(/\d\d:\d\d:\d\d/, 'TIME'));
	return {server, inventory, names, notices};
}

describe('the API server', () => {
	test('it restarts, and refuses for seconds until it knows the rights', async ({task}) => {
		const {server, inventory, names, notices} = await follow();
		server.rules.push({path: /pods/, status: 403, body: REFUSED});
		server.dropConnections();
		const said =
			'pods may be out of date since TIME: list pods in all namespaces: 403: pods is forbidden: User "u" cannot list';
		await expect.poll(notices).toEqual([said]);
		expect(inventory.status('pods').problem?.code).toBe('forbidden');
		expect(names()).toEqual(['job', 'web']);
		server.put('pods', pod('new'));
		server.rules.length = 0;
		await expect.poll(names).toEqual(['job', 'new', 'web']);
		await expect.poll(notices).toEqual([]);
		report(task, 'faults', '–', 'forbidden', `${said}; what is known stays, and goes on by itself`);
	});

	test('the right to list pods everywhere is revoked and given again while ktop runs', async ({task}) => {
		const {server, names, notices} = await follow(['shop']);
		server.rules.push({path: /v1\/pods/, status: 403, body: REFUSED});
		server.dropConnections();
		const said = 'pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another';
		await expect.poll(notices).toEqual([said]);
		await expect.poll(names).toEqual(['web']);
		server.put('pods', pod('new'));
		await expect.poll(names).toEqual(['new', 'web']);
		server.rules.length = 0;
		await expect.poll(names).toEqual(['job', 'new', 'web']);
		await expect.poll(notices).toEqual([]);
		report(
			task,
			'faults',
			'–',
			'–',
			`${said}; the namespace of the context is followed until then, and other pods are forgotten`,
		);
	});

	test('410 Gone ends a watch', async ({task}) => {
		const {server, names, notices} = await follow();
		const lists = () => server.requests.filter(({url}) => /pods\?limit/.test(url)).length;
		const before = lists();
		server.dropConnections();
		server.put('pods', pod('new'));
		server.compact();
		await expect.poll(names).toEqual(['job', 'new', 'web']);
		await expect.poll(notices).toEqual([]);
		expect(lists()).toBe(before + 1);
		report(task, 'faults', '–', '–', 'lists again; nothing is lost');
	});

	test('a watch stalls silently', async ({task}) => {
		const {server, names, notices} = await follow([], {idleTimeoutMs: 300});
		server.stall();
		server.put('pods', pod('new'));
		await expect.poll(names).toEqual(['job', 'new', 'web']);
		expect(notices()).toEqual([]);
		report(
			task,
			'faults',
			'–',
			'–',
			`after ${defaultTuning.idleTimeoutMs / 1000} s without an event or bookmark it watches anew from where it was`,
		);
	});

	test('a storm of 20,000 events', async ({task}) => {
		const {server, inventory} = await follow();
		for (let version = 1; version <= 20_000; version++) {
			server.put('pods', pod(`p${version % 100}`, 'shop', version));
		}

		await expect
			.poll(() => [...inventory.pods().values()].find(({name}) => name === 'p0')?.labels?.version)
			.toBe('20000');
		expect(inventory.pods().size).toBe(102);
		report(task, 'faults', '–', '–', 'each pod is as its last event says');
	});

	test('the pages of a list repeat', async ({task}) => {
		const {server, inventory, names, notices} = await follow();
		const body = JSON.stringify({metadata: {resourceVersion: '1', continue: 'again'}, items: [pod('x')]});
		server.rules.push({path: /pods\?limit/, status: 200, body}, {path: /pods.*watch=1/, status: 410});
		server.dropConnections();
		const said =
			'pods may be out of date since TIME: list pods: the pages of /api/v1/pods repeat, so that the list has no end';
		await expect.poll(notices).toEqual([said]);
		expect(inventory.status('pods').problem?.code).toBe('bad-answer');
		expect(names()).toEqual(['job', 'web']);
		server.rules.length = 0;
		await expect.poll(notices).toEqual([]);
		report(task, 'faults', '–', 'bad-answer', `${said}; lists again by itself`);
	});
});
