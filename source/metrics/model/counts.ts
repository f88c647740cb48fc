import {isFinished, type PodInfo} from './inventory.ts';
import {namespaceKey, namespaceOfKey} from './namespace-key.ts';
import type {PodCount} from './pod-count.ts';
import type {ContainerRow, NodeRow, PodRow} from './row.ts';

/** How many rows each table has; undefined where a store has not been asked for them. */
export type ListCounts = {
	readonly nodes: number;
	readonly pods: number | undefined;
	readonly containers: number | undefined;
	readonly namespaces: number | undefined;
};

/** Bound pods are only known for now, so rows of a past moment count pods that were running then. */
export function podsOn({bound, podCount, state}: NodeRow): PodCount | undefined {
	return bound !== undefined && state.kind !== 'past'
		? {count: bound.pods, are: 'bound'}
		: podCount === undefined
			? undefined
			: {count: podCount, are: 'running'};
}

/** Whether a pod is bound to a node and not finished. Without an API server every reported pod is. */
export function isBound({info}: {readonly info: PodInfo | undefined}): boolean {
	return info === undefined || (info.nodeName !== undefined && !isFinished(info));
}

export function isRunning({receivedAtMs, info}: ContainerRow): boolean {
	return receivedAtMs !== undefined || info?.state.kind === 'running';
}

/** By the containers that the node reports, or by the API server where it reports none of the pod. */
export function runningContainers({containerCount, info}: PodRow): number | undefined {
	return containerCount ?? info?.containers.filter(({state}) => state.kind === 'running').length;
}

/** Numbers of rows by the keys of their namespaces, so that tables are counted without making their rows. */
export type CountsByNamespace = ReadonlyMap<string, {readonly pods: number; readonly containers: number}>;

/** Containers in no pod, which are in no namespace. */
export const NO_NAMESPACE = '';

/** The sum of parts, of some namespaces where these are given. */
export function sumCounts(
	nodes: number,
	parts: Iterable<CountsByNamespace>,
	namespaces: readonly string[] | undefined,
): {readonly [Table in keyof ListCounts]: number} {
	let pods = 0;
	let containers = 0;
	const found = new Set<string>();
	for (const part of parts) {
		for (const [name, count] of namespaces === undefined ? part : only(part, namespaces)) {
			pods += count.pods;
			containers += count.containers;
			if (name !== NO_NAMESPACE) {
				found.add(name);
			}
		}
	}

	return {nodes, pods, containers, namespaces: found.size};
}

/** The counts of rows that exist already. */
export function countsOfRows(
	pods: Iterable<Pick<PodRow, 'namespace' | 'cluster'>>,
	containers: Iterable<Pick<ContainerRow, 'pod' | 'cluster'>>,
): CountsByNamespace {
	const counts = new Map<string, {pods: number; containers: number}>();
	const of = (key: string) => {
		const known = counts.get(key) ?? {pods: 0, containers: 0};
		counts.set(key, known);
		return known;
	};
	for (const pod of pods) {
		of(namespaceKey(pod.namespace, pod.cluster)).pods++;
	}

	for (const {pod, cluster} of containers) {
		of(pod === undefined ? NO_NAMESPACE : namespaceKey(pod.namespace, cluster)).containers++;
	}

	return counts;
}

function only(part: CountsByNamespace, namespaces: readonly string[]): CountsByNamespace {
	return new Map([...part].filter(([key]) => namespaces.includes(namespaceOfKey(key))));
}
