import type {ResourceAmounts} from '../model/inventory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import type {GroupRow, NodeRow} from '../model/row.ts';
import {BoundPodsSum} from './bound-pods.ts';
import {Sum} from './sum.ts';

export type GroupSums = Omit<GroupRow, 'kind' | 'id' | 'name' | 'text' | 'members'>;

/** A node that cannot be read is in no sum of usage. Requests and limits are known where those of each node are. */
export function sumNodes(nodes: readonly NodeRow[]): GroupSums {
	const bound = new BoundPodsSum();
	const [requests, limits] = [new MeasuredAmounts(), new MeasuredAmounts()];
	const [podCount, containers, cpu, memory, rss, rx, tx, errors] = [
		new Sum(),
		new Sum(),
		new Sum(),
		new Sum(),
		new Sum(),
		new Sum(),
		new Sum(),
		new Sum(),
	];
	for (const node of nodes) {
		podCount.add(node.bound?.pods ?? node.podCount);
		if (node.bound !== undefined) {
			bound.addPods(node.bound);
		}

		if (node.state.kind !== 'failed') {
			containers.add(node.containerCount);
			cpu.add(node.cpuCores);
			memory.add(node.memoryWorkingSetBytes);
			rss.add(node.memoryRssBytes);
			rx.add(node.rxBytesPerSecond);
			tx.add(node.txBytesPerSecond);
			errors.add(networkErrorsOf(node));
			requests.add(node, node.bound?.requests);
			limits.add(node, node.bound?.limits);
		}
	}

	return {
		podCount: podCount.total,
		containerCount: containers.total,
		cpuCores: cpu.total,
		memoryWorkingSetBytes: memory.total,
		memoryRssBytes: rss.total,
		rxBytesPerSecond: rx.total,
		txBytesPerSecond: tx.total,
		bound: nodes.every(node => node.bound !== undefined) ? bound.total() : undefined,
		measured: {requests: requests.total, limits: limits.total},
		limited: {cpuCores: 0, memoryBytes: 0, of: 0},
		restarts: undefined,
		oomKilled: undefined,
		networkErrorsPerSecond: errors.total,
		ephemeralStorageUsedBytes: undefined,
		fullestVolumeRatio: undefined,
	};
}

/** What the pods of nodes ask for: CPU of those whose usage of it is known, and memory likewise. */
class MeasuredAmounts {
	readonly #cpuCores = new Sum();
	readonly #memoryBytes = new Sum();

	add(
		{cpuCores, memoryWorkingSetBytes}: Pick<NodeRow, 'cpuCores' | 'memoryWorkingSetBytes'>,
		amounts: ResourceAmounts | undefined,
	): void {
		this.#cpuCores.add(cpuCores === undefined ? undefined : amounts?.cpuCores);
		this.#memoryBytes.add(memoryWorkingSetBytes === undefined ? undefined : amounts?.memoryBytes);
	}

	get total(): ResourceAmounts {
		return {cpuCores: this.#cpuCores.total, memoryBytes: this.#memoryBytes.total};
	}
}
