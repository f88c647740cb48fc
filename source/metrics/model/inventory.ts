import type {Controllers} from './controller.ts';
import type {ExtendedAmounts} from './extended-resources.ts';

/**
 * What the API server says about nodes and pods: the fields ktop keeps of them, and nothing else of the objects.
 * Unknown is `undefined`, never 0. Names and reasons are as the server sent them: sanitise them before printing.
 */

/** The nodes and pods of the cluster. The maps are changed in place as the cluster changes. */
export type ClusterInventory = {
	/** By name. */
	readonly nodes: () => ReadonlyMap<string, NodeInfo>;
	/** By uid. */
	readonly pods: () => ReadonlyMap<string, PodInfo>;
	/** Grows with every change. */
	readonly version: () => number;
	/** Changes after a version; undefined where everything may have changed. */
	readonly changesSince: (version: number) => InventoryChanges | undefined;
	/** Whether every pod of the namespace (or of all) is among `pods`; else one that is not there may exist all the same. */
	readonly hasAllPods: (namespace?: string) => boolean;
	/** Whether every node is among `nodes`, so that an empty list means that there is none; absent: unknown. */
	readonly hasAllNodes?: () => boolean;
	/** Whether pods are left out of `pods` on purpose, by a label selector: they are not to be shown. */
	readonly isSelective: boolean;
	/** What controllers of pods want; empty until `watchControllers` is called, and without the right. Absent: unknown. */
	readonly controllers?: () => Controllers;
	/** Begins to read controllers. Resolves when they are listed or refused. */
	readonly watchControllers?: () => Promise<void>;
	/** False while the API server is down or refuses, so that its nodes, pods or either may be out of date; absent: never. */
	readonly isCurrent?: (resource?: 'nodes' | 'pods') => boolean;
};

/** Keys of the objects that were added, changed or removed. */
export type InventoryChanges = {readonly nodes: ReadonlySet<string>; readonly pods: ReadonlySet<string>};

export type NodeInfo = {
	readonly uid: string;
	readonly name: string;
	/** From the labels `node-role.kubernetes.io/<role>` and `kubernetes.io/role`; sorted, empty where there are none. */
	readonly roles: readonly string[];
	readonly readiness: NodeReadiness;
	/** The conditions that are wrong: not ready, under pressure, or unknown. Empty on a healthy node. */
	readonly problems: readonly NodeCondition[];
	readonly taints: readonly Taint[];
	/** `spec.unschedulable`: no new pod is placed here. */
	readonly isCordoned: boolean;
	/** In the server's order, by which the first of a type wins. */
	readonly addresses: readonly NodeAddress[];
	/** From `status.daemonEndpoints`; undefined where the kubelet did not report it. */
	readonly kubeletPort: number | undefined;
	readonly versions: NodeVersions;
	readonly capacity: NodeResources;
	/** Capacity less the system's reservation: the most that pods can request together. */
	readonly allocatable: NodeResources;
	readonly labels: Readonly<Record<string, string>>;
	readonly createdAtMs: number | undefined;
	/** Has no kubelet to ask directly: virtual-kubelet or EKS Fargate. The API server's proxy may read it. */
	readonly isVirtual: boolean;
	/** Annotation `metrics.k8s.io/resource-metrics-path`, where the node serves /metrics/resource elsewhere. */
	readonly metricsPath: string | undefined;
};

/** The `Ready` condition; `Unknown` where the node stopped reporting, or never did. */
export type NodeReadiness = 'Ready' | 'NotReady' | 'Unknown';

export type NodeCondition = {
	readonly type: string;
	readonly status: string;
	readonly reason: string | undefined;
	readonly message: string | undefined;
	readonly sinceMs: number | undefined;
};

export type Taint = {
	readonly key: string;
	readonly value: string | undefined;
	readonly effect: string;
};

export type NodeAddressType = 'InternalIP' | 'ExternalIP' | 'InternalDNS' | 'ExternalDNS' | 'Hostname';

export type NodeAddress = {
	readonly type: NodeAddressType;
	readonly address: string;
};

export type NodeVersions = {
	readonly kubelet: string | undefined;
	/** `containerd://2.1.9`. */
	readonly containerRuntime: string | undefined;
	readonly kernel: string | undefined;
	readonly osImage: string | undefined;
	readonly operatingSystem: string | undefined;
	readonly architecture: string | undefined;
};

