import {BoundPodsSum, isSameBound} from './bound-pods.ts';
import {type ClusterInventory, isFinished, type PodInfo} from './inventory.ts';
import {joinPods} from './inventory-join.ts';
import type {NodeRecord} from './node-record.ts';
import type {BoundPods, ContainerRow, PodRow} from './row.ts';
import type {Tracked} from './tracked.ts';
import {isOfInterest, NO_NODE, unreadContainerRow, unreadPodRow} from './unread-rows.ts';

/** How long a pod may be read that the API server does not know: its watch event is on the way, or its end is. */
const UNKNOWN_ALLOWED_MS = 30_000;

type Unread = {readonly row: PodRow; readonly info: PodInfo};

/**
 * Brings together what nodes report and what the API server says: gives rows their part of the inventory, makes rows
 * for the pods that no node reports, and hides what nodes still report though it is no more.
 */
export class ClusterJoin {
	readonly #inventory: ClusterInventory;
	readonly #rows = new WeakMap<PodInfo, PodRow>();
	#unread: readonly Unread[] = [];
	#hidden: ReadonlySet<Tracked<'pod'>> = new Set();
	/** The reading up to which the containers of a node were joined: they are many, and change with it alone. */
	readonly #joined = new WeakMap<NodeRecord, number>();

	constructor(inventory: ClusterInventory) {
		this.#inventory = inventory;
	}

	/** To be called after each change of the records or of the inventory, before rows are asked for. */
	refresh(records: Iterable<NodeRecord>, nowMs: number): void {
		const pods = this.#inventory.pods();
		const join = joinPods(pods);
		const idsOfNodes = new Map<string, string>();
		const read = new Set<PodInfo>();
		const hidden = new Set<Tracked<'pod'>>();
		const bound = new Map<string, BoundPodsSum>();
		const all = [...records];
		for (const record of all) {
			idsOfNodes.set(record.name, record.id);
			let hasChanged = this.#joined.get(record) !== record.readings;
			for (const pod of record.pods.values()) {
				const {row} = pod;
				const info = join(row, record.name);
				if (info !== row.info) {
					pod.update({...row, info});
					hasChanged = true;
				}

				if (info === undefined ? this.#isDeleted(pod, nowMs) : isFinished(info)) {
					hidden.add(pod);
				} else if (info !== undefined && !pod.isGone) {
					read.add(info);
				}
			}

			if (hasChanged) {
				joinContainers(record);
				this.#joined.set(record, record.readings);
			}
		}

		const unread: Unread[] = [];
		for (const info of pods.values()) {
			if (!read.has(info)) {
				unread.push({row: this.#rowOf(info, idsOfNodes.get(info.nodeName ?? '') ?? NO_NODE), info});
			}

			if (info.nodeName !== undefined && !isFinished(info)) {
				const sum = bound.get(info.nodeName) ?? new BoundPodsSum();
				bound.set(info.nodeName, sum);
				sum.add(info);
			}
		}

		this.#unread = unread;
		this.#hidden = hidden;
		const isComplete = this.#inventory.hasAllPods() && !this.#inventory.isSelective;
		for (const record of all) {
			const sum = bound.get(record.name) ?? new BoundPodsSum();
			this.#joinNode(record, isComplete ? sum.total() : undefined);
		}
	}

	isHidden(pod: Tracked<'pod'> | undefined): boolean {
		return pod !== undefined && this.#hidden.has(pod);
	}

	/** The pods that no node reports, of one node or of all. */
	unreadPods(nodeId: string | undefined): readonly PodRow[] {
		return this.#unread.flatMap(({row}) => (nodeId === undefined || row.nodeId === nodeId ? [row] : []));
	}

	/**
	 * The containers that no node reports, of one pod with all that ever ran in it, or of all pods where they are worth
	 * a look.
	 */
	unreadContainers(
		records: ReadonlyMap<string, NodeRecord>,
		scope: {readonly nodeId?: string | undefined; readonly podId?: string | undefined},
	): readonly ContainerRow[] {
		const rows: ContainerRow[] = [];
		const add = (pod: PodRow, info: PodInfo, isRead: (name: string) => boolean): void => {
			if (
				(scope.podId !== undefined && scope.podId !== pod.id) ||
				(scope.nodeId !== undefined && scope.nodeId !== pod.nodeId)
			) {
				return;
			}

			for (const container of info.containers) {
				if ((scope.podId !== undefined || isOfInterest(info, container)) && !isRead(container.name)) {
					rows.push(unreadContainerRow(pod, info, container));
				}
			}
		};
		for (const {row, info} of this.#unread) {
			add(row, info, () => false);
		}

		for (const record of records.values()) {
			for (const [key, {row, isGone}] of record.pods) {
				if (row.info !== undefined && !isGone && !isFinished(row.info)) {
					add(row, row.info, name => record.containers.get(`${key}/${name}`)?.isGone === false);
				}
			}
		}

		return rows;
	}

	/** Kubelets go on reporting some pods that were deleted, and pods of a selector's other side are not asked for. */
	#isDeleted(pod: Tracked<'pod'>, nowMs: number): boolean {
		return (
			this.#inventory.isSelective ||
			(this.#inventory.hasAllPods(pod.row.namespace) && nowMs - pod.firstSeenMs > UNKNOWN_ALLOWED_MS)
		);
	}

	/** The same row as long as nothing changed, so that nothing is drawn or sorted anew for it. */
	#rowOf(info: PodInfo, nodeId: string): PodRow {
		const known = this.#rows.get(info);
		const row = known?.nodeId === nodeId ? known : unreadPodRow(info, nodeId);
		this.#rows.set(info, row);
		return row;
	}

	#joinNode({node, name}: NodeRecord, bound: BoundPods | undefined): void {
		const info = this.#inventory.nodes().get(name);
		const {row} = node;
		const isRead = row.receivedAtMs !== undefined;
		const podCount = isRead ? row.podCount : bound?.pods;
		if (info !== row.info || !isSameBound(bound, row.bound) || podCount !== row.podCount) {
			node.update({
				...row,
				info,
				bound,
				podCount,
				cpuCapacityCores: info?.capacity.cpuCores ?? row.cpuCapacityCores,
				memoryCapacityBytes: info?.capacity.memoryBytes ?? row.memoryCapacityBytes,
			});
		}
	}
}

function joinContainers(record: NodeRecord): void {
	for (const [key, container] of record.containers) {
		const {row} = container;
		if (row.pod === undefined) {
			continue;
		}

		const podInfo = record.pods.get(key.slice(0, -row.name.length - 1))?.row.info;
		if (podInfo === row.podInfo) {
			continue;
		}

		const info = podInfo?.containers.find(({name}) => name === row.name);
		container.update({
			...row,
			podInfo,
			info,
			cpuLimitCores: row.cpuLimitCores ?? info?.limits.cpuCores,
			memoryLimitBytes: row.memoryLimitBytes ?? info?.limits.memoryBytes,
		});
	}
}
