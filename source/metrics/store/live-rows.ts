import type {ContainerRow, PodRow} from '../model/row.ts';
import type {Tracked} from '../rates/tracked.ts';
import {podIdOf} from '../view/select-view.ts';
import {suspectsAmong} from '../view/suspects.ts';
import type {UnreadRows} from './cluster-join.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import type {NodeRecord} from './node-record.ts';

/** The newest rows of one node, without objects that were deleted or are hidden. */
export type RowsOfNode = UnreadRows & {
	/** Those that the node reports; `pods` and `containers` have also those that only the API server lists. */
	readonly reported: UnreadRows;
};

type Known = RowsOfNode & {
	readonly revision: number;
	readonly unreadRevision: number;
	readonly isFrozen: boolean;
};

/** The newest rows node by node, made again when the node has changed: an unchanged list is the same object. */
export class LiveRows {
	readonly #joins: ClusterJoins;
	readonly #known = new WeakMap<NodeRecord, Known>();
	#elsewhere: {readonly key: string; readonly rows: UnreadRows} | undefined;

	constructor(joins: ClusterJoins) {
		this.#joins = joins;
	}

	/** `isFrozen`: whether the inventory may be out of date. */
	of(record: NodeRecord, isFrozen = this.#joins.of(record)?.isFrozen === true): RowsOfNode {
		const {revision} = record;
		const join = this.#joins.of(record);
		const unreadRevision = join?.unreadRevision(record) ?? 0;
		const before = this.#known.get(record);
		// Until a node is joined again, a changed pod is both among the reported and the unreported ones.
		if (before !== undefined && join?.isBehind(record) === true) {
			return before;
		}

		if (
			before?.revision === revision &&
			before.unreadRevision === unreadRevision &&
			before.isFrozen === isFrozen
		) {
			return before;
		}

		const reported = {pods: this.#pods(record), containers: this.#containers(record)};
		const unread = join?.unreadOn(record) ?? NOTHING;
		const pods = unread.pods.length === 0 ? reported.pods : [...reported.pods, ...unread.pods];
		const containers =
			unread.containers.length === 0 ? reported.containers : [...reported.containers, ...unread.containers];
		const known = {
			reported,
			pods,
			containers,
			// Now, while they are read anyway: all of a large cluster take half a second.
			suspects: suspectsAmong(pods, containers),
			revision,
			unreadRevision,
			isFrozen,
		};
		this.#known.set(record, known);
		return known;
	}

	/** Rows of pods that are on no node that is read; the same object until they may have changed. */
	elsewhere(): UnreadRows {
		const key = this.#joins.unreadElsewhereKey;
		if (this.#elsewhere?.key !== key) {
			this.#elsewhere = {key, rows: this.#joins.unreadElsewhere()};
		}

		return this.#elsewhere.rows;
	}

	#pods(record: NodeRecord): readonly PodRow[] {
		const hidden = this.#hidden(record);
		const rows: PodRow[] = [];
		for (const pod of record.pods.values()) {
			if (!pod.isGone && !hidden.has(pod)) {
				rows.push(pod.row);
			}
		}

		return rows;
	}

	#containers(record: NodeRecord): readonly ContainerRow[] {
		const hidden = this.#hidden(record);
		const isSelective = this.#joins.of(record)?.isSelective === true;
		const rows: ContainerRow[] = [];
		for (const {isGone, row} of record.containers.values()) {
			const isHidden =
				(hidden.size > 0 && isOfAny(hidden, record, row)) || (isSelective && row.pod === undefined);
			if (!isGone && !isHidden) {
				rows.push(row);
			}
		}

		return rows;
	}

	#hidden(record: NodeRecord): ReadonlySet<Tracked<'pod'>> {
		return this.#joins.of(record)?.hiddenPods(record) ?? NONE_HIDDEN;
	}
}

const NOTHING: UnreadRows = {pods: [], containers: []};

export const NONE_HIDDEN: ReadonlySet<Tracked<'pod'>> = new Set();

/** Whether a container is in one of these pods of a node. */
export function isOfAny(pods: ReadonlySet<Tracked<'pod'>>, record: NodeRecord, row: ContainerRow): boolean {
	const pod = record.pods.get(podIdOf(row).slice(record.id.length + 1));
	return pod !== undefined && pods.has(pod);
}
