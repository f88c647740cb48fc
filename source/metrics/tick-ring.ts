import {firstAfter, HELD_STEPS, resampleInto, type Samples} from './resample.ts';
import type {HistoryWindow} from './view.ts';

/**
 * The moments at which one node was read, on ktop's clock, oldest overwritten first. The series of the node and of
 * all that runs on it share one ring, so that one cursor finds the same moment in all of them.
 */
export class TickRing {
	readonly capacity: number;
	readonly #timesMs: Float64Array;
	#length = 0;
	#next = 0;

	constructor(capacity: number) {
		this.capacity = capacity;
		this.#timesMs = new Float64Array(capacity);
	}

	get length(): number {
		return this.#length;
	}

	/** Adds a moment later than the last and returns the position to write its values at. */
	push(timeMs: number): number {
		const position = this.#next;
		this.#timesMs[position] = timeMs;
		this.#next = (position + 1) % this.capacity;
		this.#length = Math.min(this.#length + 1, this.capacity);
		return position;
	}

	/** Position of the n-th oldest moment, n from 0 to `length` - 1. */
	position(age: number): number {
		return (this.#next - this.#length + age + this.capacity) % this.capacity;
	}

	timeAt(position: number): number {
		return this.#timesMs[position] ?? Number.NaN;
	}

	get oldestMs(): number | undefined {
		return this.#length === 0 ? undefined : this.timeAt(this.position(0));
	}

	get newestMs(): number | undefined {
		return this.#length === 0 ? undefined : this.timeAt(this.position(this.#length - 1));
	}

	/** Position of the newest moment that is not later than `atMs`; undefined where all are later. */
	positionAt(atMs: number): number | undefined {
		const age = firstAfter(this.#ages(), atMs) - 1;
		return age < 0 ? undefined : this.position(age);
	}

	/**
	 * Adds the mean of each of the window's steps of one series to `into`, see `resampleInto`. A value is held for a few
	 * typical steps of the ring.
	 */
	resampleInto(into: Float64Array, window: HistoryWindow, values: (position: number) => number): void {
		resampleInto(
			into,
			window,
			{...this.#ages(), valueAt: age => values(this.position(age))},
			this.#typicalStepMs() * HELD_STEPS,
		);
	}

	#ages(): Omit<Samples, 'valueAt'> {
		return {length: this.#length, timeAt: age => this.timeAt(this.position(age))};
	}

	#typicalStepMs(): number {
		const oldestMs = this.oldestMs ?? 0;
		const newestMs = this.newestMs ?? 0;
		return this.#length < 2 ? 0 : (newestMs - oldestMs) / (this.#length - 1);
	}
}
