import type {PodInfo} from './inventory.ts';
import type {PodReference} from './reading.ts';

/** Finds the pod that a reading of a node speaks of. */
export type PodJoin = (reference: PodReference, nodeName: string | undefined) => PodInfo | undefined;

/**
 * Joins what nodes report with `pods` (by uid).
 *
 * A pod is matched by its uid; else by its config hash, which is the uid a kubelet gives a static pod; else by
 * namespace and name on the same node, where the source knows no uid. A name never matches a pod of another node,
 * nor a reading whose uid is known to be another incarnation's, nor an ambiguous hash: no match is better than a
 * wrong one. The answers hold for the map as it was at the first question: each index is made when it is first needed.
 */
export function joinPods(pods: ReadonlyMap<string, PodInfo>): PodJoin {
	let byHash: ReadonlyMap<string, readonly PodInfo[]> | undefined;
	let byName: ReadonlyMap<string, PodInfo> | undefined;
	return (reference, nodeName) => {
		if (reference.uid !== undefined) {
			const same = pods.get(reference.uid);
			if (same !== undefined) {
				return same;
			}

			byHash ??= indexHashes(pods);
			return staticPod(byHash.get(reference.uid), reference, nodeName);
		}

		byName ??= indexNames(pods);
		const named = byName.get(nameKey(reference));
		return named !== undefined && isOnNode(named, nodeName) ? named : undefined;
	};
}

function indexHashes(pods: ReadonlyMap<string, PodInfo>): ReadonlyMap<string, readonly PodInfo[]> {
	const byHash = new Map<string, PodInfo[]>();
	for (const pod of pods.values()) {
		if (pod.configHash !== undefined) {
			const same = byHash.get(pod.configHash);
			if (same === undefined) {
				byHash.set(pod.configHash, [pod]);
			} else {
				same.push(pod);
			}
		}
	}

	return byHash;
}

function indexNames(pods: ReadonlyMap<string, PodInfo>): ReadonlyMap<string, PodInfo> {
	const byName = new Map<string, PodInfo>();
	for (const pod of pods.values()) {
		const key = nameKey(pod);
		const rival = byName.get(key);
		if (rival === undefined || (pod.createdAtMs ?? 0) >= (rival.createdAtMs ?? 0)) {
			byName.set(key, pod);
		}
	}

	return byName;
}

/** The same manifest on many nodes has the same hash there when the node's name is not part of what is hashed. */
function staticPod(
	candidates: readonly PodInfo[] | undefined,
	reference: PodReference,
	nodeName: string | undefined,
): PodInfo | undefined {
	const fitting = candidates?.filter(
		pod => pod.namespace === reference.namespace && pod.name === reference.name && isOnNode(pod, nodeName),
	);
	return fitting?.length === 1 ? fitting[0] : undefined;
}

function isOnNode(pod: PodInfo, nodeName: string | undefined): boolean {
	return nodeName === undefined || pod.nodeName === nodeName;
}

function nameKey(pod: {readonly namespace: string; readonly name: string}): string {
	return `${pod.namespace}/${pod.name}`;
}
