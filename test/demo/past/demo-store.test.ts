import {describe, expect, test} from 'vitest';
import {bornAt, createCluster} from '../../../source/demo/model/cluster.ts';
import {amountOverall} from '../../../source/demo/model/container.ts';
import {demoStore} from '../../../source/demo/past/demo-store.ts';
import type {HistorySubject, SubjectKind} from '../../../source/history/store/history-request.ts';
import type {HistoryStore} from '../../../source/history/store/history-store.ts';
import type {SeriesName} from '../../../source/metrics/model/row.ts';

const OPTIONS = {nodes: 6, pods: 120, seed: 3};
const NOW_MS = Date.UTC(2026, 0, 5, 13, 0, 5);
const HOUR_MS = 3_600_000;
const {signal} = new AbortController();

const cluster = createCluster(OPTIONS, bornAt(NOW_MS));
const unread = [...cluster.faults].filter(([, fault]) => fault === 'hung' || fault === 'forbidden');
const readNames = cluster.nodeNames.filter(name => !unread.some(([node]) => node === name));

function storeOf(options = OPTIONS): HistoryStore {
	const store = demoStore(options, () => NOW_MS);
	if (store === undefined) {
		throw new Error('no past');
	}

	return store;
}

async function pointsOf(
	subject: HistorySubject,
	series: SeriesName,
	[startMs, endMs, stepMs] = [NOW_MS - HOUR_MS, NOW_MS, 30_000],
) {
	const found = await storeOf().series(
		{kind: subject.kind, subjects: [subject], series, range: {startMs, endMs, stepMs}},
		signal,
	);
	return [...found.values()].flat();
}

async function momentOf(kind: Exclude<SubjectKind, 'cluster' | 'namespace'>, nodes?: readonly string[]) {
	return storeOf().moment({kind, atMs: NOW_MS - HOUR_MS, lookBackMs: 60_000, nodes}, signal);
}

describe('the past of the demo', () => {
	test('has a point for each step of the hour before the start, the last up to now', async () => {
		const points = await pointsOf({kind: 'node', name: readNames[0] ?? ''}, 'cpuCores');
		expect(points).toHaveLength(121);
		expect(points.at(-1)?.timeMs).toBe(NOW_MS - (NOW_MS % 30_000));
	});

	test('has the means of the counters that the kubelets report', async () => {
		const [pod] = cluster.node(readNames[0] ?? '')?.pods ?? [];
		const [container] = pod?.containers ?? [];
		if (pod === undefined || container === undefined) {
			throw new Error('no pod');
		}

		const {namespace, name} = pod;
		const points = await pointsOf(
			{kind: 'container', namespace, pod: name, name: container.name},
			'cpuCores',
		);
		expect(points).not.toHaveLength(0);
		for (const {timeMs, value} of points.slice(0, -1)) {
			const [from, until] = [timeMs, timeMs + 30_000].map(at => amountOverall(container, container.cpu, at));
			expect(value).toBeCloseTo(((until ?? 0) - (from ?? 0)) / 30, 9);
		}
	});

	test.each<[SeriesName]>([['cpuCores'], ['memoryWorkingSetBytes'], ['txBytesPerSecond']])(
		'has the %s of the cluster as the sum of the nodes that can be read',
		async series => {
			const whole = await pointsOf({kind: 'cluster'}, series);
			const nodes = await Promise.all(cluster.nodeNames.map(name => pointsOf({kind: 'node', name}, series)));
			for (const [index, {value}] of whole.entries()) {
				expect(value).toBeCloseTo(
					nodes.reduce((sum, points) => sum + (points[index]?.value ?? 0), 0),
					3,
				);
			}
		},
	);

	test('has nothing of nodes that cannot be read', async () => {
		expect(unread).toHaveLength(2);
		for (const [name] of unread) {
			expect(await pointsOf({kind: 'node', name}, 'cpuCores')).toEqual([]);
		}

		expect((await momentOf('node')).map(({node}) => node)).toEqual(readNames);
		expect((await momentOf('pod')).filter(({node}) => !readNames.includes(node ?? ''))).toEqual([]);
	});

	test('has CPU and memory alone of a kubelet that reports nothing else', async () => {
		const name = [...cluster.faults].find(([, fault]) => fault === 'resource-only')?.[0] ?? '';
		const [entry] = await momentOf('node', [name]);
		expect(Object.keys(entry?.values ?? {})).toEqual(['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes']);
	});

	test('has the containers of the nodes asked for, at one moment', async () => {
		const [name = ''] = readNames;
		const containers = await momentOf('container', [name]);
		const [first] = containers;
		expect(new Set(containers.map(({node}) => node))).toEqual(new Set([name]));
		expect(first?.values.cpuCores).toBeGreaterThan(0);
		expect(first?.timeMs).toBe(NOW_MS - HOUR_MS);
	});

	test('begins with each pod', async () => {
		const pods = readNames.flatMap(name => cluster.node(name)?.pods ?? []);
		const youngest = pods.reduce((one, other) => (other.startMs > one.startMs ? other : one));
		const {namespace, name, startMs} = youngest;
		const range: [number, number, number] = [startMs - HOUR_MS, startMs + HOUR_MS, 60_000];
		const points = await pointsOf({kind: 'pod', namespace, name}, 'memoryWorkingSetBytes', range);
		expect(points.length).toBeGreaterThan(50);
		expect(points.filter(({timeMs}) => timeMs < startMs)).toEqual([]);
	});

	test.each([
		{nodes: 51, pods: 10},
		{nodes: 10, pods: 501},
	])('is left out of a large cluster: $nodes nodes, $pods pods', size => {
		expect(demoStore({...size, seed: 1})).toBeUndefined();
	});
});
