import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {answerApi} from '../../../source/demo/api/answer.ts';
import type {ClusterModel} from '../../../source/demo/model/cluster.ts';
import {type ApiObject, askApi, demoCluster, listAll, NOW_MS} from './ask-api.ts';

const MINUTE_MS = 60_000;

type WatchEvent = {readonly type: string; readonly object: ApiObject};

type Watching = {
	readonly events: readonly WatchEvent[];
	readonly isOver: () => boolean;
	readonly stop: () => void;
};

beforeEach(() => {
	vi.useFakeTimers({now: NOW_MS});
});
afterEach(() => {
	vi.useRealTimers();
});

const cluster = demoCluster();

/** A watch from the time that the clock stands at. */
function startWatch(of: ClusterModel, path: string): Watching {
	const answered = answerApi(of, 'GET', path, Date.now());
	if (answered === 'hang' || !('watch' in answered)) {
		throw new Error(`${path} is no watch`);
	}

	const events: WatchEvent[] = [];
	let isOver = false;
	const stop = answered.watch(
		line => events.push(JSON.parse(line)),
		() => {
			isOver = true;
		},
		Date.now,
	);
	return {events, isOver: () => isOver, stop};
}

/** The objects by uid, as a client holds them: as they came in the list, then as events changed them. */
function applied(listed: readonly ApiObject[], events: readonly WatchEvent[]): readonly ApiObject[] {
	const held = new Map(listed.map(object => [object.metadata.uid, object]));
	for (const {type, object} of events) {
		if (type === 'MODIFIED') {
			const {kind: _, apiVersion: __, ...rest} = {apiVersion: '', ...object};
			held.set(object.metadata.uid, rest);
		}
	}

	return [...held.values()];
}

describe('a watch', () => {
	test.each(['pods', 'nodes'])('of %s makes of a list what a fresh list is later', resource => {
		const path = `/api/v1/${resource}`;
		const {items, metadata} = askApi(cluster, path).body;
		vi.advanceTimersByTime(2 * MINUTE_MS);
		const watching = startWatch(cluster, `${path}?watch=1&resourceVersion=${metadata.resourceVersion}`);
		vi.advanceTimersByTime(20 * MINUTE_MS);
		const later = listAll(cluster, path, Date.now());
		expect(applied(items, watching.events)).toEqual(later);
		expect(later).not.toEqual(items);
		watching.stop();
	});

	test('goes on from the version of any of its events', () => {
		const {items, metadata} = askApi(cluster, '/api/v1/pods').body;
		const all: WatchEvent[] = [];
		let version = metadata.resourceVersion;
		for (let round = 0; round < 20; round++) {
			const watching = startWatch(cluster, `/api/v1/pods?watch=true&resourceVersion=${version}`);
			vi.advanceTimersByTime(MINUTE_MS);
			watching.stop();
			// The connection broke in the middle.
			const got = watching.events.slice(0, Math.ceil(watching.events.length / 2));
			all.push(...got);
			version = got.at(-1)?.object.metadata.resourceVersion ?? version;
		}

		const rest = startWatch(cluster, `/api/v1/pods?watch=true&resourceVersion=${version}`);
		rest.stop();
		expect(applied(items, [...all, ...rest.events])).toEqual(listAll(cluster, '/api/v1/pods', Date.now()));
	});

	test('without a version reports changes from its start on, within about a second', () => {
		const watching = startWatch(cluster, '/api/v1/pods?watch=1');
		expect(watching.events).toEqual([]);
		while (watching.events.length === 0) {
			vi.advanceTimersByTime(1000);
		}

		const [first] = watching.events;
		expect(first).toMatchObject({type: 'MODIFIED', object: {kind: 'Pod', apiVersion: 'v1'}});
		expect(Date.now() - Number(first?.object.metadata.resourceVersion)).toBeLessThan(1000);
		watching.stop();
	});

	test('of selected pods reports no others', () => {
		const query = 'watch=1&labelSelector=app%3Dkube-proxy';
		const watching = startWatch(cluster, `/api/v1/pods?${query}&resourceVersion=${NOW_MS - 4 * MINUTE_MS}`);
		vi.advanceTimersByTime(20 * MINUTE_MS);
		expect(watching.events).toEqual([]);
		watching.stop();
	});

	test.each([
		['&allowWatchBookmarks=true', 4],
		['&allowWatchBookmarks=false', 0],
		['', 0],
	])('with %j sends %d bookmarks in two minutes', (parameter, count) => {
		const watching = startWatch(cluster, `/api/v1/namespaces?watch=1${parameter}`);
		vi.advanceTimersByTime(2 * MINUTE_MS);
		expect(watching.events).toHaveLength(count);
		for (const [index, event] of watching.events.entries()) {
			const resourceVersion = String(NOW_MS + (index + 1) * 30_000);
			expect(event).toEqual({
				type: 'BOOKMARK',
				object: {kind: 'Namespace', apiVersion: 'v1', metadata: {resourceVersion}},
			});
		}

		watching.stop();
	});

	test('ends when its time is over', () => {
		const watching = startWatch(cluster, '/api/v1/pods?watch=1&timeoutSeconds=40');
		vi.advanceTimersByTime(39_999);
		expect(watching.isOver()).toBe(false);
		vi.advanceTimersByTime(1);
		expect(watching.isOver()).toBe(true);
		watching.stop();
	});

	test('of a version older than five minutes is one error, and over', () => {
		const version = NOW_MS - 5 * MINUTE_MS - 1;
		const watching = startWatch(cluster, `/api/v1/pods?watch=1&resourceVersion=${version}`);
		expect(watching.events).toEqual([
			{
				type: 'ERROR',
				object: {
					kind: 'Status',
					apiVersion: 'v1',
					metadata: {},
					status: 'Failure',
					message: `too old resource version: ${version} (${version + 1})`,
					reason: 'Expired',
					code: 410,
				},
			},
		]);
		expect(watching.isOver()).toBe(true);
	});

	test('that is stopped leaves no timer', () => {
		startWatch(cluster, '/api/v1/pods?watch=1').stop();
		expect(vi.getTimerCount()).toBe(0);
	});
});
