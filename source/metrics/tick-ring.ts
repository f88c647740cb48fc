import type {HistoryWindow} from './view.ts';

/** How many typical steps a value may be held for before its absence is a gap. */
const HELD_STEPS = 2.5;

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
		const age = this.#firstAfter(atMs) - 1;
		return age < 0 ? undefined : this.position(age);
	}

	/**
	 * Cuts one series into the window's equal steps and adds the mean of each step to `into`: NaN plus a value is the
	 * value, so several series may be summed. A step without a sample takes the one before it, unless that is more
	 * than a few typical steps old: then the step is a gap and `into` stays as it was.
	 */
	resampleInto(into: Float64Array, window: HistoryWindow, values: (position: number) => number): void {
		if (this.#length === 0) {
			return;
		}

		const startMs = window.endMs - window.points * window.stepMs;
		const holdMs = this.#typicalStepMs() * HELD_STEPS;
		let age = this.#firstAfter(startMs);
		let held = Number.NaN;
		let heldMs = Number.NEGATIVE_INFINITY;
		if (age > 0) {
			const position = this.position(age - 1);
			held = values(position);
			heldMs = this.timeAt(position);
		}

		for (let point = 0; point < window.points; point++) {
			const untilMs = startMs + (point + 1) * window.stepMs;
			let sum = 0;
			let count = 0;
			for (; age < this.#length; age++) {
				const position = this.position(age);
				const timeMs = this.timeAt(position);
				if (timeMs > untilMs) {
					break;
				}

				held = values(position);
				heldMs = timeMs;
				if (!Number.isNaN(held)) {
					sum += held;
					count++;
				}
			}

			const value = count > 0 ? sum / count : untilMs - heldMs <= holdMs ? held : Number.NaN;
			if (!Number.isNaN(value)) {
				const before = into[point] ?? Number.NaN;
				into[point] = Number.isNaN(before) ? value : before + value;
			}
		}
	}

	#typicalStepMs(): number {
		const oldestMs = this.oldestMs ?? 0;
		const newestMs = this.newestMs ?? 0;
		return this.#length < 2 ? 0 : (newestMs - oldestMs) / (this.#length - 1);
	}

	/** Age index of the first moment later than `atMs`, by bisection: moments only move forwards. */
	#firstAfter(atMs: number): number {
		let low = 0;
		let high = this.#length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.timeAt(this.position(middle)) > atMs) {
				high = middle;
			} else {
				low = middle + 1;
			}
		}

		return low;
	}
}
