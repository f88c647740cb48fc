import type {ContainerReading, PodReading, Reading} from '../../../metrics/model/reading.ts';
import type {ContainerRow, NodeRow, PodRow} from '../../../metrics/model/row.ts';
import {BoundPodsSum} from '../../../metrics/store/bound-pods.ts';
import {HeapsterPoints, type HeapsterWriter, type NamespaceSums} from './heapster-points.ts';
import {lineOf, type Point} from './line-protocol.ts';

/** What one round of all nodes brought: the rows of the nodes that were read in it. */
export type RoundRows = {
	readonly nodes: readonly NodeRow[];
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
	/** The newest reading of each node, by the node's id. */
	readonly readings: ReadonlyMap<string, Reading>;
	/**
	 * Whether the API server tells who is there now. While it is out, pods that no node reports may be gone, and sums of
	 * what is claimed may be those of another time: they are not written.
	 */
	readonly isInventoryCurrent: boolean;
};

export type HeapsterRoundOptions = HeapsterWriter & {
	/** Whether all nodes are in the rows: a part of them has no sums of namespaces and of the cluster. */
	readonly isWhole: boolean;
};

/**
 * The lines that Heapster would write of a round, all at the time at which the round was due
 * (metrics/manager: a batch has one timestamp).
 */
export function heapsterLines(
	rows: RoundRows,
	timeMs: number,
	options: HeapsterRoundOptions,
): readonly string[] {
	const points = new HeapsterPoints(options);
	const lines: string[] = [];
	const add = (all: readonly Point[]): void => {
		for (const point of all) {
			const line = lineOf(point, timeMs);
			if (line !== undefined) {
				lines.push(line);
			}
		}
	};
	const namespaces = new Map<string, Sums>();
	const cluster = new Sums();
	const readings = new ReadingIndex(rows.readings);
	for (const node of rows.nodes) {
		const row = rows.isInventoryCurrent ? node : {...node, bound: undefined};
		add(points.node(row, rows.readings.get(node.id)?.node, timeMs));
	}

	for (const pod of rows.pods) {
		if (!rows.isInventoryCurrent && !readings.reports(pod)) {
			continue;
		}

		add(points.pod(pod, readings.pod(pod), timeMs));
		const sums = namespaces.get(pod.namespace) ?? new Sums();
		namespaces.set(pod.namespace, sums);
		sums.add(pod);
		cluster.add(pod);
	}

	for (const container of rows.containers) {
		const reading = readings.container(container);
		if (reading !== undefined || rows.isInventoryCurrent) {
			add(points.container(container, reading, timeMs));
		}
	}

	if (options.isWhole) {
		const total = (sums: Sums): NamespaceSums => ({
			...sums.total(),
			...(rows.isInventoryCurrent ? {} : {claims: undefined}),
		});
		for (const [name, sums] of namespaces) {
			add(points.namespace(name, total(sums)));
		}

		add(points.cluster(total(cluster)));
	}

	return lines;
}

/** Finds what a row is made of, by the names that it was made by. */
class ReadingIndex {
	readonly #pods = new Map<string, PodReading>();
	readonly #containers = new Map<string, ContainerReading>();
	readonly #reported = new Set<string>();

	constructor(readings: RoundRows['readings']) {
		for (const [nodeId, {pods, containers}] of readings) {
			for (const reading of pods) {
				this.#pods.set(keyOf(nodeId, reading.pod), reading);
				this.#reported.add(keyOf(nodeId, reading.pod));
			}

			for (const reading of containers) {
				this.#containers.set(keyOf(nodeId, reading.pod, reading.name), reading);
				this.#reported.add(keyOf(nodeId, reading.pod));
			}
		}
	}

	/** Whether the node told of the pod, or of a container of it. */
	reports(row: PodRow): boolean {
		return this.#reported.has(keyOf(row.nodeId, row));
	}

	pod(row: PodRow): PodReading | undefined {
		return this.#pods.get(keyOf(row.nodeId, row));
	}

	container(row: ContainerRow): ContainerReading | undefined {
		return this.#containers.get(keyOf(row.nodeId, row.pod, row.name));
	}
}

type PodName = {readonly namespace: string; readonly name: string};

function keyOf(nodeId: string, pod: PodName | undefined, container = ''): string {
	return `${nodeId} ${pod?.namespace ?? ''}/${pod?.name ?? ''}/${container}`;
}

class Sums {
	#cpuCores: number | undefined;
	#memoryUsageBytes: number | undefined;
	#claims: BoundPodsSum | undefined;

	add({cpuCores, memoryUsageBytes, info}: PodRow): void {
		this.#cpuCores = plus(this.#cpuCores, cpuCores);
		this.#memoryUsageBytes = plus(this.#memoryUsageBytes, memoryUsageBytes);
		if (info !== undefined) {
			this.#claims ??= new BoundPodsSum();
			this.#claims.add(info);
		}
	}

	total(): NamespaceSums {
		return {
			cpuCores: this.#cpuCores,
			memoryUsageBytes: this.#memoryUsageBytes,
			claims: this.#claims?.total(),
		};
	}
}

function plus(sum: number | undefined, more: number | undefined): number | undefined {
	return more === undefined ? sum : (sum ?? 0) + more;
}
