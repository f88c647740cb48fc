import {type ClusterInventory, isFinished, type PodInfo} from '../model/inventory.ts';
import type {BoundPods, ContainerRow, PodRow} from '../model/row.ts';
import type {Tracked} from '../rates/tracked.ts';
import {BoundPodsSum, isSameBound} from '../rollups/bound-pods.ts';
import type {Suspects} from '../view/suspects.ts';
import type {NodeRecord} from './node-record.ts';
import {type PodChange, PodIndex} from './pod-index.ts';
import {UnreadPods} from './unread-pods.ts';
import {isOfInterest, unreadContainerRow} from './unread-rows.ts';

/** How long a pod that the inventory does not have is shown: its watch event, or its end, may be late. */
const UNKNOWN_ALLOWED_MS = 30_000;

/** How much is taken over at once where there are turns: each takes less than a millisecond. */
const PODS_A_SLICE = 128;
const NODES_A_SLICE = 16;

/** The result of joining one node, which is undone when the node is joined again. */
type JoinedNode = {
	/** Of the record then, see `NodeRecord`. */
	readonly membership: number | undefined;
	/** Pods that the node reports and the inventory has. */
	readonly reported: readonly PodInfo[];
	readonly hidden: ReadonlySet<Tracked<'pod'>>;
	/**
	 * Uids that the node reports and the inventory does not have, or has on another node; and the names
	 * (`namespace/name`) of those that it does not have.
	 */
	readonly strays: readonly string[];
	readonly hasUnknownPods: boolean;
	/** Containers of its pods that it does not report, if they are of interest (`isOfInterest`). */
	readonly unreadContainers: readonly ContainerRow[];
};

export type UnreadRows = {
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
	/** Those that may have problems, where that was looked at already. */
	readonly suspects?: Suspects;
};

const NOT_JOINED: JoinedNode = {
	membership: undefined,
	reported: [],
	hidden: new Set(),
	strays: [],
	hasUnknownPods: false,
	unreadContainers: [],
};

/**
 * Joins the samples of nodes with the inventory of the API server. Neither is complete: a node reports containers that
 * are already deleted, and the API server lists pods that do not run yet.
 *
 * - A pod of both gets its inventory fields (`info`), found by uid, or by name where a route reports no uid.
 * - A pod that only the inventory has gets a row without figures (`unreadPods`, `unreadContainers`).
 * - A pod that only a node reports is shown for `UNKNOWN_ALLOWED_MS`, since its watch event may be late, and is hidden after that.
 * - Each node's requests and limits are summed over the pods bound to it (`BoundPods`).
 *
 * The result of a node is kept in `JoinedNode`, and only nodes with a change are joined again (`refresh`): there are
 * thousands of nodes, and a few change at a time.
 */
export class ClusterJoin {
	readonly #inventory: ClusterInventory;
	readonly #pods = new PodIndex();
	readonly #nodes = new Map<NodeRecord, JoinedNode>();
	/** Two sources may name the same node. */
	readonly #byName = new Map<string, readonly NodeRecord[]>();
	readonly #unread: UnreadPods;
	/** Nodes by the entries of their `JoinedNode.strays`. */
	readonly #strays = new Map<string, readonly NodeRecord[]>();
	readonly #bound = new Map<string, BoundPods>();
	/** Answers of the inventory's `hasAllPods` that were used to judge unknown pods. */
	readonly #hasAllPods = new Map<string, boolean>();
	/** Whether all pods of the cluster are listed, which sums over the pods bound to a node need. */
	#isComplete = false;
	/** When the next unknown pod of a node is to be hidden. */
	readonly #dueMs = new Map<NodeRecord, number>();
	readonly #toJoin = new Set<NodeRecord>();
	/** Changes with the nodes. */
	#nodesRevision = 0;
	#inventoryVersion: number | undefined;
	/** The join of the inventory that is still going on, if any. */
	#following: Generator<undefined, void, undefined> | undefined;
	/** Whether all of the inventory was taken over once: until then no pod is judged as unknown to it. */
	#hasFollowed = false;

