import {describe, expect, onTestFinished, test} from 'vitest';
import {HistoryAccess} from '../../../source/history/past/history-access.ts';
import {SeriesCache} from '../../../source/history/past/series-cache.ts';
import type {HistorySubject} from '../../../source/history/store/history-request.ts';
import {FakeStore, REFUSED} from './fake-store.ts';

const NOW = 1_000_000_000;
const RANGE = {startMs: NOW - 300_000, endMs: NOW - 60_000, stepMs: 10_000};
const node = (name: string): HistorySubject => ({kind: 'node', name});

function open() {
	const store = new FakeStore();
	const time = {now: NOW};
	let changes = 0;
	const access = new HistoryAccess({store, now: () => time.now, onChange: () => {}});
	const cache = new SeriesCache({
		access,
		now: () => time.now,
		onChange: () => {
			changes++;
		},
	});
	onTestFinished(() => cache.close());
	return {store, time, cache, changes: () => changes};
}

describe('series', () => {
	test('are not there at once, and then they are', async () => {
		const {cache, changes} = open();
		expect(cache.find(node('a'), 'cpuCores', RANGE)).toBeUndefined();
		await expect.poll(changes).toBe(1);
		const found = cache.find(node('a'), 'cpuCores', RANGE);
		// A quarter more on either side is asked for, so that a step through time finds it there.
		expect(found?.samples.length).toBe(Math.ceil(240 / 10) + 12);
		expect(found?.samples.valueAt(0)).toBe(5);
	});

	test('of many subjects are one question', async () => {
		const {store, cache, changes} = open();
		for (const name of ['a', 'b', 'c']) {
			cache.find(node(name), 'cpuCores', RANGE);
		}

		cache.find(node('a'), 'memoryRssBytes', RANGE);
		await expect.poll(changes).toBe(2);
		expect(store.seriesRequests.map(({series, subjects}) => [series, subjects.length])).toEqual([
			['cpuCores', 3],
			['memoryRssBytes', 1],
		]);
	});

	test('that were asked for are not requested again', async () => {
		const {store, cache, changes} = open();
		cache.find(node('a'), 'cpuCores', RANGE);
		await expect.poll(changes).toBe(1);
		cache.find(node('a'), 'cpuCores', RANGE);
		cache.find(node('a'), 'cpuCores', {...RANGE, startMs: RANGE.startMs - 10_000});
		await new Promise(resolve => setTimeout(resolve, 30));
		expect(store.seriesRequests).toHaveLength(1);
	});

	test('that the store does not have are not requested again either', async () => {
		const {store, cache, changes} = open();
		store.valueAt = () => undefined;
		cache.find(node('a'), 'cpuCores', RANGE);
		await expect.poll(changes).toBe(1);
		expect(cache.find(node('a'), 'cpuCores', RANGE)?.samples.length).toBe(0);
		await new Promise(resolve => setTimeout(resolve, 30));
		expect(store.seriesRequests).toHaveLength(1);
	});

	test('are shown as they are while newer ones are requested', async () => {
		const {store, time, cache, changes} = open();
		cache.find(node('a'), 'cpuCores', RANGE);
		await expect.poll(changes).toBe(1);
		time.now += 600_000;
		const later = {...RANGE, startMs: RANGE.startMs + 600_000, endMs: RANGE.endMs + 600_000};
		expect(cache.find(node('a'), 'cpuCores', later)).toBeDefined();
		await expect.poll(() => store.seriesRequests.length).toBe(2);
	});

	test('of a store that failed are requested again after its back-off', async () => {
		const {store, time, cache, changes} = open();
		store.failure = REFUSED;
		cache.find(node('a'), 'cpuCores', RANGE);
		await expect.poll(() => store.probes.length).toBe(1);
		store.failure = undefined;
		time.now += 3000;
		await expect
			.poll(() => {
				cache.find(node('a'), 'cpuCores', RANGE);
				return changes();
			})
			.toBe(1);
	});

	test('never reach into the future', async () => {
		const {store, cache} = open();
		cache.find(node('a'), 'cpuCores', {...RANGE, endMs: NOW + 50_000});
		await expect.poll(() => store.seriesRequests.length).toBe(1);
		expect(store.seriesRequests[0]?.range.endMs).toBeLessThanOrEqual(NOW + RANGE.stepMs);
	});

	test('that were written once a minute are held between, and gaps are gaps', async () => {
		const {store, cache, changes} = open();
		store.valueAt = timeMs => (timeMs % 60_000 === 0 ? 5 : undefined);
		cache.find(node('a'), 'cpuCores', RANGE);
		await expect.poll(changes).toBe(1);
		expect(cache.find(node('a'), 'cpuCores', RANGE)?.holdMs).toBe(150_000);
		store.valueAt = () => 5;
		cache.find(node('b'), 'cpuCores', RANGE);
		await expect.poll(changes).toBe(2);
		expect(cache.find(node('b'), 'cpuCores', RANGE)?.holdMs).toBe(10_000);
	});
});
