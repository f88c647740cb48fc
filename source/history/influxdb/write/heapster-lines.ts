import type {ContainerReading, PodReading, Reading} from '../../../metrics/model/reading.ts';
import type {ContainerRow, NodeRow, PodRow} from '../../../metrics/model/row.ts';
import {BoundPodsSum} from '../../../metrics/rollups/bound-pods.ts';
import {HeapsterPoints, type HeapsterWriter, type NamespaceSums, plus} from './heapster-points.ts';
import {type LineBatch, LineBuffer} from './line-protocol.ts';

/** Rows of the nodes that were scraped in one round. */
export type RoundRows = {
	readonly nodes: readonly NodeRow[];
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
	/** The newest reading of each node, by the node's id. */
	readonly readings: ReadonlyMap<string, Reading>;
	/**
	 * False while the API server is unavailable. Pods that no kubelet reports may be gone by then, and sums of requests
	 * and limits may be outdated, so neither is written.
	 */
	readonly isInventoryCurrent: boolean;
};

export type HeapsterRoundOptions = HeapsterWriter & {
	/** False for a shard. Sums of namespaces and of the cluster need all nodes, so a shard does not write them. */
	readonly isWhole: boolean;
};

/** InfluxDB's own advice (docs.influxdata.com, optimize writes): five to ten thousand lines a request. */
const LINES_A_BATCH = 5000;

/**
 * One round in line protocol, with Heapster's schema, in batches that are made when they are asked for, so that the lines
 * of many nodes are never in memory at once. All points carry the time at which the round was due, as in Heapster
 * (metrics/manager: a batch has one timestamp).
 */
export function* heapsterLines(
	rows: RoundRows,
	timeMs: number,
	options: HeapsterRoundOptions,
): Generator<LineBatch> {
	const lines = new LineBuffer(timeMs);
	const points = new HeapsterPoints(options, lines);
	const isFull = (): boolean => lines.lines >= LINES_A_BATCH;
	const namespaces = new Map<string, Sums>();
	const cluster = new Sums();
	const readings = new ReadingIndex(rows.readings);
	for (const node of rows.nodes) {
		const row = rows.isInventoryCurrent ? node : {...node, bound: undefined};
		points.node(row, rows.readings.get(node.id)?.node, timeMs);
		if (isFull()) {
			yield lines.take();
		}
	}

	for (const pod of rows.pods) {
		if (!rows.isInventoryCurrent && !readings.reports(pod)) {
			continue;
		}

		points.pod(pod, readings.pod(pod), timeMs);
		const sums = namespaces.get(pod.namespace) ?? new Sums();
		namespaces.set(pod.namespace, sums);
		sums.add(pod);
		cluster.add(pod);
		if (isFull()) {
			yield lines.take();
		}
	}

	for (const container of rows.containers) {
		const reading = readings.container(container);
		if (reading !== undefined || rows.isInventoryCurrent) {
			points.container(container, reading, timeMs);
		}

		if (isFull()) {
			yield lines.take();
		}
	}

	if (options.isWhole) {
		const total = (sums: Sums): NamespaceSums => ({
			...sums.total(),
			...(rows.isInventoryCurrent ? {} : {claims: undefined}),
		});
		for (const [name, sums] of namespaces) {
			points.namespace(name, total(sums));
		}

		points.cluster(total(cluster));
	}

	if (lines.lines > 0) {
		yield lines.take();
	}
}

/** Finds the reading of a row by node, pod and container name. */
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

	/** True if the kubelet reports the pod or one of its containers. */
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
