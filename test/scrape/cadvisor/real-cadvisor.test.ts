import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {cadvisorTarget} from '../../../source/scrape/cadvisor/target.ts';
import type {Target} from '../../../source/scrape/target.ts';
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

/** The quota is half a core. */
const HALF_CORE = {low: 0.45, high: 0.55};
const WINDOW_MS = 6000;
const ATTEMPTS = 8;
/** cAdvisor waits one to two seconds between samples of one cgroup, so this brings 12 at the least. */
const BACKFILL_MS = 25_000;

const signal = new AbortController().signal;

describe.skipIf(isSkipped)('a real cAdvisor', () => {
	const targets: Target[] = [];
	let cadvisor: RunningCadvisor | undefined;
	let busy: BusyCgroup | undefined;
	let startedAtMs = 0;

	beforeAll(async () => {
		if (binary === undefined || obstacle !== undefined) {
			throw new Error(obstacle);
		}

		busy = await startBusyCgroup();
		cadvisor = await startCadvisor(binary);
		startedAtMs = Date.now();
	});

	afterAll(async () => {
		await Promise.all(targets.map(target => target.close()));
		await cadvisor?.stop();
		await busy?.stop();
	});

	const open = (): Target => {
		const target = cadvisorTarget({url: cadvisor?.url ?? '', timeoutMs: 60_000});
		targets.push(target);
		return target;
	};

	test('shows that a container held to half a core uses half a core', {timeout: 90_000}, async () => {
		const target = open();
		const store = new Store({capacity: 120, staleAfterMs: 60_000});
		store.addNode(target.id, target.name);
		const visit = async () => {
			const {readings} = await target.scrape(signal);
			store.apply(target.id, readings, {kind: 'waiting'});
			return readings.at(-1)?.containers.some(({id}) => id === busy?.path);
		};
		await expect.poll(visit, {timeout: 20_000, interval: 500}).toBe(true);

		// Other work on a small machine can keep the process from its half, so a window may have to be taken again.
		const seen: Array<number | undefined> = [];
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			await delay(WINDOW_MS);
			await visit();
			const cores = store.find('containers', `${target.id}/${busy?.path}`, 'live', Date.now())?.cpuCores;
			seen.push(cores);
			if (cores !== undefined && cores >= HALF_CORE.low && cores <= HALF_CORE.high) {
				break;
			}
		}

		expect(seen.at(-1), `of ${seen.join(', ')}`).toBeGreaterThanOrEqual(HALF_CORE.low);
		expect(seen.at(-1), `of ${seen.join(', ')}`).toBeLessThanOrEqual(HALF_CORE.high);
	});

	test('gives at the first visit what it kept from before', {timeout: 60_000}, async () => {
		await delay(Math.max(startedAtMs + BACKFILL_MS - Date.now(), 0));
		const {readings, route} = await open().scrape(signal);
		const stamps = readings.map(({receivedAtMs}) => receivedAtMs);
		expect(route).toBe('cadvisor v2.1');
		expect(readings.length).toBeGreaterThan(10);
		expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
	});
});
