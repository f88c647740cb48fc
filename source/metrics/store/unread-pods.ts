import type {PodInfo} from '../model/inventory.ts';
import type {ContainerRow, PodRow} from '../model/row.ts';
import type {PodChange} from './pod-index.ts';
import {isOfInterest, NO_NODE, unreadContainerRow, unreadPodRow} from './unread-rows.ts';

/** No node has this name. */
const UNBOUND = '';

type Unread = {readonly infos: Set<PodInfo>; revision: number};

/** The pods of an inventory that no node reports, and their rows. */
export class UnreadPods {
	readonly #nodeIdOf: (nodeName: string) => string | undefined;
	readonly #isFrozen: () => boolean;
	readonly #cluster: string | undefined;
	/** By the name of the node that they are bound to; `UNBOUND` for those that are not scheduled. */
	readonly #unread = new Map<string, Unread>();
	#changes = 0;
	/** How many nodes report each of the other pods. */
	readonly #reports = new Map<PodInfo, number>();
	readonly #rows = new WeakMap<PodInfo, PodRow>();
	readonly #containerRows = new WeakMap<PodRow, readonly ContainerRow[]>();

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
			this.#reports.set(info, (this.#reports.get(info) ?? 0) + 1);
			this.#delete(info);
		}

		for (const info of before) {
			const others = (this.#reports.get(info) ?? 0) - 1;
			if (others > 0) {
				this.#reports.set(info, others);
				continue;
			}

			this.#reports.delete(info);
			if (isThere(info)) {
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
			rows.push(this.#rowOf(info));
		}

		return rows;
	}

	/** All containers of one pod; undefined if the pod is not unread. */
	containersIn(podId: string): readonly ContainerRow[] | undefined {
		for (const {infos} of this.#unread.values()) {
			for (const info of infos) {
				const row = podId.endsWith(info.uid) ? this.#rowOf(info) : undefined;
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
			rows.push(...this.#containersOf(this.#rowOf(info), info));
		}

		return rows;
	}

	#infosOn(nodeName: string): Iterable<PodInfo> {
		return this.#unread.get(nodeName)?.infos ?? [];
	}

	#add(info: PodInfo): void {
		const nodeName = info.nodeName ?? UNBOUND;
		const unread = this.#unread.get(nodeName) ?? {infos: new Set(), revision: 0};
		this.#unread.set(nodeName, unread);
		unread.infos.add(info);
		unread.revision = ++this.#changes;
	}

	#delete(info: PodInfo): void {
		const nodeName = info.nodeName ?? UNBOUND;
		const unread = this.#unread.get(nodeName);
		// Else it would be kept as long as the pod is: nodes are read after the pods of all were listed.
		this.#rows.delete(info);
		if (unread?.infos.delete(info) === true) {
			unread.revision = ++this.#changes;
			if (unread.infos.size === 0) {
				this.#unread.delete(nodeName);
			}
		}
	}

	/** The same object as long as nothing changed, so that nothing is drawn or sorted again. */
	#rowOf(info: PodInfo): PodRow {
		const nodeId = (info.nodeName === undefined ? undefined : this.#nodeIdOf(info.nodeName)) ?? NO_NODE;
		const isFrozen = this.#isFrozen();
		const known = this.#rows.get(info);
		if (known?.nodeId === nodeId && (known.isFrozen ?? false) === isFrozen) {
			return known;
		}

		const row = unreadPodRow(info, nodeId, isFrozen, this.#cluster);
		this.#rows.set(info, row);
		return row;
	}

	#containersOf(pod: PodRow, info: PodInfo): readonly ContainerRow[] {
		const known = this.#containerRows.get(pod);
		if (known !== undefined) {
			return known;
		}

		const rows = info.containers
			.filter(container => isOfInterest(info, container))
			.map(container => unreadContainerRow(pod, info, container));
		this.#containerRows.set(pod, rows);
		return rows;
	}
}
