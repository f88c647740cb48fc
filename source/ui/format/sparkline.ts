const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII = ['_', '.', ':', '-', '=', '+', '*', '#'];

/** One cell per value, from 0 to `scale`; blank for values that are not finite. */
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

/** Room above the highest value, so that a steady series without a capacity does not look full. */
const HEADROOM = 4 / 3;

/** The scale of values without a capacity: the highest value with some room above it, but at least `min`. */
export function scaleOf(values: ArrayLike<number>, min: number): number {
	let largest = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] ?? Number.NaN;
		if (value > largest && Number.isFinite(value)) {
			largest = value;
		}
	}

	return Math.max(largest * HEADROOM, min);
}
