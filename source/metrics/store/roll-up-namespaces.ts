import {isRunning} from '../model/counts.ts';
import {namespaceKey, namespaceOfKey} from '../model/namespace-key.ts';
import type {ContainerRow, NamespaceRow, PodRow} from '../model/row.ts';
import {PodsSum} from '../rollups/pods-sum.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {HasAllPods} from './cluster-joins.ts';

/** Pods summed by namespace, as Heapster did. hostNetwork pods show the node's traffic and are in no network sum. */
export function* namespacesInSteps(
	pods: Iterable<PodRow>,
	containers: Iterable<ContainerRow>,
	hasAllPods: HasAllPods,
): Steps<readonly NamespaceRow[]> {
	const sums = new Map<string, {readonly cluster: string | undefined; readonly sum: PodsSum}>();
	const of = (namespace: string, cluster: string | undefined): PodsSum => {
		const key = namespaceKey(namespace, cluster);
		const known = sums.get(key);
		if (known !== undefined) {
			return known.sum;
		}

		const sum = new PodsSum();
		sums.set(key, {cluster, sum});
		return sum;
	};

	let count = 0;
	for (const pod of pods) {
		of(pod.namespace, pod.cluster).add(pod);
		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	for (const container of containers) {
		if (container.pod !== undefined) {
			of(container.pod.namespace, container.cluster).addContainers(isRunning(container) ? 1 : undefined);
		}

		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return [...sums].map(([key, {cluster, sum}]) => {
		const name = cluster === undefined ? key : namespaceOfKey(key);
		return {
			kind: 'namespace',
			id: idOfNamespace(key),
			cluster,
			name,
			...sum.total(hasAllPods(name, cluster)),
		};
	});
}

/** The id of the row of a namespace, see `namespaceKey`. */
export function idOfNamespace(key: string): string {
	return `namespace/${key}`;
}

/** The same at once. */
export function rollUpNamespaces(
	pods: Iterable<PodRow>,
	containers: Iterable<ContainerRow>,
	hasAllPods: HasAllPods,
): readonly NamespaceRow[] {
	return atOnce(namespacesInSteps(pods, containers, hasAllPods));
}
