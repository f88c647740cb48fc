import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fullReadEvery, type LoadShedding, NO_SHEDDING, shedLoad} from '../../source/scrape/load-shedding.ts';

const INTERVAL_MS = 10_000;

type Site = {
	/** Milliseconds that a full read takes of what all reads share. */
	readonly fullMs: number;
	readonly lightMs: number;
	readonly nodes?: number;
	readonly intervalMs?: number;
};

/**
 * Nodes that are read one after the other, as far as lateness tells of it: looked at twice in an interval, from `state` on.
 * Returns the states.
 */
function watch(
	siteAt: (seconds: number) => Site,
	seconds: number,
	state: LoadShedding = NO_SHEDDING,
	startMs = 0,
): readonly LoadShedding[] {
	const states: LoadShedding[] = [];
	let now = state;
	let reads = 0;
	for (let nowMs = startMs; nowMs < startMs + seconds * 1000; ) {
		const {fullMs, lightMs, nodes = 5000, intervalMs = INTERVAL_MS} = siteAt((nowMs - startMs) / 1000);
		const every = fullReadEvery(intervalMs);
		const meanMs = now.late === undefined ? fullMs : fullMs / every + lightMs * (1 - 1 / every);
		const roundMs = nodes * meanMs;
		nowMs += intervalMs / 2;
		reads += Math.round(intervalMs / 2 / Math.max(meanMs, intervalMs / nodes));
		now = shedLoad(now, {nowMs, nodes, intervalMs, reads, latenessMs: roundMs > intervalMs ? roundMs : 0});
		states.push(now);
	}

	return states;
}

const isOn = ({late}: LoadShedding): boolean => late !== undefined;
const lastOf = (states: readonly LoadShedding[]): LoadShedding => states.at(-1) ?? NO_SHEDDING;
const SLOW: Site = {fullMs: 2.8, lightMs: 1.5};
const FAST: Site = {fullMs: 1.4, lightMs: 0.8};

/** How often it was turned on or off. */
function changes(states: readonly LoadShedding[]): number {
	return states.filter((state, index) => index > 0 && isOn(state) !== isOn(states[index - 1] ?? NO_SHEDDING))
		.length;
}

describe('nodes off the screen are read for CPU and memory alone', () => {
	test('once rounds have been late for some intervals, and it is known how long a round takes', () => {
		const states = watch(() => SLOW, 60);
		expect(states.findIndex(isOn) / 2).toBe(4);
		expect(lastOf(states).late).toMatchObject({nodes: 5000, roundMs: expect.closeTo(14_000, -2)});
	});

	test.each<[string, (seconds: number) => Site]>([
		['while rounds are on time', () => FAST],
		['after a short time of load', seconds => (seconds < 30 ? SLOW : FAST)],
		['because of load now and then', seconds => (seconds % 60 < 30 ? SLOW : FAST)],
	])('not %s', (_, site) => {
		expect(watch(site, 3600).some(isOn)).toBe(false);
	});

	test('and not for lateness that is neither much nor little, but goes on for it', () => {
		const load = {nodes: 5000, intervalMs: INTERVAL_MS, latenessMs: 0.2 * INTERVAL_MS};
		const on = lastOf(watch(() => SLOW, 60));
		let [off, still] = [NO_SHEDDING, on];
		for (let second = 100; second < 10_000; second += 5) {
			off = shedLoad(off, {...load, nowMs: second * 1000, reads: second * 500});
			still = shedLoad(still, {...load, nowMs: second * 1000, reads: second * 500});
		}

		expect([isOn(off), isOn(still)]).toEqual([false, true]);
	});

	test.each<[string, Partial<Site>]>([
		['there are far fewer of them', {nodes: 2000}],
		['the interval is far longer', {intervalMs: 20_000}],
	])('until %s and rounds have been on time for some intervals', (_, change) => {
		const states = watch(seconds => (seconds < 100 ? SLOW : {...SLOW, ...change}), 400);
		expect([isOn(lastOf(states.slice(0, 20))), isOn(lastOf(states))]).toEqual([true, false]);
	});

	test('until it is tried after some minutes whether all can be read in full again', () => {
		const states = watch(seconds => (seconds < 100 ? SLOW : FAST), 3600);
		expect(states.some(isOn)).toBe(true);
		expect(isOn(lastOf(states))).toBe(false);
		expect(changes(states)).toBe(2);
	});

	test('for ever longer where a trial fails', () => {
		const states = watch(() => SLOW, 24 * 3600);
		const offSeconds = states.filter(state => !isOn(state)).length * (INTERVAL_MS / 2000);
		// 5, 10, 20, 40 and 80 minutes, and then each two hours.
		expect(changes(states)).toBeLessThan(36);
		expect(offSeconds).toBeLessThan(24 * 36);
	});

	test('and a later time of load is another one', () => {
		const hour = 3600;
		const states = watch(seconds => (seconds < 3 * hour || seconds > 20 * hour ? SLOW : FAST), 21 * hour);
		const before = lastOf(watch(() => SLOW, 3 * hour));
		expect(before.trialAfterMs).toBeGreaterThan(NO_SHEDDING.trialAfterMs);
		const again = states.slice(2 * 20 * (hour / 10)).find(isOn);
		expect(again?.trialAfterMs).toBe(NO_SHEDDING.trialAfterMs);
	});

	test('without flapping, whatever reads cost and however many nodes there are', () => {
		fc.assert(
			fc.property(
				fc.double({min: 0.1, max: 20, noNaN: true}),
				fc.double({min: 0.1, max: 1, noNaN: true}),
				fc.integer({min: 1, max: 10_000}),
				fc.integer({min: 1000, max: 60_000}),
				(fullMs, share, nodes, intervalMs) => {
					const states = watch(() => ({fullMs, lightMs: fullMs * share, nodes, intervalMs}), 3600);
					expect(changes(states)).toBeLessThanOrEqual(9);
				},
			),
			{numRuns: 50},
		);
	});
});

test.each([
	[1000, 60],
	[10_000, 6],
	[15_000, 4],
	[60_000, 2],
	[600_000, 2],
])('at an interval of %d ms each %d. read is a full one', (intervalMs, every) => {
	expect(fullReadEvery(intervalMs)).toBe(every);
});
