import type {KeptName, NodeRow} from '../model/row.ts';
import {KEPT_OF_NODE} from '../model/series.ts';
import {known} from '../rates/rate-window.ts';
import {UNKNOWN_USAGE} from '../rates/usage-tracker.ts';
import type {RingMoment} from '../rings/tick-ring.ts';
import type {ExistingCounts} from './existing-objects.ts';
import type {NodeRecord} from './node-record.ts';
import type {NodeOfCluster} from './rollup.ts';

type Known = {
	readonly moment: RingMoment | undefined;
	readonly counts: ExistingCounts;
	readonly revision: number;
	readonly row: NodeRow;
};

const PAST = {kind: 'past'} as const;

/** The rows of nodes at a past moment, each made once a moment: frames of thousands of nodes ask for all of them. */
export class PastNodeRows {
	readonly #known = new WeakMap<NodeRecord, Known>();

	/** The one that was made last, of whatever moment. */
	last(record: NodeRecord): NodeRow | undefined {
		return this.#known.get(record)?.row;
	}

	/** `moment`: undefined where the node was not read by then. `counts`: the pods and containers that it had. */
	of(record: NodeRecord, moment: RingMoment | undefined, counts: ExistingCounts): NodeRow {
		const {revision} = record;
		const before = this.#known.get(record);
		if (
			before?.revision === revision &&
			before.moment?.timeMs === moment?.timeMs &&
			before.counts === counts
		) {
			return before.row;
		}

		const {row: now} = record.node;
		const row: NodeRow = {
			...now,
			...UNKNOWN_USAGE,
			startTimeMs: now.startTimeMs,
			sampleTimeMs: moment?.timeMs,
			receivedAtMs: moment?.timeMs,
			...keptAt(record, moment),
			state: PAST,
			cores: undefined,
			interfaces: undefined,
			disks: undefined,
			podCount: moment && counts.pods,
			containerCount: moment && counts.containers,
		};
		this.#known.set(record, {moment, counts, revision, row});
		return row;
	}
}

/** What of the row of a node at a past moment is in the sums of a cluster: frames of thousands of nodes need no more. */
export function pastNodeOfCluster(
	record: NodeRecord,
	moment: RingMoment | undefined,
	counts: ExistingCounts,
): NodeOfCluster {
	const {row} = record.node;
	const inColumn = (column: number): number | undefined => known(record.node.valueAt(column, moment));
	return {
		cluster: row.cluster,
		name: row.name,
		info: row.info,
		bound: row.bound,
		isFrozen: row.isFrozen,
		state: PAST,
		receivedAtMs: moment?.timeMs,
		podCount: moment && counts.pods,
		containerCount: moment && counts.containers,
		cpuCores: inColumn(CPU),
		cpuCapacityCores: row.cpuCapacityCores,
		memoryWorkingSetBytes: inColumn(MEMORY),
		memoryCapacityBytes: row.memoryCapacityBytes,
		rxBytesPerSecond: inColumn(RX),
		txBytesPerSecond: inColumn(TX),
		filesystemFullRatio: inColumn(FULL),
		fullestFilesystem: row.fullestFilesystem,
	};
}

/** Columns of the rings of a node. */
const CPU = KEPT_OF_NODE.indexOf('cpuCores');
const MEMORY = KEPT_OF_NODE.indexOf('memoryWorkingSetBytes');
const RX = KEPT_OF_NODE.indexOf('rxBytesPerSecond');
const TX = KEPT_OF_NODE.indexOf('txBytesPerSecond');
const FULL = KEPT_OF_NODE.indexOf('filesystemFullRatio');

/** What the rings of a node have of a moment. */
function keptAt(
	{node}: NodeRecord,
	moment: RingMoment | undefined,
): Partial<Record<KeptName, number | undefined>> {
	const kept: Partial<Record<KeptName, number | undefined>> = {};
	for (const [column, series] of KEPT_OF_NODE.entries()) {
		kept[series] = known(node.valueAt(column, moment));
	}

	return kept;
}