	/** `cluster` is the name of the cluster, where several are read. */
	constructor(inventory: ClusterInventory, cluster?: string) {
		this.#inventory = inventory;
		this.#unread = new UnreadPods(
			nodeName => this.#named(nodeName).at(-1)?.id,
			() => inventory.isCurrent?.('pods') === false,
			cluster,
		);
	}

	add(record: NodeRecord): void {
		this.#nodes.set(record, NOT_JOINED);
		this.#byName.set(record.name, [...this.#named(record.name), record]);
		this.#unread.touch(record.name);
		this.#nodesRevision++;
		this.#toJoin.add(record);
	}

	remove(record: NodeRecord): void {
		this.#replace(record, NOT_JOINED);
		this.#nodes.delete(record);
		this.#toJoin.delete(record);
		this.#dueMs.delete(record);
		this.#unread.touch(record.name);
		this.#nodesRevision++;
		const others = this.#named(record.name).filter(other => other !== record);
		if (others.length === 0) {
			this.#byName.delete(record.name);
		} else {
			this.#byName.set(record.name, others);
		}
	}

	/** Joins one node with the inventory as of the last refresh. */
	join(record: NodeRecord, nowMs: number): void {
		const isConcerned = this.#toJoin.delete(record);
		const {membership, hasUnknownPods} = this.#joined(record);
		// Most readings are of the same pods, and of none of these the API server says anything new.
		if (isConcerned || hasUnknownPods || membership !== record.membership) {
			this.#joinPods(record, nowMs);
		}

		this.#joinNode(record);
	}

	/** Must be called after changes of records or inventory and before rows are read. */
	refresh(nowMs: number): void {
		this.advance(nowMs, () => true);
	}

	/** The same as long as there is time; returns whether all is joined. */
	advance(nowMs: number, hasTime: () => boolean): boolean {
		if (!this.#followInventory(hasTime)) {
			return false;
		}

		for (const [record, dueMs] of this.#dueMs) {
			if (nowMs > dueMs) {
				this.#toJoin.add(record);
			}
		}

		for (const record of this.#toJoin) {
			record.touch();
			this.join(record, nowMs);
			if (!hasTime()) {
				return false;
			}
		}

		return true;
	}

	/** Whether rows of a node are not joined with all of the inventory that was taken over. */
	isBehind(record: NodeRecord): boolean {
		return this.#toJoin.has(record);
	}

	/** Whether only pods with some labels are wanted, and so no container without a pod. */
	get isSelective(): boolean {
		return this.#inventory.isSelective;
	}

	/** Pods that a node still reports although they are deleted. */
	hiddenPods(record: NodeRecord): ReadonlySet<Tracked<'pod'>> {
		return this.#joined(record).hidden;
	}

	/** What the pods and containers depend on that a node does not report but that are bound to it. */
	unreadRevision({name}: NodeRecord): number {
		return this.#unread.revisionOf(name);
	}

	/** Whether the inventory may be out of date, which such rows say. */
	get isFrozen(): boolean {
		return this.#inventory.isCurrent?.() === false;
	}

	/** Rows of pods that no node reports, and of their containers of interest, as those of pods of the node. */
	unreadOn(record: NodeRecord): UnreadRows {
		const {unreadContainers} = this.#joined(record);
		// If two nodes have the same name, the last one gets its pods.
		if (this.#named(record.name).at(-1) !== record) {
			return {pods: [], containers: unreadContainers};
		}

		return {
			pods: this.#unread.rows(record.name),
			containers: [...this.#unread.containers(record.name), ...unreadContainers],
		};
	}

	/** Changes with what `unreadElsewhere` returns. */
	get unreadElsewhereKey(): string {
		return `${this.#unread.revision} ${this.#nodesRevision} ${this.isFrozen}`;
	}

	/** The same of pods that are on no node that is read. */
	unreadElsewhere(): UnreadRows {
		const names = [...this.#unread.nodeNames].filter(name => this.#named(name).length === 0);
		return {
			pods: names.flatMap(name => this.#unread.rows(name)),
			containers: names.flatMap(name => this.#unread.containers(name)),
		};
	}

	/** All containers of a pod that no node reports, also those that are not of interest. */
	unreadContainersOf(podId: string): readonly ContainerRow[] {
		return this.#unread.containersIn(podId) ?? this.#unreadContainersIn(podId);
	}

	/** The same of a pod that is reported. */
	#unreadContainersIn(podId: string): readonly ContainerRow[] {
		for (const record of this.#nodes.keys()) {
			const key = podId.startsWith(`${record.id}/`) ? podId.slice(record.id.length + 1) : undefined;
			const pod = key === undefined ? undefined : record.pods.get(key);
			if (key !== undefined && pod !== undefined) {
				return unreadContainersIn(record, key, pod, () => true);
			}
		}

		return [];
	}

	/** Takes over what changed, as long as there is time; returns whether that is all. */
	#followInventory(hasTime: () => boolean): boolean {
		while (this.#following !== undefined || this.#inventory.version() !== this.#inventoryVersion) {
			this.#following ??= this.#follow();
			if (this.#following.next().done === true) {
				this.#following = undefined;
			} else if (!hasTime()) {
				return false;
			}
		}

		return true;
	}

	*#follow(): Generator<undefined, void, undefined> {
		const changes =
			this.#inventoryVersion === undefined ? undefined : this.#inventory.changesSince(this.#inventoryVersion);
		this.#inventoryVersion = this.#inventory.version();
		const pods = this.#inventory.pods();
		let uids: string[] = [];
		for (const uid of changes?.pods ?? this.#pods.uidsBeside(pods)) {
			uids.push(uid);
			if (uids.length === PODS_A_SLICE) {
				this.#followPods(pods, uids);
				uids = [];
				yield;
			}
		}

		this.#followPods(pods, uids);
		if (changes === undefined) {
			yield* this.#followAll();
			return;
		}

		for (const name of changes.nodes) {
			for (const record of this.#named(name)) {
				this.#joinNode(record);
			}
		}
	}

	#followPods(pods: ReadonlyMap<string, PodInfo>, uids: readonly string[]): void {
		for (const change of this.#pods.follow(pods, uids)) {
			this.#followPod(change);
		}
	}

	/** Joins the nodes themselves. */
	*#followAll(): Generator<undefined, void, undefined> {
		this.#isComplete = this.#inventory.hasAllPods() && !this.#inventory.isSelective;
		for (const [namespace, before] of this.#hasAllPods) {
			const now = this.#inventory.hasAllPods(namespace);
			if (now !== before) {
				this.#hasAllPods.set(namespace, now);
				this.#joinUnknownAgain();
			}
		}

		if (!this.#hasFollowed) {
			this.#hasFollowed = true;
			this.#joinUnknownAgain();
		}

		let count = 0;
		for (const record of this.#nodes.keys()) {
			this.#joinNode(record);
			if (++count % NODES_A_SLICE === 0) {
				yield;
			}
		}
	}

	#followPod(change: PodChange): void {
		this.#unread.follow(change);
		for (const info of [change.before, change.after]) {
			if (info !== undefined) {
				this.#concern(info);
			}
		}
	}

	/** Marks the nodes that a change of a pod concerns: the one it is bound to, and those that report it. */
	#concern(info: PodInfo): void {
		const {uid, nodeName} = info;
		for (const stray of [uid, nameOf(info)]) {
			for (const record of this.#strays.get(stray) ?? []) {
				this.#toJoin.add(record);
			}
		}

		if (nodeName !== undefined) {
			this.#bound.delete(nodeName);
			for (const record of this.#named(nodeName)) {
				this.#toJoin.add(record);
			}
		}
	}

	#joinUnknownAgain(): void {
		for (const [record, {hasUnknownPods}] of this.#nodes) {
			if (hasUnknownPods) {
				this.#toJoin.add(record);
			}
		}
	}

	#joinPods(record: NodeRecord, nowMs: number): void {
		const reported: PodInfo[] = [];
		const hidden = new Set<Tracked<'pod'>>();
		const strays: string[] = [];
		const unreadContainers: ContainerRow[] = [];
		let hasUnknownPods = false;
		let dueMs = Number.POSITIVE_INFINITY;
		for (const [key, pod] of record.pods) {
			const {row} = pod;
			const info = this.#pods.find(row, record.name);
			if (info !== row.info) {
				pod.update(row.withInfo(info));
			}

			if (row.uid !== undefined && info?.nodeName !== record.name) {
				strays.push(row.uid);
			}

			if (info === undefined) {
				hasUnknownPods = true;
				strays.push(nameOf(row));
				const hiddenAfterMs = this.#hiddenAfterMs(pod);
				if (nowMs > hiddenAfterMs) {
					hidden.add(pod);
				} else {
					dueMs = Math.min(dueMs, hiddenAfterMs);
				}
			} else if (isFinished(info)) {
				hidden.add(pod);
			} else if (!pod.isGone) {
				reported.push(info);
				unreadContainers.push(
					...unreadContainersIn(record, key, pod, container => isOfInterest(info, container)),
				);
			}
		}

		joinContainers(record);
		this.#replace(record, {
			membership: record.membership,
			reported,
			hidden,
			strays,
			hasUnknownPods,
			unreadContainers,
		});
		if (dueMs === Number.POSITIVE_INFINITY) {
			this.#dueMs.delete(record);
		} else {
			this.#dueMs.set(record, dueMs);
		}
	}

	#replace(record: NodeRecord, after: JoinedNode): void {
		const before = this.#joined(record);
		this.#nodes.set(record, after);
		this.#unread.report(before.reported, after.reported, info => this.#pods.has(info));
		for (const uid of before.strays) {
			const others = (this.#strays.get(uid) ?? []).filter(other => other !== record);
			if (others.length === 0) {
				this.#strays.delete(uid);
			} else {
				this.#strays.set(uid, others);
			}
		}

		for (const uid of after.strays) {
			this.#strays.set(uid, [...(this.#strays.get(uid) ?? []), record]);
		}
	}

	#joined(record: NodeRecord): JoinedNode {
		return this.#nodes.get(record) ?? NOT_JOINED;
	}

	#named(nodeName: string): readonly NodeRecord[] {
		return this.#byName.get(nodeName) ?? [];
	}

	/**
	 * The time after which a reported pod that the inventory does not have is hidden. Kubelets go on reporting some
	 * deleted pods, and pods that a label selector leaves out must not show. Never where the inventory may be incomplete;
	 * at once where another pod has taken the name: a member of a StatefulSet that was moved or recreated.
	 */
	#hiddenAfterMs({row, firstSeenMs}: Tracked<'pod'>): number {
		const {namespace} = row;
		if (!this.#hasFollowed) {
			return Number.POSITIVE_INFINITY;
		}

		if (this.#inventory.isSelective || isReplaced(row, this.#pods.named(row))) {
			return Number.NEGATIVE_INFINITY;
		}

		const hasAllPods = this.#hasAllPods.get(namespace) ?? this.#inventory.hasAllPods(namespace);
		this.#hasAllPods.set(namespace, hasAllPods);
		return hasAllPods ? firstSeenMs + UNKNOWN_ALLOWED_MS : Number.POSITIVE_INFINITY;
	}

	#joinNode(record: NodeRecord): void {
		const {node, name} = record;
		const info = this.#inventory.nodes().get(name);
		const bound = this.#isComplete ? this.#boundOn(name) : undefined;
		const {row} = node;
		const isFrozen = (info !== undefined && this.#inventory.isCurrent?.('nodes') === false) || undefined;
		if (info !== row.info || !isSameBound(bound, row.bound) || isFrozen !== row.isFrozen) {
			record.touch();
			node.update({
				...row,
				info,
				isFrozen,
				bound,
				cpuCapacityCores: info?.capacity.cpuCores ?? row.cpuCapacityCores,
				memoryCapacityBytes: info?.capacity.memoryBytes ?? row.memoryCapacityBytes,
			});
		}
	}

	#boundOn(nodeName: string): BoundPods {
		const known = this.#bound.get(nodeName);
		if (known !== undefined) {
			return known;
		}

		const sum = new BoundPodsSum();
		for (const info of this.#pods.onNode(nodeName)) {
			if (!isFinished(info)) {
				sum.add(info);
			}
		}

		const bound = sum.total();
		this.#bound.set(nodeName, bound);
		return bound;
	}
}

