import type {
	ClusterInventory,
	ContainerInfo,
	NodeInfo,
	PodInfo,
} from '../../source/metrics/model/inventory.ts';
import {ChangeLog} from '../../source/metrics/store/change-log.ts';

/** Objects of an inventory with everything unknown or empty but what a test names. */

const NOTHING = {cpuCores: undefined, memoryBytes: undefined};

export function nodeInfo(name: string, known: Partial<NodeInfo> = {}): NodeInfo {
	return {
		uid: `uid-${name}`,
		name,
		roles: [],
		readiness: 'Ready',
		problems: [],
		taints: [],
		isCordoned: false,
		addresses: [],
		kubeletPort: undefined,
		versions: {
			kubelet: undefined,
			containerRuntime: undefined,
			kernel: undefined,
			osImage: undefined,
			operatingSystem: undefined,
			architecture: undefined,
		},
		capacity: resources(4, 8 * 2 ** 30),
		allocatable: resources(3, 6 * 2 ** 30),
		labels: {},
		createdAtMs: undefined,
		isVirtual: false,
		metricsPath: undefined,
		...known,
	};
}

function resources(cpuCores: number, memoryBytes: number): NodeInfo['capacity'] {
	return {cpuCores, memoryBytes, ephemeralStorageBytes: undefined, pods: 110, extended: {}};
}

export function podInfo(name: string, known: Partial<PodInfo> = {}): PodInfo {
	return {
		uid: `uid-${name}`,
		configHash: undefined,
		namespace: 'shop',
		name,
		nodeName: 'n1',
		hostIp: undefined,
		phase: 'Running',
		reason: 'Running',
		message: undefined,
		qosClass: undefined,
		isHostNetwork: false,
		owner: undefined,
		workload: undefined,
		labels: {},
		createdAtMs: undefined,
		startTimeMs: undefined,
		restarts: 0,
		requests: {cpuCores: 0.5, memoryBytes: 2 ** 20},
		limits: {cpuCores: 1, memoryBytes: 2 ** 21},
		isLimited: {cpu: true, memory: true},
		ephemeralStorageLimitBytes: undefined,
		resize: undefined,
		containers: [],
		...known,
	};
}

export function containerInfo(name: string, known: Partial<ContainerInfo> = {}): ContainerInfo {
	return {
		name,
		kind: 'app',
		image: undefined,
		requests: NOTHING,
		limits: NOTHING,
		isReady: true,
		restarts: 0,
		state: {kind: 'running', startedAtMs: undefined},
		lastTermination: undefined,
		...known,
	};
}

export type TestInventory = ClusterInventory & {
	readonly putNode: (node: NodeInfo) => void;
	readonly putPod: (pod: PodInfo) => void;
	readonly removePod: (uid: string) => void;
	/** Which pods may be listed from now on. */
	readonly list: (listed: Listed) => void;
};

/** Whether all pods may be listed: true, or the namespaces of which they may. */
type Listed = true | readonly string[];

export function inventoryOf(
	nodes: readonly NodeInfo[],
	pods: readonly PodInfo[],
	{listed: listedAtFirst = true, isSelective = false}: {listed?: Listed; isSelective?: boolean} = {},
): TestInventory {
	let listed = listedAtFirst;
	const nodeMap = new Map(nodes.map(node => [node.name, node]));
	const podMap = new Map(pods.map(pod => [pod.uid, pod]));
	const log = new ChangeLog();
	return {
		nodes: () => nodeMap,
		pods: () => podMap,
		version: () => log.version,
		changesSince: version => log.since(version),
		hasAllPods: namespace => listed === true || (namespace !== undefined && listed.includes(namespace)),
		hasAllNodes: () => true,
		isSelective,
		putNode(node) {
			nodeMap.set(node.name, node);
			log.note('nodes', node.name);
		},
		putPod(pod) {
			podMap.set(pod.uid, pod);
			log.note('pods', pod.uid);
		},
		removePod(uid) {
			podMap.delete(uid);
			log.note('pods', uid);
		},
		list(now) {
			listed = now;
			log.noteAll();
		},
	};
}