export type ResourceAmounts = {
	readonly cpuCores: number | undefined;
	readonly memoryBytes: number | undefined;
};

export type NodeResources = ResourceAmounts & {
	readonly ephemeralStorageBytes: number | undefined;
	readonly pods: number | undefined;
	/** Absent in a recording of before it was kept. */
	readonly extended?: ExtendedAmounts;
};

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

export type PodInfo = {
	readonly uid: string;
	/** The uid that a kubelet uses for a static pod (annotation `kubernetes.io/config.hash`). */
	readonly configHash: string | undefined;
	readonly namespace: string;
	readonly name: string;
	/** Undefined while the pod is not scheduled. */
	readonly nodeName: string | undefined;
	/** The node's address as the pod's status has it: used to reach the node where nodes may not be listed. */
	readonly hostIp: string | undefined;
	readonly phase: PodPhase;
	/** The STATUS column of `kubectl get pods`: Running, CrashLoopBackOff, Completed, Init:0/1, Evicted, Terminating. */
	readonly reason: string;
	/** What the server says beside that: why it is not scheduled, or why it was evicted. At most a few hundred characters. */
	readonly message: string | undefined;
	readonly qosClass: QosClass | undefined;
	readonly isHostNetwork: boolean;
	/** The controller named in the pod's metadata, mostly a ReplicaSet for a Deployment's pod. */
	readonly owner: Owner | undefined;
	/** The owner, or the Deployment where the owner is a ReplicaSet that carries the pod's template hash. */
	readonly workload: Owner | undefined;
	readonly labels: Readonly<Record<string, string>>;
	readonly createdAtMs: number | undefined;
	readonly startTimeMs: number | undefined;
	/** The RESTARTS column of `kubectl get pods`. May go back when the kubelet cleans up old containers. */
	readonly restarts: number;
	/** What the scheduler counts: sidecars, init containers, overhead, pod-level resources and resizes considered. */
	readonly requests: ResourceAmounts;
	/** Absent where no container requests any. */
	readonly extendedRequests?: ExtendedAmounts | undefined;
	/** The sum of the limits that are stated; a bound of the pod only where `isLimited` says so. */
	readonly limits: ResourceAmounts;
	/** True where the pod as a whole or each of its running containers has a limit. */
	readonly isLimited: {readonly cpu: boolean; readonly memory: boolean};
	/** The bytes of logs, layers and emptyDirs above which the kubelet evicts the pod. */
	readonly ephemeralStorageLimitBytes: number | undefined;
	/** An in-place resize that is not done yet. */
	readonly resize: 'deferred' | 'infeasible' | 'in-progress' | undefined;
	/** In the order init and sidecar, app, ephemeral. */
	readonly containers: readonly ContainerInfo[];
};

/** Done for good: no container of it will run again. */
export function isFinished({phase}: Pick<PodInfo, 'phase'>): boolean {
	return phase === 'Succeeded' || phase === 'Failed';
}

export type Owner = {
	readonly kind: string;
	readonly name: string;
};

/** `sidecar` is an init container with `restartPolicy: Always`. */
export type ContainerRole = 'init' | 'sidecar' | 'app' | 'ephemeral';

export type ContainerInfo = {
	readonly name: string;
	readonly kind: ContainerRole;
	readonly image: string | undefined;
	/** What the scheduler counts: the greatest of requested, allocated and actual resources (in-place resize). */
	readonly requests: ResourceAmounts;
	/** Absent where it requests none. */
	readonly extendedRequests?: ExtendedAmounts | undefined;
	/** The limit in force now, or else the limit in the spec. */
	readonly limits: ResourceAmounts;
	readonly isReady: boolean;
	readonly restarts: number;
	readonly state: ContainerState;
	readonly lastTermination: Termination | undefined;
};

export type ContainerState =
	| {readonly kind: 'running'; readonly startedAtMs: number | undefined}
	/** The message as long as that of a pod. */
	| {
			readonly kind: 'waiting';
			readonly reason: string | undefined;
			readonly message?: string | undefined;
	  }
	| ({readonly kind: 'terminated'} & Termination)
	/** The kubelet has not reported it. */
	| {readonly kind: 'unknown'};

export type Termination = {
	/** `OOMKilled`, `Error`, `Completed`. */
	readonly reason: string | undefined;
	readonly exitCode: number | undefined;
	/** Where the container died of a signal and the runtime says so. */
	readonly signal: number | undefined;
	readonly finishedAtMs: number | undefined;
};
