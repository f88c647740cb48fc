import type {CpuSplit} from './cpu-split.ts';
import type {ExtendedAmounts} from './extended-resources.ts';
import type {ContainerInfo, NodeInfo, PodInfo, ResourceAmounts} from './inventory.ts';
import type {NodeState} from './node-state.ts';
import type {PodCount} from './pod-count.ts';
import type {Problem} from './problem.ts';
import type {
	ContainerKind,
	NamedFilesystemReading,
	PodReference,
	PressureReading,
	VolumeList,
} from './reading.ts';

/** The figures that every row has, at one moment. Unknown is `undefined`, never 0. */
export type Usage = {
	/** The source's own stamp of the newest CPU or memory sample. */
	readonly sampleTimeMs: number | undefined;
	/** ktop's clock when that sample arrived; ages are computed from it, so a wrong clock of a node does not matter. */
	readonly receivedAtMs: number | undefined;
	/** The time over which ktop measured `cpuCores`; undefined where the source measured it itself. */
	readonly cpuWindowMs: number | undefined;
	readonly startTimeMs: number | undefined;
	readonly cpuCores: number | undefined;
	/** In cores. */
	readonly cpuSplit: CpuSplit | undefined;
	readonly memoryWorkingSetBytes: number | undefined;
	readonly memoryUsageBytes: number | undefined;
	readonly memoryRssBytes: number | undefined;
	readonly memoryCacheBytes: number | undefined;
	readonly memoryAvailableBytes: number | undefined;
	readonly pageFaultsPerSecond: number | undefined;
	readonly majorPageFaultsPerSecond: number | undefined;
	readonly rxBytesPerSecond: number | undefined;
	readonly txBytesPerSecond: number | undefined;
	readonly rxErrorsPerSecond: number | undefined;
	readonly txErrorsPerSecond: number | undefined;
	/** Time over which the network rates were measured. */
	readonly networkWindowMs: number | undefined;
	readonly swapUsageBytes: number | undefined;
	readonly pressure: PressureReading | undefined;
	readonly processCount: number | undefined;
};

export type NodeRow = Usage & {
	readonly kind: 'node';
	/** The target's id. */
	readonly id: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	readonly name: string;
	readonly state: NodeState;
	readonly cpuCapacityCores: number | undefined;
	readonly memoryCapacityBytes: number | undefined;
	/** When network, file systems and volumes were received, where only CPU and memory were since. */
	readonly restReceivedAtMs?: number | undefined;
	readonly filesystems: readonly NamedFilesystemReading[];
	/** Name of the file system with the least room left, which the three figures below are of. */
	readonly fullestFilesystem: string | undefined;
	/** As the source reports it; for an image file system only the images. */
	readonly filesystemUsedBytes: number | undefined;
	/** See `fullness`. More than the share in use where the disk is shared. */
	readonly filesystemFullRatio: number | undefined;
	readonly filesystemCapacityBytes: number | undefined;
	/** Absent where the source does not tell cores, interfaces or disks apart. */
	readonly cores?: readonly CoreUsage[] | undefined;
	readonly interfaces?: readonly InterfaceUsage[] | undefined;
	readonly disks?: readonly DiskUsage[] | undefined;
	/** Running, as the node reports them; see `counts.ts`. */
	readonly podCount: number | undefined;
	readonly containerCount: number | undefined;
	/** The node in the inventory; undefined without an API server or without the right to list nodes. */
	readonly info: NodeInfo | undefined;
	/** The API server is out of reach or refuses: `info` is as it last was. */
	readonly isFrozen?: true | undefined;
	/** Sums over the unfinished pods bound to the node; unknown where not all of them may be listed. */
	readonly bound: BoundPods | undefined;
};

/** The share of time, 0 to 1, in which a core was busy. */
export type CoreUsage = {readonly name: string; readonly busyRatio: number | undefined};

export type InterfaceUsage = {
	readonly name: string;
	readonly rxBytesPerSecond: number | undefined;
	readonly txBytesPerSecond: number | undefined;
};

export type DiskUsage = {
	readonly name: string;
	readonly readBytesPerSecond: number | undefined;
	readonly writtenBytesPerSecond: number | undefined;
	/** The share of time, 0 to 1, in which at least one request was in flight. */
	readonly busyRatio: number | undefined;
};

/** Requests and limits summed over pods. */
export type BoundPods = {
	readonly pods: number;
	readonly requests: ResourceAmounts;
	/** Undefined where none requests any. */
	readonly extendedRequests?: ExtendedAmounts | undefined;
	/** The sum of the limits that are stated, undefined where none is: no bound where some pod has none. */
	readonly limits: ResourceAmounts;
};

