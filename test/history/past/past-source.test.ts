import {describe, expect, onTestFinished, test} from 'vitest';
import {PastSource} from '../../../source/history/past/past-source.ts';
import type {MomentEntry} from '../../../source/history/store/history-request.ts';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {LIVE} from '../../metrics/node-states.ts';
import {containerReading, cpuReading, nodeReading, podReading, reading} from '../../metrics/readings.ts';
import {FakeStore, REFUSED} from './fake-store.ts';

const NOW = 1_700_000_000_000;
const FAILED: NodeState = {
	kind: 'failed',
	failure: {code: 'timeout', brief: 'timeout 10s', message: 'n1 did not answer', hint: 'check it'},
	sinceMs: NOW,
	attempts: 1,
	retryAtMs: NOW,
};

const entryOf = (name: string, timeMs: number, cpuCores: number): MomentEntry => ({
	subject: {kind: 'node', name},
	node: name,
	timeMs,
	values: {cpuCores},
});

function readingAt(timeMs: number, cores: number) {
	const cpu = cpuReading({timeMs, usageCores: cores});
	return reading(timeMs, {
		node: nodeReading({cpu}),
		pods: [podReading('shop', 'web', {cpu})],
		containers: [containerReading('app', {pod: {uid: 'uid-web', namespace: 'shop', name: 'web'}, cpu})],
	});
}

function open(nodes: readonly string[] = ['n1']) {
	const live = new Store({capacity: 100, staleAfterMs: 30_000});
	for (const name of nodes) {
		live.addNode(name, name);
	}

	const store = new FakeStore();
	const time = {now: NOW};
	let changes = 0;
	const source = new PastSource({
		live: () => live,
		store,
		now: () => time.now,
		onChange: () => {
			changes++;
		},
		isAlone: () => live.nodeCount === 0,
	});
	onTestFinished(() => source.close());
	const nodesAt = (cursor: 'live' | {readonly atMs: number} = 'live') =>
		source.view({level: 'nodes'}, cursor, time.now).rows;
	return {live, store, time, source, nodesAt, changes: () => changes};
}

const window = (points: number, stepMs: number, endMs = NOW) => ({points, stepMs, endMs});

describe('the past of a row', () => {
	test('is the store’s before ktop’s own samples, which stay', async () => {
		const {live, source, nodesAt, changes} = open();
		for (const agoMs of [30_000, 20_000, 10_000]) {
			live.apply('n1', [readingAt(NOW - agoMs, 1)], LIVE);
		}

		const [row] = nodesAt();
		const past = () => [...source.history(row as never, 'cpuCores', window(10, 10_000))];
		expect(past().map(value => Number.isNaN(value))).toEqual([
			...Array.from({length: 6}, () => true),
			false,
			false,
			false,
			false,
		]);
		await expect.poll(changes).toBeGreaterThan(0);
		expect(past()).toEqual([5, 5, 5, 5, 5, 5, 1, 1, 1, 1]);
	});

	test('has ktop’s own gaps, whatever the store knows', async () => {
		const {live, source, nodesAt, changes} = open();
		for (const agoMs of [400_000, 390_000, 380_000, 20_000, 10_000]) {
			live.apply('n1', [readingAt(NOW - agoMs, 1)], LIVE);
		}

		const [row] = nodesAt();
		source.history(row as never, 'cpuCores', window(50, 10_000));
		await expect.poll(changes).toBeGreaterThan(0);
		const past = [...source.history(row as never, 'cpuCores', window(50, 10_000))];
		expect(past.slice(0, 9)).toEqual(Array.from({length: 9}, () => 5));
		expect(past.slice(38, 46).every(value => Number.isNaN(value))).toBe(true);
	});

	test('of the cluster is the store’s sum', async () => {
		const {store, source, changes} = open();
		source.clusterHistory('cpuCores', window(5, 60_000));
		await expect.poll(changes).toBeGreaterThan(0);
		expect([...source.clusterHistory('cpuCores', window(5, 60_000))]).toEqual([5, 5, 5, 5, 5]);
		expect(store.seriesRequests[0]?.subjects).toEqual([{kind: 'cluster'}]);
	});

	test('is requested in steps that charts of different widths share', async () => {
		const {store, source, changes} = open();
		source.clusterHistory('cpuCores', window(30, 48 * 60_000));
		source.clusterHistory('cpuCores', window(40, 36 * 60_000));
		await expect.poll(changes).toBeGreaterThan(0);
		expect(store.seriesRequests.map(({range}) => range.stepMs)).toEqual([1_800_000]);
	});
});

