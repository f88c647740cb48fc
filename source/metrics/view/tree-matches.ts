import {columnsOf} from '../columns/columns.ts';
import {isText} from '../model/column.ts';
import type {ContainerRow, PodRow, TreeRow} from '../model/row.ts';
import type {Filter} from './filter.ts';
import type {Steps} from './in-turns.ts';
import type {RowTable} from './row-table.ts';
import {isInPod} from './select-view.ts';
import type {SlotColumns} from './slot-columns.ts';
import {SlotFilter} from './slot-filter.ts';
import {filterOfTable, textsOfTable} from './tree-filter.ts';

/** How many parts, such as nodes, are counted in a step. */
const PARTS_A_STEP = 32;

/** Of a container in no pod. */
const NO_POD = 2 ** 32 - 1;

type Listed<R extends PodRow | ContainerRow> = {
	readonly table: RowTable<R>;
	readonly columns: SlotColumns<R>;
};

/** A part of the tables. */
export type Part = {
	readonly key: object;
	readonly rows: {readonly pods: readonly PodRow[]; readonly containers: readonly ContainerRow[]};
	/** Whether its pods are in a node, and with them its containers in the tree. */
	readonly isOfNode: boolean;
};

/** How many lines a filter leaves. */
type LineCounts = {
	/** Of pods, containers in them, and containers in no pod. */
	readonly ofParts: ReadonlyMap<Part | undefined, number>;
	/** By the slots of pods, of each and containers in it. Valid until the next count. */
	readonly ofPods: Uint32Array;
};

/** The slots for which it is known in which pods containers are. */
type Joined = {readonly pods: Uint32Array; readonly containers: Uint32Array};

/** Which pods and containers of tables are in a tree that is filtered: texts are searched as those of the tables are. */
export class TreeMatches {
	readonly #pods: Listed<PodRow>;
	readonly #containers: Listed<ContainerRow>;
	readonly #podFilter: SlotFilter<PodRow>;
	readonly #containerFilter: SlotFilter<ContainerRow>;
	readonly #joined = new Map<object, Joined>();
	/** By the slots of containers, those of their pods. */
	#podOf = new Uint32Array(0);
	/** By the slots of pods, how many containers in them pass, and then how many lines they have. */
	#inside = new Uint32Array(0);

	constructor({
		pods,
		containers,
	}: {readonly pods: Listed<PodRow>; readonly containers: Listed<ContainerRow>}) {
		this.#pods = pods;
		this.#containers = containers;
		this.#podFilter = new SlotFilter(pods.table, pods.columns);
		this.#containerFilter = new SlotFilter(containers.table, containers.columns);
	}

	/** `parts`: as the tables have them. */
	*count(
		filter: Extract<Filter<TreeRow>, {readonly kind: 'ok'}>,
		text: string,
		parts: readonly Part[],
	): Steps<LineCounts> {
		const [pods, containers] = [filterOfTable('pods', filter), filterOfTable('containers', filter)];
		while (!this.#podFilter.advance(text, pods, 0, NO_TIME)) {
			yield;
		}

		while (!this.#containerFilter.advance(text, containers, 0, NO_TIME)) {
			yield;
		}

		yield* this.join(parts);
		const ofParts = new Map<Part | undefined, number>();
		for (const part of parts) {
			ofParts.set(part, this.#countPart(part));
			if (ofParts.size % PARTS_A_STEP === 0) {
				yield;
			}
		}

		return {ofParts, ofPods: this.#inside};
	}

	/** Finds out in which pods the containers of parts are, of those that are others than before. */
	*join(parts: readonly Part[]): Steps<void> {
		for (const [place, part] of parts.entries()) {
			this.#join(part);
			if (place % PARTS_A_STEP === PARTS_A_STEP - 1) {
				yield;
			}
		}

		const keys = new Set(parts.map(({key}) => key));
		for (const key of this.#joined.keys()) {
			if (!keys.has(key)) {
				this.#joined.delete(key);
			}
		}
	}

	/** Makes ready what any filter looks at, as long as there is time; returns whether all is. */
	foresee(hasTime: () => boolean): boolean {
		const texts = columnsOf('tree').filter(({unit}) => isText(unit));
		return (
			textsOfTable('pods', texts).every(column => this.#pods.columns.textsOf(column).join(hasTime)) &&
			textsOfTable('containers', texts).every(column =>
				this.#containers.columns.textsOf(column).join(hasTime),
			)
		);
	}

	#countPart(part: Part): number {
		const {pods, containers} = this.#join(part);
		const others = this.#countContainers(containers, pods);
		let lines = part.isOfNode ? others : 0;
		const [{passes}, inside] = [this.#podFilter, this.#inside];
		for (const slot of pods) {
			const within = part.isOfNode ? (inside[slot] ?? 0) : 0;
			const ofPod = passes[slot] === 1 ? 1 : within === 0 ? 0 : within + 1;
			inside[slot] = ofPod;
			lines += ofPod;
		}

		return lines;
	}

	/** Counts those that pass by their pods, and returns the number of those in none. */
	#countContainers(containers: Uint32Array, pods: Uint32Array): number {
		for (const slot of pods) {
			this.#inside[slot] = 0;
		}

		const {passes} = this.#containerFilter;
		let others = 0;
		for (const slot of containers) {
			if (passes[slot] === 1) {
				const pod = this.#podOf[slot] ?? NO_POD;
				if (pod === NO_POD) {
					others++;
				} else {
					this.#inside[pod] = (this.#inside[pod] ?? 0) + 1;
				}
			}
		}

		return others;
	}

	#join({key, rows}: Part): Joined {
		const pods = this.#pods.table.slotsOf(key);
		const containers = this.#containers.table.slotsOf(key);
		const known = this.#joined.get(key);
		if (known?.pods === pods && known.containers === containers) {
			return known;
		}

		this.#podOf = withRoom(this.#podOf, this.#containers.table.slotCount);
		this.#inside = withRoom(this.#inside, this.#pods.table.slotCount);
		for (const [index, place] of podPlaces(rows.containers, rows.pods).entries()) {
			this.#podOf[containers[index] ?? 0] = pods[place] ?? NO_POD;
		}

		const joined = {pods, containers};
		this.#joined.set(key, joined);
		return joined;
	}
}

const NO_TIME = (): boolean => false;

function withRoom(numbers: Uint32Array<ArrayBuffer>, count: number): Uint32Array<ArrayBuffer> {
	if (numbers.length >= count) {
		return numbers;
	}

	const more = new Uint32Array(Math.ceil(count * 1.25));
	more.set(numbers);
	return more;
}

/** The places of the pods that containers are in; -1 for one in none of them. Mostly both are in the same order. */
function podPlaces(containers: readonly ContainerRow[], pods: readonly PodRow[]): Int32Array {
	let place = 0;
	return Int32Array.from(containers, row => {
		for (let tries = 0; row.pod !== undefined && tries < pods.length; tries++) {
			if (isInPod(row, pods[place]?.id ?? '')) {
				return place;
			}

			place = (place + 1) % pods.length;
		}

		return -1;
	});
}
