import {setTimeout} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type DemoCluster, startDemo} from '../../../source/demo/demo-cluster.ts';
import {prometheusStore} from '../../../source/history/prometheus/store.ts';
import {type HistorySubject, subjectKey} from '../../../source/history/store/history-request.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import type {Usage} from '../../../source/metrics/model/row.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {kubeletTarget} from '../../../source/scrape/kubelet/target.ts';
import {context} from '../../scrape/scrape-context.ts';
import {hasPrometheus, type PrometheusServer, startPrometheus} from './prometheus-server.ts';

/** Three nodes have none of the faults, for there are too few to deal them out to. */
const OPTIONS = {nodes: 3, pods: 36, seed: 3};

/**
 * Kubelets sample every 10 s, each object at a moment of its own, and stamp what they give. A rate over 20 s has two
 * samples in it from half a minute on.
 */
const SCRAPE_INTERVAL_MS = 5000;
const SCRAPING_MS = 34_000;
const VISIT_MS = 3000;

/**
 * What live ktop saw while the store was filled bounds what the store may say: its rate is a mean over 20 s of what live
 * readings are means of 10 s, and its sizes are means over 25 s of the same samples. Beyond the least and the most that
 * were seen lies what happened between two readings, and what `rate` guesses at the ends of its window (half a sample at
 * each).
 */
const TOLERANCE = {cpuCores: 0.1, memoryWorkingSetBytes: 0.01} as const;

/** A pod is the sum of its containers to the store; live it is a control group, in which its sandbox is too. */
const SANDBOX_BYTES = 288 * 1024;

type Value = keyof typeof TOLERANCE;
type Seen = Map<string, Record<Value, number[]>>;

describe.skipIf(!hasPrometheus)('a demo cluster that a real Prometheus scrapes', () => {
	let demo: DemoCluster;
	let server: PrometheusServer;
	let store: HistoryStore;
	const seen: Seen = new Map();
	/** All samples up to then were seen, and scraped since. */
	let seenMs = 0;
	const {signal} = new AbortController();

	beforeAll(async () => {
		demo = await startDemo(OPTIONS);
		server = await startPrometheus(demo.nodes);
		store = prometheusStore({
			url: server.url,
			login: undefined,
			headers: [],
			timeoutMs: 60_000,
			labels: {},
			matchers: undefined,
			scrapeIntervalMs: SCRAPE_INTERVAL_MS,
		});
		seenMs = await watchLive(demo, seen, signal);
	}, SCRAPING_MS + 60_000);
	afterAll(async () => {
		await store?.close();
		server?.close();
		await demo?.close();
	});

	function expectSeen(subject: HistorySubject, value: Value, past: number | undefined): void {
		const live = seen.get(subjectKey(subject))?.[value] ?? [];
		expect(live.length).toBeGreaterThan(0);
		const lacking = subject.kind === 'pod' && value === 'memoryWorkingSetBytes' ? SANDBOX_BYTES : 0;
		const least = (Math.min(...live) - lacking) * (1 - TOLERANCE[value]);
		expect(past, subjectKey(subject)).toBeGreaterThanOrEqual(least);
		expect(past, subjectKey(subject)).toBeLessThanOrEqual(Math.max(...live) * (1 + TOLERANCE[value]));
	}

	const subjectsOf = (kind: 'node' | 'pod'): readonly HistorySubject[] =>
		[...seen.keys()].flatMap((key): HistorySubject[] => {
			const [of, first = '', second = ''] = key.split(' ');
			return of !== kind
				? []
				: [kind === 'node' ? {kind, name: first} : {kind, namespace: first, name: second}];
		});

	test.each([
		['node', 'cpuCores'],
		['node', 'memoryWorkingSetBytes'],
		['pod', 'memoryWorkingSetBytes'],
	] as const)('has of each %s the %s that was seen live', async (kind, value) => {
		const subjects = subjectsOf(kind);
		expect(subjects).toHaveLength(kind === 'node' ? OPTIONS.nodes : OPTIONS.pods);
		const endMs = Math.floor(seenMs / 10_000) * 10_000;
		const range = {startMs: endMs - 60_000, endMs, stepMs: 10_000};
		const points = await store.series({kind, subjects, series: value, range}, signal);
		expect(points.size).toBe(subjects.length);
		for (const subject of subjects) {
			expectSeen(subject, value, points.get(subjectKey(subject))?.at(-1)?.value);
		}
	});

	test('has at this moment every node with its capacities, and every pod on its node', async () => {
		const atMs = seenMs;
		const nodes = await store.moment({kind: 'node', atMs, lookBackMs: 60_000}, signal);
		expect(nodes.map(({node}) => node).toSorted()).toEqual(demo.nodes.map(({name}) => name));
		for (const {subject, timeMs, values} of nodes) {
			expectSeen(subject, 'memoryWorkingSetBytes', values.memoryWorkingSetBytes);
			expectSeen(subject, 'cpuCores', values.cpuCores);
			expect(values.cpuCapacityCores).toBeGreaterThan(values.cpuCores ?? Number.NaN);
			expect(values.memoryCapacityBytes).toBeGreaterThan(values.memoryWorkingSetBytes ?? Number.NaN);
			expect(values.rxBytesPerSecond).toBeGreaterThan(0);
			expect(values.filesystemUsedBytes).toBeGreaterThan(0);
			expect(atMs - timeMs).toBeLessThan(30_000);
		}

		const pods = await store.moment({kind: 'pod', atMs, lookBackMs: 60_000}, signal);
		expect(pods.map(({subject}) => subjectKey(subject)).toSorted()).toEqual(
			subjectsOf('pod').map(subjectKey).toSorted(),
		);
		const names: ReadonlyArray<string | undefined> = demo.nodes.map(({name}) => name);
		expect(pods.every(({node}) => names.includes(node))).toBe(true);
	});
});

/**
 * Reads the kubelets as ktop does, again and again, notes what its tables would show, and gives the time when it began
 * to read them last.
 */
async function watchLive(demo: DemoCluster, seen: Seen, signal: AbortSignal): Promise<number> {
	const live = new Store({capacity: 100, staleAfterMs: 30_000});
	const targets = demo.nodes.map(({name, url}) => ({
		name,
		target: kubeletTarget({url, name}),
	}));
	for (const {name, target} of targets) {
		live.addNode(target.id, name);
	}

	const endMs = Date.now() + SCRAPING_MS;
	let visitMs = Date.now();
	while (visitMs < endMs) {
		visitMs = Date.now();
		for (const {target} of targets) {
			const {readings} = await target.scrape(context({signal}));
			live.apply(target.id, readings, {kind: 'waiting'});
		}

		for (const row of live.view({level: 'nodes'}, 'live', Date.now()).rows) {
			note(seen, {kind: 'node', name: row.name}, row);
		}

		for (const row of live.view({level: 'pods'}, 'live', Date.now()).rows) {
			note(seen, {kind: 'pod', namespace: row.namespace, name: row.name}, row);
		}

		await setTimeout(VISIT_MS);
	}

	await Promise.all(targets.map(({target}) => target.close()));
	return visitMs;
}

function note(seen: Seen, subject: HistorySubject, {cpuCores, memoryWorkingSetBytes}: Usage): void {
	const key = subjectKey(subject);
	const known = seen.get(key) ?? {cpuCores: [], memoryWorkingSetBytes: []};
	seen.set(key, known);
	if (cpuCores !== undefined) {
		known.cpuCores.push(cpuCores);
	}

	if (memoryWorkingSetBytes !== undefined) {
		known.memoryWorkingSetBytes.push(memoryWorkingSetBytes);
	}
}
