import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {kubeletTarget} from '../../source/scrape/kubelet/target.ts';
import {Poller} from '../../source/scrape/poller.ts';
import type {Scrape} from '../../source/scrape/target.ts';
import {reading} from '../metrics/readings.ts';
import {fakeTarget, REFUSED, SCRAPE} from './fake-target.ts';
import {startSlowKubelets} from './slow-kubelets.ts';

const KUBELETS = 40;
const WAIT = {timeout: 60_000, interval: 50};

/** A poller of kubelets whose full answers take three intervals to send, and whose short ones take a half. */
async function pollSlowKubelets() {
	const msA = {full: 30, less: 4};
	const link = await startSlowKubelets(msA);
	const latest = new Map<string, Scrape>();
	const poller = new Poller({
		intervalMs: 400,
		timeoutMs: 10_000,
		concurrency: 32,
		onScrape: ({id}, scrape) => latest.set(id, scrape),
		onFailure: () => {},
	});
	const targets = Array.from({length: KUBELETS}, (_, kubelet) =>
		kubeletTarget({url: `${link.origin}/${kubelet}`}),
	);
	for (const target of targets) {
		poller.add(target);
	}

	onTestFinished(link.close);
	onTestFinished(async () => {
		poller.stop();
		await Promise.all(targets.map(target => target.close()));
	});
	const idOf = (kubelet: number): string => targets[kubelet]?.id ?? '';
	return {poller, link, msA, idOf, endpointOf: (kubelet: number) => latest.get(idOf(kubelet))?.route};
}

const EMPTY = reading(1);
const FULL = {endpoint: 'summary'};
const LESS = {endpoint: 'cpu+mem'};

describe('a poller whose rounds are late', () => {
	test('reads nodes off the screen for CPU and memory alone, until there is time again', {
		timeout: 120_000,
	}, async () => {
		const {poller, link, idOf, endpointOf} = await pollSlowKubelets();
		poller.setVisible([idOf(0), idOf(1)]);
		poller.setViewed(idOf(2));
		poller.start();
		await expect.poll(() => poller.overrunMs, WAIT).toBeGreaterThan(0);
		expect(poller.shedLoad).toBeUndefined();
		expect(link.take().some(({isLess}) => isLess)).toBe(false);

		await expect
			.poll(() => poller.shedLoad, WAIT)
			.toMatchObject({nodes: KUBELETS, restEveryMs: expect.any(Number)});
		expect(poller.shedLoad?.roundMs).toBeGreaterThan(800);
		await expect.poll(() => endpointOf(KUBELETS - 1), WAIT).toMatchObject(LESS);
		// What the user sees is read in full.
		link.take();
		await expect.poll(() => new Set(link.take().map(({kubelet}) => kubelet)).size, WAIT).toBeGreaterThan(0);
		for (const kubelet of [0, 1, 2]) {
			expect(endpointOf(kubelet)).toMatchObject(FULL);
		}

		// What comes into view is read in full soon, though its next visit may be far off.
		poller.setInterval(3_600_000);
		await expect.poll(() => endpointOf(KUBELETS - 1), WAIT).toMatchObject(LESS);
		poller.setVisible([idOf(30)]);
		poller.setViewed(idOf(31));
		await expect.poll(() => endpointOf(30), WAIT).toMatchObject(FULL);
		await expect.poll(() => endpointOf(31), WAIT).toMatchObject(FULL);

		// At an interval that suffices for full reads, all are full again.
		poller.setVisible([]);
		poller.setViewed(undefined);
		poller.setInterval(2500);
		await expect.poll(() => poller.shedLoad, WAIT).toBeUndefined();
		// Reads that had begun before may be short.
		const all = Array.from({length: KUBELETS}, (_, kubelet) => kubelet);
		await expect.poll(() => all.map(endpointOf), WAIT).toMatchObject(all.map(() => FULL));
		const asked = link.take().slice(0, 0);
		await expect.poll(() => asked.push(...link.take()), WAIT).toBeGreaterThan(KUBELETS);
		expect(asked.some(({isLess}) => isLess)).toBe(false);
	});
});

