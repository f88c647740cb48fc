import type {ContainerRow, NodeRow, PodRow} from '../model/row.ts';
import {isContainerWithin, isPodWithin} from '../model/scope.ts';
import type {Scope} from '../model/view.ts';
import {FigureRoom} from '../rates/figure-room.ts';
import type {Tracked} from '../rates/tracked.ts';
import type {ClusterJoins} from './cluster-joins.ts';
import {ExistingCounts, existedAt} from './existing-counts.ts';
import {isOfAny, NONE_HIDDEN} from './live-rows.ts';
import type {NodeRecord} from './node-record.ts';
import {PastNodeRows, type RingMoment} from './past-node-rows.ts';

/** About as many figures are known of an object at a past moment. */
const KNOWN_OF_PAST = 8;

/** Rows of a past moment, made from the rings. */
export class PastRows {
	readonly #joins: ClusterJoins;
	readonly #staleAfterMs: () => number;
	readonly #existing = new ExistingCounts();
	readonly #nodes = new PastNodeRows();

	/** `staleAfterMs`: the newest sample before a moment is not of it where it is older than that. */
	constructor(joins: ClusterJoins, staleAfterMs: () => number) {
		this.#joins = joins;
		this.#staleAfterMs = staleAfterMs;
	}

	node(record: NodeRecord, atMs: number): NodeRow {
		return this.#nodes.of(record, this.#moment(record, atMs), this.#existing.at(record, atMs));
	}

	/** The row of a node that was made last, of whatever moment. */
	lastOfNode(record: NodeRecord): NodeRow {
		return this.#nodes.last(record) ?? record.node.row;
	}

	/** `room`: where the figures of rows are put, shared by several calls. */
	pods(records: Iterable<NodeRecord>, scope: Scope, atMs: number, room?: FigureRoom): readonly PodRow[] {
		return this.#objects<'pod'>(
			records,
			atMs,
			record => record.pods,
			(pod, _record, hidden) => isPodWithin(pod.row, scope) && !hidden.has(pod),
			room,
		);
	}

	containers(
		records: Iterable<NodeRecord>,
		scope: Scope,
		atMs: number,
		room?: FigureRoom,
	): readonly ContainerRow[] {
		return this.#objects<'container'>(
			records,
			atMs,
			record => record.containers,
			({row}, record, hidden) =>
				isContainerWithin(row, scope) &&
				!(hidden.size > 0 && isOfAny(hidden, record, row)) &&
				!(row.pod === undefined && this.#joins.of(record)?.isSelective === true),
			room,
		);
	}

	#objects<K extends 'pod' | 'container'>(
		records: Iterable<NodeRecord>,
		atMs: number,
		objectsOf: (record: NodeRecord) => ReadonlyMap<string, Tracked<K>>,
		isShown: (object: Tracked<K>, record: NodeRecord, hidden: ReadonlySet<Tracked<'pod'>>) => boolean,
		roomOfAll?: FigureRoom,
	): Array<Tracked<K>['row']> {
		const rows: Array<Tracked<K>['row']> = [];
		for (const record of records) {
			const {position, timeMs} = this.#moment(record, atMs);
			const hidden = this.#joins.of(record)?.hiddenPods(record) ?? NONE_HIDDEN;
			const objects = objectsOf(record);
			const room = roomOfAll ?? new FigureRoom(objects.size * KNOWN_OF_PAST);
			for (const object of objects.values()) {
				if (existedAt(object, atMs) && isShown(object, record, hidden)) {
					rows.push(object.rowAt(position, timeMs, room));
				}
			}
		}

		return rows;
	}

	#moment(record: NodeRecord, atMs: number): RingMoment {
		const age = record.ticks.ageAt(atMs);
		const timeMs = age === undefined ? undefined : record.ticks.timeAt(age);
		return age === undefined || timeMs === undefined || atMs - timeMs > this.#staleAfterMs()
			? {position: undefined, timeMs: undefined}
			: {position: record.ticks.position(age), timeMs};
	}
}
