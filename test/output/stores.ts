import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../metrics/readings.ts';

export const NOW = 1_800_000_000_000;

export const LIVE: NodeState = {
	kind: 'live',
	route: parseRoute('summary'),
	latencyMs: 57.1234,
	degraded: undefined,
};

export const FAILED: NodeState = {
	kind: 'failed',
	failure: {code: 'timeout', brief: 'timeout 10s', message: 'n3 did not answer', hint: 'check n3'},
	sinceMs: NOW,
	attempts: 1,
	retryAtMs: NOW,
};

/** Node b with all figures and two pods, node a with memory alone, node c that failed. */
export function storeOfThree(): Store {
	const store = new Store({capacity: 5, staleAfterMs: 30_000});
	for (const name of ['b', 'a', 'c']) {
		store.addNode(name, name);
	}

	const at = (timeMs: number, step: number) => {
		const cpu = cpuReading({timeMs, usageCores: 0.1 + 0.2});
		const memory = memoryReading({timeMs, workingSetBytes: 0, limitBytes: 100, rssBytes: 5});
		const network = networkReading({timeMs, rxBytes: step * 1000, txBytes: 0});
		const pods = ['web', 'db'].map(name => ({uid: name, namespace: 'shop', name}));
		return reading(timeMs, {
			node: nodeReading({cpu, memory, network, cpuCapacityCores: 2, memoryCapacityBytes: 1000}),
			pods: pods.map(pod => podReading('shop', pod.name, {pod, cpu, memory, network})),
			containers: pods.map(pod => containerReading('app', {pod, cpu, memory, cpuLimitCores: 1})),
		});
	};
	store.apply('b', [at(NOW - 10_000, 1), at(NOW, 2)], LIVE);
	const memory = memoryReading({timeMs: NOW - 60_000, workingSetBytes: 3 * 2 ** 20 - 1});
	store.apply('a', [reading(NOW - 60_000, {node: nodeReading({memory})})], LIVE);
	store.setState('c', FAILED);
	return store;
}
