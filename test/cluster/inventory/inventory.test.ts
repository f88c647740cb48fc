import {setTimeout as delay} from 'node:timers/promises';
import fc from 'fast-check';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {createInventory, type Inventory} from '../../../source/cluster/inventory/inventory.ts';
import {decodeNode} from '../../../source/cluster/inventory/node-decoder.ts';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import type {InventoryScope} from '../../../source/cluster/inventory/target.ts';
import type {Tuning} from '../../../source/cluster/inventory/tuning.ts';
import {type FakeApiServer, type StoredObject, startApiServer} from './fake-api-server.ts';
import {fixtureText} from './fixtures.ts';
import {plainReader} from './plain-reader.ts';

const quick: Partial<Tuning> = {pageSize: 3, idleTimeoutMs: 60, backOffMinMs: 1, backOffMaxMs: 8, pollMs: 10};
/** A watch that lives as long as the test, so that what is seen came through it. */
const patient: Partial<Tuning> = {...quick, idleTimeoutMs: 60_000};

const stops: Array<() => Promise<void>> = [];
afterEach(async () => {
	for (const stop of stops.splice(0).reverse()) {
		await stop();
	}
});

async function serve(): Promise<FakeApiServer> {
	const server = await startApiServer();
	stops.push(server.stop);
	return server;
}

function inventoryOf(server: FakeApiServer, scope: InventoryScope = {}, tuning = patient): Inventory {
	const api = plainReader(server.origin);
	const inventory = createInventory({api, scope, tuning, random: () => 0.5});
	stops.push(async () => {
		await inventory.close();
		api.close();
	});
	return inventory;
}

function pod(name: string, namespace = 'shop', version = '1'): StoredObject {
	return {
		metadata: {name, namespace, uid: `uid-${namespace}-${name}`, labels: {version}},
		spec: {nodeName: 'node-a'},
		status: {phase: 'Running'},
	};
}

function node(name: string, version = '1'): StoredObject {
	return {metadata: {name, uid: `uid-${name}`, labels: {version}}, spec: {}, status: {}};
}

const podNames = (inventory: Inventory) => [...inventory.pods().values()].map(({name}) => name).sort();

function expectFresh(inventory: Inventory, server: FakeApiServer): void {
	const pods = server.objects('pods').map(object => [object.metadata.uid, decodePod(object)] as const);
	const nodes = server.objects('nodes').map(object => [object.metadata.name, decodeNode(object)] as const);
	expect(new Map(inventory.pods())).toEqual(new Map(pods));
	expect(new Map(inventory.nodes())).toEqual(new Map(nodes));
}

const eventually = (check: () => void) => vi.waitFor(check, {timeout: 30_000, interval: 5});
const lists = (server: FakeApiServer, path = '/api/v1/pods') =>
	server.requests.filter(({url}) => url.startsWith(`${path}?limit`));
const watches = (server: FakeApiServer, path = '/api/v1/pods') =>
	server.requests.filter(({url}) => url.startsWith(`${path}?watch`));

