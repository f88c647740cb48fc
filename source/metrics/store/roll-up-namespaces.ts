import {isRunning} from '../model/counts.ts';
import type {ContainerRow, NamespaceRow, PodRow} from '../model/row.ts';
import {PodsSum} from '../rollups/pods-sum.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';

/** Pods summed by namespace, as Heapster did. hostNetwork pods show the node's traffic and are in no network sum. */
export function* namespacesInSteps(
	pods: Iterable<PodRow>,
	containers: Iterable<ContainerRow>,
	hasAllPods: (namespace: string) => boolean,
): Steps<readonly NamespaceRow[]> {
	const sums = new Map<string, PodsSum>();
	const of = (namespace: string): PodsSum => {
		const known = sums.get(namespace) ?? new PodsSum();
		sums.set(namespace, known);
		return known;
	};

	let count = 0;
	for (const pod of pods) {
		of(pod.namespace).add(pod);
		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	for (const container of containers) {
		if (container.pod !== undefined) {
			of(container.pod.namespace).addContainers(isRunning(container) ? 1 : undefined);
		}

		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return [...sums].map(([name, namespace]) => ({
		kind: 'namespace',
		id: `namespace/${name}`,
		name,
		...namespace.total(hasAllPods(name)),
	}));
}

/** The same at once. */
export function rollUpNamespaces(
	pods: Iterable<PodRow>,
	containers: Iterable<ContainerRow>,
	hasAllPods: (namespace: string) => boolean,
): readonly NamespaceRow[] {
	return atOnce(namespacesInSteps(pods, containers, hasAllPods));
}