export type PodRow = Usage & {
	readonly kind: 'pod';
	/** Unique: node id and the pod's uid where known. */
	readonly id: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	readonly nodeId: string;
	readonly node: string;
	readonly namespace: string;
	readonly name: string;
	readonly uid: string | undefined;
	readonly isHostNetwork: boolean;
	/** Known from what the API server said before it was out, and from nothing else: it may be gone. */
	readonly isFrozen?: true | undefined;
	readonly ephemeralStorageUsedBytes: number | undefined;
	readonly volumes: VolumeList;
	/** Running ones that the node reports; undefined where it reports none of the pod. */
	readonly containerCount: number | undefined;
	/** Which figures are the sum of its containers, since the node has none of the pod as a whole. */
	readonly summed: {readonly cpu: boolean; readonly memory: boolean};
	/** The API server's record of the pod; undefined without a server, without the right, or if it has none. */
	readonly info: PodInfo | undefined;
};

export type ContainerRow = Usage & {
	readonly kind: 'container';
	/** Unique: node id and the reading's container id. */
	readonly id: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	readonly nodeId: string;
	readonly node: string;
	readonly pod: PodReference | undefined;
	readonly name: string;
	readonly containerKind: ContainerKind;
	readonly image: string | undefined;
	readonly cpuLimitCores: number | undefined;
	readonly memoryLimitBytes: number | undefined;
	/** Share (0 to 1) of the scheduler periods since the previous sample that were throttled. */
	readonly throttledRatio: number | undefined;
	readonly rootFilesystemUsedBytes: number | undefined;
	readonly logUsedBytes: number | undefined;
	/** What the API server says of the pod around the container, and of the container. */
	readonly podInfo: PodInfo | undefined;
	readonly info: ContainerInfo | undefined;
	/** As that of a pod. */
	readonly isFrozen?: true | undefined;
};

/** Sums over pods, as Heapster made them of namespaces. hostNetwork pods are in no sum of traffic. */
export type PodSums = {
	/** Bound ones. */
	readonly podCount: number;
	/** Running ones; undefined where of none of its pods it is known. */
	readonly containerCount: number | undefined;
	readonly cpuCores: number | undefined;
	readonly memoryWorkingSetBytes: number | undefined;
	readonly memoryRssBytes: number | undefined;
	readonly rxBytesPerSecond: number | undefined;
	readonly txBytesPerSecond: number | undefined;
	/** Sums over the unfinished pods; unknown where not all of them may be listed. */
	readonly bound: BoundPods | undefined;
	/**
	 * The part of `bound` that those pods ask for whose usage is in the sums, CPU and memory each: usage is a share of that. A
	 * pod on a node that cannot be read would otherwise count as one that uses nothing.
	 */
	readonly measured: {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts};
	/** How many containers of these pods have a limit, and how many there are. */
	readonly limited: {readonly cpuCores: number; readonly memoryBytes: number; readonly of: number};
	/** Sum over its pods in the inventory. */
	readonly restarts: number | undefined;
	/** Containers that were OOM-killed when they last ended. */
	readonly oomKilled: number | undefined;
	/** Packets received and sent. */
	readonly networkErrorsPerSecond: number | undefined;
	readonly ephemeralStorageUsedBytes: number | undefined;
	/** How full the fullest volume of its pods is. */
	readonly fullestVolumeRatio: number | undefined;
};

export type NamespaceRow = PodSums & {
	readonly kind: 'namespace';
	readonly id: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	readonly name: string;
};

/** The pods of one controller, or one that has none. */
export type WorkloadRow = PodSums & {
	readonly kind: 'workload';
	readonly id: string;
	/** The name of its cluster, where several are read. */
	readonly cluster?: string | undefined;
	readonly namespace: string;
	readonly name: string;
	readonly workloadKind: string | undefined;
	/** The pods that are ready, of those that exist and are not finished; undefined without an API server. */
	readonly ready: {readonly pods: number; readonly of: number} | undefined;
	/** How many pods its controller wants; undefined where controllers are not read, or keep no number of pods. */
	readonly wantedPods: number | undefined;
	/** The creation of its controller, or else of its oldest pod. */
	readonly createdAtMs: number | undefined;
	/** The highest values of one pod. */
	readonly highest: {
		readonly cpuCores: number | undefined;
		readonly memoryBytes: number | undefined;
		/** Memory in use of the limit. */
		readonly memoryLimitRatio: number | undefined;
		/** The pod that uses the most memory. */
		readonly pod: string | undefined;
	};
	/** All of its pods, also finished ones. */
	readonly pods: readonly PodRow[];
};

