import type {ContainerRow, NodeRow, PodRow} from '../model/row.ts';
import {isContainerWithin, isPodWithin} from '../model/scope.ts';
import type {Scope} from '../model/view.ts';
import type {RingMoment, TickRing} from '../rings/tick-ring.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import {ExistingObjects} from './existing-objects.ts';
import type {NodeRecord} from './node-record.ts';
import {PastNodeRows, pastNodeOfCluster} from './past-node-rows.ts';
import type {NodeOfCluster} from './rollup.ts';

/** Rows of a past moment, made from the rings. */
export class PastRows {
	readonly #joins: ClusterJoins;
	readonly #staleAfterMs: () => number;
	#existing = new WeakMap<NodeRecord, ExistingObjects>();
	readonly #nodes = new PastNodeRows();

	/** `staleAfterMs`: the newest sample before a moment is not of it where it is older than that. */
	constructor(joins: ClusterJoins, staleAfterMs: () => number) {
		this.#joins = joins;
		this.#staleAfterMs = staleAfterMs;
	}

	node(record: NodeRecord, atMs: number): NodeRow {
		return this.#nodes.of(record, this.momentAt(record.ticks, atMs), this.existingOn(record).at(atMs).counts);
	}

	/** The row of a node that was made last, of whatever moment. */
	lastOfNode(record: NodeRecord): NodeRow {
		return this.#nodes.last(record) ?? record.node.row;
	}

	/** What of the row of a node is in the sums of a cluster. */
	nodeOfCluster(record: NodeRecord, atMs: number): NodeOfCluster {
		return pastNodeOfCluster(
			record,
			this.momentAt(record.ticks, atMs),
			this.existingOn(record).at(atMs).counts,
		);
	}

	pods(records: Iterable<NodeRecord>, scope: Scope, atMs: number): readonly PodRow[] {
		const rows: PodRow[] = [];
		for (const record of records) {
			const moment = this.momentAt(record.ticks, atMs);
			for (const pod of this.existingOn(record).at(atMs).pods) {
				if (isPodWithin(pod.row, scope)) {
					rows.push(pod.row.readAt(pod, moment));
				}
			}
		}

		return rows;
	}

	containers(records: Iterable<NodeRecord>, scope: Scope, atMs: number): readonly ContainerRow[] {
		const rows: ContainerRow[] = [];
		for (const record of records) {
			const moment = this.momentAt(record.ticks, atMs);
			for (const container of this.existingOn(record).at(atMs).containers) {
				if (isContainerWithin(container.row, scope)) {
					rows.push(container.row.readAt(container, moment));
				}
			}
		}

		return rows;
	}

	/** The past is not looked at any more: what was on nodes would be kept, with pods that are gone by now. */
	forget(): void {
		this.#existing = new WeakMap();
	}

	/** The same object until `forget`. */
	existingOn(record: NodeRecord): ExistingObjects {
		const known = this.#existing.get(record) ?? new ExistingObjects(record, this.#joins);
		this.#existing.set(record, known);
		return known;
	}

	/** Undefined where the node was not read by then. */
	momentAt(ticks: TickRing, atMs: number): RingMoment | undefined {
		const age = ticks.ageAt(atMs);
		return age === undefined || atMs - ticks.timeAt(age) > this.#staleAfterMs()
			? undefined
			: ticks.momentAt(age);
	}
}
