import {isRunning} from '../model/counts.ts';
import {namespaceKey, namespaceOfKey} from '../model/namespace-key.ts';
import type {ContainerRow, NamespaceRow, PodRow} from '../model/row.ts';
import {type KnownPods, Numbered, onePart, type PodsOfPart, unknownPods} from '../rollups/known-pods.ts';
import {PodsSums} from '../rollups/pods-sums.ts';
import {atOnce, ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {HasAllPods} from './cluster-joins.ts';

/** Pods summed by namespace, as Heapster did. hostNetwork pods show the node's traffic and are in no network sum. */
export function* namespacesInSteps(
	parts: Iterable<PodsOfPart>,
	{factsOf}: Pick<KnownPods, 'factsOf'>,
	containers: Iterable<readonly ContainerRow[]>,
	hasAllPods: HasAllPods,
): Steps<readonly NamespaceRow[]> {
	const sums = new PodsSums();
	const namespaces = new Numbered();
	const clusters: Array<string | undefined> = [];
	let last:
		| {readonly namespace: string; readonly cluster: string | undefined; readonly number: number}
		| undefined;
	const numberOf = (namespace: string, cluster: string | undefined): number => {
		// Containers of a pod follow each other.
		if (last?.namespace !== namespace || last.cluster !== cluster) {
			const number = namespaces.of(namespaceKey(namespace, cluster));
			clusters[number] = cluster;
			last = {namespace, cluster, number};
		}

		return last.number;
	};
	let count = 0;
	for (const {pods, slots} of parts) {
		for (let place = 0; place < pods.length; place++) {
			const pod = pods[place];
			if (pod !== undefined) {
				sums.add(numberOf(pod.namespace, pod.cluster), pod, factsOf(pod, slots[place] ?? 0));
			}

			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}

	for (const rows of containers) {
		for (const row of rows) {
			if (row.pod !== undefined) {
				const number = numberOf(row.pod.namespace, row.cluster);
				sums.addContainers(number, isRunning(row) ? 1 : undefined);
			}

			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}

	return namespaces.texts.map((key, number) => {
		const cluster = clusters[number];
		const name = cluster === undefined ? key : namespaceOfKey(key);
		return {
			kind: 'namespace',
			id: idOfNamespace(key),
			cluster,
			name,
			...sums.total(number, hasAllPods(name, cluster)),
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
	return atOnce(namespacesInSteps(onePart(pods), unknownPods(), [[...containers]], hasAllPods));
}
