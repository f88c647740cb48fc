/** The cluster of the load rig: as many nodes and pods as asked for, and pods that are replaced at a steady rate. */
export type RigSize = {
	readonly nodes: number;
	readonly podsPerNode: number;
	/** May be no whole number: 4/3 is a pod of two beside two of one. */
	readonly containersPerPod: number;
	/** How many pods a second are deleted and replaced by new ones. */
	readonly churnPerSecond: number;
	/** The share of nodes whose kubelet fails. */
	readonly faultyShare: number;
	/** When the churn began, in Unix milliseconds. */
	readonly startMs: number;
};

export type Replacement = {
	readonly node: number;
	readonly slot: number;
	readonly generation: number;
	readonly atMs: number;
};

const FAULTS = ['refused', 'error', 'hung', 'stalled'] as const;
export type Fault = (typeof FAULTS)[number];

/** How many pods were replaced by `nowMs`. Kubelets and API server compute it alike, so they need not talk. */
export function replacedBy({churnPerSecond, startMs}: RigSize, nowMs: number): number {
	return Math.max(0, Math.floor(((nowMs - startMs) / 1000) * churnPerSecond));
}

/** The `index`-th replacement: one node after the other, and one pod of each after the other. */
export function replacement(size: RigSize, index: number): Replacement {
	const visit = Math.floor(index / size.nodes);
	return {
		node: index % size.nodes,
		slot: visit % size.podsPerNode,
		generation: Math.floor(visit / size.podsPerNode) + 1,
		atMs: size.startMs + ((index + 1) / size.churnPerSecond) * 1000,
	};
}

/** How often the pod in a slot of a node was replaced after `replaced` replacements in the cluster. */
export function generationOf(size: RigSize, node: number, slot: number, replaced: number): number {
	const visits = Math.floor((replaced - node - 1) / size.nodes) + 1;
	return visits <= slot ? 0 : Math.floor((visits - slot - 1) / size.podsPerNode) + 1;
}

/** When the pod in a slot was started, in Unix milliseconds: an hour before the churn unless it was replaced. */
export function startedAtMs(size: RigSize, node: number, slot: number, generation: number): number {
	const visit = (generation - 1) * size.podsPerNode + slot;
	return generation === 0 ? size.startMs - 3_600_000 : replacement(size, visit * size.nodes + node).atMs;
}

/** Faulty nodes are spread evenly; each has the next kind of fault. */
export function faultOf({faultyShare}: RigSize, node: number): Fault | undefined {
	const before = Math.floor(node * faultyShare);
	return Math.floor((node + 1) * faultyShare) > before ? FAULTS[before % FAULTS.length] : undefined;
}

export function nodeName(node: number): string {
	return `rig-${digits(node, 5)}`;
}

/** All names and uids of pods are equally long, so that kubelets can write them into one body. */
export function podName(node: number, slot: number, generation: number): string {
	return `web-${digits(node, 5)}-${digits(slot, 3)}-${digits(generation, 4)}`;
}

export function podUid(node: number, slot: number, generation: number): string {
	return `${digits(node, 8)}-${digits(slot, 4)}-4${digits(generation % 1000, 3)}-8000-000000000000`;
}

/** The names of the containers of the pod in a slot. */
export function containerNames({containersPerPod}: RigSize, slot: number): readonly string[] {
	const count = Math.floor((slot + 1) * containersPerPod + 1e-9) - Math.floor(slot * containersPerPod + 1e-9);
	return Array.from({length: count}, (_, index) => `app-${index}`);
}

export const NAMESPACE = 'rig';

/** The precision of the Kubernetes API's times is a second. */
export function stamp(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function digits(value: number, count: number): string {
	return String(value).padStart(count, '0');
}