describe('an inventory', () => {
	test('holds every page of a list once it has started', async () => {
		const server = await serve();
		for (let index = 0; index < 10; index++) {
			server.put('pods', pod(`p${index}`));
		}
		server.put('nodes', node('node-a'));
		const inventory = inventoryOf(server);
		await inventory.start();
		expectFresh(inventory, server);
		expect(inventory.pods().size).toBe(10);
		expect(lists(server)).toHaveLength(4);
		expect(inventory.status('pods')).toMatchObject({isListed: true, problem: undefined});
	});

	test('that is read once watches nothing, and ends when it is closed', async () => {
		const server = await serve();
		server.put('pods', pod('a'));
		server.put('nodes', node('node-a'));
		const api = plainReader(server.origin);
		const inventory = createInventory({api, scope: {}, tuning: patient, isOnce: true});
		await inventory.start();
		expectFresh(inventory, server);
		expect(inventory.isCurrent?.()).toBe(true);
		server.put('pods', pod('b'));
		await inventory.close();
		api.close();
		expect(podNames(inventory)).toEqual(['a']);
		expect(
			[lists(server), watches(server), watches(server, '/api/v1/nodes')].map(({length}) => length),
		).toEqual([1, 0, 0]);
	});

	test('follows additions, changes and deletions without listing again', async () => {
		const server = await serve();
		server.put('pods', pod('stays'));
		server.put('pods', pod('goes'));
		const inventory = inventoryOf(server);
		await inventory.start();
		server.put('pods', pod('comes'));
		server.put('pods', pod('stays', 'shop', '2'));
		server.remove('pods', 'uid-shop-goes');
		server.put('nodes', node('node-a'));
		await eventually(() => expectFresh(inventory, server));
		expect(podNames(inventory)).toEqual(['comes', 'stays']);
		expect(lists(server)).toHaveLength(1);
	});

	test('returns the changes after a version', async () => {
		const server = await serve();
		server.put('pods', pod('a'));
		server.put('pods', pod('b'));
		server.put('nodes', node('node-a'));
		const inventory = inventoryOf(server);
		await inventory.start();
		const listed = inventory.version();
		expect(inventory.changesSince(0)).toBeUndefined();
		server.put('pods', pod('c'));
		server.put('nodes', node('node-a', '2'));
		server.remove('pods', 'uid-shop-a');
		await eventually(() => expect(podNames(inventory)).toEqual(['b', 'c']));
		await eventually(() =>
			expect(inventory.changesSince(listed)).toEqual({
				nodes: new Set(['node-a']),
				pods: new Set(['uid-shop-c', 'uid-shop-a']),
			}),
		);
	});

	test('watches from the version of the list, with bookmarks and an end', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		await inventoryOf(server).start();
		await eventually(() => expect(watches(server)).toHaveLength(1));
		// 101 is the version after one change; 450 s is the middle between once and twice 300 s.
		expect(watches(server)[0]?.url).toBe(
			'/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=101&timeoutSeconds=450',
		);
	});

	test('resumes from the last bookmark after the connection broke (failure 24)', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.put('nodes', node('node-a'));
		server.bookmark();
		await eventually(() => expectFresh(inventory, server));
		server.dropConnections();
		await eventually(() => expect(watches(server)).toHaveLength(2));
		expect(watches(server)[1]?.url).toContain('resourceVersion=102&');
		expect(lists(server)).toHaveLength(1);
	});

	test('resumes after the server closed the watch in peace', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.closeWatches();
		server.put('pods', pod('late'));
		await eventually(() => expect(podNames(inventory)).toEqual(['late']));
		expect(lists(server)).toHaveLength(1);
	});

	test('reconnects when a watch goes silent (failure 24)', async () => {
		const server = await serve();
		const inventory = inventoryOf(server, {}, quick);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.stall();
		server.put('pods', pod('unheard'));
		await eventually(() => expect(podNames(inventory)).toEqual(['unheard']));
	});

	test('lists again when the version is too old (failure 24)', async () => {
		const server = await serve();
		server.put('pods', pod('old'));
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.stall();
		server.remove('pods', 'uid-shop-old');
		server.put('pods', pod('new'));
		server.compact();
		server.dropConnections();
		await eventually(() => expect(podNames(inventory)).toEqual(['new']));
		expect(lists(server)).toHaveLength(2);
	});

	test('forgets what a watch brought and a later list lacks', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.put('pods', pod('watched'));
		await eventually(() => expect(podNames(inventory)).toEqual(['watched']));
		server.stall();
		server.remove('pods', 'uid-shop-watched');
		server.compact();
		server.dropConnections();
		await eventually(() => expect(podNames(inventory)).toEqual([]));
	});

	test('lists again after the recorded ERROR event', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.sendRaw(fixtureText('watch-rv-too-old.jsonl'));
		await eventually(() => expect(lists(server)).toHaveLength(2));
	});

	test('resumes after an ERROR event of another kind', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.sendError(500, 'InternalError');
		await eventually(() => expect(watches(server)).toHaveLength(2));
		expect(lists(server)).toHaveLength(1);
		await eventually(() => expect(inventory.status('pods').problem).toBeUndefined());
	});

	test('lists again when watching fails again and again', async () => {
		const server = await serve();
		server.rules.push({path: /pods\?watch/, status: 500, times: 3});
		await inventoryOf(server).start();
		await eventually(() => expect(lists(server)).toHaveLength(2));
	});

	test('gives up a list whose pages repeat', async () => {
		const server = await serve();
		server.rules.push({
			path: /v1\/pods/,
			status: 200,
			body: JSON.stringify({metadata: {resourceVersion: '1', continue: 'again'}, items: [pod('p')]}),
		});
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(inventory.status('pods').problem).toMatchObject({code: 'bad-answer', brief: 'pages repeat'});
	});

	test('starts a list again, from its beginning, when its token expired half way', async () => {
		const server = await serve();
		for (let index = 0; index < 8; index++) {
			server.put('pods', pod(`p${index}`));
		}
		server.expireTokens(1);
		const inventory = inventoryOf(server);
		await inventory.start();
		expectFresh(inventory, server);
		expect(lists(server)).toHaveLength(5);
		expect(lists(server)[2]?.url).toBe('/api/v1/pods?limit=3');
	});

	test('holds nothing of the pages before the new beginning', async () => {
		const server = await serve();
		for (let index = 0; index < 8; index++) {
			server.put('pods', pod(`p${index}`));
		}
		server.expireTokens(1, () => server.remove('pods', 'uid-shop-p0'));
		const inventory = inventoryOf(server);
		await inventory.start();
		expectFresh(inventory, server);
	});

	test('goes on with the token of the answer when the list expires again, and lists again later', async () => {
		const server = await serve();
		for (let index = 0; index < 8; index++) {
			server.put('pods', pod(`p${index}`));
		}
		server.expireTokens(2);
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(inventory.pods().size).toBe(8);
		const count = lists(server).length;
		await eventually(() => expect(server.watcherCount()).toBe(2));
		server.closeWatches();
		await eventually(() => expect(lists(server).length).toBeGreaterThan(count));
	});

	test('keeps what it knows, and says what is wrong, while the server fails', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		const rule = {path: /./, status: 503, body: 'upstream connect error'};
		server.rules.push(rule);
		server.dropConnections();
		await eventually(() => expect(inventory.status('pods').problem?.brief).toBe('503 server error'));
		expect(podNames(inventory)).toEqual(['p']);
		server.rules.pop();
		await eventually(() => expect(inventory.status('pods').problem).toBeUndefined());
	});

	test('says that the credentials are refused, and goes on trying', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		server.rules.push({path: /./, status: 401, body: fixtureText('401-bad-token.json'), times: 2});
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(inventory.status('nodes').problem).toMatchObject({
			code: 'unauthorized',
			message: 'list nodes: 401: Unauthorized',
		});
		await eventually(() => expect(podNames(inventory)).toEqual(['p']));
	});

	test('waits as long as a busy server says (failure 22)', async () => {
		const server = await serve();
		server.rules.push({path: /pods/, status: 429, headers: {'retry-after': '7'}, times: 1});
		const waits: number[] = [];
		const api = plainReader(server.origin);
		const inventory = createInventory({
			api,
			scope: {},
			tuning: patient,
			sleep: async ms => {
				waits.push(ms);
			},
		});
		stops.push(async () => {
			await inventory.close();
			api.close();
		});
		await inventory.start();
		await eventually(() => expect(inventory.status('pods').isListed).toBe(true));
		expect(waits[0]).toBe(7000);
	});

	test('uses no method but GET', async () => {
		const server = await serve();
		const inventory = inventoryOf(server, {}, quick);
		await inventory.start();
		server.dropConnections();
		await eventually(() => expect(watches(server).length).toBeGreaterThan(1));
		expect(new Set(server.requests.map(({method}) => method))).toEqual(new Set(['GET']));
	});

	test('leaves no connection behind when closed', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		await eventually(() => expect(server.watcherCount()).toBe(2));
		await inventory.close();
		await eventually(() => expect(server.watcherCount()).toBe(0));
	});

	test('ends with the signal it was started with', async () => {
		const server = await serve();
		const controller = new AbortController();
		const inventory = inventoryOf(server);
		await inventory.start(controller.signal);
		await eventually(() => expect(server.watcherCount()).toBe(2));
		controller.abort();
		await eventually(() => expect(server.watcherCount()).toBe(0));
	});

	test('notifies its listeners of every change until they unsubscribe', async () => {
		const server = await serve();
		const inventory = inventoryOf(server);
		await inventory.start();
		let calls = 0;
		const leave = inventory.subscribe(() => {
			calls += 1;
		});
		const before = inventory.version();
		server.put('pods', pod('p'));
		await eventually(() => expect(calls).toBe(1));
		expect(inventory.version()).toBe(before + 1);
		leave();
		server.put('pods', pod('q'));
		await eventually(() => expect(podNames(inventory)).toEqual(['p', 'q']));
		expect(calls).toBe(1);
	});
});

