import {expect, onTestFinished} from 'vitest';
import {createInventory} from '../../source/cluster/inventory/inventory.ts';
import type {Tuning} from '../../source/cluster/inventory/tuning.ts';
import {followInventory} from '../../source/connect/follow-inventory.ts';
import {createEndpoint} from '../../source/http/create-endpoint.ts';
import {type StoredObject, startApiServer} from '../cluster/inventory/fake-api-server.ts';
import {fakeTarget} from '../scrape/fake-target.ts';

/** Waits as `ktop` does, a hundredth as long. */
const QUICK: Partial<Tuning> = {backOffMinMs: 8, backOffMaxMs: 80, idleTimeoutMs: 20_000};
/** A running pod of node-a. */
export function pod(name: string, namespace = 'shop', version = 0): StoredObject {
	return {
		metadata: {name, namespace, uid: `uid-${namespace}-${name}`, labels: {version: String(version)}},
		spec: {nodeName: 'node-a'},
		status: {phase: 'Running'},
	};
}

/** A followed inventory of one node and a pod in each of two namespaces, and what the screen says of it at its foot. */
export async function follow(fallbackNamespaces: readonly string[] = [], tuning: Partial<Tuning> = {}) {
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
	const nodeNames = () => [...inventory.nodes().keys()].sort();
	return {server, inventory, names, nodeNames, notices};
}
