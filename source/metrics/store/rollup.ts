import {isBound, isRunning, runningContainers} from '../model/counts.ts';
import {fullestOf, fullness} from '../model/fullness.ts';
import {isFinished, type PodInfo} from '../model/inventory.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {lastingContainers} from '../model/pod-limits.ts';
import type {ClusterRow, ContainerRow, NamespaceRow, NodeRow, PodRow} from '../model/row.ts';
import {BoundPodsSum, UNKNOWN_AMOUNTS} from './bound-pods.ts';

/** Sums known values; undefined if there is none. */
class Sum {
	/** A number at all times: V8 allocates a new one for each value of a field that is undefined at first. */
	#sum = 0;
	#isKnown = false;

	add(value: number | undefined): void {
		if (value !== undefined) {
			this.#sum += value;
			this.#isKnown = true;
		}
	}

	get total(): number | undefined {
		return this.#isKnown ? this.#sum : undefined;
	}
}

/**
 * The cluster as the sum of its nodes. Only nodes that `isFresh` says have a recent sample count, in the usage and in
 * the capacity alike, so that a percentage never divides one set of nodes by another.
 */
export function clusterTotals(nodes: Iterable<NodeRow>, isFresh: (row: NodeRow) => boolean): ClusterRow {
	const cpu = new Sum();
	const cpuCapacity = new Sum();
	const memory = new Sum();
	const memoryCapacity = new Sum();
	const rx = new Sum();
	const tx = new Sum();
	let count = 0;
	let read = 0;
	let stored = 0;
	const running = new Sum();
	const containers = new Sum();
	let isCpuCapacityKnown = true;
	let isMemoryCapacityKnown = true;
	const allocatableCores = new Sum();
	const allocatableBytes = new Sum();
	const bound = new BoundPodsSum();
	let virtual = 0;
	let ready = 0;
	let isInventoried = true;
	let isBoundKnown = true;
	let isPast = false;
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
		cpu.add(node.cpuCores);
		memory.add(node.memoryWorkingSetBytes);
		rx.add(node.rxBytesPerSecond);
		tx.add(node.txBytesPerSecond);
		cpuCapacity.add(node.cpuCapacityCores);
		memoryCapacity.add(node.memoryCapacityBytes);
		isCpuCapacityKnown &&= node.cpuCapacityCores !== undefined || node.cpuCores === undefined;
		isMemoryCapacityKnown &&=
			node.memoryCapacityBytes !== undefined || node.memoryWorkingSetBytes === undefined;
		const usedRatio = node.filesystemFullRatio;
		if (usedRatio !== undefined && usedRatio > (fullest?.usedRatio ?? -1)) {
			fullest = {node: node.name, name: node.fullestFilesystem ?? '', usedRatio};
		}
	}

	const {requests, limits, pods: boundPods} = bound.total();
	const isJoined = count > 0 && isBoundKnown;
	return {
		kind: 'cluster',
		nodes: count,
		nodesRead: read,
		nodesStored: stored,
		nodesVirtual: virtual,
		nodesReady: count > 0 && isInventoried ? ready : undefined,
		// Bound pods are only known for now.
		pods: isJoined && !isPast ? boundPods : running.total,
		podsAre: isJoined && !isPast ? 'bound' : 'running',
		containers: containers.total,
		cpuCores: cpu.total,
		cpuCapacityCores: isCpuCapacityKnown ? cpuCapacity.total : undefined,
		memoryWorkingSetBytes: memory.total,
		memoryCapacityBytes: isMemoryCapacityKnown ? memoryCapacity.total : undefined,
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

/** Pods summed by namespace, as Heapster did. hostNetwork pods show the node's traffic and are in no network sum. */
export function rollUpNamespaces(
	pods: Iterable<PodRow>,
	containers: Iterable<ContainerRow>,
	hasAllPods: (namespace: string) => boolean,
): readonly NamespaceRow[] {
	const sums = new Map<string, NamespaceSums>();
	const of = (namespace: string): NamespaceSums => {
		const known = sums.get(namespace) ?? new NamespaceSums();
		sums.set(namespace, known);
		return known;
	};

	for (const pod of pods) {
		of(pod.namespace).add(pod);
	}

	for (const container of containers) {
		if (container.pod !== undefined) {
			of(container.pod.namespace).addContainer(container);
		}
	}

	return [...sums].map(([name, namespace]) => namespace.row(name, hasAllPods(name)));
}

class NamespaceSums {
	#podCount = 0;
	readonly #containers = new Sum();
	readonly #bound = new BoundPodsSum();
	readonly #cpu = new Sum();
	readonly #memory = new Sum();
	readonly #rss = new Sum();
	readonly #rx = new Sum();
	readonly #tx = new Sum();
	readonly #restarts = new Sum();
	readonly #oomKilled = new Sum();
	readonly #errors = new Sum();
	readonly #ephemeral = new Sum();
	readonly #limited = {cpuCores: 0, memoryBytes: 0, of: 0};
	#fullestVolumeRatio: number | undefined;

	add(pod: PodRow): void {
		this.#podCount += Number(isBound(pod));
		// 0 running containers is a known number.
		this.#containers.add(runningContainers(pod) === undefined ? undefined : 0);
		if (pod.info !== undefined && !isFinished(pod.info)) {
			this.#bound.add(pod.info);
			this.#countLimits(pod.info);
		}

		this.#cpu.add(pod.cpuCores);
		this.#memory.add(pod.memoryWorkingSetBytes);
		this.#rss.add(pod.memoryRssBytes);
		if (!pod.isHostNetwork) {
			this.#rx.add(pod.rxBytesPerSecond);
			this.#tx.add(pod.txBytesPerSecond);
			this.#errors.add(networkErrorsOf(pod));
		}

		this.#restarts.add(pod.info?.restarts);
		this.#oomKilled.add(pod.info && killedForMemory(pod.info.containers).length);
		this.#ephemeral.add(pod.ephemeralStorageUsedBytes);
		const volume = fullestOf(pod.volumes);
		const full = volume && fullness(volume);
		if (full !== undefined && full > (this.#fullestVolumeRatio ?? -1)) {
			this.#fullestVolumeRatio = full;
		}
	}

	addContainer(container: ContainerRow): void {
		this.#containers.add(isRunning(container) ? 1 : undefined);
	}

	/** A pod-level limit counts as a limit of each of its containers. */
	#countLimits({containers, isLimited}: PodInfo): void {
		for (const {limits} of lastingContainers(containers)) {
			this.#limited.of++;
			this.#limited.cpuCores += Number(isLimited.cpu || limits.cpuCores !== undefined);
			this.#limited.memoryBytes += Number(isLimited.memory || limits.memoryBytes !== undefined);
		}
	}

	row(name: string, isComplete: boolean): NamespaceRow {
		return {
			kind: 'namespace',
			id: `namespace/${name}`,
			name,
			podCount: this.#podCount,
			containerCount: this.#containers.total,
			cpuCores: this.#cpu.total,
			memoryWorkingSetBytes: this.#memory.total,
			memoryRssBytes: this.#rss.total,
			rxBytesPerSecond: this.#rx.total,
			txBytesPerSecond: this.#tx.total,
			bound: isComplete ? this.#bound.total() : undefined,
			limited: {...this.#limited},
			restarts: this.#restarts.total,
			oomKilled: this.#oomKilled.total,
			networkErrorsPerSecond: this.#errors.total,
			ephemeralStorageUsedBytes: this.#ephemeral.total,
			fullestVolumeRatio: this.#fullestVolumeRatio,
		};
	}
}
