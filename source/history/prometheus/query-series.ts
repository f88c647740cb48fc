import {type HistoryPoint, type SeriesRequest, subjectKey} from '../store/history-request.ts';
import {boundedRange, MAX_POINTS, MAX_SUBJECTS} from '../store/query-bounds.ts';
import type {PrometheusClient} from './client.ts';
import {expressionOf} from './expressions.ts';
import {queriesWithin} from './queries-within.ts';
import type {PrometheusSchema} from './schema.ts';
import {subjectOfLabels} from './subject-of-labels.ts';

/** A rate needs two samples. A window of four scrapes has them even if one is missed or late. */
export const RATE_SCRAPES = 4;

/**
 * The newest sample in a store can be two scrape intervals old (if one was missed) plus the kubelet's own sample
 * interval. A mean over less would lack containers, so that the sum of a pod would be too low.
 */
const MEAN_SCRAPES = 2;
const KUBELET_SAMPLE_MS = 15_000;

/**
 * One series of several subjects over time. Prometheus evaluates a window that ends at the requested time, so each step
 * is queried at its end. The current step is left out: `rate` is too low over a window that ends in the future.
 */
export async function querySeries(
	client: PrometheusClient,
	schema: PrometheusSchema,
	request: SeriesRequest,
	scrapeIntervalMs: number,
	nowMs: number,
	signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly HistoryPoint[]>> {
	const {kind, series} = request;
	const range =
		request.range.endMs - request.range.startMs > request.range.stepMs * (MAX_POINTS + 1)
			? boundedRange(request.range)
			: request.range;
	const {stepMs} = range;
	const subjects = request.subjects.filter(subject => subject.kind === kind).slice(0, MAX_SUBJECTS);
	const wanted = new Set(subjects.map(subjectKey));
	const queries = queriesWithin(subjects, some =>
		expressionOf(
			{
				value: series,
				kind,
				subjects: some,
				rateMs: Math.max(RATE_SCRAPES * scrapeIntervalMs, stepMs),
				meanMs: Math.max(MEAN_SCRAPES * scrapeIntervalMs + KUBELET_SAMPLE_MS, stepMs),
			},
			schema,
		),
	);
	const startMs = Math.floor(range.startMs / stepMs) * stepMs + stepMs;
	const endMs = Math.floor(Math.min(range.endMs, nowMs) / stepMs) * stepMs;
	const found = new Map<string, readonly HistoryPoint[]>();
	if (wanted.size === 0 || endMs < startMs) {
		return found;
	}

	const answers = await Promise.all(
		queries.map(query => client.range(query, {startMs, endMs, stepMs}, signal)),
	);
	for (const {labels, points} of answers.flatMap(answer => answer.series)) {
		const subject = subjectOfLabels(kind, labels, schema.labels);
		const key = subject && subjectKey(subject);
		if (key !== undefined && wanted.has(key) && points.length > 0) {
			found.set(key, stepPoints(points, stepMs));
		}
	}

	return found;
}

/** Means of windows that end at the given times, by the start of their steps. */
export function stepPoints(points: readonly HistoryPoint[], stepMs: number): readonly HistoryPoint[] {
	// Some stores shift the steps slightly (VictoriaMetrics#563).
	return points.map(({timeMs, value}) => ({timeMs: Math.round(timeMs / stepMs) * stepMs - stepMs, value}));
}
