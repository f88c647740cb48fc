import type {CpuSplit} from './cpu-split.ts';

/**
 * What one scrape of one node returned, in one shape for every source: no later step knows whether a number came
 * from a kubelet, from cAdvisor or from /proc.
 *
 * Every field may be unknown, and unknown is `undefined`, never 0. `timeMs` is the source's own stamp (Unix
 * milliseconds), by which a sample is identified; it differs between the CPU, memory and network of one object and
 * between the objects of one node. Counters are cumulative since the object was created.
 */
export type Reading = {
	/** Undefined where the format carries no name (/metrics/resource, cAdvisor). */
	readonly nodeName: string | undefined;
	/** ktop's clock when the answer was complete. */
	readonly receivedAtMs: number;
	/** How coarse `timeMs` is: 1000 for /stats/summary, whose stamps are whole seconds while its counters move. */
	readonly stampResolutionMs: number;
	readonly node: NodeReading | undefined;
	readonly pods: readonly PodReading[];
	readonly containers: readonly ContainerReading[];
	/** Only where they were asked for: see `ScrapeContext.processes`. Never recorded. */
	readonly processes?: readonly ProcessReading[];
	/** True where the source cannot see pods and containers at all, so that none listed does not mean none there. */
	readonly isOfNodeAlone?: boolean;
	/**
	 * Set where only CPU and memory were asked for: network, file systems, volumes and counts of processes are those of the
	 * last full reading, unless that was received longer ago than this.
	 */
	readonly restHoldsMs?: number;
	/** Fields dropped one by one because they cannot be true (negative, not a number, 2^63 and above). */
	readonly rejectedValues: number;
};

export type NodeReading = {
	readonly startTimeMs: number | undefined;
	readonly cpu: CpuReading | undefined;
	readonly memory: MemoryReading | undefined;
	/** What went over the node's wires: each byte once, as `countedInterfaces` chooses. */
	readonly network: NetworkReading | undefined;
	/** `nodefs` and `imagefs` of a kubelet; devices or mount points elsewhere. The root file system comes first. */
	readonly filesystems: readonly NamedFilesystemReading[];
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	readonly cpuCapacityCores: number | undefined;
	readonly memoryCapacityBytes: number | undefined;
	readonly processCount: number | undefined;
	/** Each core by its number; absent where the source does not tell them apart. */
	readonly cores?: readonly CoreReading[];
	/** The interfaces that `network` sums; absent where the source does not tell them apart. */
	readonly interfaces?: readonly InterfaceReading[];
	/** Absent where the source does not count reads and writes. */
	readonly disks?: readonly DiskReading[];
};

export type CoreReading = {readonly name: string; readonly busyNanoseconds: number | undefined};

/** What a disk has counted since it appeared. */
export type DiskReading = {
	readonly name: string;
	readonly readBytes: number | undefined;
	readonly writtenBytes: number | undefined;
	/** The time in which at least one request was in flight. */
	readonly busyMs: number | undefined;
};

/** What an interface has counted since it came up. */
export type InterfaceReading = {
	readonly name: string;
	readonly rxBytes: number | undefined;
	readonly txBytes: number | undefined;
	readonly rxErrors: number | undefined;
	readonly txErrors: number | undefined;
};

export type ProcessReading = {
	readonly pid: number;
	readonly parentPid: number | undefined;
	readonly user: string | undefined;
	/** The name of its program, as the kernel has it: at most 15 bytes. */
	readonly name: string;
	/** The program and its arguments, which may be secrets; undefined where only names were asked for. */
	readonly commandLine: string | undefined;
	/** The letter of `ps`: R, S, D, Z, T or I. */
	readonly state: string | undefined;
	readonly startTimeMs: number | undefined;
	readonly cpuNanoseconds: number | undefined;
	/** The mean since it was started, where there is no counter (cAdvisor). */
	readonly meanCpuCores: number | undefined;
	readonly rssBytes: number | undefined;
	/** The path of its cgroup, which may lie below that of its container. */
	readonly cgroup: string | undefined;
};

/** Names a pod for people; `uid` is its identity. A static pod's uid from a kubelet is its config hash. */
export type PodReference = {
	readonly uid: string | undefined;
	readonly namespace: string;
	readonly name: string;
};

export type PodReading = {
	readonly pod: PodReference;
	readonly startTimeMs: number | undefined;
	readonly cpu: CpuReading | undefined;
	readonly memory: MemoryReading | undefined;
	readonly network: NetworkReading | undefined;
	/** True where the pod shares the node's network, so that its counters are the node's and must not be summed. */
	readonly isHostNetwork: boolean;
	readonly ephemeralStorage: FilesystemReading | undefined;
	readonly volumes: VolumeList;
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	readonly processCount: number | undefined;
};

