/**
 * The names of Heapster's InfluxDB schema (github.com/kubernetes-retired/heapster docs/storage-schema.md,
 * metrics/core/metrics.go and labels.go). ktop reads them as history, and `ktop record` writes them.
 */

/** Metric names, as Heapster calls them. CPU is in millicores, memory in bytes, traffic in bytes per second. */
export const HEAPSTER = {
	cpuUsage: 'cpu/usage',
	cpuUsageRate: 'cpu/usage_rate',
	cpuRequest: 'cpu/request',
	cpuLimit: 'cpu/limit',
	cpuNodeCapacity: 'cpu/node_capacity',
	cpuNodeAllocatable: 'cpu/node_allocatable',
	cpuNodeUtilization: 'cpu/node_utilization',
	cpuNodeReservation: 'cpu/node_reservation',
	memoryUsage: 'memory/usage',
	memoryWorkingSet: 'memory/working_set',
	memoryRss: 'memory/rss',
	memoryRequest: 'memory/request',
	memoryLimit: 'memory/limit',
	memoryPageFaults: 'memory/page_faults',
	memoryPageFaultsRate: 'memory/page_faults_rate',
	memoryMajorPageFaults: 'memory/major_page_faults',
	memoryMajorPageFaultsRate: 'memory/major_page_faults_rate',
	memoryNodeCapacity: 'memory/node_capacity',
	memoryNodeAllocatable: 'memory/node_allocatable',
	memoryNodeUtilization: 'memory/node_utilization',
	memoryNodeReservation: 'memory/node_reservation',
	networkRx: 'network/rx',
	networkRxRate: 'network/rx_rate',
	networkRxErrors: 'network/rx_errors',
	networkRxErrorsRate: 'network/rx_errors_rate',
	networkTx: 'network/tx',
	networkTxRate: 'network/tx_rate',
	networkTxErrors: 'network/tx_errors',
	networkTxErrorsRate: 'network/tx_errors_rate',
	filesystemUsage: 'filesystem/usage',
	filesystemLimit: 'filesystem/limit',
	filesystemAvailable: 'filesystem/available',
	filesystemInodes: 'filesystem/inodes',
	filesystemInodesFree: 'filesystem/inodes_free',
	ephemeralStorageUsage: 'ephemeral_storage/usage',
	ephemeralStorageNodeCapacity: 'ephemeral_storage/node_capacity',
	ephemeralStorageNodeAllocatable: 'ephemeral_storage/node_allocatable',
	ephemeralStorageNodeUtilization: 'ephemeral_storage/node_utilization',
	restartCount: 'restart_count',
	uptime: 'uptime',
} as const;

export type HeapsterMetric = (typeof HEAPSTER)[keyof typeof HEAPSTER];

export const HEAPSTER_TAGS = {
	type: 'type',
	cluster: 'cluster_name',
	node: 'nodename',
	namespace: 'namespace_name',
	pod: 'pod_name',
	container: 'container_name',
	image: 'container_base_image',
	labels: 'labels',
	resource: 'resource_id',
} as const;

/** Values of the tag `type`. */
export const HEAPSTER_TYPES = {
	cluster: 'cluster',
	node: 'node',
	namespace: 'ns',
	pod: 'pod',
	container: 'pod_container',
	systemContainer: 'sys_container',
} as const;

/** The retention policy that Heapster creates and writes to, even if it is not the database's default. */
export const HEAPSTER_POLICY = 'default';

/** Where a metric is stored: `cpu/usage_rate` `value`, or with `withfields=true` `cpu` `usage_rate`. */
export function heapsterField(
	metric: HeapsterMetric,
	hasFields: boolean,
): {readonly measurement: string; readonly field: string} {
	const slash = metric.indexOf('/');
	return hasFields && slash !== -1
		? {measurement: metric.slice(0, slash), field: metric.slice(slash + 1)}
		: {measurement: metric, field: 'value'};
}

/**
 * True if Heapster stores the metric as an integer. Rates and node metrics are floats, except `cpu/usage_rate`.
 * InfluxDB rejects a field whose type differs from the stored one.
 */
export function isHeapsterInteger(metric: HeapsterMetric): boolean {
	return metric === HEAPSTER.cpuUsageRate || !/_rate$|\/node_/.test(metric);
}
