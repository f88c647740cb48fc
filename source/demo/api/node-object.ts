import type {ClusterModel} from '../model/cluster.ts';
import type {NodeModel} from '../model/node.ts';
import {randomOf, uuid} from '../model/random.ts';
import type {Json} from './json.ts';
import {CLUSTER_VERSION} from './version.ts';

const MEBIBYTE = 2 ** 20;
const PODS = 110;
/** What the kubelet keeps for the system, which pods cannot have. */
const RESERVED_CORES = 0.1;
const RESERVED_BYTES = 512 * MEBIBYTE;
const ZONES = ['zone-a', 'zone-b', 'zone-c'];

/** A `v1.Node` as the API server tells it, consistent with what its kubelet reports. */
export function nodeObject(cluster: ClusterModel, node: NodeModel, nowMs: number): Json {
	const index = cluster.nodeNames.indexOf(node.name);
	const isDown = cluster.faults.get(node.name) === 'hung';
	const isControlPlane = index === 0 && cluster.nodeNames.length > 2;
	const isCordoned = isCordonedNode(cluster, index);
	const memoryBytes = node.memoryBytes;
	const pods = String(Math.max(PODS, node.pods.length));
	return {
		metadata: {
			name: node.name,
			uid: uuid(randomOf('node', node.name)),
			resourceVersion: String(nowMs),
			creationTimestamp: timestamp(node.startMs),
			labels: {
				'kubernetes.io/hostname': node.name,
				'kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				'topology.kubernetes.io/zone': ZONES[index % ZONES.length],
				...(isControlPlane ? {'node-role.kubernetes.io/control-plane': ''} : {}),
			},
		},
		spec: {
			...(isCordoned ? {unschedulable: true} : {}),
			...taints(isControlPlane, isCordoned, isDown),
		},
		status: {
			capacity: {
				cpu: String(node.cores),
				memory: kibibytes(memoryBytes),
				pods,
				'ephemeral-storage': kibibytes(node.diskBytes),
			},
			allocatable: {
				cpu: `${Math.round((node.cores - RESERVED_CORES) * 1000)}m`,
				memory: kibibytes(memoryBytes - RESERVED_BYTES),
				pods,
				'ephemeral-storage': String(Math.floor(node.diskBytes * 0.9)),
			},
			conditions: conditions(isDown, node.startMs, nowMs),
			addresses: [
				{type: 'InternalIP', address: internalIp(index)},
				{type: 'Hostname', address: node.name},
			],
			daemonEndpoints: {kubeletEndpoint: {Port: 10_250}},
			nodeInfo: {
				kernelVersion: '6.12.0-generic',
				osImage: 'Demo Linux 1',
				containerRuntimeVersion: 'containerd://2.1.9',
				kubeletVersion: CLUSTER_VERSION,
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
		},
	};
}

/** `10.x.y.z`, another one for each node. */
export function internalIp(index: number): string {
	return `10.${64 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}

export function timestamp(timeMs: number): string {
	return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The last node that has nothing wrong with it, where there are some to spare. */
function isCordonedNode({nodeNames, faults}: ClusterModel, index: number): boolean {
	const last = nodeNames.findLastIndex(name => !faults.has(name));
	return nodeNames.length > 3 && index === last;
}

function taints(isControlPlane: boolean, isCordoned: boolean, isDown: boolean): Json {
	const all = [
		...(isControlPlane ? [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}] : []),
		...(isCordoned ? [{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}] : []),
		...(isDown ? [{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'}] : []),
	];
	return all.length === 0 ? {} : {taints: all};
}

function conditions(isDown: boolean, startMs: number, nowMs: number): readonly Json[] {
	const heartbeat = timestamp(Math.floor(nowMs / 300_000) * 300_000);
	const one = (type: string, status: string, reason: string, message: string): Json => ({
		type,
		status: isDown ? 'Unknown' : status,
		reason: isDown ? 'NodeStatusUnknown' : reason,
		message: isDown ? 'Kubelet stopped posting node status.' : message,
		lastHeartbeatTime: heartbeat,
		lastTransitionTime: timestamp(startMs),
	});
	return [
		one('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
		one('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
		one('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
		one('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
	];
}

function kibibytes(bytes: number): string {
	return `${Math.floor(bytes / 1024)}Ki`;
}
