import type {ClusterRow} from '../model/row.ts';

/** The figures over the whole cluster that are unknown, as the head of the screen calls them, each with the reason. */
export function missingOfCluster(
	cluster: ClusterRow,
	hasInventory: boolean,
): ReadonlyArray<readonly [figure: string, reason: string]> {
	const isRead = cluster.nodesRead + cluster.nodesStored > 0;
	const unread = isRead ? undefined : 'no node has been read';
	const {requests, limits, allocatable} = cluster;
	const unlisted = hasInventory
		? requests.cpuCores === undefined
			? 'not all pods may be listed'
			: allocatable.cpuCores === undefined
				? 'not all nodes may be listed'
				: undefined
		: 'only an API server tells it, and none is asked';
	const figures: ReadonlyArray<readonly [figure: string, value: number | undefined, reason: string]> = [
		['CPU', cluster.cpuCores, unread ?? 'a rate takes two samples, and the second is still to come'],
		['MEM', cluster.memoryWorkingSetBytes, unread ?? 'no node tells it'],
		['NET', cluster.rxBytesPerSecond, unread ?? 'no node tells it, or the second sample is still to come'],
		['FS', cluster.fullestFilesystem?.usedRatio, unread ?? 'no node that was read tells its file systems'],
		['cores of all', cluster.cpuCapacityCores, unread ?? 'not every node tells how many it has'],
		['memory of all', cluster.memoryCapacityBytes, unread ?? 'not every node tells how much it has'],
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
