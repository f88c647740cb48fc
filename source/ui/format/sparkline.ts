const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII = ['_', '.', ':', '-', '=', '+', '*', '#'];

/** One cell a value, from 0 to `scale`; unknown is a blank, and a trace of something is more than the lowest step. */
export function sparkline(values: ArrayLike<number>, scale: number, symbols: 'unicode' | 'ascii'): string {
	const steps = symbols === 'unicode' ? BLOCKS : ASCII;
	let line = '';
	for (let index = 0; index < values.length; index++) {
		const value = values[index] ?? Number.NaN;
		if (!Number.isFinite(value)) {
			line += ' ';
			continue;
		}

		const step = scale > 0 ? Math.ceil((value / scale) * steps.length) - 1 : 0;
		line += steps[Math.min(Math.max(step, 0), steps.length - 1)];
	}

	return line;
}

/** Room above the highest value: a steady series without a capacity to stand against is no full one. */
const HEADROOM = 4 / 3;

/**
 * A scale for values that have no capacity: the largest known value and some room above it, and no less than `least`,
 * so that a quiet series is not blown up to look busy. It falls again when what was large leaves the window.
 */
export function scaleOf(values: ArrayLike<number>, least: number): number {
	let largest = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] ?? Number.NaN;
		if (value > largest && Number.isFinite(value)) {
			largest = value;
		}
	}

	return Math.max(largest * HEADROOM, least);
}
