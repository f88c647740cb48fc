import type {HistoryWindow, Span} from '../model/view.ts';
import {Downsampling, type Merge} from './downsampling.ts';
import {Packing, UNKNOWN} from './packing.ts';
import {HELD_STEPS} from './resample.ts';
import {firstAfter, type Moments, WindowSteps} from './window-steps.ts';

/** Steps that count as usual. */
const USUAL_SHARE = 0.9;

/**
 * The moments at which one node was read, on ktop's clock, oldest overwritten first. The series of the node and of
 * all that runs on it share one ring, so that one cursor finds the same moment in all of them. All times are kept; where
 * the values of each moment lie is its position, which moments far back may share: see `Downsampling`.
 */
export class TickRing implements Moments {
	readonly capacity: number;
	readonly #timesMs: Float64Array;
	/** How many moments there were. */
	#count = 0;
	#downsampling: Downsampling;
	/** Undefined after a change. */
	#usualStepMs: number | undefined;
	/** Those of the window that was asked for last; undefined after a change. */
	#steps: (HistoryWindow & {readonly steps: WindowSteps}) | undefined;

	readonly #leastStepMs: number;

	/** `leastStepMs`: the interval between moments, where it is known. The first two may be much closer to each other. */
	constructor(capacity: number, leastStepMs = 0) {
		this.capacity = capacity;
		this.#leastStepMs = leastStepMs;
		this.#timesMs = new Float64Array(capacity);
		this.#downsampling = new Downsampling(capacity, 1, 0);
	}

