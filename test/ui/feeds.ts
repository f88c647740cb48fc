import type {NodeState} from '../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../source/metrics/model/route.ts';
import {publishedSource} from '../../source/metrics/store/published-source.ts';
import {Store} from '../../source/metrics/store/store.ts';
import type {Feed, PollingFeed} from '../../source/ui/feed.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../metrics/readings.ts';

export const NOW = 1_800_000_060_000;
export const LIVE: NodeState = {
	kind: 'live',
	route: parseRoute('summary'),
	latencyMs: 57,
	degraded: undefined,
};
const FORBIDDEN: NodeState = {
	kind: 'failed',
	failure: {
		code: 'forbidden',
		brief: '403 needs nodes/stats',
		message: 'kubelet https://10.0.0.9:10250 forbids ktop to get nodes/stats',
		hint: 'grant it in a ClusterRole',
	},
	sinceMs: NOW,
	attempts: 1,
	retryAtMs: NOW,
};

/** Two nodes with samples of a minute, the busier with two pods, and one that cannot be scraped. */
export function storeOf(busy: readonly [string, string] = ['alpha', 'beta']): Store {
	const store = new Store({capacity: 20, staleAfterMs: 30_000});
	const read = (id: string, cores: number, pods: readonly string[]): void => {
		store.addNode(id, id);
		const readings = [0, 1, 2, 3, 4, 5, 6].map(step => {
			const timeMs = NOW - 60_000 + step * 10_000;
			const cpu = cpuReading({timeMs, usageCores: cores});
			const memory = memoryReading({timeMs, workingSetBytes: cores * 2 ** 30, limitBytes: 4 * 2 ** 30});
			const network = networkReading({timeMs, rxBytes: step * 1e7, txBytes: step * 5e6});
			const references = pods.map(name => ({uid: `${id}-${name}`, namespace: 'shop', name}));
			return reading(timeMs, {
				node: nodeReading({cpu, memory, network, cpuCapacityCores: 4, memoryCapacityBytes: 4 * 2 ** 30}),
				pods: references.map(pod => podReading(pod.namespace, pod.name, {pod, cpu, memory, network})),
				containers: references.map(pod => containerReading(`${pod.name}-main`, {pod, cpu, memory})),
			});
		});
		store.apply(id, readings, LIVE);
	};

	read(busy[0], 3.8, ['web-1', 'web-2']);
	read(busy[1], 1, ['db-0']);
	store.addNode('gamma', 'gamma');
	store.setState('gamma', FORBIDDEN);
	return store;
}

export type TestFeed = Feed & {readonly change: () => void; readonly intervals: number[]};

type Known = Partial<Omit<Feed, 'polling'>> & {readonly polling?: Partial<PollingFeed> | undefined};

export function feedOf(store: Store, {polling, ...known}: Known = {}): TestFeed {
	const listeners = new Set<() => void>();
	const intervals = [10_000];
	return {
		source: publishedSource(
			() => store,
			() => store.version,
		),
		now: () => NOW,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		label: () => '3 kubelets',
		isDemo: false,
		hasInventory: () => false,
		past: undefined,
		notices: () => [],
		intervalMs: () => intervals.at(-1) ?? 0,
		staleAfterMs: () => 30_000,
		windowMs: 900_000,
		polling: {
			setIntervalMs: intervalMs => intervals.push(intervalMs),
			setVisibleNodes: () => {},
			setViewedNode: () => {},
			setProcesses: () => {},
			overrunMs: () => undefined,
			...polling,
		},
		intervals,
		change: () => {
			for (const listener of listeners) {
				listener();
			}
		},
		...known,
	};
}
