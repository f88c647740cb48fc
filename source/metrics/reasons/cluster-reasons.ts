import type {ClusterRow} from '../model/row.ts';

/** Answers for the figures at the head of the screen, over all nodes: which are unknown, and why? */
export function clusterReasons(
	cluster: ClusterRow,
	hasInventory: boolean,
): ReadonlyArray<readonly [figure: string, reason: string]> {
	const isRead = cluster.nodesRead + cluster.nodesStored > 0;
	const unread = isRead
		? undefined
		: cluster.nodes === 0 && cluster.nodesReady === 0
			? 'there is no node'
			: 'no node has been read';
	const {requests, limits, allocatable} = cluster;
	const unlisted = hasInventory
		? requests.cpuCores === undefined
			? 'not all pods may be listed'
			: allocatable.cpuCores === undefined && cluster.nodes > 0
				? 'not all nodes may be listed'
				: undefined
		: 'only an API server reports it, and none is read';
	const figures: ReadonlyArray<readonly [figure: string, value: number | undefined, reason: string]> = [
		['CPU', cluster.cpuCores, unread ?? 'a rate needs two samples, and there is only one yet'],
		['MEM', cluster.memoryWorkingSetBytes, unread ?? 'no node reports it'],
		['NET', cluster.rxBytesPerSecond, unread ?? 'no node reports it, or there is only one sample yet'],
		['FS', cluster.fullestFilesystem?.usedRatio, unread ?? 'no node that was read reports its file systems'],
		['cores of all', cluster.cpuCapacityCores, unread ?? 'not every node reports its number of cores'],
		['memory of all', cluster.memoryCapacityBytes, unread ?? 'not every node reports its memory size'],
		['req', unlisted === undefined ? requests.cpuCores : undefined, unlisted ?? ''],
		[
			'lim',
			unlisted === undefined ? (limits.cpuCores ?? limits.memoryBytes) : undefined,
			unlisted ?? 'no pod has a limit',
		],
	];
	return figures.flatMap(([figure, value, reason]) =>
		value === undefined ? [[figure, reason] as const] : [],
	);
}