describe('an inventory with a narrower scope', () => {
	test('lists and watches only the requested namespaces', async () => {
		const server = await serve();
		for (const namespace of ['shop', 'ops', 'batch']) {
			server.put('pods', pod('p', namespace));
		}
		const inventory = inventoryOf(server, {namespaces: ['shop', 'ops']});
		await inventory.start();
		server.put('pods', pod('q', 'ops'));
		server.put('pods', pod('q', 'batch'));
		await eventually(() => expect(inventory.pods().size).toBe(3));
		expect([...inventory.pods().values()].map(({namespace}) => namespace).sort()).toEqual([
			'ops',
			'ops',
			'shop',
		]);
		expect(inventory.notices()).toEqual([]);
	});

	test('asks the server for labels and for one node’s pods', async () => {
		const server = await serve();
		await inventoryOf(server, {podSelector: 'app=web,tier!=db', nodeName: 'node-a'}).start();
		const urls = server.requests.map(({url}) => url);
		expect(urls).toContain(
			'/api/v1/pods?labelSelector=app=web,tier!=db&fieldSelector=spec.nodeName=node-a&limit=3',
		);
		expect(urls).toContain('/api/v1/nodes?fieldSelector=metadata.name=node-a&limit=3');
	});
});

describe('an inventory without all rights (failure 1)', () => {
	test('shows pods and says that nodes are hidden', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		server.rules.push({path: /nodes/, status: 403, body: fixtureText('403-no-rights-nodes.json')});
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(podNames(inventory)).toEqual(['p']);
		expect(inventory.notices()).toEqual([{resource: 'nodes', text: 'nodes: hidden (403 on list nodes)'}]);
		expect(inventory.status('nodes')).toMatchObject({
			isListed: false,
			problem: {code: 'forbidden', brief: '403 needs nodes'},
		});
		expect(inventory.status('nodes').problem?.message).toContain(
			'"system:serviceaccount:ops:no-rights" cannot list',
		);
	});

	test('falls back to the namespace it may see and says what is hidden', async () => {
		const server = await serve();
		server.put('pods', pod('mine', 'shop'));
		server.put('pods', pod('hidden', 'ops'));
		server.rules.push({path: /v1\/pods/, status: 403, body: fixtureText('403-no-rights-pods.json')});
		const inventory = inventoryOf(server, {fallbackNamespaces: ['shop']});
		await inventory.start();
		expect(podNames(inventory)).toEqual(['mine']);
		expect(inventory.notices()).toEqual([
			{
				resource: 'pods',
				text: 'pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another',
			},
		]);
		expect(inventory.status('pods')).toMatchObject({isListed: true, problem: undefined});
	});

	test('promises no namespace where that is hidden as well', async () => {
		const server = await serve();
		server.rules.push({path: /pods/, status: 403, body: fixtureText('403-no-rights-pods.json')});
		const inventory = inventoryOf(server, {fallbackNamespaces: ['shop']});
		await inventory.start();
		expect(inventory.notices().map(({text}) => text)).toEqual([
			'pods: hidden in all namespaces (403 on list pods); -n NAMESPACE names one that you may see',
			'pods: hidden of namespace shop (403 on list pods)',
		]);
	});

	test('narrows to the namespace it may see when a right is revoked while it runs, and widens when it is granted', async () => {
		const server = await serve();
		server.put('pods', pod('mine', 'shop'));
		server.put('pods', pod('other', 'ops'));
		const inventory = inventoryOf(server, {fallbackNamespaces: ['shop']});
		await inventory.start();
		server.rules.push({path: /v1\/pods/, status: 403, body: fixtureText('403-no-rights-pods.json')});
		server.dropConnections();
		await eventually(() => expect(podNames(inventory)).toEqual(['mine']));
		expect(inventory.hasAllPods()).toBe(false);
		expect(inventory.notices().map(({text}) => text)).toEqual([
			'pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another',
		]);
		server.put('pods', pod('late', 'shop'));
		await eventually(() => expect(podNames(inventory)).toEqual(['late', 'mine']));
		server.rules.length = 0;
		await eventually(() => expect(podNames(inventory)).toEqual(['late', 'mine', 'other']));
		await eventually(() => expect(inventory.notices()).toEqual([]));
	});

	test('names each namespace that is refused, and shows the others', async () => {
		const server = await serve();
		server.put('pods', pod('mine', 'shop'));
		server.rules.push({path: /namespaces\/ops/, status: 403});
		const inventory = inventoryOf(server, {namespaces: ['shop', 'ops']});
		await inventory.start();
		expect(podNames(inventory)).toEqual(['mine']);
		expect(inventory.notices()).toEqual([
			{resource: 'pods', text: 'pods: hidden of namespace ops (403 on list pods)'},
		]);
	});

	test('lists again and again where it may not watch', async () => {
		const server = await serve();
		server.rules.push({path: /pods\?watch/, status: 403});
		const inventory = inventoryOf(server);
		await inventory.start();
		server.put('pods', pod('late'));
		await eventually(() => expect(podNames(inventory)).toEqual(['late']));
		expect(inventory.notices()).toEqual([
			{resource: 'pods', text: 'pods: updates are delayed (no right to watch pods)'},
		]);
	});

	test('recovers when the right is granted', async () => {
		const server = await serve();
		server.put('pods', pod('p'));
		server.rules.push({path: /pods/, status: 403, times: 2});
		const inventory = inventoryOf(server);
		await inventory.start();
		expect(inventory.pods().size).toBe(0);
		await eventually(() => expect(podNames(inventory)).toEqual(['p']));
		expect(inventory.notices()).toEqual([]);
	});
});

