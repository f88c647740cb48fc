import type {CpuSplit} from '../model/cpu-split.ts';
import type {Reading} from '../model/reading.ts';
import type {KeptName, NodeRow} from '../model/row.ts';
import {KEPT_OF_NODE, SERIES_OF} from '../model/series.ts';
import type {SeriesSlab} from '../rings/series-slab.ts';
import type {ColumnOfValues, RingMoment, TickRing} from '../rings/tick-ring.ts';
import type {FigurePlace, FigureRoom} from './figure-room.ts';
import {KEPT_OF_CONTAINER, type PackedContainer} from './packed-container.ts';
import type {PackedPod} from './packed-pod.ts';
import {placesOfSeries} from './packed-usage.ts';
import {IN_NO_RING, OF_ROW, OF_TIME, type PastFigures, pastColumns} from './past-figures.ts';
import {type ContainersCpu, UNKNOWN_USAGE, type UsageReading, type UsageTracker} from './usage-tracker.ts';

export type TrackedKind = keyof RowOfKind;

type RowOfKind = {
	readonly node: NodeRow;
	readonly pod: PackedPod;
	readonly container: PackedContainer;
};

/** How many readings in a row may leave an object out before it counts as gone: kubelets drop some for a moment. */
const MISSES_ALLOWED = 3;
/** Room for as many. */
const BITS_OF_MISSES = 2;

function missesIn(slotAndMisses: number): number {
	return slotAndMisses & ((1 << BITS_OF_MISSES) - 1);
}

/** How rows of a kind are made of the newest one. */
type RowForms<Row> = {
	/** Of a reading that does not contain the object: its usage is unknown. */
	readonly unmeasured: (row: Row, room: FigureRoom) => Row;
	/** ktop's clock was set back. */
	readonly setBack: (row: Row, byMs: number, room: FigureRoom) => Row;
	/** Where the figures of a past moment are, see `pastColumns`. */
	readonly pastColumns: readonly number[];
	/** Writes the values of the series that rings keep, or NaN. */
	readonly record: (row: Row, slab: SeriesSlab, slot: number, position: number) => void;
};

export const NODE_FORMS: RowForms<NodeRow> = {
	unmeasured: row => ({...row, ...UNKNOWN_USAGE, startTimeMs: row.startTimeMs}),
	setBack: (row, byMs) => ({
		...row,
		receivedAtMs: row.receivedAtMs === undefined ? undefined : row.receivedAtMs - byMs,
	}),
	pastColumns: [],
	record: (row, slab, slot, position) => {
		const values: Readonly<Partial<Record<KeptName, number | undefined>>> = row;
		for (const [column, series] of KEPT_OF_NODE.entries()) {
			slab.write(slot, column, position, values[series]);
		}
	},
};

type PackedRowOf<Row> = {
	readonly unmeasured: (room: FigureRoom) => Row;
	readonly setBack: (byMs: number, room: FigureRoom) => Row;
	readonly numberAt: (place: number) => number;
};

function packedForms<Row extends PackedRowOf<Row>>(places: readonly number[]): RowForms<Row> {
	return {
		unmeasured: (row, room) => row.unmeasured(room),
		setBack: (row, byMs, room) => row.setBack(byMs, room),
		pastColumns: pastColumns(places),
		record: (row, slab, slot, position) => {
			for (let column = 0; column < places.length; column++) {
				slab.write(slot, column, position, row.numberAt(places[column] ?? 0));
			}
		},
	};
}

export const POD_FORMS = packedForms<PackedPod>(placesOfSeries(SERIES_OF.pod));

export const CONTAINER_FORMS = packedForms<PackedContainer>(
	placesOfSeries(SERIES_OF.container, KEPT_OF_CONTAINER),
);

/** Of containers that are in no pod. */
export const STANDALONE_FORMS = packedForms<PackedContainer>(
	placesOfSeries(SERIES_OF.standalone, KEPT_OF_CONTAINER),
);

/** What is kept of all objects of one kind on a node. */
export type Block<K extends TrackedKind> = {
	readonly series: readonly KeptName[];
	/** The moments of the node. */
	readonly ticks: TickRing;
	readonly slab: SeriesSlab;
	readonly tracker: UsageTracker;
	readonly forms: RowForms<RowOfKind[K]>;
};

