import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {createInventory} from '../../source/cluster/inventory/inventory.ts';
import {openPast} from '../../source/connect/open-past.ts';
import {openSources, openSourcesOrStandIn} from '../../source/connect/open-sources.ts';
import {ScrapedNodes} from '../../source/connect/scraped-nodes.ts';
import type {Log} from '../../source/metrics/model/log.ts';
import {Store} from '../../source/metrics/store/store.ts';
import type {SourceOptions} from '../../source/options/options.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {failedOnce, liveState} from '../../source/scrape/outcome.ts';
import {startApiServer} from '../cluster/inventory/fake-api-server.ts';
import {plainReader} from '../cluster/inventory/plain-reader.ts';
import {smallInfluxdb} from '../history/small-stores.ts';
import {startServer} from '../http/test-server.ts';
import {fakeTarget, REFUSED, SCRAPE} from '../scrape/fake-target.ts';

/** A log, and its lines as `level event {details}`. */
function memory(): {readonly log: Log; readonly lines: string[]} {
	const lines: string[] = [];
	return {
		lines,
		log: (level, event, details = {}) => {
			const known = Object.entries(details).filter(([, value]) => value !== undefined);
			lines.push([level, event, ...known.map(([key, value]) => `${key}=${value}`)].join(' '));
		},
	};
}

function optionsOf(...argv: readonly string[]): SourceOptions {
	const request = parseOptions(argv, {});
	if (request.kind !== 'run') {
		throw new Error(request.kind);
	}

	return request.options;
}

describe('the log has of nodes', () => {
	function scraped() {
		const {log, lines} = memory();
		const store = new Store({capacity: 2, staleAfterMs: 30_000, inventory: undefined});
		return {nodes: new ScrapedNodes({store, log}), lines};
	}

	test('a line when one cannot be read, none while that goes on, and a line when it is read again', () => {
		const {nodes, lines} = scraped();
		const target = fakeTarget('a', ['answer'], []);
		nodes.update({added: [target], removed: []});
		nodes.onScrape(target, SCRAPE, liveState(SCRAPE));
		nodes.onFailure(target, failedOnce(REFUSED.toFailure(), 0));
		nodes.onFailure(target, failedOnce(REFUSED.toFailure(), 1000));
		nodes.onFailure(target, failedOnce({...REFUSED.toFailure(), code: 'timeout'}, 2000));
		nodes.onScrape(target, SCRAPE, liveState(SCRAPE));
		nodes.onScrape(target, SCRAPE, liveState(SCRAPE));
		expect(lines).toEqual([
			'info nodes added count=1 nodes=a',
			'warn node cannot be read node=a code=refused error=nothing listens there hint=start it',
			'warn node cannot be read node=a code=timeout error=nothing listens there hint=start it',
			'info node is read again node=a state=ok 3ms',
		]);
	});

	test('a line when a worse route is used, with the reason', () => {
		const {nodes, lines} = scraped();
		const target = fakeTarget('a', ['answer'], []);
		const degraded = {...SCRAPE, degraded: REFUSED};
		nodes.onScrape(target, degraded, liveState(degraded));
		nodes.onScrape(target, degraded, liveState(degraded));
		nodes.onScrape(target, SCRAPE, liveState(SCRAPE));
		expect(lines).toEqual([
			'warn node is not read by its best route node=a state=ok 3ms code=refused error=nothing listens there hint=start it',
			'info node is read again node=a state=ok 3ms',
		]);
	});

	test('a line when they come or go, however many they are', () => {
		const {nodes, lines} = scraped();
		const targets = Array.from({length: 12}, (_, at) => fakeTarget(`n${at}`, ['answer'], []));
		nodes.update({added: targets, removed: []});
		nodes.update({added: [], removed: ['n7', 'unknown']});
		expect(lines).toEqual([
			'info nodes added count=12 nodes=n0,n1,n2,n3,n4,n5,n6,n7,n8,n9,…',
			'info nodes removed count=1 nodes=n7',
		]);
	});
});

