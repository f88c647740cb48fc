import {describe, expect, test} from 'vitest';
import {heapsterLines} from '../../../source/history/influxdb/write/heapster-lines.ts';
import {printableJson} from '../../../source/metrics/model/printable.ts';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {ThresholdWatch} from '../../../source/metrics/store/threshold-watch.ts';
import {takeSnapshot} from '../../../source/output/snapshot.ts';
import {linesOf} from '../../history/influxdb/write/line-batch.ts';
import {inventoryOf, nodeInfo} from '../../metrics/inventories.ts';
import {type Answer, replay, restart, restartOfOnePod} from './restarted-kubelet.ts';

const CORES = 2;
const NODE = 'kube-node-1';

/** A figure of one pod or namespace, wherever it is told. */
type Figure = {readonly atMs: number; readonly where: string; readonly name: string; readonly cores: number};

const inventory = () =>
	inventoryOf(
		[
			nodeInfo(NODE, {
				capacity: {...nodeInfo(NODE).capacity, cpuCores: CORES, memoryBytes: 25_276_063_744},
				allocatable: {...nodeInfo(NODE).allocatable, cpuCores: CORES, memoryBytes: 25_276_063_744},
			}),
		],
		[],
		{listed: []},
	);

/** All that ktop tells of pods and namespaces while a kubelet gives these answers: screen, NDJSON, record, rings, events. */
async function told(answers: readonly Answer[], hasInventory: boolean) {
	const store = new Store({
		capacity: 100,
		staleAfterMs: 30_000,
		inventory: hasInventory ? inventory() : undefined,
	});
	store.addNode('n', NODE);
	const watch = new ThresholdWatch();
	const figures: Figure[] = [];
	let lastMs = 0;
	for await (const {readings, atMs, route, latencyMs, degraded} of replay(answers)) {
		lastMs = atMs;
		store.apply('n', readings, {kind: 'live', route, latencyMs, degraded});
		watch.feed(store.watchedNodes(atMs), atMs);
		figures.push(...figuresOf(store, readings, atMs));
	}

	for (const level of ['pods', 'namespaces'] as const) {
		for (const row of store.rows(level, {}, 'live', lastMs)) {
			const window = {endMs: lastMs, points: 80, stepMs: 1000};
			for (const cores of store.history(row, 'cpuCores', window)) {
				if (!Number.isNaN(cores)) {
					figures.push({atMs: lastMs, where: 'ring', name: row.name, cores});
				}
			}
		}
	}

	return {figures, events: watch.events()};
}

function figuresOf(store: Store, readings: readonly Reading[], atMs: number): readonly Figure[] {
	const figures: Figure[] = [];
	const add = (where: string, name: string, cores: number | undefined): void => {
		if (cores !== undefined) {
			figures.push({atMs, where, name, cores});
		}
	};
	for (const level of ['pods', 'namespaces'] as const) {
		for (const row of store.view({level}, 'live', atMs).rows) {
			add('screen', row.name, row.cpuCores);
		}
	}

	const snapshot = JSON.parse(
		printableJson(
			takeSnapshot(store, {
				nowMs: atMs,
				sourceLabel: 'kubelet',
				context: undefined,
				kubernetesVersion: undefined,
				notices: [],
				isDemo: false,
				staleAfterMs: 30_000,
				level: 'pods',
				query: {},
			}),
		),
	);
	for (const {name, cpu} of [...snapshot.pods, ...snapshot.namespaces]) {
		add('ndjson', name, cpu?.usageCores);
	}

	const reading = readings.at(-1);
	const lines = linesOf(
		heapsterLines(
			{
				nodes: store.rows('nodes', {}, 'live', atMs),
				pods: store.rows('pods', {}, 'live', atMs),
				containers: [],
				readings: new Map(reading === undefined ? [] : [['n', reading]]),
				isInventoryCurrent: true,
			},
			atMs,
			{clusterName: 'default', hasFields: false, isWhole: true},
		),
	);
	for (const line of lines) {
		const [, name, milli] =
			/^cpu\/usage_rate,.*?(?:namespace_name|pod_name)=([^, ]+).* value=(\d+)i /.exec(line) ?? [];
		if (name !== undefined) {
			add('record', name, Number(milli) / 1000);
		}
	}

	return figures;
}

const highest = (figures: readonly Figure[]): number => Math.max(...figures.map(({cores}) => cores));

const WITH_AND_WITHOUT = [
	['with an inventory', true],
	['without one', false],
] as const;

describe('a kubelet that is started again', () => {
	test.each([1, 3, 10])('read every %i s, has no pod above the node’s cores and no event', async everyS => {
		const answers = restart();
		const startMs = answers[0]?.atMs ?? 0;
		const read = answers.filter(({atMs}) => ((atMs - startMs) / 1000) % everyS === 0);
		for (const [_, hasInventory] of WITH_AND_WITHOUT) {
			const {figures, events} = await told(read, hasInventory);
			expect(new Set(figures.map(({where}) => where))).toEqual(
				new Set(['screen', 'ndjson', 'record', 'ring']),
			);
			// All pods together used 0.3 cores all the while (the kubelet's system container `pods`).
			expect(highest(figures)).toBeLessThan(0.45);
			expect(events.map(({what, name}) => `${what} ${name}`)).toEqual([]);
		}
	});

	test.each(WITH_AND_WITHOUT)('takes no rate from one counter of a pod to another, %s', async (_, is) => {
		const {figures} = await told(restartOfOnePod(), is);
		expect(figures.length).toBeGreaterThan(0);
		for (const {cores} of figures) {
			expect(cores).toBeGreaterThan(0.02);
			expect(cores).toBeLessThan(0.03);
		}
	});

	test('has its pods measured all the while', async () => {
		const {figures} = await told(restart(), false);
		const agent = figures.filter(({name, where}) => where === 'screen' && name === 'node-agent-9cznd');
		expect(agent.length).toBe(restart().length);
		expect(Math.min(...agent.map(({cores}) => cores))).toBeGreaterThan(0.02);
		expect(highest(agent)).toBeLessThan(0.04);
	});
});