function nameOf({namespace, name}: Pick<PodInfo, 'namespace' | 'name'>): string {
	return `${namespace}/${name}`;
}

/** Whether a pod is older than the one that has its name now. A younger one is not listed yet. */
function isReplaced({startTimeMs}: PodRow, namesake: PodInfo | undefined): boolean {
	return (
		namesake !== undefined &&
		(startTimeMs === undefined || namesake.createdAtMs === undefined || startTimeMs < namesake.createdAtMs)
	);
}

/** Rows of the containers in a pod of a node that the node does not report. */
function unreadContainersIn(
	record: NodeRecord,
	key: string,
	{row, isGone}: Tracked<'pod'>,
	isAskedFor: (container: PodInfo['containers'][number]) => boolean,
): readonly ContainerRow[] {
	const {info} = row;
	if (info === undefined || isGone || isFinished(info)) {
		return [];
	}

	const rows: ContainerRow[] = [];
	for (const container of info.containers) {
		if (
			isAskedFor(container) &&
			record.containers.get(`${record.id}/${key}/${container.name}`)?.isGone !== false
		) {
			rows.push(unreadContainerRow(row, info, container));
		}
	}

	return rows;
}

function joinContainers(record: NodeRecord): void {
	for (const container of record.containers.values()) {
		const {row} = container;
		if (row.pod === undefined) {
			continue;
		}

		const podInfo = record.pods.get(row.id.slice(record.id.length + 1, -row.name.length - 1))?.row.info;
		if (podInfo === row.podInfo) {
			continue;
		}

		const info = podInfo?.containers.find(({name}) => name === row.name);
		container.update(row.withInfo(podInfo, info));
	}
}
