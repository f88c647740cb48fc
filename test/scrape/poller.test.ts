import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {NodeState} from '../../source/metrics/model/node-state.ts';
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
		targets: options.targets ?? Object.entries(scripts).map(([id, script]) => fakeTarget(id, script, log)),
		intervalMs: options.intervalMs ?? 1000,
		timeoutMs: 400,
		concurrency: options.concurrency ?? 10,
		onScrape: (target, _scrape, state) => states.push([target.id, state]),
		onFailure: (target, state) => states.push([target.id, state]),
		random: options.random ?? (() => 0),
	});
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
		await poller.stop();
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
		await poller.stop();
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
			['a', {kind: 'live', route: 'summary', latencyMs: 3}],
		]);
		await poller.stop();
	});

	test('keeps since when a node has been failing', async () => {
		const {poller, states} = pollerOf({a: ['fail']});
		poller.start();
		await vi.advanceTimersByTimeAsync(4000);
		const since = states.map(([, state]) => (state.kind === 'failed' ? state.sinceMs : undefined));
		expect(since.length).toBeGreaterThan(1);
		expect(new Set(since).size).toBe(1);
		await poller.stop();
	});

	test('reads no more at once than it may', async () => {
		const {poller, log} = pollerOf({a: ['hang'], b: ['hang'], c: ['hang'], d: ['hang']}, {concurrency: 2});
		poller.start();
		await vi.advanceTimersByTimeAsync(399);
		expect(log).toEqual(['a', 'b']);
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['a', 'b', 'c', 'd']);
		await poller.stop();
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
		await poller.stop();
	});

	test('spreads the first reads of many nodes', async () => {
		const log: string[] = [];
		let index = 0;
		const poller = new Poller({
			targets: Array.from({length: 100}, (_, n) => fakeTarget(`n${n}`, ['answer'], log, 10_000)),
			intervalMs: 10_000,
			timeoutMs: 1000,
			concurrency: 100,
			onScrape: () => {},
			onFailure: () => {},
			random: () => index++ / 100,
		});
		poller.start();
		await vi.advanceTimersByTimeAsync(395);
		expect(log.length).toBeGreaterThan(45);
		expect(log.length).toBeLessThan(55);
		await poller.stop();
	});

	test('says by how much reads are late when a round takes longer than the interval', async () => {
		const scripts = Object.fromEntries(Array.from({length: 8}, (_, n) => [`n${n}`, ['hang'] as const]));
		const {poller} = pollerOf(scripts, {concurrency: 1, intervalMs: 500});
		poller.start();
		expect(poller.overrunMs).toBeUndefined();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(poller.overrunMs).toBeGreaterThan(500);
		await poller.stop();
	});

	test('follows a shorter interval at once', async () => {
		const {poller, log} = pollerOf({a: ['answer']}, {intervalMs: 60_000});
		poller.start();
		await vi.advanceTimersByTimeAsync(2000);
		expect(log).toHaveLength(2);
		poller.setInterval(1000);
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toHaveLength(3);
		await poller.stop();
	});

	test('stops in the middle of a read, closes every target and reports nothing more', async () => {
		const {poller, log, states} = pollerOf({a: ['hang'], b: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		await poller.stop();
		await vi.advanceTimersByTimeAsync(10_000);
		expect(log).toEqual(['a', 'b', 'a closed', 'b closed']);
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
		await poller.stop();
	});

	test('replaces and closes the target of the same id, and forgets how that fared', async () => {
		const {poller, log, states} = pollerOf({a: ['fail']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(10);
		expect(log).toEqual(['a', 'a closed', 'a']);
		expect(states).toMatchObject([
			['a', {kind: 'failed'}],
			['a', {kind: 'live'}],
		]);
		await poller.stop();
	});

	test('reads and reports no more of what is removed, and closes it', async () => {
		const {poller, log, kinds} = pollerOf({a: ['answer'], b: ['answer']});
		poller.start();
		await vi.advanceTimersByTimeAsync(10);
		poller.remove('a');
		poller.remove('unknown');
		await vi.advanceTimersByTimeAsync(5000);
		expect(log.slice(0, 3)).toEqual(['a', 'b', 'a closed']);
		expect(log.slice(3)).not.toContain('a');
		expect(kinds().filter(kind => kind === 'a live')).toHaveLength(1);
		await poller.stop();
		expect(log.filter(entry => entry === 'a closed')).toHaveLength(1);
	});

	test('aborts the read of what is removed, ignores what it still brings, and gives its place to another', async () => {
		const log: string[] = [];
		let signal: AbortSignal | undefined;
		let answer: (scrape: Scrape) => void = () => {};
		const slow: Target = {
			...fakeTarget('slow', [], log),
			scrape(given) {
				signal = given;
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
		expect(log).toEqual(['slow', 'slow closed', 'b']);
		expect(kinds()).toEqual(['b live']);
		await poller.stop();
	});

	test('keeps the results of a target and of its replacement apart', async () => {
		const {poller, log, states} = pollerOf({a: ['hang']});
		poller.start();
		await vi.advanceTimersByTimeAsync(390);
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(100);
		expect(states.map(([, {kind}]) => kind)).toEqual(['live']);
		await poller.stop();
	});

	test('waits with what is added before it starts', async () => {
		const {poller, log} = pollerOf({});
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
		poller.start();
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toEqual(['a']);
		await poller.stop();
	});

	test('closes at once what is added after it stopped', async () => {
		const {poller, log} = pollerOf({});
		poller.start();
		await poller.stop();
		poller.add(fakeTarget('a', ['answer'], log));
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual(['a closed']);
	});
});

describe('a target that somebody looks into', () => {
	/** Logs with its reads what it is told, as `a in` and `a out`. */
	const openable = (id: string, log: string[], script: readonly Script[] = ['answer']): Target => ({
		...fakeTarget(id, script, log),
		lookInto: isLookedInto => log.push(`${id} ${isLookedInto ? 'in' : 'out'}`),
	});

	function pollerOfOpenables(script?: readonly Script[]) {
		const log: string[] = [];
		const targets = [openable('a', log, script), openable('b', log), fakeTarget('c', ['answer'], log)];
		const {poller} = pollerOf({}, {targets, intervalMs: 10_000});
		return {poller, log};
	}

	test('is told so, and read at once', async () => {
		const {poller, log} = pollerOfOpenables();
		poller.start();
		await vi.advanceTimersByTimeAsync(5000);
		log.length = 0;
		poller.lookInto('a');
		await vi.advanceTimersByTimeAsync(0);
		expect(log).toEqual(['a in', 'a']);
		await poller.stop();
	});

	test('is told once, however often that is said', async () => {
		const {poller, log} = pollerOfOpenables();
		poller.lookInto('a');
		poller.lookInto('a');
		poller.lookInto('b');
		poller.lookInto(undefined);
		poller.lookInto(undefined);
		expect(log).toEqual(['a in', 'a out', 'b in', 'b out']);
		await poller.stop();
	});

	test('is read as before where it has nothing more to tell', async () => {
		const {poller, log} = pollerOfOpenables();
		poller.start();
		await vi.advanceTimersByTimeAsync(5000);
		log.length = 0;
		poller.lookInto('c');
		poller.lookInto('nobody');
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual([]);
		await poller.stop();
	});

	test('is left alone no shorter while it fails', async () => {
		const {poller, log} = pollerOfOpenables(['fail']);
		poller.start();
		await vi.advanceTimersByTimeAsync(5000);
		log.length = 0;
		poller.lookInto('a');
		await vi.advanceTimersByTimeAsync(1000);
		expect(log).toEqual(['a in']);
		await poller.stop();
	});

	test('is told when it comes, and when it is reached another way', async () => {
		const {poller, log} = pollerOfOpenables();
		poller.lookInto('new');
		poller.add(openable('new', log));
		poller.add(openable('new', log));
		expect(log).toEqual(['new in', 'new closed', 'new in']);
		await poller.stop();
	});
});
