import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {ClusterPollers} from '../../source/scrape/cluster-pollers.ts';
import {fakeTarget} from './fake-target.ts';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

function pollersOf(clusters: readonly string[]) {
	const read: string[] = [];
	const pollers = new ClusterPollers(clusters, {
		intervalMs: 1000,
		timeoutMs: 60_000,
		concurrency: 2,
		onScrape: ({id}) => read.push(id),
		onFailure: () => {},
		random: () => 0,
	});
	return {pollers, read};
}

test('nodes of a cluster that hang take no slot of another cluster', async () => {
	const {pollers, read} = pollersOf(['a', 'b']);
	for (const id of ['a/1', 'a/2', 'a/3']) {
		pollers.add({...fakeTarget(id, ['hang'], []), cluster: 'a'});
	}

	pollers.add({...fakeTarget('b/1', ['answer'], []), cluster: 'b'});
	pollers.start();
	await vi.advanceTimersByTimeAsync(3500);
	expect(read.length).toBeGreaterThanOrEqual(4);
	expect(new Set(read)).toEqual(new Set(['b/1']));
	pollers.setInterval(5000);
	expect(pollers.intervalMs).toBe(5000);
	pollers.remove('b/1');
	const before = read.length;
	await vi.advanceTimersByTimeAsync(20_000);
	expect(read).toHaveLength(before);
	pollers.stop();
});

test('without names of clusters all nodes have one poller', async () => {
	const {pollers, read} = pollersOf([]);
	pollers.add(fakeTarget('n', ['answer'], []));
	pollers.start();
	await vi.advanceTimersByTimeAsync(100);
	expect(read).toEqual(['n']);
	expect(pollers.overrunMs).toBeUndefined();
	pollers.stop();
});