/** Nodes or pods with the same text or label, summed. */
export type GroupRow = Omit<PodSums, 'podCount'> & {
	readonly kind: 'group';
	readonly id: string;
	/** The text; `no zone` where they have none. */
	readonly name: string;
	/** Undefined where they have none. */
	readonly text: string | undefined;
	/** Bound ones; of nodes, those that they report where pods are not listed. */
	readonly podCount: number | undefined;
	readonly members: readonly NodeRow[] | readonly PodRow[];
};

/** One line of a tree: an object, its depth, and whether its children are shown. */
export type TreeRow = {
	readonly kind: 'tree';
	readonly id: string;
	readonly name: string;
	readonly depth: number;
	/** Undefined where there is nothing in it. */
	readonly isOpen: boolean | undefined;
	readonly of: NodeRow | PodRow | ContainerRow | ProcessRow | NamespaceRow | GroupRow;
};

/** A process of a node, as long as processes are shown. */
export type ProcessRow = {
	readonly kind: 'process';
	readonly id: string;
	readonly nodeId: string;
	readonly node: string;
	readonly pid: number;
	readonly parentPid: number | undefined;
	readonly user: string | undefined;
	readonly name: string;
	readonly commandLine: string | undefined;
	/** The letter of `ps`. */
	readonly state: string | undefined;
	readonly startTimeMs: number | undefined;
	/** Since the sample before; from cAdvisor the mean since it was started. */
	readonly cpuCores: number | undefined;
	/** Resident memory. */
	readonly memoryRssBytes: number | undefined;
	/** Undefined for a process in no container. */
	readonly container: ContainerRow | undefined;
	readonly receivedAtMs: number;
};

/** Something that is wrong with an object now. */
export type ProblemRow = Problem & {
	readonly kind: 'problem';
	readonly id: string;
	/** The object's name with its namespace, and the container's where only one of a pod's has the problem. */
	readonly name: string;
	/** That of the pod, here as well since long lists are sorted by it; undefined of a node, and of a container in no pod. */
	readonly namespace: string | undefined;
	/** The name of the pod of a container that has the problem, for the same reason. */
	readonly pod: string | undefined;
	readonly of: NodeRow | PodRow | ContainerRow;
};

/** Sums over the nodes whose sample is fresh, and of how many nodes that is. */
export type ClusterRow = {
	readonly kind: 'cluster';
	readonly nodes: number;
	/** Nodes with a fresh sample: what the sums cover. */
	readonly nodesRead: number;
	/** Nodes that cannot be read, and are in the sums with what a store of the past had of them. */
	readonly nodesStored: number;
	/** Nodes without samples that have no kubelet (virtual-kubelet, Fargate): nothing is wrong with them. */
	readonly nodesVirtual: number;
	/** Nodes whose condition is Ready; undefined where nodes may not be listed. */
	readonly nodesReady: number | undefined;
	/** The API server is out of reach or refuses: `nodesReady` is as it last was. */
	readonly isFrozen?: true | undefined;
	/** Undefined where neither the API server nor any node that was read reports it. */
	readonly pods: number | undefined;
	/** The meaning of `pods`. */
	readonly podsAre: PodCount['are'];
	/** Running ones, of the nodes that were read; undefined where none was. */
	readonly containers: number | undefined;
	readonly cpuCores: number | undefined;
	readonly cpuCapacityCores: number | undefined;
	readonly memoryWorkingSetBytes: number | undefined;
	readonly memoryCapacityBytes: number | undefined;
	readonly rxBytesPerSecond: number | undefined;
	readonly txBytesPerSecond: number | undefined;
	/** What pods can have, of all nodes, read or not; and what the pods on them ask for. */
	readonly allocatable: ResourceAmounts;
	readonly requests: ResourceAmounts;
	readonly limits: ResourceAmounts;
	/** The node with the fullest file system. */
	readonly fullestFilesystem:
		| {readonly node: string; readonly name: string; readonly usedRatio: number}
		| undefined;
};

export type Row =
	| NodeRow
	| PodRow
	| ContainerRow
	| NamespaceRow
	| WorkloadRow
	| GroupRow
	| ProcessRow
	| TreeRow
	| ProblemRow;

/** Any row that does not stand for another one. */
export type ObjectRow = Exclude<Row, TreeRow | ProblemRow>;

/** What a page can be of: a row of a table, or all of them together. */
export type Subject = Row | ClusterRow;

/** Values that have a history; `SERIES_OF` has those of each kind of row. */
export type SeriesName =
	| 'cpuCores'
	| 'memoryWorkingSetBytes'
	| 'memoryRssBytes'
	| 'rxBytesPerSecond'
	| 'txBytesPerSecond'
	| 'filesystemUsedBytes'
	| 'throttledRatio';

/** Series kept only for rows of the past; no chart shows them. */
export type KeptName = SeriesName | 'filesystemFullRatio';
