/** Whether round numbers are multiples of powers of ten, or of two for bytes with Ki, Mi and Gi. */
export type Steps = 'decimal' | 'binary';

/** The tops of an axis within one power, near enough that at most a third of a chart is empty. */
const TOPS: Readonly<Record<Steps, readonly number[]>> = {
	decimal: [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10],
	binary: [1, 1.25, 1.5, 1.75, 2],
};

/** The distances of ticks within one power. */
const TICKS: Readonly<Record<Steps, readonly number[]>> = {decimal: [1, 2, 5, 10], binary: [1, 2]};

/** Tolerates the rounding errors of floating point, which must not raise a round number to the next one. */
const SLACK = 1 - 1e-9;

/** Powers of smaller numbers underflow to 0. */
const MIN_VALUE = 1e-300;

/** The least round number that is at least `highest`; 1 if `highest` is not positive and finite. */
export function niceTop(highest: number, steps: Steps): number {
	return roundUp(highest, steps, TOPS[steps]);
}

/** Round values from 0 to `top`, at most `most` steps; 0 and `top` if no round step fits. */
export function ticksOf(top: number, most: number, steps: Steps): readonly number[] {
	const step = roundUp(top / Math.max(most, 1), steps, TICKS[steps]);
	const count = Math.floor(top / step / SLACK);
	return count < 1 ? [0, top] : Array.from({length: count + 1}, (_, index) => index * step);
}

function roundUp(value: number, steps: Steps, rungs: readonly number[]): number {
	if (!(value > MIN_VALUE && Number.isFinite(value))) {
		return 1;
	}

	const base = steps === 'binary' ? 2 : 10;
	const power = base ** Math.floor(steps === 'binary' ? Math.log2(value) : Math.log10(value));
	const mantissa = (value / power) * SLACK;
	return (rungs.find(rung => rung >= mantissa) ?? base) * power;
}
