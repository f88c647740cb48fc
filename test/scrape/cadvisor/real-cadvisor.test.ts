import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {routeText} from '../../../source/metrics/model/route.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {cadvisorTarget} from '../../../source/scrape/cadvisor/target.ts';
import type {Target} from '../../../source/scrape/target.ts';
import {context} from '../scrape-context.ts';
import {
	type BusyCgroup,
	findCadvisor,
	type RunningCadvisor,
	startBusyCgroup,
	startCadvisor,
} from './real-cadvisor.ts';

const binary = findCadvisor();
const obstacle =
	binary === undefined
		? 'there is no cadvisor: run .ci/install-cadvisor, or set KTOP_CADVISOR'
		: process.getuid?.() === 0
			? undefined
			: 'only root may make a cgroup';
const isSkipped = obstacle !== undefined && !process.env.CI;
if (isSkipped) {
	console.warn(`The real cAdvisor is not read: ${obstacle}.`);
}

/** Half a core, with what cAdvisor's stamps may be beside the counter that they are of. */
const MOST_CORES = 0.55;
const TOLERANCE_CORES = 0.05;
const WINDOW_MS = 3000;
const LOOK_MS = 20;

const signal = new AbortController().signal;

describe.skipIf(isSkipped)('a real cAdvisor', () => {
	const targets: Target[] = [];
	let cadvisor: RunningCadvisor | undefined;
	let busy: BusyCgroup | undefined;

	beforeAll(async () => {
		if (binary === undefined || obstacle !== undefined) {
			throw new Error(obstacle);
		}

		busy = await startBusyCgroup();
		cadvisor = await startCadvisor(binary);
	});

	afterAll(async () => {
		await Promise.all(targets.map(target => target.close()));
		await cadvisor?.stop();
		await busy?.stop();
	});

	const open = (): Target => {
		const target = cadvisorTarget({url: cadvisor?.url ?? ''});
		targets.push(target);
		return target;
	};

	// On a busy machine it gets less than its half: then ktop has to show what the kernel counted in the same time.
	test('shows the throttling that the kernel counts for a container limited to half a core', {
		timeout: 120_000,
	}, async () => {
		const target = open();
		const store = new Store({capacity: 120, staleAfterMs: 60_000});
		store.addNode(target.id, target.name);
		const visit = async () => {
			const {readings} = await target.scrape(context({signal}));
			store.apply(target.id, readings, {kind: 'waiting'});
			return readings.at(-1)?.containers.some(({id}) => id === busy?.path);
		};
		await expect.poll(visit, {interval: 500}).toBe(true);

		const counter = watchCounter(() => busy?.usedSeconds() ?? Number.NaN);
		onTestFinished(counter.stop);
		const window = async () => {
			await delay(WINDOW_MS);
			await visit();
			const row = store.find('containers', `${target.id}/${busy?.path}`, 'live', Date.now());
			const [endMs, lengthMs] = [row?.sampleTimeMs ?? Number.NaN, row?.cpuWindowMs ?? Number.NaN];
			const counted = (counter.at(endMs) - counter.at(endMs - lengthMs)) / (lengthMs / 1000);
			return {shown: row?.cpuCores ?? Number.NaN, counted};
		};
		// cAdvisor may be kept waiting between its stamp and the counter, so a window may have to be taken again.
		await expect
			.poll(window)
			.toSatisfy(({shown, counted}) => counted > 0 && Math.abs(shown - counted) <= TOLERANCE_CORES);
		expect((await window()).shown).toBeLessThanOrEqual(MOST_CORES);
	});

	test('lists processes with their users and memory', {timeout: 120_000}, async () => {
		const {readings, degraded} = await open().scrape(context({signal, processes: () => 'names'}));
		expect(degraded).toBeUndefined();
		expect(readings.at(-1)?.processes).toContainEqual(
			expect.objectContaining({
				name: 'cadvisor',
				user: 'root',
				rssBytes: expect.any(Number),
				meanCpuCores: expect.any(Number),
			}),
		);
	});

	test('gives at the first visit what it kept from before', {timeout: 120_000}, async () => {
		const firstVisit = async (): Promise<readonly number[]> => {
			const {readings, route} = await open().scrape(context({signal}));
			expect(routeText(route)).toBe('cadvisor v2.1');
			return readings.map(({receivedAtMs}) => receivedAtMs);
		};
		// A cgroup is sampled every one to two seconds.
		await expect
			.poll(async () => (await firstVisit()).length, {timeout: 90_000, interval: 1000})
			.toBeGreaterThan(10);
		const stamps = await firstVisit();
		expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
	});
});

/** Reads a counter again and again, and knows afterwards where it stood at a moment. */
function watchCounter(read: () => number) {
	const seen: Array<readonly [timeMs: number, value: number]> = [];
	const look = (): void => void seen.push([Date.now(), read()]);
	look();
	const timer = setInterval(look, LOOK_MS);
	return {
		at(timeMs: number): number {
			const next = seen.findIndex(([at]) => at >= timeMs);
			const [before, after] = [seen[next - 1], seen[next]];
			if (before === undefined || after === undefined) {
				return Number.NaN;
			}

			return before[1] + ((after[1] - before[1]) * (timeMs - before[0])) / (after[0] - before[0]);
		},
		stop: () => clearInterval(timer),
	};
}
