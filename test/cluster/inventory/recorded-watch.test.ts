import {describe, expect, test} from 'vitest';
import type {ApiReader} from '../../../source/cluster/inventory/api-reader.ts';
import {createInventory} from '../../../source/cluster/inventory/inventory.ts';
import {createEndpoint} from '../../../source/http/create-endpoint.ts';
import {startApiServer} from './fake-api-server.ts';
import {fixtureList, fixtureText} from './fixtures.ts';
import {plainReader} from './plain-reader.ts';

/** Serves the six recorded pages, each for the continue token of the one before, and then the recorded watches. */
async function serveRecording() {
	const server = await startApiServer();
	let token = '';
	for (const page of [1, 2, 3, 4, 5, 6]) {
		const name = `pods-limit5-page${page}.json`;
		const path = token === '' ? /pods\?limit=5$/ : new RegExp(`pods\\?limit=5&continue=${token}$`);
		server.rules.push({path, status: 200, body: fixtureText(name)});
		token = fixtureList(name).metadata.continue ?? '';
	}
	server.rules.push({path: /nodes\?limit/, status: 200, body: fixtureText('nodes.json')});
	server.rules.push({
		path: /pods\?watch/,
		status: 200,
		body: fixtureText('watch-pods-bookmarks.jsonl'),
		times: 1,
	});
	server.rules.push({path: /nodes\?watch/, status: 200, body: fixtureText('watch-nodes.jsonl'), times: 1});
	return server;
}

const words = {server: 'API server', caFlag: '--ca', insecureFlag: '--insecure', serverNameFlag: '--name'};
const readers: ReadonlyArray<
	readonly [string, (origin: string) => ApiReader & {readonly close: () => unknown}]
> = [
	['node:http', plainReader],
	['an endpoint', origin => createEndpoint({origin, words, connections: 8})],
];

describe.each(readers)('the recorded lists and watches, read with %s', (_name, readerOf) => {
	test('leave the inventory as the cluster was at their end', async () => {
		const server = await serveRecording();
		const api = readerOf(server.origin);
		const inventory = createInventory({
			api,
			scope: {},
			tuning: {pageSize: 5, backOffMinMs: 1, backOffMaxMs: 5},
		});
		try {
			await inventory.start();
			await expect
				.poll(
					() =>
						server.requests.filter(({url}) => url.includes('watch=1') && /=(2270|2410)&/.test(url)).length,
				)
				.toBe(2);

			const byName = new Map([...inventory.pods().values()].map(pod => [pod.name, pod]));
			// 26 listed, one more created; the one deleted had come and gone between list and watch.
			expect(byName.size).toBe(27);
			expect(byName.get('tick-29923778-bwnpf')).toMatchObject({phase: 'Succeeded', reason: 'Completed'});
			expect(byName.has('tick-29923776-kl8cr')).toBe(false);
			expect(byName.get('crasher-7b6ccd5cf4-mrxxt')?.restarts).toBe(14);
			expect(byName.get('no-image')?.reason).toBe('ImagePullBackOff');
			expect(inventory.nodes().get('node-a')).toMatchObject({readiness: 'Unknown'});
		} finally {
			await inventory.close();
			await api.close();
			await server.stop();
		}
	});
});
