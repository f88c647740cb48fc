import {listedContainer, listedPod} from '../../../source/cluster/inventory/shared-values.ts';
import type {
	ClusterInventory,
	ContainerInfo,
	NodeInfo,
	PodInfo,
} from '../../../source/metrics/model/inventory.ts';
import type {PodReference, Reading} from '../../../source/metrics/model/reading.ts';
import {ChangeLog} from '../../../source/metrics/store/change-log.ts';
import {containerInfo, nodeInfo, podInfo} from '../../metrics/inventories.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../../metrics/readings.ts';

export type LargeCluster = {
	readonly inventory: ClusterInventory;
	readonly nodeIds: readonly string[];
	/** Lists all pods at once, as the reflector does. */
	readonly listPods: () => void;
	/** Replaces some pods by others, as watches do. */
	readonly churn: (count: number) => void;
	readonly readingOf: (node: number, nowMs: number) => Reading;
};

const APPS = ['checkout', 'cart', 'catalog', 'payment', 'search', 'frontend', 'recommendation', 'ledger'];
const MIB = 2 ** 20;

/** A number from 0 to 1 by a seed (Mulberry32). */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Nodes with pods of 400 namespaces and one Deployment for each 30 pods, two containers a pod. */
export function largeCluster(nodes: number, podsANode: number): LargeCluster {
	const random = randomOf(7);
	const log = new ChangeLog();
	const nodeMap = new Map<string, NodeInfo>();
	const podMap = new Map<string, PodInfo>();
	const onNode: PodInfo[][] = [];
	const nodeIds: string[] = [];
	const workloads = Math.max(Math.floor((nodes * podsANode) / 30), 1);
	let created = 0;

	const newPod = (node: number): PodInfo => {
		const workload = Math.floor(random() * workloads);
		const app = `${APPS[workload % APPS.length]}-${workload}`;
		const name = `${app}-${letters(random, 9)}-${letters(random, 5)}`;
		const uid = `${(created++).toString(16).padStart(8, '0')}-5f0a-4c41-9f0e-3f6bb2a1c9d4`;
		return listedPod(
			podInfo(name, {
				uid,
				namespace: `team-${workload % 400}`,
				nodeName: nodeIds[node],
				owner: {kind: 'ReplicaSet', name: name.slice(0, -6)},
				workload: {kind: 'Deployment', name: app},
				labels: {app},
				createdAtMs: 1_799_000_000_000 + created,
				startTimeMs: 1_799_000_000_000 + created,
				restarts: random() < 0.05 ? Math.floor(random() * 20) : 0,
				limits: {cpuCores: 2, memoryBytes: 1024 * MIB},
				requests: {cpuCores: 0.4, memoryBytes: 512 * MIB},
				containers: [app, 'istio-proxy'].map(
					(container): ContainerInfo =>
						listedContainer(
							containerInfo(container, {
								image: `registry.example.com/${container}:1.2`,
								limits: {cpuCores: 1, memoryBytes: 512 * MIB},
								requests: {cpuCores: 0.2, memoryBytes: 256 * MIB},
							}),
						),
				),
			}),
		);
	};

	for (let node = 0; node < nodes; node++) {
		const name = `ip-10-${node >> 8}-${node & 255}-17.eu-central-1.compute.internal`;
		nodeIds.push(name);
		nodeMap.set(name, nodeInfo(name));
		onNode.push(Array.from({length: podsANode}, () => newPod(node)));
	}

	return {
		inventory: {
			nodes: () => nodeMap,
			pods: () => podMap,
			version: () => log.version,
			changesSince: version => log.since(version),
			hasAllPods: () => podMap.size > 0,
			isSelective: false,
		},
		nodeIds,
		listPods() {
			for (const pods of onNode) {
				for (const pod of pods) {
					podMap.set(pod.uid, pod);
				}
			}

			log.noteAll();
		},
		churn(count) {
			for (let change = 0; change < count; change++) {
				const node = Math.floor(random() * nodes);
				const pods = onNode[node] ?? [];
				const gone = pods.shift();
				const added = newPod(node);
				pods.push(added);
				podMap.set(added.uid, added);
				log.note('pods', added.uid);
				if (gone !== undefined) {
					podMap.delete(gone.uid);
					log.note('pods', gone.uid);
				}
			}
		},
		readingOf: (node, nowMs) => readingOf(onNode[node] ?? [], nowMs),
	};
}

function letters(random: () => number, count: number): string {
	let text = '';
	while (text.length < count) {
		text += 'bcdfghjklmnpqrstvwxz2456789'[Math.floor(random() * 27)];
	}

	return text;
}

/** Kubelets measure at times of their own; the texts of each answer are new strings. */
function readingOf(infos: readonly PodInfo[], nowMs: number): Reading {
	const timeMs = nowMs - 3000;
	const usage = () => {
		const load = Math.random();
		// In another order than the CPU time.
		const filled = Math.random();
		return {
			cpu: cpuReading({timeMs, usageCores: load, usageCoreNanoseconds: timeMs * 1e6 * load}),
			memory: memoryReading({
				timeMs,
				workingSetBytes: filled * 400 * MIB,
				usageBytes: filled * 420 * MIB,
				rssBytes: filled * 300 * MIB,
				pageFaults: timeMs,
				majorPageFaults: 0,
			}),
		};
	};
	const network = networkReading({timeMs, rxBytes: timeMs * 100, txBytes: timeMs * 50});
	const pods = infos.map(({uid, namespace, name}): PodReference => ({uid, namespace, name}));
	return reading(nowMs, {
		node: nodeReading({...usage(), network, cpuCapacityCores: 4, memoryCapacityBytes: 8 * 2 ** 30}),
		pods: pods.map(pod => podReading(pod.namespace, pod.name, {...usage(), pod, network})),
		containers: infos.flatMap(({containers}, place) =>
			containers.map(({name}) =>
				containerReading(name, {...usage(), id: `${pods[place]?.uid}/${name}`, pod: pods[place]}),
			),
		),
	});
}
