import type {CpuSplit} from '../model/cpu-split.ts';
import type {Reading} from '../model/reading.ts';
import type {KeptName, NodeRow} from '../model/row.ts';
import {KEPT_OF_NODE, SERIES_OF} from '../model/series.ts';
import type {SeriesSlab} from '../rings/series-slab.ts';
import type {ColumnOfValues} from '../rings/tick-ring.ts';
import {type FigurePlace, FigureRoom} from './figure-room.ts';
import {KEPT_OF_CONTAINER, type PackedContainer} from './packed-container.ts';
import type {PackedPod} from './packed-pod.ts';
import {type PastValues, placesOfSeries} from './packed-usage.ts';
import {known} from './rate-window.ts';
import {type ContainersCpu, UNKNOWN_USAGE, type UsageReading, type UsageTracker} from './usage-tracker.ts';

export type TrackedKind = keyof RowOfKind;

type RowOfKind = {
	readonly node: NodeRow;
	readonly pod: PackedPod;
	readonly container: PackedContainer;
};

/** How many readings in a row may leave an object out before it counts as gone: kubelets drop some for a moment. */
const MISSES_ALLOWED = 3;

/** How rows of a kind are made of the newest one. */
type RowForms<Row> = {
	/** Of a reading that does not contain the object: its usage is unknown. */
	readonly unmeasured: (row: Row, room: FigureRoom) => Row;
	/** At a past moment, with a value of each series that rings keep. Figures that they do not keep are unknown. */
	readonly past: (row: Row, timeMs: number | undefined, values: Float64Array, room: FigureRoom) => Row;
	/** ktop's clock was set back. */
	readonly setBack: (row: Row, byMs: number, room: FigureRoom) => Row;
	/** Writes the values of the series that rings keep, or NaN. */
	readonly record: (row: Row, slab: SeriesSlab, slot: number, position: number) => void;
};

export const NODE_FORMS: RowForms<NodeRow> = {
	unmeasured: row => ({...row, ...UNKNOWN_USAGE, startTimeMs: row.startTimeMs}),
	past: (row, timeMs, values) => ({
		...row,
		...UNKNOWN_USAGE,
		startTimeMs: row.startTimeMs,
		sampleTimeMs: timeMs,
		receivedAtMs: timeMs,
		...keptOfNode(values),
	}),
	setBack: (row, byMs) => ({
		...row,
		receivedAtMs: row.receivedAtMs === undefined ? undefined : row.receivedAtMs - byMs,
	}),
	record: (row, slab, slot, position) => {
		const values: Readonly<Partial<Record<KeptName, number | undefined>>> = row;
		for (const [column, series] of KEPT_OF_NODE.entries()) {
			slab.write(slot, column, position, values[series]);
		}
	},
};

function keptOfNode(values: Float64Array): Partial<Record<KeptName, number | undefined>> {
	const kept: Partial<Record<KeptName, number | undefined>> = {};
	for (let column = 0; column < KEPT_OF_NODE.length; column++) {
		const series = KEPT_OF_NODE[column];
		if (series !== undefined) {
			kept[series] = known(values[column]);
		}
	}

	return kept;
}

type PackedRowOf<Row> = {
	readonly unmeasured: (room: FigureRoom) => Row;
	readonly past: (timeMs: number | undefined, values: PastValues, room: FigureRoom) => Row;
	readonly setBack: (byMs: number, room: FigureRoom) => Row;
	readonly numberAt: (place: number) => number;
};

function packedForms<Row extends PackedRowOf<Row>>(places: readonly number[]): RowForms<Row> {
	return {
		unmeasured: (row, room) => row.unmeasured(room),
		past: (row, timeMs, values, room) => row.past(timeMs, {values, places}, room),
		setBack: (row, byMs, room) => row.setBack(byMs, room),
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

/** The values of a row that is being made. */
const VALUES = new Float64Array(KEPT_OF_NODE.length);

/** What is kept of all objects of one kind on a node. */
export type Block<K extends TrackedKind> = {
	readonly series: readonly KeptName[];
	readonly slab: SeriesSlab;
	readonly tracker: UsageTracker;
	readonly forms: RowForms<RowOfKind[K]>;
};

/** One node, pod or container over time: its newest row, and its slot in the block of its kind. */
export class Tracked<K extends TrackedKind> {
	readonly #block: Block<K>;
	readonly #slot: number;
	#row: RowOfKind[K];
	#misses = 0;

	constructor(block: Block<K>, row: RowOfKind[K], nowMs: number) {
		this.#block = block;
		this.#slot = block.slab.allocate();
		block.tracker.begin(this.#slot, nowMs);
		this.#row = row;
	}

	/** A new value at each reading, so that an unchanged row is the same object. */
	get row(): RowOfKind[K] {
		return this.#row;
	}

	get firstSeenMs(): number {
		return this.#block.tracker.firstSeenMs(this.#slot);
	}

	get lastSeenMs(): number {
		return this.#block.tracker.lastSeenMs(this.#slot);
	}

	get isGone(): boolean {
		return this.#misses >= MISSES_ALLOWED;
	}

	/** NaN where it is unknown. */
	get throttledRatio(): number {
		return this.#block.tracker.throttledRatio(this.#slot);
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
		this.#misses = 0;
		const {tracker} = this.#block;
		return tracker.observe(this.#slot, object, reading, place, cores, containers, isNetworkHeld);
	}

	update(row: RowOfKind[K]): void {
		this.#row = row;
	}

	/** ktop's clock was set back: the times of earlier samples move with it. */
	setBack(byMs: number, room: FigureRoom): void {
		this.#block.tracker.setBack(this.#slot, byMs);
		this.#row = this.#block.forms.setBack(this.#row, byMs, room);
	}

	/** A reading did not contain this object. */
	miss(room: FigureRoom): void {
		if (this.#misses++ === 0) {
			this.#row = this.#block.forms.unmeasured(this.#row, room);
		}
	}

	/** Writes the row's values, or unknown where it was left out, at a new moment. */
	record(position: number): void {
		this.#block.forms.record(this.#row, this.#block.slab, this.#slot, position);
	}

	/** Makes the values of a moment unknown. */
	blank(position: number): void {
		for (let column = 0; column < this.#block.series.length; column++) {
			this.#block.slab.write(this.#slot, column, position, undefined);
		}
	}

	/** Where a series is kept; undefined where this object has none of it. */
	columnOf(series: KeptName): number | undefined {
		const column = this.#block.series.indexOf(series);
		return column === -1 ? undefined : column;
	}

	/** All values of a series, at the positions of the moments. */
	valuesOf(column: number): ColumnOfValues {
		return this.#block.slab.column(this.#slot, column);
	}

	/** The row at a past moment. Figures that the rings do not keep are unknown. */
	rowAt(position: number | undefined, timeMs: number | undefined, room = new FigureRoom(0)): RowOfKind[K] {
		this.#block.slab.readAll(this.#slot, position, VALUES);
		return this.#block.forms.past(this.#row, timeMs, VALUES, room);
	}

	release(): void {
		this.#block.slab.release(this.#slot);
	}
}
