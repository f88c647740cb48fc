import {afterEach, expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import {startServer} from '../../http/test-server.ts';
import {LIVE} from '../../metrics/node-states.ts';
import {growingAnswer} from '../growing-answer.ts';
import {context} from '../scrape-context.ts';

const START_MS = 1_800_000_000_000;
const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

/** Reads a kubelet that answers as of these seconds after the start, one visit each, with a change to its bodies. */
async function storeAfter(
	file: string,
	seconds: readonly number[],
	change: (body: string, visit: number) => string = body => body,
): Promise<Store> {
	let visit = 0;
	let nowMs = START_MS;
	const server = await startServer((_request, response) => {
		const at = seconds[visit] ?? 0;
		nowMs = START_MS + at * 1000;
		response.end(change(growingAnswer(file, nowMs, at), visit++));
	});
	const target = kubeletTarget({url: server.origin, now: () => nowMs});
	cleanUps.push(target.close, server.close);
	const store = new Store({capacity: 10, staleAfterMs: 30_000});
	store.addNode('n1', 'n1');
	for (const _ of seconds) {
		const {readings} = await target.scrape(context());
		store.apply('n1', readings, LIVE);
	}

	return store;
}

const ratesOf = (store: Store, level: 'nodes' | 'pods') =>
	store
		.rows(level, {}, 'live', START_MS)
		.map(({rxBytesPerSecond, txBytesPerSecond}) => [rxBytesPerSecond, txBytesPerSecond]);

test.each([
	['bond, its slaves and its VLAN', 'interfaces/bond.json'],
	['synthetic adapter of Azure and its virtual function', 'interfaces/azure.json'],
])('the node’s traffic over a %s counts once', async (_what, file) => {
	expect(ratesOf(await storeAfter(file, [0, 30]), 'nodes')).toEqual([[3_000_000, 1_500_000]]);
});

test('an adapter that Windows lists four times counts once', async () => {
	expect(ratesOf(await storeAfter('interfaces/windows-pod.json', [0, 30]), 'pods')).toEqual([[1000, 2000]]);
});

test('a slave that comes to a bond with all that it ever carried is a gap and no spike', async () => {
	const withoutSecond = (body: string, visit: number): string =>
		visit === 0 ? body.replace('"eno2"', '"veth2"') : body;
	expect(ratesOf(await storeAfter('interfaces/bond.json', [1000, 1030], withoutSecond), 'nodes')).toEqual([
		[undefined, undefined],
	]);
	expect(
		ratesOf(await storeAfter('interfaces/bond.json', [1000, 1030, 1060], withoutSecond), 'nodes'),
	).toEqual([[3_000_000, 1_500_000]]);
});
