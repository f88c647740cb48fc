import type {Statistics} from '../model/statistics.ts';

/** The share of the values that the 95th percentile is not less than. */
const P95 = 0.95;

/** Undefined if no value is known; NaN is unknown. */
export function statisticsOf(values: Float64Array): Statistics | undefined {
	const known = values.filter(Number.isFinite);
	return statisticsOfKnown(known, known.length);
}

/** Statistics of the first `count` values, which are all known. Reorders them; allocates only the result. */
export function statisticsOfKnown(values: Float64Array, count: number): Statistics | undefined {
	if (count === 0) {
		return undefined;
	}

	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	let sum = 0;
	for (let index = 0; index < count; index++) {
		const value = values[index] ?? 0;
		min = Math.min(min, value);
		max = Math.max(max, value);
		sum += value;
	}

	return {
		samples: count,
		min,
		mean: sum / count,
		p95: selected(values, count, Math.ceil(P95 * count) - 1),
		max,
	};
}

/** The value at a place of the first `count` values if they were sorted: Hoare's selection, in linear time. */
function selected(values: Float64Array, count: number, place: number): number {
	let [low, high] = [0, count - 1];
	while (low < high) {
		const pivot = values[(low + high) >>> 1] ?? 0;
		let [from, to] = [low, high];
		while (from <= to) {
			while ((values[from] ?? pivot) < pivot) {
				from++;
			}

			while ((values[to] ?? pivot) > pivot) {
				to--;
			}

			if (from <= to) {
				const value = values[from] ?? 0;
				values[from++] = values[to] ?? 0;
				values[to--] = value;
			}
		}

		if (place <= to) {
			high = to;
		} else if (place >= from) {
			low = from;
		} else {
			break;
		}
	}

	return values[place] ?? Number.NaN;
}
