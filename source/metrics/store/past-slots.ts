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

/** The places of rows in the table whose objects are of a block. */
type Group = {readonly block: KeptBlock; readonly places: Uint32Array};

/** Mostly one. */
function groupsOf(places: Uint32Array, objects: readonly Kept[]): readonly Group[] {
	const block = objects[0]?.block;
	if (block === undefined) {
		return [];
	}

	return objects.every(object => object.block === block)
		? [{block, places}]
		: Array.from(new Set(objects.map(object => object.block)), one => ({
				block: one,
				places: places.filter((_, index) => objects[index]?.block === one),
			}));
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
	/** The same, their slots in their block. */
	#ringSlots = new Uint32Array(0);
	/** By part. */
	readonly #groups = new Map<object, readonly Group[]>();
	#moment: MomentOfRings;
	/** Those that were given, by slot: the same row each time; undefined until there is somebody to give them to. */
	#given: Map<number, R> | undefined;

	constructor(moment: MomentOfRings) {
		this.#moment = moment;
	}

	moveTo(moment: MomentOfRings): void {
		this.#moment = moment;
		this.#given = undefined;
	}

	/** Which objects the rows of a part are of, in these slots of the table. */
	put(part: object, places: Uint32Array, objects: readonly Kept[]): void {
		this.#groups.set(part, groupsOf(places, objects));
		const own = this.#objects.own();
		for (let index = 0; index < objects.length; index++) {
			const [place = 0, object] = [places[index], objects[index]];
			if (place >= this.#ringSlots.length) {
				const more = new Uint32Array(Math.ceil((place + 1) * 1.25));
				more.set(this.#ringSlots);
				this.#ringSlots = more;
			}

			own[place] = object;
			this.#ringSlots[place] = object?.slot ?? 0;
		}

		this.#given = undefined;
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
			for (const {block, places} of groups) {
				const column = block.forms.pastColumns[place] ?? IN_NO_RING;
				const position = this.#moment.of(block.ticks)?.position ?? -1;
				block.slab.valuesAt(this.#ringSlots, column, position, numbers, places);
			}
		}

		return true;
	}

	lend(): (slot: number, row: R) => R {
		this.#given ??= new Map();
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