describe('the statistics of a row', () => {
	const of = ({source, nodesAt}: ReturnType<typeof open>, windowMs: number) => {
		const [row] = nodesAt();
		return source.statistics(row as never, 'cpuCores', {oldestMs: NOW - windowMs, newestMs: NOW});
	};

	test('are those of its own samples where these fill the window, and ask for nothing', async () => {
		const opened = open();
		for (const agoMs of [40_000, 30_000, 20_000, 10_000]) {
			opened.live.apply('n1', [readingAt(NOW - agoMs, agoMs / 10_000)], LIVE);
		}

		expect(of(opened, 35_000)).toEqual({samples: 3, min: 1, mean: 2, p95: 3, max: 3});
		await opened.source.close();
		expect(opened.store.seriesRequests).toEqual([]);
	});

	test('are of stored and own values as soon as the store has answered for a longer window', async () => {
		const opened = open();
		for (const agoMs of [30_000, 20_000, 10_000]) {
			opened.live.apply('n1', [readingAt(NOW - agoMs, 1)], LIVE);
		}

		expect(of(opened, 600_000)).toMatchObject({samples: 3, max: 1});
		await expect.poll(opened.changes).toBeGreaterThan(0);
		expect(of(opened, 600_000)).toMatchObject({samples: 60, min: 1, p95: 5, max: 5});
	});

	test('of many rows are there once the store has answered for each, or has failed', async () => {
		const names = Array.from({length: 300}, (_, index) => `n${index}`);
		const {source, store} = open(names);
		await source.whenStatisticsAreThere(['nodes'], 600_000, NOW);
		const {rows, columns} = source.view({level: 'nodes', windowMs: 600_000}, 'live', NOW);
		const p95 = columns.find(({id}) => id === 'cpu-p95');
		expect(rows.map(row => p95?.value(row, NOW))).toEqual(names.map(() => 5));
		expect(store.seriesRequests.length).toBeLessThan(8);
		const failing = open(names);
		failing.store.failure = REFUSED;
		await failing.source.whenStatisticsAreThere(['nodes'], 600_000, NOW);
		expect(failing.source.status.kind).toBe('failed');
	});

	test('of a table of more than a thousand rows are of its own samples', () => {
		const names = Array.from({length: 1001}, (_, index) => `n${index}`);
		const {source, store} = open(names);
		source.view(
			{level: 'nodes', windowMs: 600_000, sort: {column: 'cpu-p95', isDescending: true}},
			'live',
			NOW,
		);
		expect(store.seriesRequests).toEqual([]);
	});
});

describe('a moment before ktop’s own samples', () => {
	test('is the store’s table, under the identities that are known', async () => {
		const {live, store, nodesAt, source} = open();
		live.apply('n1', [readingAt(NOW - 10_000, 1)], LIVE);
		store.entries = [entryOf('n1', NOW - 3_600_000, 3), entryOf('gone', NOW - 3_600_000, 2)];
		const cursor = {atMs: NOW - 3_595_000};
		expect(nodesAt(cursor).at(0)?.cpuCores).toBeUndefined();
		expect(source.isLoading(cursor)).toBe(true);
		await expect
			.poll(() => nodesAt(cursor).map(({id, cpuCores}) => [id, cpuCores]))
			.toEqual([
				['n1', 3],
				['gone', 2],
			]);
		expect(source.isLoading(cursor)).toBe(false);
		expect(source.cluster(cursor, NOW).cpuCores).toBe(5);
	});

	test('is ktop’s own where it has been there', async () => {
		const {live, store, nodesAt} = open();
		live.apply('n1', [readingAt(NOW - 60_000, 1)], LIVE);
		expect(nodesAt({atMs: NOW - 50_000}).at(0)?.cpuCores).toBe(1);
		expect(store.momentRequests).toEqual([]);
	});

	test('may be a week ago as soon as the store has answered', async () => {
		const {live, source, changes} = open();
		live.apply('n1', [readingAt(NOW - 10_000, 1)], LIVE);
		expect(source.span()?.oldestMs).toBe(NOW - 10_000);
		source.clusterHistory('cpuCores', window(5, 60_000));
		await expect.poll(changes).toBeGreaterThan(0);
		expect(source.span()?.oldestMs).toBeLessThan(NOW - 7 * 86_400_000);
	});
});

