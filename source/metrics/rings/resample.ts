import type {HistoryWindow} from '../model/view.ts';

/** Samples of one series by age, oldest first. */
export type Samples = {
	readonly length: number;
	readonly timeAt: (age: number) => number;
	/** NaN where unknown. */
	readonly valueAt: (age: number) => number;
};

/** How many typical steps a value may be held for before its absence is a gap. */
export const HELD_STEPS = 2.5;

/**
 * Cuts samples into the window's equal steps and adds the mean of each step to `into`: NaN plus a value is the value, so
 * several series may be summed. A step without a sample takes the one before it, unless that is older than `holdMs`:
 * then the step is a gap and `into` stays as it was. The last step may end long after now, so what counts of that is how
 * old the sample was when it began: of many series few have a sample of it yet, and their sum would fall.
 */
export function resampleInto(
	into: Float64Array,
	window: HistoryWindow,
	samples: Samples,
	holdMs: number,
): void {
	const startMs = window.endMs - window.points * window.stepMs;
	let age = firstAfter(samples, startMs);
	let held = Number.NaN;
	let heldMs = Number.NEGATIVE_INFINITY;
	if (age > 0) {
		held = samples.valueAt(age - 1);
		heldMs = samples.timeAt(age - 1);
	}

	for (let point = 0; point < window.points; point++) {
		const untilMs = startMs + (point + 1) * window.stepMs;
		let sum = 0;
		let count = 0;
		for (; age < samples.length; age++) {
			const timeMs = samples.timeAt(age);
			if (timeMs > untilMs) {
				break;
			}

			held = samples.valueAt(age);
			heldMs = timeMs;
			if (!Number.isNaN(held)) {
				sum += held;
				count++;
			}
		}

		const judgedMs = point === window.points - 1 ? untilMs - window.stepMs : untilMs;
		const value = count > 0 ? sum / count : judgedMs - heldMs <= holdMs ? held : Number.NaN;
		if (!Number.isNaN(value)) {
			const before = into[point] ?? Number.NaN;
			into[point] = Number.isNaN(before) ? value : before + value;
		}
	}
}

/** Age of the first sample later than `atMs`, by bisection: times only move forwards. */
export function firstAfter(samples: Omit<Samples, 'valueAt'>, atMs: number): number {
	let low = 0;
	let high = samples.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (samples.timeAt(middle) > atMs) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low;
}
