import type {SeriesName} from '../model/row.ts';
import type {HistoryWindow} from '../model/view.ts';
import type {NodeRecord} from './node-record.ts';

/** Tolerance of a window's end, as a share of a step: rounding errors are not another grid. */
const OFF_GRID = 1e-6;

/** How many nodes are asked for their steps at once where that may be done in turns: some milliseconds. */
const AT_ONCE = 512;

/** The same between two looks at the clock. */
const NODES_A_STEP = 16;

/** For how many more nodes than there are there is room. */
const SLOT_GROWTH = 1.25;

/**
 * The sum of one series over all nodes, in the steps of a window. Every frame reads it, and only few of thousands of
 * nodes have a new sample since the last frame, so the steps of each node are kept and shifted with the window.
 */
export class SummedHistory {
	readonly #series: SeriesName;
	readonly #isInTurns: boolean;
	readonly #slots = new Map<NodeRecord, number>();
	readonly #free: number[] = [];
	/** Nodes whose steps have to be computed again. */
	readonly #changed = new Set<NodeRecord>();
	#window: HistoryWindow = {points: 0, stepMs: 0, endMs: 0};
	/** A row of steps for each slot. Rings keep fewer digits. */
	#steps = new Float32Array(0);
	/** The steps of the node that is asked. */
	#row = new Float64Array(0);
	/** The newest sample of each slot, its time, and the time until which it counts. */
	#held = new Float64Array(0);
	#heldMs = new Float64Array(0);
	#heldUntilMs = new Float64Array(0);
	/** The sum that was given last. */
	#last: Float64Array | undefined;
	/** Whether that was of another window or of older samples. */
	#isAwaited = false;

	/** `isInTurns`: whether `advance` is called after an answer that may not be ready. */
	constructor(series: SeriesName, records: Iterable<NodeRecord>, isInTurns = false) {
		this.#series = series;
		this.#isInTurns = isInTurns;
		for (const record of records) {
			this.touch(record);
		}
	}

	/**
	 * A node was added or has new samples. Its steps are computed at once, and the window is shifted to them; a window
	 * that ends long before belongs to a past cursor and stays.
	 */
	touch(record: NodeRecord): void {
		if (!this.#slots.has(record)) {
			this.#slots.set(record, this.#free.pop() ?? this.#slots.size);
		}

		const newestMs = record.ticks.newestMs ?? Number.POSITIVE_INFINITY;
		const {stepMs, endMs} = this.#window;
		if (this.#hasRoom() && newestMs > endMs && newestMs <= endMs + stepMs) {
			this.#moveTo({...this.#window, endMs: endMs + stepMs});
		}

		if (this.#hasRoom() && newestMs <= this.#window.endMs) {
			this.#changed.delete(record);
			this.#resample(record);
		} else {
			this.#changed.add(record);
		}
	}

	remove(record: NodeRecord): void {
		const slot = this.#slots.get(record);
		if (slot !== undefined) {
			this.#slots.delete(record);
			this.#changed.delete(record);
			this.#free.push(slot);
			this.#rowOf(slot).fill(Number.NaN);
		}
	}

	/** NaN where no node has a value. That of before where so many nodes are to be asked that it takes turns. */
	at(window: HistoryWindow): Float64Array {
		this.#moveTo(window);
		this.#isAwaited = this.#isInTurns && this.#changed.size > AT_ONCE;
		if (this.#isAwaited) {
			return this.#last ?? new Float64Array(window.points).fill(Number.NaN);
		}

		this.#resampleChanged(() => true);
		this.#last = this.#sum();
		return this.#last;
	}

	/** Asks nodes for an answer that was not ready, as long as there is time; returns whether there was none. */
	advance(hasTime: () => boolean): boolean {
		if (!this.#isAwaited) {
			return true;
		}

		this.#isAwaited = !this.#resampleChanged(hasTime);
		return false;
	}

	/** Returns whether all are resampled. */
	#resampleChanged(hasTime: () => boolean): boolean {
		let count = 0;
		for (const record of this.#changed) {
			this.#resample(record);
			this.#changed.delete(record);
			if (++count % NODES_A_STEP === 0 && !hasTime()) {
				break;
			}
		}

