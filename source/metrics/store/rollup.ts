import {inCluster} from '../model/cluster-of-row.ts';
import type {ClusterRow, NodeRow} from '../model/row.ts';
import {BoundPodsSum, UNKNOWN_AMOUNTS} from '../rollups/bound-pods.ts';
import {Sum} from '../rollups/sum.ts';

/** What of the row of a node is in the sums. */
export type NodeOfCluster = Pick<
	NodeRow,
	| 'bound'
	| 'cluster'
	| 'containerCount'
	| 'cpuCapacityCores'
	| 'cpuCores'
	| 'filesystemFullRatio'
	| 'fullestFilesystem'
	| 'info'
	| 'isFrozen'
	| 'memoryCapacityBytes'
	| 'memoryWorkingSetBytes'
	| 'name'
	| 'podCount'
	| 'receivedAtMs'
	| 'rxBytesPerSecond'
	| 'state'
	| 'txBytesPerSecond'
>;

/**
 * The cluster as the sum of its nodes. Only nodes that `isFresh` says have a recent sample count, in the usage and in
 * the capacity alike, so that a percentage never divides one set of nodes by another. `isComplete` says that without nodes
 * there are none, rather than that they are unknown.
 */
export function clusterTotals<Node extends NodeOfCluster>(
	nodes: Iterable<Node>,
	isFresh: (row: Node) => boolean,
	isComplete = false,
): ClusterRow {
	const cpu = new UsageOfCapacity();
	const memory = new UsageOfCapacity();
	const rx = new Sum();
	const tx = new Sum();
	let count = 0;
	let read = 0;
	let stored = 0;
	const running = new Sum();
	const containers = new Sum();
	const allocatableCores = new Sum();
	const allocatableBytes = new Sum();
	const bound = new BoundPodsSum();
	let virtual = 0;
	let ready = 0;
	let isInventoried = true;
	let isBoundKnown = true;
	let isPast = false;
	let isFrozen = false;
	let fullest: ClusterRow['fullestFilesystem'];
	for (const node of nodes) {
		count++;
		const {info} = node;
		allocatableCores.add(info?.allocatable.cpuCores);
		allocatableBytes.add(info?.allocatable.memoryBytes);
		ready += Number(info?.readiness === 'Ready');
		isInventoried &&= info !== undefined;
		isBoundKnown &&= node.bound !== undefined;
		isPast ||= node.state.kind === 'past';
		isFrozen ||= node.isFrozen === true;
		if (node.bound !== undefined) {
			bound.addPods(node.bound);
		}

		if (!isFresh(node)) {
			virtual += Number(info?.isVirtual === true);
			continue;
		}

		stored += Number(node.state.kind === 'stored');
		read += Number(node.state.kind !== 'stored');
		running.add(node.podCount);
		containers.add(node.containerCount);
		cpu.add(node.cpuCores, node.cpuCapacityCores);
		memory.add(node.memoryWorkingSetBytes, node.memoryCapacityBytes);
		rx.add(node.rxBytesPerSecond);
		tx.add(node.txBytesPerSecond);
		const usedRatio = node.filesystemFullRatio;
		if (usedRatio !== undefined && usedRatio > (fullest?.usedRatio ?? -1)) {
			fullest = {node: inCluster(node.cluster, node.name), name: node.fullestFilesystem ?? '', usedRatio};
		}
	}

	const {requests, limits, pods: boundPods} = bound.total();
	const isKnown = count > 0 || isComplete;
	const isJoined = isKnown && isBoundKnown;
	return {
		kind: 'cluster',
		nodes: count,
		nodesRead: read,
		nodesStored: stored,
		nodesVirtual: virtual,
		nodesReady: isKnown && isInventoried ? ready : undefined,
		isFrozen: isFrozen || undefined,
		// Bound pods are only known for now.
		pods: isJoined && !isPast ? boundPods : running.total,
		podsAre: isJoined && !isPast ? 'bound' : 'running',
		containers: count === 0 && isComplete ? 0 : containers.total,
		cpuCores: cpu.usage,
		cpuCapacityCores: cpu.capacity,
		memoryWorkingSetBytes: memory.usage,
		memoryCapacityBytes: memory.capacity,
		rxBytesPerSecond: rx.total,
		txBytesPerSecond: tx.total,
		allocatable: isInventoried
			? {cpuCores: allocatableCores.total, memoryBytes: allocatableBytes.total}
			: UNKNOWN_AMOUNTS,
		requests: isJoined ? requests : UNKNOWN_AMOUNTS,
		limits: isJoined ? limits : UNKNOWN_AMOUNTS,
		fullestFilesystem: fullest,
	};
}

/** A sum of usage, and the capacity of the nodes that it is of; before the first usage, that of all. */
class UsageOfCapacity {
	readonly #usage = new Sum();
	readonly #capacityOfUsage = new Sum();
	readonly #capacity = new Sum();
	#isCapacityKnown = true;

	add(usage: number | undefined, capacity: number | undefined): void {
		this.#usage.add(usage);
		this.#capacity.add(capacity);
		if (usage !== undefined) {
			this.#capacityOfUsage.add(capacity);
			this.#isCapacityKnown &&= capacity !== undefined;
		}
	}

	get usage(): number | undefined {
		return this.#usage.total;
	}

	/** Undefined where one of the nodes in the usage does not have it. */
	get capacity(): number | undefined {
		if (this.#usage.total === undefined) {
			return this.#capacity.total;
		}

		return this.#isCapacityKnown ? this.#capacityOfUsage.total : undefined;
	}
}
