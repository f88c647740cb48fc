import {namespaceKey} from '../model/namespace-key.ts';
import type {NamespaceRow} from '../model/row.ts';
import type {Tracked} from '../rates/tracked.ts';
import {ROWS_A_STEP, type Steps} from '../view/in-turns.ts';
import type {NodeRecord} from './node-record.ts';

export type PodOnNode = {readonly node: NodeRecord; readonly pod: Tracked<'pod'>};

/** Pods that nodes report by their namespaces: a page of namespaces would else look at each pod once a line. */
export class NamespacePods {
	readonly #nodes: () => Iterable<NodeRecord>;
	#known: {readonly version: number; readonly pods: ReadonlyMap<string, readonly PodOnNode[]>} | undefined;

	constructor(nodes: () => Iterable<NodeRecord>) {
		this.#nodes = nodes;
	}

	/** Whether pods were looked for at a version. */
	isKnown(version: number): boolean {
		return this.#known?.version === version;
	}

	/** As of the first question at a version. */
	*of({name, cluster}: Pick<NamespaceRow, 'name' | 'cluster'>, version: number): Steps<readonly PodOnNode[]> {
		if (this.#known?.version !== version) {
			this.#known = {version, pods: yield* this.#index()};
		}

		return this.#known.pods.get(namespaceKey(name, cluster)) ?? [];
	}

	*#index(): Steps<ReadonlyMap<string, readonly PodOnNode[]>> {
		const byNamespace = new Map<string, PodOnNode[]>();
		let count = 0;
		for (const node of this.#nodes()) {
			for (const pod of node.pods.values()) {
				const key = namespaceKey(pod.row.namespace, node.cluster);
				const pods = byNamespace.get(key);
				if (pods === undefined) {
					byNamespace.set(key, [{node, pod}]);
				} else {
					pods.push({node, pod});
				}

				if (++count % ROWS_A_STEP === 0) {
					yield;
				}
			}
		}

		return byNamespace;
	}
}
