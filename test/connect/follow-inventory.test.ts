import {expect, onTestFinished, test} from 'vitest';
import {createInventory} from '../../source/cluster/inventory/inventory.ts';
import {followInventory} from '../../source/connect/follow-inventory.ts';
import {startApiServer} from '../cluster/inventory/fake-api-server.ts';
import {plainReader} from '../cluster/inventory/plain-reader.ts';
import {fakeTarget} from '../scrape/fake-target.ts';

const REFUSED = JSON.stringify({kind: 'Status', message: 'pods is forbidden', code: 403});

async function follow() {
	const server = await startApiServer();
	server.put('nodes', {metadata: {name: 'node-a', uid: 'uid-node-a'}, spec: {}, status: {}});
	server.put('pods', {metadata: {name: 'p', namespace: 'shop', uid: 'uid-p'}, spec: {}, status: {}});
	const reader = plainReader(server.origin);
	const inventory = createInventory({
		api: reader,
		scope: {},
		now: () => new Date(2026, 10, 23, 10, 7, 9).getTime(),
		tuning: {backOffMinMs: 1, backOffMaxMs: 5},
	});
	onTestFinished(async () => {
		await inventory.close();
		reader.close();
		await server.stop();
	});
	const source = await followInventory(inventory, ({name}) => fakeTarget(name, ['answer'], []), {
		api: reader,
		selection: {namespaces: undefined, nodeName: undefined, selector: undefined},
	});
	await source.whenListed;
	return {server, source};
}

test('outdated resources are reported with their time and cause until they are current again', async () => {
	const {server, source} = await follow();
	await expect.poll(server.watcherCount).toBe(2);
	expect([source.notices(), source.isInventoryCurrent()]).toEqual([[], true]);

	server.rules.push({path: /pods/, status: 403, body: REFUSED});
	server.dropConnections();
	await expect
		.poll(source.notices)
		.toEqual([expect.stringMatching(/^pods may be out of date since 10:07:09: .*403: pods is forbidden$/)]);
	expect(source.isInventoryCurrent()).toBe(false);

	server.rules.length = 0;
	await expect.poll(source.notices).toEqual([]);
	expect(source.isInventoryCurrent()).toBe(true);
});

test('nodes that come before anyone follows are not missed', async () => {
	const {server, source} = await follow();
	await expect.poll(server.watcherCount).toBe(2);
	server.put('nodes', {metadata: {name: 'node-b', uid: 'uid-node-b'}, spec: {}, status: {}});
	await expect.poll(() => source.inventory?.nodes().size).toBe(2);
	const added: string[] = [];
	onTestFinished(source.follow(change => void added.push(...change.added.map(({name}) => name))));
	await expect.poll(() => added).toEqual(['node-b']);
});