describe('a node that cannot be read', () => {
	test('is shown as the store last had it, with the reason and the age', async () => {
		const {live, store, nodesAt, source} = open();
		live.setState('n1', FAILED);
		store.entries = [entryOf('n1', NOW - 40_000, 3)];
		await expect.poll(() => nodesAt().at(0)?.state.kind).toBe('stored');
		expect(nodesAt().at(0)).toMatchObject({
			cpuCores: 3,
			receivedAtMs: NOW - 40_000,
			state: {kind: 'stored', store: 'Fake', failure: {brief: 'timeout 10s'}},
		});
		expect(source.cluster('live', NOW)).toMatchObject({nodesRead: 0, nodesStored: 1, cpuCores: 3});
	});

	test('keeps what ktop itself saw later', async () => {
		const {live, store, nodesAt, source} = open();
		live.apply('n1', [readingAt(NOW - 5000, 1)], LIVE);
		live.setState('n1', FAILED);
		store.entries = [entryOf('n1', NOW - 40_000, 3)];
		nodesAt();
		await source.whenStandInIsThere('nodes', NOW);
		expect(nodesAt().at(0)).toMatchObject({cpuCores: 1, state: {kind: 'failed'}});
	});

	test('is live again as soon as it is read', async () => {
		const {live, store, nodesAt} = open();
		live.setState('n1', FAILED);
		store.entries = [entryOf('n1', NOW - 40_000, 3)];
		await expect.poll(() => nodesAt().at(0)?.state.kind).toBe('stored');
		live.apply('n1', [readingAt(NOW, 1)], LIVE);
		expect(nodesAt().at(0)).toMatchObject({cpuCores: 1, state: {kind: 'live'}});
	});

	test('leaves the others as they are', async () => {
		const {live, store, nodesAt} = open(['n1', 'n2']);
		live.apply('n1', [readingAt(NOW, 1)], LIVE);
		live.setState('n2', FAILED);
		store.entries = [entryOf('n1', NOW - 1000, 7), entryOf('n2', NOW - 1000, 3)];
		await expect.poll(() => nodesAt().map(({cpuCores}) => cpuCores)).toEqual([3, 1]);
		expect(store.momentRequests[0]?.nodes).toEqual(['n2']);
	});

	test('that has not answered at the start is given two seconds', async () => {
		const {time, store, nodesAt} = open();
		nodesAt();
		expect(store.momentRequests).toEqual([]);
		time.now += 2500;
		nodesAt();
		await expect.poll(() => store.momentRequests.length).toBe(3);
	});

	test('stays unread where the store is of the past alone', async () => {
		const {live, store, nodesAt, source} = open();
		live.setState('n1', FAILED);
		store.isOfPastAlone = true;
		nodesAt();
		await source.whenStandInIsThere('nodes', NOW);
		expect(store.momentRequests).toEqual([]);
		expect(nodesAt().at(0)?.state.kind).toBe('failed');
	});

	test('has no pods but those that the store wrote lately', async () => {
		const {live, store, source} = open();
		live.setState('n1', FAILED);
		const pod = (name: string, timeMs: number): MomentEntry => ({
			subject: {kind: 'pod', namespace: 'shop', name},
			node: 'n1',
			timeMs,
			values: {cpuCores: 1},
		});
		store.entries = [entryOf('n1', NOW - 10_000, 3), pod('web', NOW - 10_000), pod('ended', NOW - 400_000)];
		await source.whenStandInIsThere('nodes', NOW);
		expect(source.view({level: 'pods'}, 'live', NOW).rows.map(({name}) => name)).toEqual(['web']);
	});
});

test('without anything live all that the store has is shown', async () => {
	const {store, nodesAt} = open([]);
	store.entries = [entryOf('n1', NOW - 10_000, 3)];
	await expect.poll(() => nodesAt().map(({name, state}) => [name, state.kind])).toEqual([['n1', 'stored']]);
});

test.each([
	['never answers', (store: FakeStore) => Object.assign(store, {isHanging: true})],
	['fails', (store: FakeStore) => Object.assign(store, {failure: REFUSED})],
])('a store that %s leaves everything as ktop sees it', async (_what, break_) => {
	const {live, store, nodesAt, source} = open();
	break_(store);
	live.apply('n1', [readingAt(NOW - 10_000, 1)], LIVE);
	source.clusterHistory('cpuCores', window(5, 60_000));
	expect(nodesAt().at(0)?.cpuCores).toBe(1);
	expect(nodesAt({atMs: NOW - 3_600_000})).toHaveLength(1);
	expect(source.cluster('live', NOW).cpuCores).toBe(1);
});

test('the version counts on with every answer and every reading', async () => {
	const {live, source, changes} = open();
	const versions = [source.version];
	live.apply('n1', [readingAt(NOW, 1)], LIVE);
	versions.push(source.version);
	source.clusterHistory('cpuCores', window(5, 60_000));
	await expect.poll(changes).toBeGreaterThan(0);
	versions.push(source.version);
	expect([...new Set(versions)].sort((a, b) => a - b)).toEqual(versions);
});