/** One node, pod or container over time: its newest row, and its slot in the block of its kind. */
export class Tracked<K extends TrackedKind> implements PastFigures {
	readonly #block: Block<K>;
	/** In one number, since of 450,000 objects each field counts. */
	#slotAndMisses: number;
	#row: RowOfKind[K];

	constructor(block: Block<K>, row: RowOfKind[K], nowMs: number) {
		this.#block = block;
		const slot = block.slab.allocate();
		this.#slotAndMisses = slot << BITS_OF_MISSES;
		block.tracker.begin(slot, nowMs);
		this.#row = row;
	}

	/** A new value at each reading, so that an unchanged row is the same object. */
	get row(): RowOfKind[K] {
		return this.#row;
	}

	get firstSeenMs(): number {
		return this.#block.tracker.firstSeenMs(this.slot);
	}

	get lastSeenMs(): number {
		return this.#block.tracker.lastSeenMs(this.slot);
	}

	get isGone(): boolean {
		return missesIn(this.#slotAndMisses) >= MISSES_ALLOWED;
	}

	/** NaN where it is unknown. */
	get throttledRatio(): number {
		return this.#block.tracker.throttledRatio(this.slot);
	}

	/** See `UsageTracker`. */
	observe(
		reading: Reading,
		object: UsageReading,
		place: FigurePlace,
		cores: number | undefined,
		containers?: ContainersCpu,
		isNetworkHeld?: boolean,
	): CpuSplit | undefined {
		const slot = this.slot;
		this.#slotAndMisses = slot << BITS_OF_MISSES;
		const {tracker} = this.#block;
		return tracker.observe(slot, object, reading, place, cores, containers, isNetworkHeld);
	}

	update(row: RowOfKind[K]): void {
		this.#row = row;
	}

	/** ktop's clock was set back: the times of earlier samples move with it. */
	setBack(byMs: number, room: FigureRoom): void {
		this.#block.tracker.setBack(this.slot, byMs);
		this.#row = this.#block.forms.setBack(this.#row, byMs, room);
	}

	/** A reading did not contain this object. */
	miss(room: FigureRoom): void {
		const misses = missesIn(this.#slotAndMisses);
		if (misses < MISSES_ALLOWED) {
			this.#slotAndMisses++;
		}

		if (misses === 0) {
			this.#row = this.#block.forms.unmeasured(this.#row, room);
		}
	}

	/** Writes the row's values, or unknown where it was left out, at a new moment. */
	record(position: number): void {
		this.#block.forms.record(this.#row, this.#block.slab, this.slot, position);
	}

	/** Makes the values of a moment unknown. */
	blank(position: number): void {
		for (let column = 0; column < this.#block.series.length; column++) {
			this.#block.slab.write(this.slot, column, position, undefined);
		}
	}

	/** Where a series is kept; undefined where this object has none of it. */
	columnOf(series: KeptName): number | undefined {
		const column = this.#block.series.indexOf(series);
		return column === -1 ? undefined : column;
	}

	/** A value of the series in a column; NaN where it is unknown, and without a moment. */
	valueAt(column: number, moment: RingMoment | undefined): number {
		return moment === undefined ? Number.NaN : this.#block.slab.valueAt(this.slot, column, moment.position);
	}

	/** All values of a series, at the positions of the moments. */
	valuesOf(column: number): ColumnOfValues {
		return this.#block.slab.column(this.slot, column);
	}

	get block(): Block<K> {
		return this.#block;
	}

	/** In the block; -1 once it is released. */
	get slot(): number {
		return this.#slotAndMisses >> BITS_OF_MISSES;
	}

	/** See `PastFigures`. */
	pastNumberAt(place: number, moment: RingMoment | undefined): number | undefined {
		const {forms, slab} = this.#block;
		const column = forms.pastColumns[place] ?? OF_ROW;
		if (column === OF_ROW) {
			return undefined;
		}

		if (moment === undefined || column === IN_NO_RING) {
			return Number.NaN;
		}

		const {position} = moment;
		return column !== OF_TIME
			? slab.valueAt(this.slot, column, position)
			: position < 0
				? Number.NaN
				: moment.timeMs;
	}

	release(): void {
		this.#block.slab.release(this.slot);
		// Its place is that of another object soon.
		this.#slotAndMisses |= -1 << BITS_OF_MISSES;
	}
}