type Step =
	| {readonly kind: 'put' | 'remove'; readonly resource: 'nodes' | 'pods'; readonly index: number}
	| {readonly kind: 'pause'; readonly ms: number}
	| {
			readonly kind:
				| 'drop'
				| 'close'
				| 'stall'
				| 'compact'
				| 'bookmark'
				| 'gone'
				| 'error'
				| 'garbage'
				| 'expire';
	  }
	| {readonly kind: 'refuse'; readonly status: number};

const change = fc.record({
	kind: fc.constantFrom('put' as const, 'put' as const, 'remove' as const),
	resource: fc.constantFrom('pods' as const, 'pods' as const, 'nodes' as const),
	index: fc.nat({max: 9}),
});
const step: fc.Arbitrary<Step> = fc.oneof(
	{weight: 9, arbitrary: change},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('pause' as const), ms: fc.nat({max: 12})})},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constantFrom(
				'drop' as const,
				'close' as const,
				'stall' as const,
				'compact' as const,
				'bookmark' as const,
				'gone' as const,
				'error' as const,
				'garbage' as const,
				'expire' as const,
			),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('refuse' as const),
			status: fc.constantFrom(401, 410, 429, 500, 503),
		}),
	},
);

async function perform(server: FakeApiServer, action: Step, count: number): Promise<void> {
	switch (action.kind) {
		case 'put':
			if (action.resource === 'nodes') {
				server.put('nodes', node(`n${action.index}`, String(count)));
			} else {
				server.put('pods', pod(`p${action.index}`, action.index % 2 === 0 ? 'shop' : 'ops', String(count)));
			}
			return;
		case 'remove':
			if (action.resource === 'nodes') {
				server.remove('nodes', `uid-n${action.index}`);
			} else {
				server.remove('pods', `uid-${action.index % 2 === 0 ? 'shop' : 'ops'}-p${action.index}`);
			}
			return;
		case 'pause':
			await delay(action.ms);
			return;
		case 'drop':
			server.dropConnections();
			return;
		case 'close':
			server.closeWatches();
			return;
		case 'stall':
			server.stall();
			return;
		case 'compact':
			server.compact();
			return;
		case 'bookmark':
			server.bookmark();
			return;
		case 'gone':
			server.sendError(410, 'Expired');
			return;
		case 'error':
			server.sendError(500, 'InternalError');
			return;
		case 'garbage':
			server.sendRaw('{"type":"MODI\n');
			return;
		case 'expire':
			server.expireTokens(2);
			return;
		case 'refuse':
			server.rules.push({path: /./, status: action.status, times: 2});
	}
}

test('whatever happens on the way, the inventory ends up equal to a fresh list', {
	timeout: 120_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(change, {maxLength: 12}),
			fc.array(step, {minLength: 1, maxLength: 30}),
			fc.constantFrom<InventoryScope>({}, {namespaces: ['shop', 'ops']}),
			async (before, steps, scope) => {
				const server = await startApiServer();
				const api = plainReader(server.origin);
				const inventory = createInventory({api, scope, tuning: {...quick, idleTimeoutMs: 40}});
				// As often as a real server in proportion, so that silence always means a stall.
				const bookmarks = setInterval(server.bookmark, 8);
				try {
					for (const action of before) {
						await perform(server, action, 0);
					}
					await inventory.start();
					for (const [index, action] of steps.entries()) {
						await perform(server, action, index + 1);
					}
					await eventually(() => expectFresh(inventory, server));
				} finally {
					clearInterval(bookmarks);
					await inventory.close();
					api.close();
					await server.stop();
				}
			},
		),
		{numRuns: 100},
	);
});
