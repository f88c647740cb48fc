import {readFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {createInventory} from '../../../source/cluster/inventory/inventory.ts';
import {startApiServer} from './fake-api-server.ts';
import {plainReader} from './plain-reader.ts';
import {VirtualTime} from './virtual-time.ts';

const FOLDER = new URL('../../fixtures/apiserver-restart/', import.meta.url);
const REFUSAL = readFileSync(new URL('pods-403-010.7.txt', FOLDER), 'utf8');

/** `nodes` and `pods` at each second of the recording; 0 is no answer. */
const RECORDED = readFileSync(new URL('index.tsv', FOLDER), 'utf8')
	.split('\n')
	.map(line => line.split('\t'))
	.filter(([, what]) => what === 'nodes' || what === 'pods')
	.map(([second, resource, status]) => ({
		ms: Number(second) * 1000,
		resource: String(resource),
		status: Number(status),
	}));
const KILLED_MS = 4_300;
const BACK_MS = 10_700;
const WITHIN_MS = 15_000;

const statusAt = (resource: string, ms: number): number =>
	RECORDED.findLast(recorded => recorded.resource === resource && recorded.ms <= ms)?.status ?? 200;

/**
 * The recorded restart over HTTP, in virtual time. `outageMs`: how much longer than recorded the server is out, before
 * it comes back as recorded.
 */
async function setUp({outageMs = 0, startMs = 0, random = 0}) {
	const time = new VirtualTime(startMs);
	const server = await startApiServer();
	const reader = plainReader(server.origin);
	for (const namespace of ['shop', 'ops', 'batch']) {
		server.put('pods', {
			metadata: {name: 'p', namespace, uid: `uid-${namespace}`},
			spec: {nodeName: 'node-a'},
			status: {phase: 'Running'},
		});
	}
	server.put('nodes', {metadata: {name: 'node-a', uid: 'uid-node-a'}, spec: {}, status: {}});
	const follow = (): void => {
		const ms = time.now() < KILLED_MS ? time.now() : Math.max(time.now() - outageMs, KILLED_MS);
		server.rules.length = 0;
		for (const resource of ['nodes', 'pods']) {
			const status = statusAt(resource, ms);
			if (status !== 200) {
				// A service account with rights of its own namespace has them while those of the cluster are not there yet.
				const path = status === 403 ? new RegExp(`/api/v1/${resource}`) : new RegExp(resource);
				server.rules.push({path, status, body: REFUSAL});
			}
		}
	};
	follow();
	const inventory = createInventory({
		api: time.watching(reader),
		scope: {fallbackNamespaces: ['shop']},
		now: time.now,
		random: () => random,
		sleep: time.sleep,
	});
	onTestFinished(async () => {
		await inventory.close();
		reader.close();
		await server.stop();
	});
	const namespaces = () => [...inventory.pods().values()].map(({namespace}) => namespace).sort();
	const breakWatches = async (): Promise<void> => {
		await time.settle();
		server.dropConnections();
		for (const resource of ['nodes', 'pods'] as const) {
			await expect.poll(() => inventory.status(resource).problem).toBeDefined();
		}
	};
	return {time, server, inventory, follow, namespaces, breakWatches};
}

const ALL = ['batch', 'ops', 'shop'];

test.each([
	['as recorded', 0, 0],
	['as recorded, with the shortest waits', 0, 0.999],
	['after an hour', 3_600_000, 0],
	['after an hour, with waits between', 3_600_000, 0.5],
])(
	'an API server that restarts %s narrows nothing, and all is followed again in 15 s',
	async (_, outageMs, random) => {
		const {time, server, inventory, follow, namespaces} = await setUp({outageMs, random});
		await inventory.start();
		expect(namespaces()).toEqual(ALL);
		await time.goTo(KILLED_MS, follow);
		server.dropConnections();
		await time.goTo(BACK_MS + outageMs - 100, () => {
			follow();
			expect(namespaces()).toEqual(ALL);
		});
		expect(inventory.status('pods')).toMatchObject({
			isListed: true,
			lastContactMs: 0,
			problem: {code: 'refused'},
		});

		const problems = new Set<string | undefined>();
		await time.goTo(BACK_MS + outageMs + WITHIN_MS, () => {
			follow();
			problems.add(inventory.status('pods').problem?.code);
			expect(namespaces()).toEqual(ALL);
			expect(inventory.notices()).toEqual([]);
		});

		expect(inventory.status('pods')).toMatchObject({isListed: true, problem: undefined});
		expect(inventory.status('nodes')).toMatchObject({isListed: true, problem: undefined});
		server.put('pods', {metadata: {name: 'new', namespace: 'ops', uid: 'uid-new'}, spec: {}, status: {}});
		server.remove('pods', 'uid-batch');
		await time.settle();
		expect(namespaces()).toEqual(['ops', 'ops', 'shop']);
	},
);

test('a refusal after a success is reported as outdated data, not as a missing right', async () => {
	const {time, inventory, follow, namespaces, breakWatches} = await setUp({random: 0.999});
	await inventory.start();
	await time.goTo(KILLED_MS, follow);
	await breakWatches();
	await time.goTo(BACK_MS + 4_700, follow);

	expect(inventory.status('pods')).toMatchObject({
		isListed: true,
		lastContactMs: 0,
		problem: {code: 'forbidden'},
	});
	expect(inventory.notices()).toEqual([]);
	expect(inventory.hasAllPods()).toBe(true);
	expect(namespaces()).toEqual(ALL);
});

test('an inventory that was begun while everybody was refused is widened as soon as the right is there', async () => {
	const {time, inventory, follow, namespaces} = await setUp({startMs: BACK_MS});
	await inventory.start();
	expect(namespaces()).toEqual(['shop']);
	expect(inventory.notices()).toEqual([
		{
			resource: 'pods',
			text: 'pods: only namespace shop (403 on list pods in all namespaces); -n NAMESPACE shows another',
		},
	]);
	expect(inventory.hasAllPods()).toBe(false);

	await time.goTo(BACK_MS + WITHIN_MS, follow);

	expect(namespaces()).toEqual(ALL);
	expect(inventory.notices()).toEqual([]);
	expect(inventory.hasAllPods()).toBe(true);
});

test('after it was widened, one watch follows all namespaces, and nothing that went meanwhile is left', async () => {
	const {time, server, inventory, follow, namespaces} = await setUp({startMs: BACK_MS});
	await inventory.start();
	await time.goTo(BACK_MS + 1, follow);
	await time.goTo(BACK_MS + WITHIN_MS, () => {
		follow();
		server.remove('pods', 'uid-shop');
	});
	server.put('pods', {metadata: {name: 'new', namespace: 'shop', uid: 'uid-new'}, spec: {}, status: {}});
	server.remove('pods', 'uid-ops');

	await expect.poll(namespaces).toEqual(['batch', 'shop']);
	await expect.poll(server.watcherCount).toBe(2);
});

test('without the right, the wide list is tried once a minute at most', async () => {
	const {time, server, inventory} = await setUp({startMs: BACK_MS});
	server.rules.push({path: /api\/v1\/pods/, status: 403, body: REFUSAL});
	await inventory.start();
	await time.goTo(BACK_MS + 3_600_000);

	const wide = server.requests.filter(({url}) => url.startsWith('/api/v1/pods?limit'));
	expect(wide.length).toBeGreaterThan(50);
	expect(wide.length).toBeLessThan(75);
});

test('a watch that a starting server refuses is tried again after the next list', async () => {
	const {time, server, inventory, namespaces, breakWatches} = await setUp({});
	await inventory.start();
	await time.settle();
	server.rules.push({path: /pods\?watch/, status: 403, body: REFUSAL, times: 1});
	await breakWatches();
	await time.goTo(4_000);
	server.remove('pods', 'uid-ops');

	await expect.poll(namespaces).toEqual(['batch', 'shop']);
	expect(inventory.notices()).toEqual([]);
});

test('a right to watch that comes is used, and the notice goes', async () => {
	const {time, server, inventory} = await setUp({});
	server.rules.push({path: /pods\?watch/, status: 403, body: REFUSAL});
	await inventory.start();
	await expect.poll(inventory.notices).toHaveLength(1);
	server.rules.length = 0;
	await time.goTo(60_000);

	await expect.poll(inventory.notices).toEqual([]);
	expect(server.watcherCount()).toBe(2);
});

test('a firewall’s page narrows nothing and takes no right to watch', async () => {
	const {time, server, inventory, breakWatches} = await setUp({});
	server.rules.push({path: /pods/, status: 403, body: '<html><h1>Blocked</h1></html>'});
	await inventory.start();
	expect(inventory.status('pods').problem).toMatchObject({code: 'bad-answer', brief: '403 not API server'});
	expect(inventory.notices()).toEqual([]);
	server.rules.length = 0;
	await time.goTo(15_000);
	expect(inventory.pods().size).toBe(3);

	server.rules.push({path: /pods\?watch/, status: 403, body: '<html><h1>Blocked</h1></html>'});
	await breakWatches();
	await time.goTo(16_000);
	expect(inventory.notices()).toEqual([]);
});
