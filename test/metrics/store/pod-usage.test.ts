import {describe, expect, test} from 'vitest';
import type {ContainerReading, PodReading} from '../../../source/metrics/model/reading.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {inventoryOf, nodeInfo} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, memoryReading, nodeReading, podReading, reading} from '../readings.ts';

const POD = {uid: 'uid-web', namespace: 'shop', name: 'web'};
const WINDOW = {endMs: 10_000, points: 2, stepMs: 1000};

const container = (name: string, known: Partial<ContainerReading> = {}): ContainerReading =>
	containerReading(name, {
		pod: POD,
		cpu: cpuReading({timeMs: 10_000, usageCores: 0.1}),
		memory: memoryReading({timeMs: 10_000, workingSetBytes: 100, usageBytes: 120, rssBytes: 80}),
		...known,
	});

function storeOf(containers: readonly ContainerReading[], pods: readonly PodReading[]): Store {
	const store = new Store({capacity: 10, staleAfterMs: 30_000});
	store.addNode('n', 'n');
	store.apply('n', [reading(10_000, {pods, containers})], LIVE);
	return store;
}

function rowsOf(containers: readonly ContainerReading[], pods: readonly PodReading[] = []) {
	const store = storeOf(containers, pods);
	return {
		pod: store.view({level: 'pods'}, 'live', 10_000).rows.at(0),
		namespace: store.view({level: 'namespaces'}, 'live', 10_000).rows.at(0),
		node: store.view({level: 'nodes'}, 'live', 10_000).rows.at(0),
	};
}

describe('a pod of which the node reports only the containers', () => {
	const SUM = {
		cpuCores: 0.2,
		memoryWorkingSetBytes: 200,
		memoryUsageBytes: 240,
		memoryRssBytes: 160,
		receivedAtMs: 10_000,
		containerCount: 2,
		summed: {cpu: true, memory: true},
	};

	test('is their sum where it is listed without figures', () => {
		const {pod, namespace} = rowsOf([container('a'), container('b')], [podReading('shop', 'web')]);
		expect(pod).toMatchObject(SUM);
		expect(namespace).toMatchObject({podCount: 1, cpuCores: 0.2, memoryWorkingSetBytes: 200});
	});

	test('is their sum where it is not listed at all, and is counted', () => {
		const {pod, namespace, node} = rowsOf([container('a'), container('b')]);
		expect(pod).toMatchObject({namespace: 'shop', name: 'web', ...SUM});
		expect(namespace).toMatchObject({podCount: 1, cpuCores: 0.2});
		expect(node?.podCount).toBe(1);
	});

	test('has their sum in its rings', () => {
		const store = storeOf([container('a'), container('b')], []);
		const [row] = store.rows('pods', {}, 'live', 10_000);
		const history = row && store.history(row, 'cpuCores', WINDOW);
		expect(history?.at(-1)).toBeCloseTo(0.2);
	});

	test('has no sum of a figure that one of them lacks', () => {
		const noRate = container('b', {cpu: cpuReading({timeMs: 10_000, usageCoreNanoseconds: 1e9})});
		expect(rowsOf([container('a'), noRate]).pod).toMatchObject({
			cpuCores: undefined,
			memoryWorkingSetBytes: 200,
			summed: {cpu: false, memory: true},
		});
	});

	test('does without those of which nothing was measured, since they have ended', () => {
		const ended = container('init', {cpu: undefined, memory: undefined});
		expect(rowsOf([container('a'), ended]).pod).toMatchObject({cpuCores: 0.1, containerCount: 2});
	});
});

describe('a pod that the node reports', () => {
	test('keeps its own figures, which hold more than the containers', () => {
		const cpu = cpuReading({timeMs: 10_000, usageCores: 0.5});
		const memory = memoryReading({timeMs: 10_000, workingSetBytes: 700});
		expect(rowsOf([container('a')], [podReading('shop', 'web', {cpu, memory})]).pod).toMatchObject({
			cpuCores: 0.5,
			memoryWorkingSetBytes: 700,
			summed: {cpu: false, memory: false},
		});
	});

	test('is the sum of its containers where it says 0 and they do not', () => {
		const cpu = cpuReading({timeMs: 10_000, usageCores: 0, usageCoreNanoseconds: 5e9});
		const memory = memoryReading({timeMs: 10_000, workingSetBytes: 0, usageBytes: 5});
		expect(rowsOf([container('a')], [podReading('shop', 'web', {cpu, memory})]).pod).toMatchObject({
			cpuCores: 0.1,
			memoryWorkingSetBytes: 100,
			memoryUsageBytes: 120,
		});
	});

	test('is idle where its containers are', () => {
		const cpu = cpuReading({timeMs: 10_000, usageCores: 0, usageCoreNanoseconds: 5e9});
		const idle = container('a', {cpu});
		expect(rowsOf([idle], [podReading('shop', 'web', {cpu})]).pod?.cpuCores).toBe(0);
	});
});

describe('the node’s cores', () => {
	/** A pod whose counter grows by so many seconds in 10 s. */
	const usedAfter = (seconds: number, stampResolutionMs: number, isListed: boolean) => {
		const capacity = {...nodeInfo('n').capacity, cpuCores: 2};
		const store = new Store({
			capacity: 10,
			staleAfterMs: 30_000,
			inventory: isListed ? inventoryOf([nodeInfo('n', {capacity})], [], {listed: []}) : undefined,
		});
		store.addNode('n', 'n');
		for (const [timeMs, usedS] of [
			[10_000, 0],
			[20_000, seconds],
			[60_000, seconds + 4],
		] as const) {
			const cpu = cpuReading({timeMs, usageCoreNanoseconds: (100 + usedS) * 1e9});
			store.apply(
				'n',
				[
					reading(timeMs, {
						stampResolutionMs,
						node: nodeReading({cpuCapacityCores: isListed ? undefined : 2}),
						pods: [podReading('shop', 'web', {cpu})],
					}),
				],
				LIVE,
			);
		}

		const [row] = store.rows('pods', {}, 'live', 60_000);
		const window = {endMs: 60_000, points: 6, stepMs: 10_000};
		const known = [...((row && store.history(row, 'cpuCores', window)) ?? [])].filter(cores => cores > 0);
		return known.map(cores => Math.round(cores * 100) / 100);
	};

	test.each([true, false])('are the most that a pod uses, from the inventory or the node (%s)', isListed => {
		// A leap of 75 s in 10 s is another counter, and no rate is taken over it later either.
		expect(usedAfter(75, 1, isListed)).toEqual([0.1]);
		// Stamps of whole seconds are imprecise by a tenth.
		expect(Math.max(...usedAfter(22, 1000, isListed))).toBe(2);
		expect(Math.max(...usedAfter(19, 1, isListed))).toBe(1.9);
	});
});
