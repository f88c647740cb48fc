/** Powers of ten for what is counted or rated, powers of two for bytes, which are labelled Ki, Mi and Gi. */
export type Steps = 'decimal' | 'binary';

/** Tops of an axis within one power: near enough to each other that no more than a third of a chart stays empty. */
const TOPS: Readonly<Record<Steps, readonly number[]>> = {
	decimal: [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10],
	binary: [1, 1.25, 1.5, 1.75, 2],
};

/** Distances between ticks within one power; half a power of two is one itself. */
const TICKS: Readonly<Record<Steps, readonly number[]>> = {decimal: [1, 2, 5, 10], binary: [1, 2]};

/** What floating point adds to a round number must not carry it to the next one. */
const SLACK = 1 - 1e-9;

/** Nearer to 0 than this a power is 0 itself. */
const LEAST = 1e-300;

/** The least round number that is not below `highest`, to end an axis; 1 where there is nothing to go by. */
export function niceTop(highest: number, steps: Steps): number {
	return roundUp(highest, steps, TOPS[steps]);
}

/** Round values from 0 up to `top`, at most `most` steps apart; of a top too low for a round step, 0 and the top. */
export function ticksOf(top: number, most: number, steps: Steps): readonly number[] {
	const step = roundUp(top / Math.max(most, 1), steps, TICKS[steps]);
	const count = Math.floor(top / step / SLACK);
	return count < 1 ? [0, top] : Array.from({length: count + 1}, (_, index) => index * step);
}

function roundUp(value: number, steps: Steps, rungs: readonly number[]): number {
	if (!(value > LEAST && Number.isFinite(value))) {
		return 1;
	}

	const base = steps === 'binary' ? 2 : 10;
	const power = base ** Math.floor(steps === 'binary' ? Math.log2(value) : Math.log10(value));
	const mantissa = (value / power) * SLACK;
	return (rungs.find(rung => rung >= mantissa) ?? base) * power;
}
