import {networkErrorsOf} from '../model/network-errors.ts';
import type {GroupRow, NodeRow} from '../model/row.ts';
import {BoundPodsSum} from './bound-pods.ts';
import {Sum} from './sum.ts';

export type GroupSums = Omit<GroupRow, 'kind' | 'id' | 'name' | 'text' | 'members'>;

/** A node that cannot be read is in no sum of usage. Requests and limits are known where those of each node are. */
export function sumNodes(nodes: readonly NodeRow[]): GroupSums {
	const bound = new BoundPodsSum();
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
		measured: undefined,
		limited: {cpuCores: 0, memoryBytes: 0, of: 0},
		restarts: undefined,
		oomKilled: undefined,
		networkErrorsPerSecond: errors.total,
		ephemeralStorageUsedBytes: undefined,
		fullestVolumeRatio: undefined,
	};
}
