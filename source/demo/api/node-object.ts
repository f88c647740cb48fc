import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {ClusterModel} from '../model/cluster.ts';
import type {NodeModel} from '../model/node.ts';
import {nodeConditions, reportedMs} from './node-conditions.ts';
import {internalIp, lostMs} from './node-state.ts';
import type {ObjectLabels} from './selectors.ts';
import {CLUSTER_VERSION} from './version.ts';

/** The kubelet's default `maxPods`. */
const MAX_PODS = 110;
/** Reserved for the system, so not allocatable. */
const RESERVED_CORES = 0.1;
const RESERVED_BYTES = 512 * 2 ** 20;
const ZONES = ['zone-a', 'zone-b', 'zone-c'];
/** Their number is coprime to that of the zones, so that each zone has nodes of each pool. */
const POOLS = ['general', 'general', 'general', 'batch', 'batch'];

/** A `v1.Node`, consistent with the kubelet's metrics. */
export function nodeObject(
	cluster: ClusterModel,
	node: NodeModel,
	index: number,
	timeMs: number,
): JsonFields {
	const lost = lostMs(cluster, node.name);
	return {
		metadata: {
			name: node.name,
			uid: node.uid,
			resourceVersion: String(nodeChangedMs(cluster, node, timeMs)),
			creationTimestamp: stamp(node.startMs),
			labels: nodeLabels(cluster, index),
			annotations: {'node.alpha.kubernetes.io/ttl': '0'},
		},
		spec: nodeSpec(cluster, index),
		status: {
			...resources(node),
			conditions: nodeConditions(node, lost, timeMs),
			addresses: [
				{type: 'InternalIP', address: internalIp(index)},
				{type: 'Hostname', address: node.name},
			],
			daemonEndpoints: {kubeletEndpoint: {Port: 10_250}},
			nodeInfo: {
				machineID: node.uid.replaceAll('-', ''),
				systemUUID: node.uid,
				kernelVersion: '6.12.0-generic',
				osImage: 'Demo Linux 1',
				containerRuntimeVersion: 'containerd://2.1.9',
				kubeletVersion: CLUSTER_VERSION,
				kubeProxyVersion: '',
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
		},
	};
}

/** The last status report, every five minutes if nothing else changes. */
export function nodeChangedMs(cluster: ClusterModel, node: NodeModel, timeMs: number): number {
	return lostMs(cluster, node.name) ?? reportedMs(node, timeMs);
}

export function nodeLabels({nodeNames}: ClusterModel, index: number): ObjectLabels {
	return {
		'kubernetes.io/arch': 'amd64',
		'kubernetes.io/hostname': nodeNames[index] ?? '',
		'kubernetes.io/os': 'linux',
		...(isControlPlane(nodeNames, index) ? {'node-role.kubernetes.io/control-plane': ''} : {}),
		'karpenter.sh/nodepool': isControlPlane(nodeNames, index)
			? 'system'
			: (POOLS[index % POOLS.length] ?? ''),
		'topology.kubernetes.io/zone': ZONES[index % ZONES.length] ?? '',
	};
}

/** The last node without a fault, in a cluster of more than 3 nodes. */
export function isCordoned({nodeNames, faults}: ClusterModel, index: number): boolean {
	return nodeNames.length > 3 && index === nodeNames.findLastIndex(name => !faults.has(name));
}

function isControlPlane(nodeNames: readonly string[], index: number): boolean {
	return index === 0 && nodeNames.length >= 3;
}

function nodeSpec(cluster: ClusterModel, index: number): JsonFields {
	const lost = lostMs(cluster, cluster.nodeNames[index] ?? '');
	const unreachable = {key: 'node.kubernetes.io/unreachable', timeAdded: lost && stamp(lost)};
	const taints = [
		...(isControlPlane(cluster.nodeNames, index)
			? [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}]
			: []),
		...(isCordoned(cluster, index) ? [{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}] : []),
		...(lost === undefined
			? []
			: [
					{...unreachable, effect: 'NoSchedule'},
					{...unreachable, effect: 'NoExecute'},
				]),
	];
	return {
		...(taints.length === 0 ? {} : {taints}),
		...(isCordoned(cluster, index) ? {unschedulable: true} : {}),
	};
}

function resources({cores, memoryBytes, diskBytes, gpus, pods}: NodeModel): JsonFields {
	const extended = gpus === 0 ? {} : {'nvidia.com/gpu': String(gpus)};
	const places = String(Math.max(MAX_PODS, pods.length));
	return {
		capacity: {
			cpu: String(cores),
			'ephemeral-storage': kibibytes(diskBytes),
			memory: kibibytes(memoryBytes),
			pods: places,
			...extended,
		},
		allocatable: {
			cpu: `${Math.round((cores - RESERVED_CORES) * 1000)}m`,
			'ephemeral-storage': String(Math.floor(diskBytes * 0.9)),
			memory: kibibytes(memoryBytes - RESERVED_BYTES),
			pods: places,
			...extended,
		},
	};
}

function kibibytes(bytes: number): string {
	return `${Math.floor(bytes / 1024)}Ki`;
}
