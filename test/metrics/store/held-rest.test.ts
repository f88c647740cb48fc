import {describe, expect, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import type {Level} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {recorded} from '../../scrape/kubelet/recorded-kubelet.ts';
import {LIVE} from '../node-states.ts';

const START = Date.parse('2026-11-23T09:30:00Z');
const HOLDS_MS = 120_000;
const UNITS = 1e9;

/** A kubelet's answer at a second after the start, of steady load: half a core, 1 kB received and 2 kB sent a second. */
function summaryAt(second: number, change: {readonly bootedS?: number; readonly psi?: boolean} = {}) {
	const time = new Date(START + second * 1000).toISOString();
	const {bootedS = 10_000, psi = false} = change;
	const up = second + bootedS;
	const stall = (total: number) => (psi ? {psi: {some: {total, avg10: total}, full: {total, avg10: 0}}} : {});
	const cpu = {time, usageCoreNanoSeconds: up * 0.5 * UNITS, ...stall(3)};
	const memory = {time, workingSetBytes: 5e6 + second, ...stall(4)};
	const network = (share: number) => ({
		time,
		name: 'eth0',
		rxBytes: up * 1000 * share,
		txBytes: up * 2000 * share,
		interfaces: [{name: 'eth0', rxBytes: up * 1000 * share, txBytes: up * 2000 * share}],
	});
	const disk = {time, capacityBytes: 1000, availableBytes: 400, usedBytes: 600};
	const startTime = new Date(START - bootedS * 1000).toISOString();
	return {
		node: {
			nodeName: 'n1',
			startTime,
			cpu,
			memory,
			io: stall(5),
			network: network(1),
			fs: disk,
			rlimit: {time, curproc: 321},
			swap: {time, swapUsageBytes: 7},
		},
		pods: [
			{
				podRef: {name: 'web', namespace: 'shop', uid: 'u1'},
				startTime,
				cpu,
				memory,
				io: stall(6),
				network: network(0.5),
				volume: [{...disk, name: 'data', pvcRef: {namespace: 'shop', name: 'claim'}}],
				'ephemeral-storage': disk,
				process_stats: {process_count: 9},
				containers: [{name: 'app', startTime, cpu, memory, io: stall(7), rootfs: disk, logs: disk}],
			},
		],
	};
}

const full = (second: number, change = {}): Reading =>
	decodeSummary(JSON.stringify(summaryAt(second, change)), START + second * 1000);

/** The same with `?only_cpu_and_memory=true`, where the node's start is another by a second, as recorded. */
function light(second: number, {restHoldsMs = HOLDS_MS, ...change}: Record<string, unknown> = {}): Reading {
	const {node, pods} = summaryAt(second, change);
	const startTime = new Date(Date.parse(node.startTime) + 1000).toISOString();
	const body = {
		node: {nodeName: node.nodeName, startTime, cpu: node.cpu, memory: node.memory},
		pods: pods.map(({podRef, startTime, cpu, memory, containers}) => ({
			podRef,
			startTime,
			cpu,
			memory,
			containers: containers.map(({name, startTime, cpu, memory}) => ({name, startTime, cpu, memory})),
		})),
	};
	return {
		...decodeSummary(JSON.stringify(body), START + second * 1000),
		restHoldsMs: restHoldsMs as number,
	};
}

function storeOf(readings: readonly Reading[]): Store {
	const store = new Store({capacity: 50, staleAfterMs: 30_000});
	store.addNode('n1', 'n1');
	for (const reading of readings) {
		store.apply('n1', [reading], LIVE);
	}

	return store;
}

function rowOf(store: Store, level: Level, second: number) {
	return store.view({level}, 'live', START + second * 1000).rows.at(0);
}

const FULL_ONES = [0, 10, 20, 30, 40].map(second => full(second, {psi: true}));

describe('a reading of CPU and memory alone', () => {
	test.each<[Level, Record<string, unknown>]>([
		[
			'nodes',
			{
				cpuCores: 0.5,
				memoryWorkingSetBytes: 5e6 + 50,
				rxBytesPerSecond: 1000,
				txBytesPerSecond: 2000,
				networkWindowMs: 40_000,
				filesystemFullRatio: 0.6,
				fullestFilesystem: 'nodefs',
				interfaces: [{name: 'eth0', rxBytesPerSecond: 1000, txBytesPerSecond: 2000}],
				swapUsageBytes: 7,
				processCount: 321,
				pressure: {cpuSomePercent: 3, memorySomePercent: 4, ioSomePercent: 5},
				startTimeMs: START - 10_000_000,
				restReceivedAtMs: START + 40_000,
				receivedAtMs: START + 50_000,
			},
		],
		[
			'pods',
			{
				cpuCores: 0.5,
				memoryWorkingSetBytes: 5e6 + 50,
				rxBytesPerSecond: 500,
				txBytesPerSecond: 1000,
				ephemeralStorageUsedBytes: 600,
				processCount: 9,
				pressure: {ioSomePercent: 6},
				volumes: [{name: 'data', usedBytes: 600, claim: {name: 'claim'}}],
			},
		],
		[
			'containers',
			{
				cpuCores: 0.5,
				memoryWorkingSetBytes: 5e6 + 50,
				rootFilesystemUsedBytes: 600,
				logUsedBytes: 600,
				pressure: {ioSomePercent: 7},
			},
		],
		['namespaces', {cpuCores: 0.5, rxBytesPerSecond: 500, txBytesPerSecond: 1000}],
		['workloads', {cpuCores: 0.5, rxBytesPerSecond: 500, txBytesPerSecond: 1000}],
	])('leaves what it does not have of %s as the last full one had it', (level, expected) => {
		expect(rowOf(storeOf([...FULL_ONES, light(50, {psi: true})]), level, 50)).toMatchObject(expected);
	});

	test('leaves the sums of the cluster as they were', () => {
		const before = storeOf(FULL_ONES).cluster('live', START + 40_000);
		const after = storeOf([...FULL_ONES, light(50)]).cluster('live', START + 50_000);
		for (const figure of ['cpuCores', 'rxBytesPerSecond', 'txBytesPerSecond', 'fullestFilesystem'] as const) {
			expect(after[figure]).toEqual(before[figure]);
		}

		expect(after.rxBytesPerSecond).toBe(1000);
	});

	test('leaves no gap in the past', () => {
		const store = storeOf([...FULL_ONES, light(50), light(60), light(70)]);
		const row = rowOf(store, 'pods', 70);
		const past =
			row && store.history(row, 'rxBytesPerSecond', {points: 4, stepMs: 10_000, endMs: START + 80_000});
		expect([...(past ?? [])]).toEqual([500, 500, 500, 500]);
	});

	test('holds the rest no longer than it says', () => {
		const held = [50, 60, 70].map(second => light(second, {restHoldsMs: 25_000}));
		const store = storeOf([...FULL_ONES, ...held]);
		expect(rowOf(store, 'nodes', 70)).toMatchObject({
			cpuCores: 0.5,
			rxBytesPerSecond: undefined,
			networkWindowMs: undefined,
			filesystemFullRatio: undefined,
			interfaces: undefined,
			processCount: undefined,
			restReceivedAtMs: undefined,
		});
		expect(rowOf(store, 'pods', 70)).toMatchObject({cpuCores: 0.5, rxBytesPerSecond: undefined, volumes: []});
	});

	test('holds nothing before there is a full one', () => {
		const store = storeOf([light(0), light(10), light(40)]);
		expect(rowOf(store, 'nodes', 40)).toMatchObject({
			cpuCores: 0.5,
			rxBytesPerSecond: undefined,
			processCount: undefined,
		});
	});

	test('holds nothing that the last full one did not have', () => {
		const {network: _network, ...node} = summaryAt(50).node;
		const poor = decodeSummary(JSON.stringify({...summaryAt(50), node}), START + 50_000);
		expect(rowOf(storeOf([...FULL_ONES, poor, light(60)]), 'nodes', 60)).toMatchObject({
			rxBytesPerSecond: undefined,
			processCount: 321,
		});
	});

	test('among full ones makes no rate jump, at any second', () => {
		const readings = [
			...FULL_ONES,
			...[50, 60, 70, 80, 90].map(second => light(second)),
			full(100),
			light(110),
		];
		const store = storeOf([]);
		for (const reading of readings) {
			store.apply('n1', [reading], LIVE);
			const second = (reading.receivedAtMs - START) / 1000;
			for (const level of ['nodes', 'pods', 'containers'] as const) {
				expect([second, level, rowOf(store, level, second)]).toMatchObject([
					second,
					level,
					{cpuCores: second < 10 ? undefined : 0.5},
				]);
			}

			const traffic = second < 10 ? undefined : 1000;
			expect(rowOf(store, 'nodes', second)).toMatchObject({
				rxBytesPerSecond: traffic,
				startTimeMs: START - 10_000_000,
			});
			expect(rowOf(store, 'pods', second)).toMatchObject({rxBytesPerSecond: traffic && traffic / 2});
		}

		expect(rowOf(store, 'nodes', 100)).toMatchObject({
			interfaces: [{name: 'eth0', rxBytesPerSecond: 1000, txBytesPerSecond: 2000}],
		});
	});

	test('knows a node that was booted since', () => {
		const store = storeOf([...FULL_ONES, light(70, {bootedS: -55})]);
		expect(rowOf(store, 'nodes', 70)).toMatchObject({startTimeMs: START + 56_000, cpuCores: undefined});
	});

	// But for a job that had ended when that one was recorded.
	test('that was recorded of a real kubelet keeps network, disks and volumes of its full ones', () => {
		const [one, other] = ['summary-1.json', 'summary-3.json'].map(file =>
			decodeSummary(recorded(file), Date.now()),
		);
		const atMs = Date.parse('2026-11-23T09:40:00Z');
		const store = storeOf([]);
		for (const [index, reading] of [one, other].entries()) {
			store.apply(
				'n1',
				reading === undefined ? [] : [{...reading, receivedAtMs: atMs + index * 40_000}],
				LIVE,
			);
		}

		const figures = () =>
			(['nodes', 'pods', 'containers'] as const).map(level =>
				store
					.view({level, sort: {column: 'name', isDescending: false}}, 'live', atMs + 90_000)
					.rows.filter(({name}) => !name.startsWith('tick'))
					.map(row => [
						row.name,
						'rxBytesPerSecond' in row ? row.rxBytesPerSecond : undefined,
						'filesystems' in row ? row.filesystems : undefined,
						'volumes' in row ? row.volumes : undefined,
						'processCount' in row ? row.processCount : undefined,
						'swapUsageBytes' in row && row.swapUsageBytes !== undefined,
						'ephemeralStorageUsedBytes' in row ? row.ephemeralStorageUsedBytes : undefined,
						'startTimeMs' in row ? row.startTimeMs : undefined,
					]),
			);
		const before = figures();
		const short = decodeSummary(recorded('summary-cpumem-1.json'), atMs + 80_000);
		store.apply('n1', [{...short, restHoldsMs: HOLDS_MS}], LIVE);
		expect(figures()).toEqual(before);
	});
});
