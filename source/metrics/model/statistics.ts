import type {Row} from './row.ts';

/** The series whose statistics are columns. */
export type StatisticSeries = 'cpuCores' | 'memoryWorkingSetBytes';

/** Statistics of the known values of a window. */
export type Statistics = {
	/** How many values are known. */
	readonly samples: number;
	readonly min: number;
	readonly mean: number;
	/** The value that 95 % of the values do not exceed (nearest rank). */
	readonly p95: number;
	readonly max: number;
};

/** Fewer values say nothing of a window. */
export const MIN_SAMPLES = 3;

/** Statistics of a row's samples up to a moment; undefined where none is known. */
export type StatisticsOf = {
	(row: Row, series: StatisticSeries, nowMs: number): Statistics | undefined;
	/** Makes those of a row ready as long as there is time; returns whether they are. Left out where none take long. */
	readonly advance?: (row: Row, series: StatisticSeries, nowMs: number, hasTime: () => boolean) => boolean;
};

/** Statistics change without a new sample too, as the window moves on: they are computed again this often. */
export function statisticsStepMs(windowMs: number): number {
	return Math.max(MIN_STEP_MS, windowMs / STEPS_PER_WINDOW);
}

/** The number of the step that a moment is in. */
export function stepAt(windowMs: number, atMs: number): number {
	return Math.floor(atMs / statisticsStepMs(windowMs));
}

const MIN_STEP_MS = 5000;
const STEPS_PER_WINDOW = 30;
