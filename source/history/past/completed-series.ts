import type {SeriesName} from '../../metrics/model/row.ts';
import type {HistoryWindow, Span} from '../../metrics/model/view.ts';
import {resampleInto} from '../../metrics/rings/resample.ts';
import type {HistorySubject} from '../store/history-request.ts';
import {MIN_STEP_MS} from '../store/query-bounds.ts';
import type {SeriesCache} from './series-cache.ts';

/** Steps of stored series. They are fixed, so that charts of different widths share cached points. */
const STEPS_MS = [
	MIN_STEP_MS,
	30_000,
	60_000,
	300_000,
	600_000,
	1_800_000,
	3_600_000,
	10_800_000,
	21_600_000,
];

/** Stored points after the last own sample are shown where that is at least so old. */
const AFTER_OWN_MS = 15_000;

export type CompletedSeriesOptions = {
	readonly stored: SeriesCache;
	readonly now: () => number;
};

/** Series of which ktop has samples of its own, with stored points before the first and after the last of these. */
export class CompletedSeries {
	readonly #options: CompletedSeriesOptions;

	constructor(options: CompletedSeriesOptions) {
		this.#options = options;
	}

	/** `span`: of the own samples. Gaps between these stay; the same array where nothing is added. */
	of(
		own: Float64Array,
		subject: HistorySubject,
		series: SeriesName,
		window: HistoryWindow,
		span: Span | undefined,
		{leastStepMs = 0}: {readonly leastStepMs?: number} = {},
	): Float64Array {
		const startMs = window.endMs - window.points * window.stepMs;
		const isBefore = (point: number): boolean =>
			span === undefined || startMs + (point + 1) * window.stepMs <= span.oldestMs + window.stepMs;
		const isAfter = (point: number): boolean =>
			span !== undefined && startMs + point * window.stepMs >= span.newestMs + AFTER_OWN_MS;
		const isLacking = own.some((value, point) => Number.isNaN(value) && (isBefore(point) || isAfter(point)));
		if (!isLacking) {
			return own;
		}

		const nowMs = this.#options.now();
		const hasAfter = isAfter(window.points - 1) && window.endMs - window.stepMs <= nowMs;
		const neededToMs = span === undefined || hasAfter ? Math.min(window.endMs, nowMs) : span.oldestMs;
		const finest = STEPS_MS.findLast(step => step <= window.stepMs) ?? MIN_STEP_MS;
		const stepMs = STEPS_MS.find(step => step >= Math.max(finest, leastStepMs)) ?? finest;
		const stored = this.#options.stored.find(subject, series, {
			startMs: Math.floor(startMs / stepMs) * stepMs,
			endMs: Math.min(neededToMs, window.endMs),
			stepMs,
		});
		if (stored === undefined) {
			return own;
		}

		const past = new Float64Array(window.points).fill(Number.NaN);
		resampleInto(past, window, stored.samples, stored.holdMs);
		return own.map((value, point) =>
			Number.isNaN(value) && (isBefore(point) || isAfter(point)) ? (past[point] ?? Number.NaN) : value,
		);
	}
}
