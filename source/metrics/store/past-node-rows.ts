import type {NodeRow} from '../model/row.ts';
import type {ExistingAt} from './existing-counts.ts';
import type {NodeRecord} from './node-record.ts';

/** Where the values of a moment are in the rings, and its time; undefined where the node was not read by then. */
export type RingMoment = {readonly position: number | undefined; readonly timeMs: number | undefined};

type Known = {
	readonly timeMs: number | undefined;
	readonly existing: ExistingAt | undefined;
	readonly revision: number;
	readonly row: NodeRow;
};

/** The rows of nodes at a past moment, each made once a moment: frames of thousands of nodes ask for all of them. */
export class PastNodeRows {
	readonly #known = new WeakMap<NodeRecord, Known>();

	/** The one that was made last, of whatever moment. */
	last(record: NodeRecord): NodeRow | undefined {
		return this.#known.get(record)?.row;
	}

	/** `existing`: the pods and containers that the node had. */
	of(record: NodeRecord, {position, timeMs}: RingMoment, existing: ExistingAt | undefined): NodeRow {
		const {revision} = record;
		const known = this.#known.get(record);
		if (known?.revision === revision && known.timeMs === timeMs && known.existing === existing) {
			return known.row;
		}

		const row: NodeRow = {
			...record.node.rowAt(position, timeMs),
			state: {kind: 'past'},
			cores: undefined,
			interfaces: undefined,
			disks: undefined,
			podCount: position === undefined ? undefined : existing?.pods,
			containerCount: position === undefined ? undefined : existing?.containers,
		};
		this.#known.set(record, {timeMs, existing, revision, row});
		return row;
	}
}