test('the log has lists, watches, their failures, and when they are well again', async () => {
	const {log, lines} = memory();
	const server = await startApiServer();
	const reader = plainReader(server.origin);
	const inventory = createInventory({
		api: reader,
		scope: {namespaces: ['shop']},
		tuning: {backOffMinMs: 1, backOffMaxMs: 5},
		log,
	});
	onTestFinished(async () => {
		await inventory.close();
		reader.close();
		await server.stop();
	});
	await inventory.start();
	await expect.poll(server.watcherCount).toBe(2);
	const ofPods = () => lines.filter(line => line.includes('=pods'));
	await expect
		.poll(ofPods)
		.toEqual(['info listed resource=pods namespace=shop', 'info watch opened resource=pods namespace=shop']);
	lines.length = 0;
	server.rules.push({
		path: /pods/,
		status: 403,
		body: JSON.stringify({kind: 'Status', message: 'pods is forbidden', code: 403}),
	});
	server.dropConnections();
	await expect.poll(() => lines.join('\n')).toContain('code=forbidden');
	server.rules.length = 0;
	await expect.poll(ofPods).toContain('info inventory is up to date again resource=pods namespace=shop');
	await expect.poll(() => ofPods().at(-1)).toBe('info watch opened resource=pods namespace=shop');
	const failures = ofPods().filter(line => line.startsWith('warn list or watch failed'));
	expect(new Set(failures).size).toBe(failures.length);
});

test('the log has a store that fails, once for each reason, and when it is read again', async () => {
	const {log, lines} = memory();
	let status = 503;
	const well = smallInfluxdb();
	const {origin, close} = await startServer((request, response) => {
		if (status === 200) {
			well(request, response);
			return;
		}

		response.writeHead(status, {'content-type': 'application/json', 'x-influxdb-version': '1.8.10'});
		response.end('{"error":"out for lunch"}');
	});
	onTestFinished(close);
	const options = optionsOf('--history', `influxdb:${origin}?db=k8s`, '--source', 'local');
	let nowMs = 0;
	const clock = vi.spyOn(Date, 'now').mockImplementation(() => nowMs);
	onTestFinished(() => void clock.mockRestore());
	const store = new Store({capacity: 2, staleAfterMs: 30_000, inventory: undefined});
	const past = await openPast(options, {
		live: () => store,
		onChange: () => {},
		isAlone: () => true,
		log,
	});
	if (past === undefined) {
		throw new Error('no past');
	}

	onTestFinished(() => past.close());
	await past.whenStandInIsThere('nodes', nowMs);
	nowMs += 60_000;
	await past.whenStandInIsThere('nodes', nowMs);
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(
		/^warn history cannot be read store=InfluxDB k8s code=server-error error=.*out for lunch/,
	);
	status = 200;
	nowMs += 60_000;
	await past.whenStandInIsThere('nodes', nowMs);
	expect(lines.slice(1)).toEqual(['info history is read store=InfluxDB k8s schema=Heapster']);
});

test('the log has what is connected, and what is not and is stood in for', async () => {
	const {log, lines} = memory();
	const surroundings = {
		environment: {},
		homeDirectory: '/nonexistent',
		now: Date.now,
		isInteractive: () => false,
		log,
	};
	const sources = await openSources(optionsOf('--source', 'kubelet:127.0.0.1'), surroundings);
	await sources.close();
	await openSourcesOrStandIn(
		optionsOf(
			'--source',
			'kubernetes:https://127.0.0.1:1',
			'--history',
			'influxdb:http://127.0.0.1:1?db=k8s',
		),
		surroundings,
	);
	expect(lines[0]).toBe('info connected source=kubelet intervalSeconds=10');
	expect(lines.at(-1)).toMatch(/^warn not connected code=refused error=.* hint=/);
});
