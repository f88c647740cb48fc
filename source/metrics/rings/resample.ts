import type {HistoryWindow} from '../model/view.ts';
import {type Moments, WindowSteps} from './window-steps.ts';

/** Samples of one series by age, oldest first. */
export type Samples = Moments & {
	/** NaN where unknown. */
	readonly valueAt: (age: number) => number;
};

/** How many typical steps a value may be held for before its absence is a gap. */
export const HELD_STEPS = 2.5;

/** Cuts samples into the window's equal steps and adds what each stands for to `into`, see `WindowSteps`. */
export function resampleInto(
	into: Float64Array,
	window: HistoryWindow,
	samples: Samples,
	holdMs: number,
): void {
	new WindowSteps(window, samples, holdMs).addTo(into, age => samples.valueAt(age));
}