describe('a poller that reads nodes for CPU and memory alone', () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	/** Sixty nodes, of which full reads take 15 s of what they share and short ones 6 s; polled until these are short. */
	async function pollUntilLess() {
		const reads: Array<{readonly id: number; readonly atMs: number; readonly holdsMs: number | undefined}> =
			[];
		const failing = new Set<number>();
		let before: Promise<void> = Promise.resolve();
		const pass = (ms: number): Promise<void> => {
			before = before.then(() => new Promise(resolve => setTimeout(resolve, ms)));
			return before;
		};
		const poller = new Poller({
			intervalMs: 10_000,
			timeoutMs: 60_000,
			concurrency: 4,
			onScrape: () => {},
			onFailure: () => {},
			random: () => 0,
		});
		for (let id = 0; id < 60; id++) {
			poller.add({
				...fakeTarget(`${id}`, [], []),
				readsMoreWhenViewed: true,
				readsLess: true,
				async scrape({restHoldsMs: holdsMs}) {
					reads.push({id, atMs: performance.now(), holdsMs});
					await pass(holdsMs === undefined ? 250 : 100);
					if (failing.has(id)) {
						throw REFUSED;
					}

					const reading = {...EMPTY, ...(holdsMs === undefined ? {} : {restHoldsMs: holdsMs})};
					return {...SCRAPE, readings: [reading]};
				},
			});
		}

		onTestFinished(() => poller.stop());
		poller.start();
		await vi.advanceTimersByTimeAsync(150_000);
		expect(poller.shedLoad).toMatchObject({
			nodes: 60,
			roundMs: expect.closeTo(15_000, -3),
			restEveryMs: 60_000,
		});
		const readsOf = (id: number) => reads.filter(read => read.id === id);
		return {poller, reads, failing, readsOf};
	}

	test('reads each in full every minute, a sixth of them in each round, and holds the rest for longer', async () => {
		const {reads, readsOf} = await pollUntilLess();
		reads.length = 0;
		const startMs = performance.now();
		await vi.advanceTimersByTimeAsync(120_000);
		const full = reads.filter(({holdsMs}) => holdsMs === undefined);
		for (let round = 0; round < 12; round++) {
			const count = full.filter(({atMs}) => Math.floor((atMs - startMs) / 10_000) === round).length;
			expect(count).toBeGreaterThan(3);
			expect(count).toBeLessThan(20);
		}

		for (let id = 0; id < 60; id++) {
			const times = readsOf(id).flatMap(({atMs, holdsMs}) => (holdsMs === undefined ? atMs : []));
			expect(times).toHaveLength(2);
			expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(66_000);
		}

		expect(new Set(reads.map(({holdsMs}) => holdsMs))).toEqual(new Set([undefined, 120_000]));
	});

	test('reads one that failed in full twice', async () => {
		const {reads, failing, readsOf} = await pollUntilLess();
		failing.add(7);
		reads.length = 0;
		await vi.advanceTimersByTimeAsync(30_000);
		failing.clear();
		await vi.advanceTimersByTimeAsync(180_000);
		const after = readsOf(7)
			.slice(1)
			.map(({holdsMs}) => holdsMs);
		expect(after.slice(0, 3)).toEqual([undefined, undefined, undefined]);
		expect(after).toContain(120_000);
	});

	test('reads in full and at once what stays on the screen, not what is passed over', async () => {
		const {poller, reads, readsOf} = await pollUntilLess();
		await vi.advanceTimersByTimeAsync(5000);
		const isShort = (id: number): boolean => readsOf(id).at(-1)?.holdsMs !== undefined;
		const [short, staying] = [0, 50].map(first =>
			Array.from({length: 60 - first}, (_, row) => first + row).filter(isShort),
		);
		expect(short?.length).toBeGreaterThan(40);
		reads.length = 0;
		for (let page = 0; page < 6; page++) {
			poller.setVisible(Array.from({length: 10}, (_, row) => `${page * 10 + row}`));
			await vi.advanceTimersByTimeAsync(100);
		}

		await vi.advanceTimersByTimeAsync(4000);
		const early = reads.filter(({holdsMs}) => holdsMs === undefined).map(({id}) => id);
		expect(staying?.filter(id => !early.includes(id))).toEqual([]);
		expect(early.filter(id => id < 50).length).toBeLessThan(20);
	});

	test('takes cells of a map for no rows', async () => {
		const {poller, reads} = await pollUntilLess();
		poller.setVisible(Array.from({length: 5000}, (_, cell) => `${cell}`));
		reads.length = 0;
		await vi.advanceTimersByTimeAsync(20_000);
		expect(poller.shedLoad).toBeDefined();
		expect(reads.filter(({holdsMs}) => holdsMs !== undefined).length).toBeGreaterThan(80);
	});

	test('reads in full again as soon as all are on the screen', async () => {
		const {poller} = await pollUntilLess();
		poller.setVisible(Array.from({length: 60}, (_, id) => `${id}`));
		await vi.advanceTimersByTimeAsync(20_000);
		expect(poller.shedLoad).toBeUndefined();
	});
});

test('nodes that cannot be read for less are read as ever', async () => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const holds = new Set<unknown>();
	const poller = new Poller({
		intervalMs: 1000,
		timeoutMs: 9000,
		concurrency: 1,
		onScrape: () => {},
		onFailure: () => {},
	});
	for (let id = 0; id < 5; id++) {
		poller.add({
			...fakeTarget(`${id}`, [], []),
			scrape: ({restHoldsMs}) => {
				holds.add(restHoldsMs);
				return new Promise(resolve => setTimeout(() => resolve(SCRAPE), 500));
			},
		});
	}

	onTestFinished(() => poller.stop());
	poller.start();
	await vi.advanceTimersByTimeAsync(120_000);
	expect(poller.overrunMs).toBeGreaterThan(0);
	expect(poller.shedLoad).toBeUndefined();
	expect(holds).toEqual(new Set([undefined]));
});
