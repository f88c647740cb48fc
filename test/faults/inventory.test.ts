import {describe, expect, test} from 'vitest';
import {defaultTuning} from '../../source/cluster/inventory/tuning.ts';
import {report} from '../reliability/report.ts';
import {follow, pod} from './followed-inventory.ts';

const REFUSED = JSON.stringify({
	kind: 'Status',
	message: 'pods is forbidden: User "u" cannot list',
	code: 403,
});

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

	test('the right to list and watch nodes is revoked and given again while ktop runs', async ({task}) => {
		const {server, inventory, nodeNames, notices} = await follow();
		const body = JSON.stringify({
			kind: 'Status',
			message:
				'nodes is forbidden: User "u" cannot list resource "nodes" in API group "" at the cluster scope',
			code: 403,
		});
		server.rules.push({path: /v1\/nodes/, status: 403, body});
		server.dropConnections();
		const said =
			'nodes may be out of date since TIME: list nodes: 403: nodes is forbidden: User "u" cannot list resource "nodes" in API group "" at the cluster scope';
		await expect.poll(notices).toContain(said);
		expect(inventory.status('nodes').problem).toMatchObject({
			code: 'forbidden',
			hint: 'grant the verb list on nodes; ktop rbac prints a manifest',
		});
		expect(nodeNames()).toEqual(['node-a']);
		server.put('nodes', {metadata: {name: 'node-b', uid: 'uid-node-b'}, spec: {}, status: {}});
		expect(nodeNames()).toEqual(['node-a']);
		server.rules.length = 0;
		await expect.poll(nodeNames).toEqual(['node-a', 'node-b']);
		await expect.poll(notices).toEqual([]);
		report(task, 'faults', '–', 'forbidden', `${said}; nodes stay as last known, and go on by themselves`);
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