/**
 * `container` is one a runtime started (in a pod or not), `system` one the kubelet or cAdvisor reports for the node's
 * own daemons (kubelet, runtime), `service` a systemd service.
 */
export type ContainerKind = 'container' | 'system' | 'service';

export type ContainerReading = {
	/** What tells those that are in no pod apart, and is the same at every read: mostly the cgroup's path. In a pod the name does. */
	readonly id: string;
	readonly kind: ContainerKind;
	readonly name: string;
	/** The path of its cgroup; absent where the source has none. */
	readonly cgroup?: string;
	readonly pod: PodReference | undefined;
	readonly image: string | undefined;
	readonly startTimeMs: number | undefined;
	readonly cpu: CpuReading | undefined;
	readonly memory: MemoryReading | undefined;
	/** Only where the container has an interface of its own (no pod around it). */
	readonly network: NetworkReading | undefined;
	readonly rootFilesystem: FilesystemReading | undefined;
	readonly logFilesystem: FilesystemReading | undefined;
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	/** From the CFS quota; undefined where there is no limit. */
	readonly cpuLimitCores: number | undefined;
	readonly processCount: number | undefined;
};

export type CpuReading = {
	readonly timeMs: number | undefined;
	/** A rate that the source measured over its own window (kubelet `usageNanoCores`, cAdvisor `cpu_inst`). */
	readonly usageCores: number | undefined;
	readonly usageCoreNanoseconds: number | undefined;
	/** In nanoseconds; absent where the source does not tell them apart, such as a kubelet. */
	readonly split?: CpuSplit | undefined;
	readonly throttling: ThrottlingReading | undefined;
};

/** CFS bandwidth control, cumulative: how many enforcement periods there were, and how many were cut short. */
export type ThrottlingReading = {
	/** Undefined where it was read together with the CPU time: then it has the same stamp. */
	readonly timeMs: number | undefined;
	readonly periods: number | undefined;
	readonly throttledPeriods: number | undefined;
	readonly throttledNanoseconds: number | undefined;
};

export type MemoryReading = {
	readonly timeMs: number | undefined;
	/** Usage less inactive file cache: what eviction and `kubectl top` look at. */
	readonly workingSetBytes: number | undefined;
	readonly usageBytes: number | undefined;
	readonly rssBytes: number | undefined;
	readonly cacheBytes: number | undefined;
	/** Limit (for a node: capacity) less working set; undefined where there is no limit. */
	readonly availableBytes: number | undefined;
	readonly limitBytes: number | undefined;
	readonly pageFaults: number | undefined;
	readonly majorPageFaults: number | undefined;
};

export type NetworkReading = {
	readonly timeMs: number | undefined;
	/** The names of the interfaces that are summed; another set is another counter, with no rate between the two. */
	readonly interfaces: string | undefined;
	readonly rxBytes: number | undefined;
	readonly txBytes: number | undefined;
	readonly rxErrors: number | undefined;
	readonly txErrors: number | undefined;
};

export type FilesystemReading = {
	readonly timeMs: number | undefined;
	/** For the whole file system. */
	readonly capacityBytes: number | undefined;
	readonly availableBytes: number | undefined;
	/** For a container's root or logs: bytes of that container only. */
	readonly usedBytes: number | undefined;
	readonly inodes: number | undefined;
	readonly inodesFree: number | undefined;
	readonly inodesUsed: number | undefined;
};

export type NamedFilesystemReading = FilesystemReading & {readonly name: string};

export type VolumeReading = NamedFilesystemReading & {
	/** The PersistentVolumeClaim behind the volume. */
	readonly claim: {readonly namespace: string; readonly name: string} | undefined;
};

/** The volumes of a pod: an array, or `Volumes`. */
export type VolumeList = Iterable<VolumeReading> & {readonly length: number};

export type SwapReading = {
	readonly timeMs: number | undefined;
	readonly usageBytes: number | undefined;
	readonly availableBytes: number | undefined;
};

/** Pressure stall information: the share of the last 10 s in which some or all tasks waited, in percent. */
export type PressureReading = {
	readonly cpuSomePercent: number | undefined;
	readonly cpuFullPercent: number | undefined;
	readonly memorySomePercent: number | undefined;
	readonly memoryFullPercent: number | undefined;
	readonly ioSomePercent: number | undefined;
	readonly ioFullPercent: number | undefined;
};