	get length(): number {
		return Math.min(this.#count, this.capacity);
	}

	/** On how many levels the moments lie: on 1, each has a position of its own. */
	get levels(): number {
		return this.#downsampling.levels;
	}

	/**
	 * Adds a moment later than the last and returns the position to write its values at. Before that `merge` is called for
	 * values that are to make room for it.
	 */
	push(timeMs: number, merge: Merge): number {
		const position = this.#downsampling.push(this.#count, merge);
		this.#timesMs[this.#count % this.capacity] = timeMs;
		this.#count++;
		this.#usualStepMs = undefined;
		this.#steps = undefined;
		return position;
	}

	/**
	 * Lays the moments out on another number of levels. Returns for each new position those positions, one a moment, whose
	 * mean its value is to be.
	 */
	arrange(levels: number): ReadonlyMap<number, readonly number[]> {
		const before = this.#downsampling;
		const after = new Downsampling(this.capacity, levels, this.#count);
		const sources = new Map<number, number[]>();
		for (let moment = this.#count - this.length; moment < this.#count; moment++) {
			const position = after.placeOf(moment);
			const known = sources.get(position) ?? [];
			sources.set(position, known);
			known.push(before.placeOf(moment));
		}

		this.#downsampling = after;
		this.#steps = undefined;
		return sources;
	}

	/** Moves all moments back: the clock that they were taken from was set back. */
	setBack(byMs: number): void {
		for (const [index, timeMs] of this.#timesMs.entries()) {
			this.#timesMs[index] = timeMs - byMs;
		}

		this.#steps = undefined;
	}

	/** Position of the n-th oldest moment, n from 0 to `length` - 1. */
	position(age: number): number {
		return this.#downsampling.placeOf(this.#count - this.length + age);
	}

	/** Time of the n-th oldest moment. */
	timeAt(age: number): number {
		return this.#timesMs[(this.#count - this.length + age) % this.capacity] ?? Number.NaN;
	}

	get oldestMs(): number | undefined {
		return this.#count === 0 ? undefined : this.timeAt(0);
	}

	get newestMs(): number | undefined {
		return this.#count === 0 ? undefined : this.timeAt(this.length - 1);
	}

	get newestPosition(): number | undefined {
		return this.#count === 0 ? undefined : this.position(this.length - 1);
	}

	/**
	 * The step that nine in ten of the ring's steps do not exceed, and at least the longest one does: an hour in which the
	 * machine slept is no usual step. 0 before there are two moments.
	 */
	get usualStepMs(): number {
		if (this.#usualStepMs === undefined) {
			const steps = Float64Array.from({length: Math.max(this.length - 1, 0)}, (_, age) =>
				this.#stepAfter(age),
			);
			this.#usualStepMs = steps.sort()[Math.floor(USUAL_SHARE * (steps.length - 1))] ?? 0;
		}

		return this.#usualStepMs;
	}

	/** How long a value stands for what follows it: a few typical steps of the ring. */
	get heldForMs(): number {
		return Math.max(this.usualStepMs, this.#leastStepMs) * HELD_STEPS;
	}

	/** The newest moment that is not later than `atMs`, counted from the oldest; undefined where all are later. */
	ageAt(atMs: number): number | undefined {
		const age = firstAfter(this, atMs) - 1;
		return age < 0 ? undefined : age;
	}

	/** The moment at this age. */
	momentAt(age: number): RingMoment {
		return new RingMoment(this, this.#count - this.length + age, this.timeAt(age));
	}

	/** The position of a moment by its number from the first one on; -1 once it is overwritten. */
	positionOf(number: number): number {
		return number < this.#count - this.length ? NOWHERE : this.#downsampling.placeOf(number);
	}

	/** The positions that stand for each of a window's steps; all series of a node are asked for those of one window in turn. */
	stepsIn(window: HistoryWindow): WindowSteps {
		const {points, stepMs, endMs} = window;
		const known = this.#steps;
		if (known?.points === points && known.stepMs === stepMs && known.endMs === endMs) {
			return known.steps;
		}

		const steps = new WindowSteps(window, this, this.heldForMs, age => this.position(age));
		this.#steps = {points, stepMs, endMs, steps};
		return steps;
	}

	/**
	 * Puts the known values of one series after the beginning of a span, up to its end, into `into`, which has room for
	 * `capacity` of them; returns how many there are.
	 */
	knownWithin(into: Float64Array, {oldestMs, newestMs}: Span, values: ColumnOfValues): number {
		let count = 0;
		for (let age = firstAfter(this, oldestMs); age < this.length && this.timeAt(age) <= newestMs; age++) {
			const value = valueAt(values, this.position(age));
			if (Number.isFinite(value)) {
				into[count++] = value;
			}
		}

		return count;
	}

	/** 1 for each of a window's steps that ends after two moments, of which the last is held until then. */
	coveredSteps(window: HistoryWindow): Uint8Array {
		const startMs = window.endMs - window.points * window.stepMs;
		const holdMs = Math.max(this.heldForMs, window.stepMs);
		const covered = new Uint8Array(window.points);
		for (let point = 0; point < window.points; point++) {
			const untilMs = startMs + (point + 1) * window.stepMs;
			const age = firstAfter(this, untilMs) - 1;
			// The first moment counts from the next step on: rates need two.
			covered[point] = Number(age > 0 && untilMs - this.timeAt(age) <= holdMs);
		}

		return covered;
	}

	#stepAfter(age: number): number {
		return this.timeAt(age + 1) - this.timeAt(age);
	}
}

/** Of a moment that is overwritten. */
const NOWHERE = -1;

/** A moment of a ring, until it is overwritten. */
export class RingMoment {
	readonly timeMs: number;
	readonly #ticks: Pick<TickRing, 'positionOf'>;
	readonly #number: number;

	/** `number`: how many moments were before it. */
	constructor(ticks: Pick<TickRing, 'positionOf'>, number: number, timeMs: number) {
		this.#ticks = ticks;
		this.#number = number;
		this.timeMs = timeMs;
	}

	/** Where its values lie now; -1 once it is overwritten. */
	get position(): number {
		return this.#ticks.positionOf(this.#number);
	}
}

/**
 * One series over the moments of a ring: from `offset` on, `length` packed numbers for the first positions of the ring.
 * Positions that are left out are unknown.
 */
export type ColumnOfValues = {
	readonly values: Uint16Array;
	readonly offset: number;
	readonly length: number;
	readonly packing: Packing;
};

/** A value of a series; NaN where unknown. */
export function valueAt({values, offset, length, packing}: ColumnOfValues, position: number): number {
	return position < length ? packing.unpack(values[offset + position] ?? UNKNOWN) : Number.NaN;
}

/** A series without any value. */
export const NO_VALUES: ColumnOfValues = {
	values: new Uint16Array(0),
	offset: 0,
	length: 0,
	packing: new Packing(1),
};
