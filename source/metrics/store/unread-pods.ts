import type {PodInfo} from '../model/inventory.ts';
import type {ContainerRow, PodRow} from '../model/row.ts';
import type {PodChange} from './pod-index.ts';
import {isOfInterest, NO_NODE, unreadContainerRow, unreadPodRow} from './unread-rows.ts';

/** No node has this name. */
const UNBOUND = '';

/** Made when they are asked for: the row of a pod, and those of its containers of interest. */
type Rows = {readonly pod: PodRow; containers?: readonly ContainerRow[]};

/** By node, since a map of all pods is a long turn of the event loop whenever it grows. */
type Unread = {readonly rows: Map<PodInfo, Rows | undefined>; revision: number};

/** The pods of an inventory that no node reports, and their rows. */
export class UnreadPods {
	readonly #nodeIdOf: (nodeName: string) => string | undefined;
	readonly #isFrozen: () => boolean;
	readonly #cluster: string | undefined;
	/** By the name of the node that they are bound to; `UNBOUND` for those that are not scheduled. */
	readonly #unread = new Map<string, Unread>();
	#changes = 0;
	/** How many nodes report a pod where several do: the other pods are reported by one. */
	readonly #reports = new Map<PodInfo, number>();

	/** `isFrozen`: whether the inventory may be out of date. */
	constructor(nodeIdOf: (nodeName: string) => string | undefined, isFrozen: () => boolean, cluster?: string) {
		this.#cluster = cluster;
		this.#isFrozen = isFrozen;
		this.#nodeIdOf = nodeIdOf;
	}

	/** A new pod is unread until a node reports it. */
	follow({before, after}: PodChange): void {
		if (before !== undefined) {
			this.#delete(before);
		}

		if (after !== undefined) {
			this.#add(after);
		}
	}

	/** A node now reports `after`; `isThere` is true for pods of `before` that are still in the inventory. */
	report(before: readonly PodInfo[], after: readonly PodInfo[], isThere: (info: PodInfo) => boolean): void {
		for (const info of after) {
			if (!this.#delete(info)) {
				this.#reports.set(info, (this.#reports.get(info) ?? 1) + 1);
			}
		}

		for (const info of before) {
			const reports = this.#reports.get(info) ?? 1;
			if (reports > 2) {
				this.#reports.set(info, reports - 1);
			} else if (!this.#reports.delete(info) && isThere(info)) {
				this.#add(info);
			}
		}
	}

	/** Names of nodes that have unread pods, and `UNBOUND`. */
	get nodeNames(): Iterable<string> {
		return this.#unread.keys();
	}

	/** Changes with the unread pods of any node. */
	get revision(): number {
		return this.#changes;
	}

	/** Changes with the unread pods of a node; 0 where it has none. */
	revisionOf(nodeName: string): number {
		return this.#unread.get(nodeName)?.revision ?? 0;
	}

	/** Must be called when a node of that name is added or removed. */
	touch(nodeName: string): void {
		const unread = this.#unread.get(nodeName);
		if (unread !== undefined) {
			unread.revision = ++this.#changes;
		}
	}

	/** Rows of the pods that are bound to a node. */
	rows(nodeName: string): readonly PodRow[] {
		const rows: PodRow[] = [];
		for (const info of this.#infosOn(nodeName)) {
			rows.push(this.#rowsOf(info).pod);
		}

		return rows;
	}

	/** All containers of one pod; undefined if the pod is not unread. */
	containersIn(podId: string): readonly ContainerRow[] | undefined {
		for (const {rows} of this.#unread.values()) {
			for (const info of rows.keys()) {
				const row = podId.endsWith(info.uid) ? this.#rowsOf(info).pod : undefined;
				if (row?.id === podId) {
					return info.containers.map(container => unreadContainerRow(row, info, container));
				}
			}
		}

		return undefined;
	}

	/** Containers of interest of the pods that are bound to a node. */
	containers(nodeName: string): ContainerRow[] {
		const rows: ContainerRow[] = [];
		for (const info of this.#infosOn(nodeName)) {
			rows.push(...this.#containersOf(info));
		}

		return rows;
	}

	#infosOn(nodeName: string): Iterable<PodInfo> {
		return this.#unread.get(nodeName)?.rows.keys() ?? [];
	}

	#add(info: PodInfo): void {
		const nodeName = info.nodeName ?? UNBOUND;
		const unread = this.#unread.get(nodeName) ?? {rows: new Map(), revision: 0};
		this.#unread.set(nodeName, unread);
		unread.rows.set(info, undefined);
		unread.revision = ++this.#changes;
	}

	/** False where it is none of them. */
	#delete(info: PodInfo): boolean {
		const nodeName = info.nodeName ?? UNBOUND;
		const unread = this.#unread.get(nodeName);
		if (unread?.rows.delete(info) !== true) {
			return false;
		}

		unread.revision = ++this.#changes;
		if (unread.rows.size === 0) {
			this.#unread.delete(nodeName);
		}

		return true;
	}

	/** The same object as long as nothing changed, so that nothing is drawn or sorted again. */
	#rowsOf(info: PodInfo): Rows {
		const unread = this.#unread.get(info.nodeName ?? UNBOUND);
		const nodeId = (info.nodeName === undefined ? undefined : this.#nodeIdOf(info.nodeName)) ?? NO_NODE;
		const isFrozen = this.#isFrozen();
		const known = unread?.rows.get(info);
		if (known?.pod.nodeId === nodeId && (known.pod.isFrozen ?? false) === isFrozen) {
			return known;
		}

		const rows = {pod: unreadPodRow(info, nodeId, isFrozen, this.#cluster)};
		unread?.rows.set(info, rows);
		return rows;
	}

	#containersOf(info: PodInfo): readonly ContainerRow[] {
		const rows = this.#rowsOf(info);
		rows.containers ??= info.containers
			.filter(container => isOfInterest(info, container))
			.map(container => unreadContainerRow(rows.pod, info, container));
		return rows.containers;
	}
}
