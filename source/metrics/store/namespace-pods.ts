import type {Tracked} from '../rates/tracked.ts';
import type {NodeRecord} from './node-record.ts';

type PodOnNode = {readonly node: NodeRecord; readonly pod: Tracked<'pod'>};

/** Pods that nodes report by their namespaces: a page of namespaces would else look at each pod once a line. */
export class NamespacePods {
	readonly #nodes: () => Iterable<NodeRecord>;
	#known: {readonly version: number; readonly pods: ReadonlyMap<string, readonly PodOnNode[]>} | undefined;

	constructor(nodes: () => Iterable<NodeRecord>) {
		this.#nodes = nodes;
	}

	/** As of the first question at a version. */
	of(namespace: string, version: number): readonly PodOnNode[] {
		if (this.#known?.version !== version) {
			this.#known = {version, pods: this.#index()};
		}

		return this.#known.pods.get(namespace) ?? [];
	}

	#index(): ReadonlyMap<string, readonly PodOnNode[]> {
		const byNamespace = new Map<string, PodOnNode[]>();
		for (const node of this.#nodes()) {
			for (const pod of node.pods.values()) {
				const {namespace} = pod.row;
				const pods = byNamespace.get(namespace);
				if (pods === undefined) {
					byNamespace.set(namespace, [{node, pod}]);
				} else {
					pods.push({node, pod});
				}
			}
		}

		return byNamespace;
	}
}
