import {type HistoryPoint, type SeriesRequest, subjectKey} from '../store/history-request.ts';
import {boundedRange, MOST_POINTS, MOST_SUBJECTS} from '../store/query-bounds.ts';
import type {PrometheusClient} from './client.ts';
import {expressionOf} from './expressions.ts';
import type {PrometheusSchema} from './schema.ts';
import {subjectOfLabels} from './subject-of-labels.ts';

/** A rate wants two samples, and has them where one scrape in a row of four was missed or late. */
export const RATE_SCRAPES = 4;

/**
 * The newest sample that a store has is as old as a scrape is rare, twice that where one was missed, and the time that a
 * kubelet takes between its own samples. A mean over less would lack some containers of a pod, and their sum be too low.
 */
const MEAN_SCRAPES = 2;
const KUBELET_SAMPLE_MS = 15_000;

/**
 * The past of some subjects. Prometheus looks back from the moment that it is asked for, so a step is asked for at its
 * end. The step that is not over yet is left out: over a window that is part future, `rate` is too low.
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
		request.range.endMs - request.range.startMs > request.range.stepMs * (MOST_POINTS + 1)
			? boundedRange(request.range)
			: request.range;
	const {stepMs} = range;
	const subjects = request.subjects.filter(subject => subject.kind === kind).slice(0, MOST_SUBJECTS);
	const wanted = new Set(subjects.map(subjectKey));
	const expression = expressionOf(
		{
			value: series,
			kind,
			subjects,
			rateMs: Math.max(RATE_SCRAPES * scrapeIntervalMs, stepMs),
			meanMs: Math.max(MEAN_SCRAPES * scrapeIntervalMs + KUBELET_SAMPLE_MS, stepMs),
		},
		schema,
	);
	const startMs = Math.floor(range.startMs / stepMs) * stepMs + stepMs;
	const endMs = Math.floor(Math.min(range.endMs, nowMs) / stepMs) * stepMs;
	const found = new Map<string, readonly HistoryPoint[]>();
	if (expression === undefined || wanted.size === 0 || endMs < startMs) {
		return found;
	}

	const answer = await client.range(expression, {startMs, endMs, stepMs}, signal);
	for (const {labels, points} of answer.series) {
		const subject = subjectOfLabels(kind, labels, schema.labels);
		const key = subject && subjectKey(subject);
		if (key !== undefined && wanted.has(key) && points.length > 0) {
			// Some stores move the steps by a little (VictoriaMetrics#563).
			const stepped = points.map(({timeMs, value}) => ({
				timeMs: Math.round(timeMs / stepMs) * stepMs - stepMs,
				value,
			}));
			found.set(key, stepped);
		}
	}

	return found;
}
