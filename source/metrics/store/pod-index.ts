import type {PodInfo} from '../model/inventory.ts';
import type {PodReference} from '../model/reading.ts';

/** One pod before and after a change: added without `before`, removed without `after`. */
export type PodChange = {readonly before: PodInfo | undefined; readonly after: PodInfo | undefined};

const NONE: readonly PodInfo[] = [];

/** Finds the pods of an inventory by the identifiers in readings. */
export class PodIndex {
	readonly #byUid = new Map<string, PodInfo>();
	readonly #byNode = new Map<string, PodInfo[]>();
	/** By namespace and name. */
	readonly #byName = new Map<string, Map<string, PodInfo>>();

	/** Takes over those of `pods` (by uid) that are in `uids`, and returns what changed. */
	follow(
		pods: ReadonlyMap<string, PodInfo>,
		uids: Iterable<string> = this.uidsBeside(pods),
	): readonly PodChange[] {
		const changes: PodChange[] = [];
		for (const uid of uids) {
			const before = this.#byUid.get(uid);
			const after = pods.get(uid);
			if (before !== after) {
				this.#replace(uid, before, after);
				changes.push({before, after});
			}
		}

		return changes;
	}

	/** The uids of `pods`, and those here, some of them twice; both may change meanwhile. */
	*uidsBeside(pods: ReadonlyMap<string, PodInfo>): Generator<string, void, undefined> {
		yield* pods.keys();
		yield* this.#byUid.keys();
	}

	has(pod: PodInfo): boolean {
		return this.#byUid.get(pod.uid) === pod;
	}

	/** Pods that are bound to a node. */
	onNode(nodeName: string): readonly PodInfo[] {
		return this.#byNode.get(nodeName) ?? NONE;
	}

	/** The pod that has the name now, on any node. */
	named({namespace, name}: Pick<PodInfo, 'namespace' | 'name'>): PodInfo | undefined {
		return this.#byName.get(namespace)?.get(name);
	}

	/**
	 * The pod that a node's reading means.
	 *
	 * It is matched by its uid; else by its config hash, which is the uid a kubelet gives a static pod; else by
	 * namespace and name, where the source knows no uid. Only by its uid is it found on another node; no match is better
	 * than a wrong one, so a reading whose uid is another incarnation's has none, nor has an ambiguous hash.
	 */
	find({uid, namespace, name}: PodReference, nodeName: string): PodInfo | undefined {
		const same = uid === undefined ? undefined : this.#byUid.get(uid);
		if (same !== undefined) {
			return same;
		}

		let found: PodInfo | undefined;
		for (const pod of this.onNode(nodeName)) {
			if (pod.name !== name || pod.namespace !== namespace || (uid !== undefined && pod.configHash !== uid)) {
				continue;
			}

			if (found !== undefined && uid !== undefined) {
				return undefined;
			}

			found = found === undefined || isYounger(pod, found) ? pod : found;
		}

		return found;
	}

	#replace(uid: string, before: PodInfo | undefined, after: PodInfo | undefined): void {
		if (after === undefined) {
			this.#byUid.delete(uid);
		} else {
			this.#byUid.set(uid, after);
		}

		this.#takeFromNode(before);
		this.#putOnNode(after);
		this.#takeName(before);
		this.#giveName(after);
	}

	#takeName(pod: PodInfo | undefined): void {
		const names = pod && this.#byName.get(pod.namespace);
		// An older pod of the same name may be removed after the younger one was added.
		if (pod !== undefined && names?.get(pod.name) === pod) {
			names.delete(pod.name);
			if (names.size === 0) {
				this.#byName.delete(pod.namespace);
			}
		}
	}

	#giveName(pod: PodInfo | undefined): void {
		if (pod === undefined) {
			return;
		}

		const names = this.#byName.get(pod.namespace) ?? new Map<string, PodInfo>();
		this.#byName.set(pod.namespace, names);
		const known = names.get(pod.name);
		if (known === undefined || isYounger(pod, known)) {
			names.set(pod.name, pod);
		}
	}

	#takeFromNode(pod: PodInfo | undefined): void {
		const pods = pod?.nodeName === undefined ? undefined : this.#byNode.get(pod.nodeName);
		if (pod?.nodeName === undefined || pods === undefined) {
			return;
		}

		pods.splice(pods.indexOf(pod), 1);
		if (pods.length === 0) {
			this.#byNode.delete(pod.nodeName);
		}
	}

	#putOnNode(pod: PodInfo | undefined): void {
		if (pod?.nodeName === undefined) {
			return;
		}

		const pods = this.#byNode.get(pod.nodeName);
		if (pods === undefined) {
			this.#byNode.set(pod.nodeName, [pod]);
		} else {
			pods.push(pod);
		}
	}
}

/** The one created later; within a second the one with the higher uid, to be deterministic. */
function isYounger(pod: PodInfo, other: PodInfo): boolean {
	const order = (pod.createdAtMs ?? 0) - (other.createdAtMs ?? 0);
	return order === 0 ? pod.uid > other.uid : order > 0;
}
