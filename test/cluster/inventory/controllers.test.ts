import fc from 'fast-check';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {decodeDaemonSet, decodeReplicated} from '../../../source/cluster/inventory/controller-decoder.ts';
import {createInventory, type Inventory} from '../../../source/cluster/inventory/inventory.ts';
import type {InventoryScope} from '../../../source/cluster/inventory/target.ts';
import {type FakeApiServer, type StoredObject, startApiServer} from './fake-api-server.ts';
import {plainReader} from './plain-reader.ts';

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
	for (const stop of stops.splice(0).reverse()) {
		await stop();
	}
});

async function serve(): Promise<FakeApiServer> {
	const server = await startApiServer();
	stops.push(server.stop);
	server.put('deployments', controller('web', {replicas: 3}));
	server.put('deployments', controller('api', {replicas: 2}, 'other'));
	server.put('statefulsets', controller('db', {}));
	server.put('daemonsets', {...controller('agent', {}), status: {desiredNumberScheduled: 12}});
	return server;
}

function controller(name: string, spec: object, namespace = 'shop'): StoredObject {
	return {metadata: {name, namespace, uid: `${namespace}-${name}`}, spec};
}

function inventoryOf(server: FakeApiServer, scope: InventoryScope = {}): Inventory {
	const api = plainReader(server.origin);
	const tuning = {
		pageSize: 1,
		idleTimeoutMs: 60_000,
		backOffMinMs: 1,
		backOffMaxMs: 8,
		refusedBackOffMaxMs: 8,
	};
	const inventory = createInventory({api, scope, tuning, random: () => 0.5});
	stops.push(async () => {
		await inventory.close();
		api.close();
	});
	return inventory;
}

const wanted = (inventory: Inventory) =>
	Object.fromEntries([...(inventory.controllers?.() ?? [])].map(([key, {wantedPods}]) => [key, wantedPods]));
const eventually = (check: () => void) => vi.waitFor(check, {timeout: 30_000, interval: 5});
const asked = (server: FakeApiServer) => server.requests.filter(({url}) => url.startsWith('/apis/'));

describe('controllers', () => {
	test('are not asked for before somebody looks', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(asked(server)).toEqual([]);
		expect(wanted(inventory)).toEqual({});
	});

	test('want their replicas, 1 unless told otherwise, and a pod on each node that a DaemonSet selects', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.watchControllers?.();
		expect(wanted(inventory)).toEqual({
			'shop/Deployment/web': 3,
			'other/Deployment/api': 2,
			'shop/StatefulSet/db': 1,
			'shop/DaemonSet/agent': 12,
		});
	});

	test('are followed, without a change of nodes or pods', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await inventory.watchControllers?.();
		const before = inventory.version();
		server.put('deployments', controller('web', {replicas: 5}));
		server.remove('deployments', 'other-api');
		await eventually(() =>
			expect(wanted(inventory)).toEqual({
				'shop/Deployment/web': 5,
				'shop/StatefulSet/db': 1,
				'shop/DaemonSet/agent': 12,
			}),
		);
		expect(inventory.version()).toBeGreaterThan(before);
		expect(inventory.changesSince(before)).toEqual({nodes: new Set(), pods: new Set()});
	});

	test('are listed once, however often they are asked for', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await Promise.all([inventory.watchControllers?.(), inventory.watchControllers?.()]);
		await inventory.watchControllers?.();
		expect(asked(server).filter(({url}) => url.startsWith('/apis/apps/v1/statefulsets?limit'))).toHaveLength(
			1,
		);
	});

	test('of the namespaces that are shown are listed there alone', async () => {
		const server = await serve();
		const inventory = inventoryOf(server, {namespaces: ['other']});
		await inventory.watchControllers?.();
		expect(wanted(inventory)).toEqual({'other/Deployment/api': 2});
		expect(asked(server).every(({url}) => url.startsWith('/apis/apps/v1/namespaces/other/'))).toBe(true);
	});

	test.each<[string, InventoryScope]>([
		['a label selector', {podSelector: 'app=web'}],
		['one node', {nodeName: 'node-a'}],
	])('are not read with pods of %s, which are not all that they have', async (_, scope) => {
		const server = await serve();
		const inventory = inventoryOf(server, scope);
		await inventory.watchControllers?.();
		expect(asked(server)).toEqual([]);
	});

	test('that may not be listed hide nothing else, raise no notice, and come with the right', async () => {
		const server = await serve();
		server.rules.push({path: /deployments/, status: 403});
		const inventory = inventoryOf(server);
		await inventory.start();
		await inventory.watchControllers?.();
		expect(wanted(inventory)).toEqual({'shop/StatefulSet/db': 1, 'shop/DaemonSet/agent': 12});
		expect(inventory.notices()).toEqual([]);
		expect(inventory.isCurrent?.()).toBe(true);
		server.rules.length = 0;
		await eventually(() => expect(wanted(inventory)).toMatchObject({'shop/Deployment/web': 3}));
	});

	test('are read of the namespace of the context where only that one may be listed', async () => {
		const server = await serve();
		server.rules.push({path: /v1\/(?:deployments|statefulsets|daemonsets)/, status: 403});
		const inventory = inventoryOf(server, {fallbackNamespaces: ['other']});
		await inventory.watchControllers?.();
		expect(wanted(inventory)).toEqual({'other/Deployment/api': 2});
	});

	test('may be of any shape without an error', () => {
		fc.assert(
			fc.property(fc.anything(), object => {
				for (const decode of [decodeReplicated('Deployment'), decodeDaemonSet]) {
					expect(decode({metadata: object, spec: object, status: object})).toBeUndefined();
					const decoded = decode({metadata: {name: 'a', namespace: 'b'}, spec: object, status: object});
					expect(decoded).toMatchObject({name: 'a', namespace: 'b'});
					const count = decoded?.wantedPods ?? 0;
					expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
				}
			}),
		);
	});
});
