import type {ContainerRow, PodRow, Usage} from './row.ts';

/**
 * Copies of rows, to be spread into others: the fields of a live row are getters of its class, which a spread leaves out.
 */
export function plainPod(row: PodRow): PodRow {
	return {
		kind: 'pod',
		id: row.id,
		cluster: row.cluster,
		nodeId: row.nodeId,
		node: row.node,
		namespace: row.namespace,
		name: row.name,
		uid: row.uid,
		isHostNetwork: row.isHostNetwork,
		isFrozen: row.isFrozen,
		ephemeralStorageUsedBytes: row.ephemeralStorageUsedBytes,
		volumes: [...row.volumes],
		containerCount: row.containerCount,
		summed: row.summed,
		info: row.info,
		...plainUsage(row),
	};
}

export function plainContainer(row: ContainerRow): ContainerRow {
	return {
		kind: 'container',
		id: row.id,
		cluster: row.cluster,
		nodeId: row.nodeId,
		node: row.node,
		pod: row.pod,
		name: row.name,
		containerKind: row.containerKind,
		image: row.image,
		isFrozen: row.isFrozen,
		cpuLimitCores: row.cpuLimitCores,
		memoryLimitBytes: row.memoryLimitBytes,
		throttledRatio: row.throttledRatio,
		rootFilesystemUsedBytes: row.rootFilesystemUsedBytes,
		logUsedBytes: row.logUsedBytes,
		podInfo: row.podInfo,
		info: row.info,
		...plainUsage(row),
	};
}

export function plainUsage(row: Usage): Usage {
	return {
		sampleTimeMs: row.sampleTimeMs,
		receivedAtMs: row.receivedAtMs,
		cpuWindowMs: row.cpuWindowMs,
		startTimeMs: row.startTimeMs,
		cpuCores: row.cpuCores,
		cpuSplit: row.cpuSplit,
		memoryWorkingSetBytes: row.memoryWorkingSetBytes,
		memoryUsageBytes: row.memoryUsageBytes,
		memoryRssBytes: row.memoryRssBytes,
		memoryCacheBytes: row.memoryCacheBytes,
		memoryAvailableBytes: row.memoryAvailableBytes,
		pageFaultsPerSecond: row.pageFaultsPerSecond,
		majorPageFaultsPerSecond: row.majorPageFaultsPerSecond,
		rxBytesPerSecond: row.rxBytesPerSecond,
		txBytesPerSecond: row.txBytesPerSecond,
		rxErrorsPerSecond: row.rxErrorsPerSecond,
		txErrorsPerSecond: row.txErrorsPerSecond,
		networkWindowMs: row.networkWindowMs,
		swapUsageBytes: row.swapUsageBytes,
		pressure: row.pressure,
		processCount: row.processCount,
	};
}
