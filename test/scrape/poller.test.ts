import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Poller} from '../../source/scrape/poller.ts';
import type {Scrape, Target} from '../../source/scrape/target.ts';
import {fakeTarget, REFUSED, SCRAPE, type Script} from './fake-target.ts';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

function pollerOf(
	scripts: Readonly<Record<string, readonly Script[]>>,
	options: {
		concurrency?: number;
		intervalMs?: number;
		random?: () => number;
		targets?: readonly Target[];
	} = {},
) {
	const log: string[] = [];
	const states: Array<[string, NodeState]> = [];
	const poller = new Poller({
		intervalMs: options.intervalMs ?? 1000,
		timeoutMs: 400,
		concurrency: options.concurrency ?? 10,
		onScrape: (target, _scrape, state) => states.push([target.id, state]),
		onFailure: (target, state) => states.push([target.id, state]),
		random: options.random ?? (() => 0),
	});
	for (const target of options.targets ??
		Object.entries(scripts).map(([id, script]) => fakeTarget(id, script, log))) {
		poller.add(target);
	}

	return {poller, log, states, kinds: () => states.map(([id, state]) => `${id} ${state.kind}`)};
}

describe('the poller', () => {
	test('reads at once, again after a quarter of the interval, then on the beat', async () => {
		const {poller, log} = pollerOf({a: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(249);
		expect(log).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(1);
		expect(log).toHaveLength(2);
		await vi.advanceTimersByTimeAsync(999);
		expect(log).toHaveLength(2);
		await vi.advanceTimersByTimeAsync(3001);
		expect(log).toHaveLength(6);
		poller.stop();
	});

	test('reports a hanging node as timed out, and reads the others all the while', async () => {
		const {poller, states, kinds} = pollerOf({hung: ['hang'], well: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(390);
		expect(kinds()).toEqual(['well live', 'well live']);
		await vi.advanceTimersByTimeAsync(20);
		expect(states.at(-1)).toMatchObject([
			'hung',
			{
				kind: 'failed',
				failure: {code: 'timeout', brief: 'timeout 0.4s'},
				attempts: 1,
				sinceMs: expect.any(Number),
			},
		]);
		poller.stop();
	});

	test('asks a failing node ever more rarely, and at the normal pace again once it answers', async () => {
		const {poller, log, states} = pollerOf({a: ['fail', 'fail', 'fail', 'answer']});
		poller.start();
		const reads: number[] = [];
		for (let second = 0; second < 10; second++) {
			await vi.advanceTimersByTimeAsync(second === 0 ? 500 : 1000);
			reads.push(log.length);
		}

		expect(reads).toEqual([1, 2, 2, 3, 3, 3, 3, 5, 6, 7]);
		expect(states.slice(0, 4)).toMatchObject([
			['a', {kind: 'failed', failure: {code: REFUSED.code}, attempts: 1}],
			['a', {kind: 'failed', attempts: 2}],
			['a', {kind: 'failed', attempts: 3}],
			['a', {kind: 'live', route: parseRoute('summary'), latencyMs: 3}],
		]);
		poller.stop();
	});

	test('keeps since when a node has been failing', async () => {
		const {poller, states} = pollerOf({a: ['fail']});
		poller.start();
		await vi.advanceTimersByTimeAsync(4000);
		const since = states.map(([, state]) => (state.kind === 'failed' ? state.sinceMs : undefined));
		expect(since.length).toBeGreaterThan(1);
		expect(new Set(since).size).toBe(1);
		poller.stop();
	});

	test('reads no more at once than it may', async () => {
		const {poller, log} = pollerOf({a: ['hang'], b: ['hang'], c: ['hang'], d: ['hang']}, {concurrency: 2});
		poller.start();
		await vi.advanceTimersByTimeAsync(399);
		expect(log).toEqual(['a', 'b']);
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['a', 'b', 'c', 'd']);
		poller.stop();
	});

	test('reads what is on the screen first', async () => {
		const {poller, log} = pollerOf(
			{a: ['hang'], b: ['answer'], c: ['answer'], d: ['answer']},
			{concurrency: 1},
		);
		poller.setVisible(['d']);
		poller.start();
		await vi.advanceTimersByTimeAsync(1);
		expect(log[0]).toBe('d');
		poller.stop();
	});

	test('spreads the first reads of many nodes', async () => {
		const log: string[] = [];
		let index = 0;
		const poller = new Poller({
			intervalMs: 10_000,
			timeoutMs: 1000,
			concurrency: 100,
			onScrape: () => {},
			onFailure: () => {},
			random: () => index++ / 100,
		});
		for (let n = 0; n < 100; n++) {
			poller.add(fakeTarget(`n${n}`, ['answer'], log, 10_000));
		}

		poller.start();
		await vi.advanceTimersByTimeAsync(395);
		expect(log.length).toBeGreaterThan(45);
		expect(log.length).toBeLessThan(55);
		poller.stop();
	});

	test('says by how much reads are late when a round takes longer than the interval', async () => {
		const scripts = Object.fromEntries(Array.from({length: 8}, (_, n) => [`n${n}`, ['hang'] as const]));
		const {poller} = pollerOf(scripts, {concurrency: 1, intervalMs: 500});
		poller.start();
		expect(poller.overrunMs).toBeUndefined();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(poller.overrunMs).toBeGreaterThan(500);
		poller.stop();
	});

	test('follows a shorter interval at once', async () => {
		const {poller, log} = pollerOf({a: ['answer']}, {intervalMs: 60_000});
		poller.start();
		await vi.advanceTimersByTimeAsync(2000);
		expect(log).toHaveLength(2);
		poller.setInterval(1000);
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toHaveLength(3);
		poller.stop();
	});

	test('stops in the middle of a read and reports nothing more', async () => {
		const {poller, log, states} = pollerOf({a: ['hang'], b: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		poller.stop();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(log).toEqual(['a', 'b']);
		expect(states).toHaveLength(1);
	});
});

describe('the poller, while it runs,', () => {
	test('reads what is added, after its share of the spread', async () => {
		const {poller, log, kinds} = pollerOf({a: ['answer']}, {intervalMs: 60_000, random: () => 1});
		poller.start();
		await vi.advanceTimersByTimeAsync(100);
		poller.add(fakeTarget('b', ['answer'], log));
		// 8 ms for each of two targets.
		await vi.advanceTimersByTimeAsync(15);
		expect(log).toEqual(['a']);
		await vi.advanceTimersByTimeAsync(1);
		expect(log).toEqual(['a', 'b']);
		expect(kinds()).toEqual(['a live', 'b live']);
		poller.stop();
	});

	test('replaces the target of the same id, and forgets how that fared', async () => {
		const {poller, log, states} = pollerOf({a: ['fail']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['a', 'a']);
		expect(states).toMatchObject([
			['a', {kind: 'failed'}],
			['a', {kind: 'live'}],
		]);
		poller.stop();
	});

	test('reads and reports no more of what is removed', async () => {
		const {poller, log, kinds} = pollerOf({a: ['answer'], b: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		poller.remove('a');
		poller.remove('unknown');
		await vi.advanceTimersByTimeAsync(5000);
		expect(log.slice(0, 2)).toEqual(['a', 'b']);
		expect(log.slice(2)).not.toContain('a');
		expect(kinds().filter(kind => kind === 'a live')).toHaveLength(1);
		poller.stop();
	});

	test('aborts the read of what is removed, ignores what it still brings, and gives its place to another', async () => {
		const log: string[] = [];
		let signal: AbortSignal | undefined;
		let answer: (scrape: Scrape) => void = () => {};
		const slow: Target = {
			...fakeTarget('slow', [], log),
			scrape(context) {
				signal = context.signal;
				log.push('slow');
				return new Promise(resolve => {
					answer = resolve;
				});
			},
		};
		const {poller, kinds} = pollerOf({}, {concurrency: 1, targets: [slow, fakeTarget('b', ['answer'], log)]});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['slow']);
		poller.remove('slow');
		expect(signal?.aborted).toBe(true);
		answer(SCRAPE);
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['slow', 'b']);
		expect(kinds()).toEqual(['b live']);
		poller.stop();
	});

	test('keeps the results of a target and of its replacement apart', async () => {
		const {poller, log, states} = pollerOf({a: ['hang']});
		poller.start();
		await vi.advanceTimersByTimeAsync(390);
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(100);
		expect(states.map(([, {kind}]) => kind)).toEqual(['live']);
		poller.stop();
	});

	test('waits with what is added before it starts', async () => {
		const {poller, log} = pollerOf({});
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
		poller.start();
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toEqual(['a']);
		poller.stop();
	});

	test('reads nothing that is added after it stopped', async () => {
		const {poller, log} = pollerOf({});
		poller.start();
		poller.stop();
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
	});
});

describe('a target that the user views', () => {
	/** Logs whether each scrape was of a viewed node, as `a` and `a viewed`. */
	const viewable = (id: string, log: string[], script: Script = 'answer'): Target => {
		const target = fakeTarget(id, [script], []);
		return {
			...target,
			readsMoreWhenViewed: true,
			scrape(context) {
				log.push(context.isViewed() ? `${id} viewed` : id);
				return target.scrape(context);
			},
		};
	};

	/** A poller between two rounds, with an empty log. */
	async function pollerOfViewable(script?: Script) {
		const log: string[] = [];
		const targets = [viewable('a', log, script), viewable('b', log), fakeTarget('c', ['answer'], log)];
		const {poller} = pollerOf({}, {targets, intervalMs: 10_000});
		poller.start();
		await vi.advanceTimersByTimeAsync(5000);
		log.length = 0;
		return {poller, log};
	}

	test('is scraped as such at once, and no longer after the user left it', async () => {
		const {poller, log} = await pollerOfViewable();
		poller.setViewed('a');
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toEqual(['a viewed']);
		poller.setViewed(undefined);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(log.slice(1)).toContain('a');
		expect(log.slice(1)).not.toContain('a viewed');
		poller.stop();
	});

	test('is scraped at once only the first time that this is said', async () => {
		const {poller, log} = await pollerOfViewable();
		expect(poller.setViewed('a')).toBe(true);
		await vi.advanceTimersByTimeAsync(0);
		expect(poller.setViewed('a')).toBe(false);
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toEqual(['a viewed']);
		poller.stop();
	});

	test('is scraped on the schedule if nothing more is read of it', async () => {
		const {poller, log} = await pollerOfViewable();
		expect([poller.setViewed('c'), poller.setViewed('nobody')]).toEqual([false, false]);
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
		poller.stop();
	});

	test('is not scraped earlier while it fails', async () => {
		const {poller, log} = await pollerOfViewable('fail');
		poller.setViewed('a');
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
		poller.stop();
	});

	test('is scraped at once where its processes are shown, and lists them no longer after that', async () => {
		const asked: Array<string | undefined> = [];
		const listing: Target = {
			...fakeTarget('p', ['answer'], []),
			listsProcesses: true,
			async scrape(context) {
				asked.push(context.processes?.());
				return fakeTarget('p', ['answer'], []).scrape(context);
			},
		};
		const {poller} = pollerOf({}, {targets: [listing], intervalMs: 10_000});
		poller.start();
		await vi.advanceTimersByTimeAsync(5000);
		expect(asked.splice(0)).not.toContain('arguments');
		expect(poller.setProcesses('p')).toBe(true);
		await vi.advanceTimersByTimeAsync(0);
		expect(asked).toEqual(['arguments']);
		expect(poller.setProcesses(undefined)).toBe(false);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(asked.at(-1)).toBeUndefined();
		poller.stop();
	});

	test('is scraped as such when it is added later, or reached in another way', async () => {
		const {poller, log} = await pollerOfViewable();
		poller.setViewed('new');
		poller.add(viewable('new', log));
		await vi.advanceTimersByTimeAsync(100);
		poller.add(viewable('new', log));
		await vi.advanceTimersByTimeAsync(100);
		expect(log).toEqual(['new viewed', 'new viewed']);
		poller.stop();
	});
});
