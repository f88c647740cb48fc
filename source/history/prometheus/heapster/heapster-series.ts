import {HEAPSTER_KINDS, HEAPSTER_VALUES, type HeapsterValue} from '../../influxdb/heapster-values.ts';
import {
	type HistoryPoint,
	type HistorySubject,
	type SeriesRequest,
	type SubjectKind,
	subjectKey,
} from '../../store/history-request.ts';
import {isPlausible} from '../../store/plausible.ts';
import {boundedRange, MAX_SUBJECTS} from '../../store/query-bounds.ts';
import type {PrometheusClient} from '../client.ts';
import {by, groupLabels, subjectMatchers} from '../expressions.ts';
import {queriesWithin} from '../queries-within.ts';
import {stepPoints} from '../query-series.ts';
import {subjectOfLabels} from '../subject-of-labels.ts';
import {HEAPSTER_LABELS, type HeapsterMetrics, heapsterSelector} from './heapster-metrics.ts';

/** The kind whose values are read, or summed up. */
const LEAVES: Readonly<Record<SubjectKind, keyof typeof HEAPSTER_KINDS>> = {
	cluster: 'node',
	node: 'node',
	namespace: 'pod',
	pod: 'pod',
	container: 'container',
};

/** One series of several subjects over time: the mean of each step that has samples. */
export async function heapsterSeries(
	client: Pick<PrometheusClient, 'range'>,
	metrics: HeapsterMetrics,
	request: SeriesRequest,
	signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly HistoryPoint[]>> {
	const {kind, series: value} = request;
	const found = new Map<string, readonly HistoryPoint[]>();
	const leaf = LEAVES[kind];
	if (!isStored(leaf, value)) {
		return found;
	}

	const {startMs, endMs, stepMs} = boundedRange(request.range);
	const wanted = request.subjects.filter(subject => subject.kind === kind).slice(0, MAX_SUBJECTS);
	const keys = new Set(wanted.map(subjectKey));
	const queryOf = (subjects: readonly HistorySubject[]): string => {
		const rows = heapsterSelector(leaf, [value], metrics, subjectMatchers({subjects}, HEAPSTER_LABELS));
		// A window ends with the sample at its end, which is of the next step. Samples have whole milliseconds.
		const means = `avg_over_time(${rows}[${stepMs}ms] offset 1ms)`;
		const each = `max ${by(groupLabels({kind: leaf, withNode: leaf === 'pod' && leaf !== kind}, HEAPSTER_LABELS))} (${means})`;
		return leaf === kind ? each : `sum ${by(groupLabels({kind}, HEAPSTER_LABELS))} (${each})`;
	};
	const queries = keys.size === 0 ? [] : queriesWithin(wanted, queryOf);
	const answers = await Promise.all(
		queries.map(query => client.range(query, {startMs: startMs + stepMs, endMs, stepMs}, signal)),
	);
	for (const {labels, points} of answers.flatMap(({series}) => series)) {
		const subject = subjectOfLabels(kind, labels, HEAPSTER_LABELS);
		const key = subject && subjectKey(subject);
		if (key !== undefined && keys.has(key)) {
			const {divisor} = HEAPSTER_VALUES[value];
			const means = stepPoints(points, stepMs)
				.map(point => ({timeMs: point.timeMs, value: point.value / divisor}))
				.filter(point => isPlausible(value, point.value));
			found.set(key, means);
		}
	}

	return found;
}

function isStored(kind: keyof typeof HEAPSTER_KINDS, value: string): value is HeapsterValue {
	return HEAPSTER_KINDS[kind].values.some(one => one === value);
}
