import type {HistoryWindow} from '../model/view.ts';

/** Moments by age, oldest first. */
export type Moments = {
	readonly length: number;
	readonly timeAt: (age: number) => number;
};

/** A step in which nothing is known of any series. */
const GAP = -1;

/** A step with several moments, whose mean counts. */
const SEVERAL = -2;

/**
 * Which moments stand for each of a window's equal steps. All series that share their moments share this: where many are
 * summed, each of them costs little more than to read its values.
 *
 * A step stands for the mean of its samples. One without a sample takes the one before it, unless that is older than
 * `holdMs`: then it is a gap. The last step may end long after now, so what counts of that is how old the sample was when
 * it began: of many series few have a sample of it yet, and their sum would fall.
 */
export class WindowSteps {
	/** For each step, the place of the only sample that counts; `GAP` or `SEVERAL`. */
	readonly #places: Int32Array;
	/** The first step that is no gap: before ktop was started all are. */
	readonly #first: number;
	/** The places of steps with several samples, by step; undefined where there is none. */
	readonly #several: ReadonlyMap<number, readonly number[]> | undefined;

	/** `placeOf`: where the values of a moment are. */
	constructor(
		{points, stepMs, endMs}: HistoryWindow,
		moments: Moments,
		holdMs: number,
		placeOf: (age: number) => number = age => age,
	) {
		const startMs = endMs - points * stepMs;
		const places = new Int32Array(points);
		let several: Map<number, readonly number[]> | undefined;
		let age = firstAfter(moments, startMs);
		const gaps = age > 0 ? 0 : stepsBefore(moments, startMs, stepMs, points);
		let known = points;
		places.fill(GAP, 0, gaps);
		let held = age > 0 ? placeOf(age - 1) : GAP;
		let heldMs = age > 0 ? moments.timeAt(age - 1) : Number.NEGATIVE_INFINITY;
		for (let point = gaps; point < points; point++) {
			const untilMs = startMs + (point + 1) * stepMs;
			const first = age;
			for (; age < moments.length; age++) {
				const timeMs = moments.timeAt(age);
				if (timeMs > untilMs) {
					break;
				}

				heldMs = timeMs;
			}

			if (age > first) {
				held = placeOf(age - 1);
			}

			const judgedMs = point === points - 1 ? untilMs - stepMs : untilMs;
			if (age > first + 1) {
				places[point] = SEVERAL;
				several ??= new Map();
				several.set(
					point,
					Array.from({length: age - first}, (_, index) => placeOf(first + index)),
				);
			} else {
				places[point] = age > first || judgedMs - heldMs <= holdMs ? held : GAP;
			}

			if (known === points && places[point] !== GAP) {
				known = point;
			}
		}

		this.#places = places;
		this.#first = known;
		this.#several = several;
	}

	/** Adds a series to `into`: NaN plus a value is the value, and a gap changes nothing. `valueAt` gives NaN where unknown. */
	addTo(into: Float64Array, valueAt: (place: number) => number): void {
		const places = this.#places;
		for (let point = this.#first; point < places.length; point++) {
			const place = places[point] ?? GAP;
			if (place === GAP) {
				continue;
			}

			const value = place === SEVERAL ? meanOf(this.#several?.get(point) ?? [], valueAt) : valueAt(place);
			if (!Number.isNaN(value)) {
				const before = into[point] ?? Number.NaN;
				into[point] = Number.isNaN(before) ? value : before + value;
			}
		}
	}
}

/** How many steps surely end before the first moment, which comes after the window's start. */
function stepsBefore(moments: Moments, startMs: number, stepMs: number, points: number): number {
	const steps = moments.length === 0 ? points : Math.floor((moments.timeAt(0) - startMs) / stepMs) - 1;
	return Math.min(Math.max(steps, 0), points);
}

/** The mean of what is known; NaN where nothing is. */
function meanOf(places: readonly number[], valueAt: (place: number) => number): number {
	let sum = 0;
	let count = 0;
	for (const place of places) {
		const value = valueAt(place);
		if (!Number.isNaN(value)) {
			sum += value;
			count++;
		}
	}

	return sum / count;
}

/** Age of the first moment later than `atMs`, by bisection: times only move forwards. */
export function firstAfter(moments: Moments, atMs: number): number {
	let low = 0;
	let high = moments.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (moments.timeAt(middle) > atMs) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low;
}