		return this.#changed.size === 0;
	}

	#moveTo(window: HistoryWindow): void {
		const {points, stepMs, endMs} = this.#window;
		const exactly = (window.endMs - endMs) / stepMs;
		const steps = Math.round(exactly);
		const isSameGrid = window.points === points && window.stepMs === stepMs;
		const isKept = isSameGrid && this.#hasRoom();
		this.#window = window;
		if (!(isKept && Math.abs(exactly - steps) < OFF_GRID && steps >= 0 && steps < points)) {
			this.#beginAnew();
		} else if (steps > 0) {
			this.#advance(steps, endMs);
		}
	}

	/** Whether every slot has its row; without a window none has. */
	#hasRoom(): boolean {
		const slots = this.#slots.size + this.#free.length;
		return slots > 0 && slots <= this.#held.length;
	}

	#beginAnew(): void {
		if (!this.#hasRoom() || this.#steps.length !== this.#held.length * this.#window.points) {
			// More, since nodes are added one by one.
			const slots = Math.ceil((this.#slots.size + this.#free.length) * SLOT_GROWTH);
			this.#steps = new Float32Array(slots * this.#window.points).fill(Number.NaN);
			this.#held = new Float64Array(slots);
			this.#heldMs = new Float64Array(slots);
			this.#heldUntilMs = new Float64Array(slots);
		}

		for (const slot of this.#free) {
			this.#rowOf(slot).fill(Number.NaN);
		}

		for (const record of this.#slots.keys()) {
			this.#changed.add(record);
		}
	}

	/** Fills the new last steps of each node with its newest sample, as long as that is held. */
	#advance(steps: number, endBeforeMs: number): void {
		const {points, stepMs, endMs} = this.#window;
		// Private fields are looked up at each access, and this loop has thousands of nodes.
		const [all, held, heldMs, heldUntilMs] = [this.#steps, this.#held, this.#heldMs, this.#heldUntilMs];
		all.copyWithin(0, steps);
		for (const [record, slot] of this.#slots) {
			const newestMs = heldMs[slot] ?? Number.NaN;
			const value = held[slot] ?? Number.NaN;
			const valueUntilMs = heldUntilMs[slot] ?? Number.NaN;
			// A sample after the window's end was in none of its steps.
			if (newestMs > endBeforeMs) {
				this.#changed.add(record);
			}

			// The step that was the last one until now is complete.
			for (let point = Math.max(points - steps - 1, 0); point < points; point++) {
				const untilMs = endMs - (points - point - 1) * stepMs;
				const sinceMs = untilMs - stepMs;
				if (point < points - steps && newestMs > sinceMs) {
					continue;
				}

				const judgedMs = point === points - 1 ? sinceMs : untilMs;
				all[slot * points + point] = judgedMs <= valueUntilMs ? value : Number.NaN;
			}
		}

		for (const slot of this.#free) {
			this.#rowOf(slot).fill(Number.NaN);
		}
	}

	#resample(record: NodeRecord): void {
		const slot = this.#slots.get(record);
		if (slot === undefined) {
			return;
		}

		const {value, timeMs, untilMs} = record.newest(record.node, this.#series);
		this.#held[slot] = value;
		this.#heldMs[slot] = timeMs;
		this.#heldUntilMs[slot] = untilMs;
		if (this.#row.length !== this.#window.points) {
			this.#row = new Float64Array(this.#window.points);
		}

		this.#row.fill(Number.NaN);
		record.resampleInto(this.#row, record.node, this.#series, this.#window);
		this.#rowOf(slot).set(this.#row);
	}

	#rowOf(slot: number): Float32Array {
		const {points} = this.#window;
		return this.#steps.subarray(slot * points, (slot + 1) * points);
	}

	#sum(): Float64Array {
		const {points} = this.#window;
		const steps = this.#steps;
		const sum = new Float64Array(points);
		const isKnown = new Uint8Array(points);
		const end = (this.#slots.size + this.#free.length) * points;
		for (let first = 0; first < end; first += points) {
			for (let point = 0; point < points; point++) {
				const value = steps[first + point] ?? Number.NaN;
				if (!Number.isNaN(value)) {
					sum[point] = (sum[point] ?? 0) + value;
					isKnown[point] = 1;
				}
			}
		}

		for (let point = 0; point < points; point++) {
			if (isKnown[point] === 0) {
				sum[point] = Number.NaN;
			}
		}

		return sum;
	}
}
