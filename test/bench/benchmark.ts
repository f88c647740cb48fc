/** One figure beside what it is measured against in the same run, since machines differ and are noisy. */
export type Benchmark = {
	readonly name: string;
	readonly unit: string;
	readonly measured: number;
	readonly baselineName?: string;
	readonly baseline: number;
	readonly ratio: number;
	/** The ratio that ktop promises. */
	readonly budget: number;
};

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export function describeBenchmark({name, unit, measured, baseline, ratio, budget}: Benchmark): string {
	const verdict = ratio <= budget ? 'ok  ' : 'OVER';
	const figures = `${measured.toPrecision(4)} ${unit} against ${baseline.toPrecision(4)} ${unit}`;
	return `${verdict} ${name}: ${ratio.toFixed(2)} x the baseline, budget ${budget} x (${figures})`;
}
