import type {ContainerRow, KeptName, PodRow} from '../model/row.ts';
import {KEPT_OF_CONTAINER, PackedContainer} from '../rates/packed-container.ts';
import {PackedPod} from '../rates/packed-pod.ts';
import {PLACES} from '../rates/packed-usage.ts';
import {IN_NO_RING, type PastFigures} from '../rates/past-figures.ts';
import type {SeriesSlab} from '../rings/series-slab.ts';
import type {RingMoment, TickRing} from '../rings/tick-ring.ts';
import {CopyOnWrite} from '../view/copy-on-write.ts';
import type {OtherMoment} from '../view/row-table.ts';

/** Where the figures of rows are that rings may have the past of. */
const PLACES_OF_SERIES: Readonly<Partial<Record<KeptName, number>>> = {...PLACES, ...KEPT_OF_CONTAINER};

/** What is kept of all objects of a kind on a node. */
type KeptBlock = {
	readonly ticks: TickRing;
	readonly slab: Pick<SeriesSlab, 'valuesAt'>;
	readonly forms: {readonly pastColumns: readonly number[]};
};

/** An object of which rings keep some figures. */
type Kept = PastFigures & {readonly block: KeptBlock; readonly slot: number};

/** Objects of a block by their slots in it, and the places of their rows in the table. */
type Group = {readonly block: KeptBlock; readonly slots: Uint32Array; readonly places: Uint32Array};

/** Mostly one. */
function groupsOf(places: Uint32Array, objects: readonly Kept[]): readonly Group[] {
	const blocks = new Set(objects.map(({block}) => block));
	return Array.from(blocks, block => {
		const isOf = (_: number, index: number): boolean => objects[index]?.block === block;
		return {
			block,
			slots: Uint32Array.from(objects, ({slot}) => slot).filter(isOf),
			places: blocks.size === 1 ? places : places.filter(isOf),
		};
	});
}

/** One moment in the rings of nodes, found out once for each. */
export class MomentOfRings {
	readonly #momentAt: (ticks: TickRing) => RingMoment | undefined;
	readonly #known = new Map<TickRing, RingMoment | undefined>();
	/** The objects of a node mostly follow each other. */
	#lastTicks: TickRing | undefined;
	#last: RingMoment | undefined;

	constructor(momentAt: (ticks: TickRing) => RingMoment | undefined) {
		this.#momentAt = momentAt;
	}

	of(ticks: TickRing): RingMoment | undefined {
		if (ticks !== this.#lastTicks) {
			this.#lastTicks = ticks;
			this.#last = this.#known.get(ticks);
			if (this.#last === undefined && !this.#known.has(ticks)) {
				this.#last = this.#momentAt(ticks);
				this.#known.set(ticks, this.#last);
			}
		}

		return this.#last;
	}
}

/**
 * Rows of a table at a past moment, made from the rings when they are asked for: a screen shows sixty of 300,000, and what
 * they are in order by is read from one figure of each.
 */
export class PastSlots<R extends PodRow | ContainerRow> implements OtherMoment<R> {
	/** By slot. */
	readonly #objects = new CopyOnWrite<Array<Kept | undefined>>([]);
	/** By part. */
	readonly #groups = new Map<object, readonly Group[]>();
	#moment: MomentOfRings;
	/** Those that were given, by slot: the same row each time. */
	#given = new Map<number, R>();

	constructor(moment: MomentOfRings) {
		this.#moment = moment;
	}

	moveTo(moment: MomentOfRings): void {
		this.#moment = moment;
		this.#given = new Map();
	}

	/** Which objects the rows of a part are of, in these slots. */
	put(part: object, slots: Uint32Array, objects: readonly Kept[]): void {
		this.#groups.set(part, groupsOf(slots, objects));
		const own = this.#objects.own();
		for (let place = 0; place < objects.length; place++) {
			own[slots[place] ?? 0] = objects[place];
		}

		if (this.#given.size > 0) {
			this.#given = new Map();
		}
	}

	rowAt(slot: number, row: R): R {
		return pastRow(row, this.#objects.current[slot], this.#moment);
	}

	fill(series: KeptName, numbers: Float64Array): boolean {
		const place = PLACES_OF_SERIES[series];
		if (place === undefined) {
			return false;
		}

		for (const groups of this.#groups.values()) {
			for (const {block, slots, places} of groups) {
				const column = block.forms.pastColumns[place] ?? IN_NO_RING;
				const position = this.#moment.of(block.ticks)?.position ?? -1;
				block.slab.valuesAt(slots, column, position, numbers, places);
			}
		}

		return true;
	}

	lend(): (slot: number, row: R) => R {
		const [objects, moment, given] = [this.#objects.lend(), this.#moment, this.#given];
		return (slot, row) => {
			const known = given.get(slot) ?? pastRow(row, objects[slot], moment);
			given.set(slot, known);
			return known;
		};
	}
}

function pastRow<R extends PodRow | ContainerRow>(
	row: R,
	object: Kept | undefined,
	moment: MomentOfRings,
): R {
	return object !== undefined && (row instanceof PackedContainer || row instanceof PackedPod)
		? (row.readAt(object, moment.of(object.block.ticks)) as PodRow | ContainerRow as R)
		: row;
}
