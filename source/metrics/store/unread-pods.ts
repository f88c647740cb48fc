import type {PodInfo} from '../model/inventory.ts';
import type {ContainerRow, PodRow} from '../model/row.ts';
import type {PodChange} from './pod-index.ts';
import {isOfInterest, NO_NODE, unreadContainerRow, unreadPodRow} from './unread-rows.ts';

/** The pods of an inventory that no node reports, and their rows. */
export class UnreadPods {
	readonly #nodeIdOf: (nodeName: string) => string | undefined;
	readonly #isFrozen: () => boolean;
	readonly #unread = new Set<PodInfo>();
	/** How many nodes report each of the other pods. */
	readonly #reports = new Map<PodInfo, number>();
	readonly #rows = new WeakMap<PodInfo, PodRow>();
	readonly #containerRows = new WeakMap<PodRow, readonly ContainerRow[]>();

	/** `isFrozen`: whether the inventory may be out of date. */
	constructor(nodeIdOf: (nodeName: string) => string | undefined, isFrozen: () => boolean) {
		this.#isFrozen = isFrozen;
		this.#nodeIdOf = nodeIdOf;
	}

	/** A new pod is unread until a node reports it. */
	follow({before, after}: PodChange): void {
		if (before !== undefined) {
			this.#unread.delete(before);
		}

		if (after !== undefined) {
			this.#unread.add(after);
		}
	}

	/** A node now reports `after`; `isThere` is true for pods of `before` that are still in the inventory. */
	report(before: readonly PodInfo[], after: readonly PodInfo[], isThere: (info: PodInfo) => boolean): void {
		for (const info of after) {
			this.#reports.set(info, (this.#reports.get(info) ?? 0) + 1);
			this.#unread.delete(info);
		}

		for (const info of before) {
			const others = (this.#reports.get(info) ?? 0) - 1;
			if (others > 0) {
				this.#reports.set(info, others);
				continue;
			}

			this.#reports.delete(info);
			if (isThere(info)) {
				this.#unread.add(info);
			}
		}
	}

	/** Rows of one node, or of all. */
	rows(nodeId: string | undefined): readonly PodRow[] {
		const rows: PodRow[] = [];
		for (const info of this.#unread) {
			const row = this.#rowOf(info);
			if (nodeId === undefined || row.nodeId === nodeId) {
				rows.push(row);
			}
		}

		return rows;
	}

	/** All containers of one pod; undefined if the pod is not unread. */
	containersIn(podId: string): readonly ContainerRow[] | undefined {
		for (const info of this.#unread) {
			const row = this.#rowOf(info);
			if (row.id === podId) {
				return info.containers.map(container => unreadContainerRow(row, info, container));
			}
		}

		return undefined;
	}

	/** Containers of interest of one node, or of all. */
	containers(nodeId: string | undefined): ContainerRow[] {
		const rows: ContainerRow[] = [];
		for (const info of this.#unread) {
			const pod = this.#rowOf(info);
			if (nodeId === undefined || nodeId === pod.nodeId) {
				rows.push(...this.#containersOf(pod, info));
			}
		}

		return rows;
	}

	/** The same object as long as nothing changed, so that nothing is drawn or sorted again. */
	#rowOf(info: PodInfo): PodRow {
		const nodeId = (info.nodeName === undefined ? undefined : this.#nodeIdOf(info.nodeName)) ?? NO_NODE;
		const isFrozen = this.#isFrozen();
		const known = this.#rows.get(info);
		if (known?.nodeId === nodeId && (known.isFrozen ?? false) === isFrozen) {
			return known;
		}

		const row = unreadPodRow(info, nodeId, isFrozen);
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
