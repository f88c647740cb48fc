import type {PodInfo} from '../model/inventory.ts';
import type {PodRow} from '../model/row.ts';
import {workloadId, workloadIdOf, workloadOf} from '../model/workload.ts';
import {type KnownPods, Numbered} from '../rollups/known-pods.ts';
import {keyOfFacts, NOT_LISTED, type PodFacts, podFacts} from '../rollups/pod-facts.ts';
import {ChangedSlots} from './changed-slots.ts';
import {CopyOnWrite} from './copy-on-write.ts';
import type {RowTable} from './row-table.ts';

/** Workloads that are gone are forgotten when there are so many times as many as pods, and so many more. */
const MOST_FORMER = 1.25;
const LEAST_FORMER = 1000;

/** How many different facts are remembered, to be given to the next pod that has the same. */
const MOST_SHARED = 10_000;

/**
 * What sums need of the pods of a table beside their figures, by slot. A pod is looked at again when the API server says
 * something else of it: its newest row mostly has the same record.
 */
export class SlotPods implements KnownPods {
	readonly #table: RowTable<PodRow>;
	#changed: ChangedSlots<PodRow>;
	#infos = new CopyOnWrite<Array<PodInfo | undefined>>([]);
	#facts = new CopyOnWrite<PodFacts[]>([]);
	#createdAtMs = new CopyOnWrite<Float64Array>(new Float64Array(0));
	#workloads = new CopyOnWrite<Uint32Array>(new Uint32Array(0));
	#ids = new Numbered();
	#shared = new Map<string, PodFacts>();

	constructor(table: RowTable<PodRow>) {
		this.#table = table;
		this.#changed = new ChangedSlots(table);
	}

	/** The same for a fork of the table. Both add to the same workloads. */
	fork(table: RowTable<PodRow>): SlotPods {
		const fork = new SlotPods(table);
		fork.#changed = this.#changed.fork(table);
		fork.#infos = this.#infos.fork();
		fork.#facts = this.#facts.fork();
		fork.#createdAtMs = this.#createdAtMs.fork();
		fork.#workloads = this.#workloads.fork();
		fork.#ids = this.#ids;
		fork.#shared = this.#shared;
		return fork;
	}

	readonly factsOf = (_: PodRow, slot: number): PodFacts => this.#facts.current[slot] ?? NOT_LISTED;

	readonly createdAtMsOf = (_: PodRow, slot: number): number => this.#createdAtMs.current[slot] ?? Number.NaN;

	readonly workloadOf = (_: PodRow, slot: number): number => this.#workloads.current[slot] ?? 0;

	get workloadIds(): readonly string[] {
		return this.#ids.texts;
	}

	/** The id of the row of a pod's workload, also of a pod that is to be looked at again. */
	workloadIdOf(pod: PodRow, slot: number): string {
		const {info} = pod;
		const isKnown = info !== undefined && this.#infos.current[slot] === info;
		return (isKnown ? this.workloadIds[this.workloadOf(pod, slot)] : undefined) ?? workloadIdOf(pod);
	}

	/** Looks at pods as long as there is time; returns whether all are known. */
	advance(hasTime: () => boolean): boolean {
		const {slotCount} = this.#table;
		// Never between two questions about the same rows: sums that are made in turns have numbers of before.
		if (
			this.#changed.visited !== this.#table.version &&
			this.#ids.texts.length > MOST_FORMER * slotCount + LEAST_FORMER
		) {
			this.#ids = new Numbered();
			this.#infos.replace([]);
			this.#changed.again(this.#table.version);
		}

		if (this.#workloads.current.length < slotCount) {
			const length = Math.ceil(slotCount * 1.25);
			const [workloads, createdAtMs] = [new Uint32Array(length), new Float64Array(length)];
			workloads.set(this.#workloads.current);
			createdAtMs.set(this.#createdAtMs.current);
			this.#workloads.replace(workloads);
			this.#createdAtMs.replace(createdAtMs);
		}

		return this.#changed.advance(this.#look, hasTime);
	}

	readonly #look = (slot: number, row: PodRow): true => {
		const {info} = row;
		// What runs a pod without a record is known by its name.
		if (info === undefined || this.#infos.current[slot] !== info) {
			this.#infos.own()[slot] = info;
			this.#facts.own()[slot] = this.#share(podFacts(info));
			this.#createdAtMs.own()[slot] = info?.createdAtMs ?? Number.NaN;
			this.#workloads.own()[slot] = this.#ids.of(workloadId(workloadOf(row), row.cluster));
		}

		return true;
	};

	#share(facts: PodFacts): PodFacts {
		if (facts === NOT_LISTED) {
			return facts;
		}

		if (this.#shared.size >= MOST_SHARED) {
			this.#shared.clear();
		}

		const key = keyOfFacts(facts);
		const known = this.#shared.get(key) ?? facts;
		this.#shared.set(key, known);
		return known;
	}
}
