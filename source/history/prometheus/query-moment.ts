import {
	type HistorySubject,
	type MomentEntry,
	type MomentRequest,
	type PastValue,
	subjectKey,
} from '../store/history-request.ts';
import {MAX_SUBJECTS} from '../store/query-bounds.ts';
import type {PrometheusClient} from './client.ts';
import {expressionOf, type Question, sampleTimeExpression} from './expressions.ts';
import type {PrometheusSeries} from './query-result.ts';
import {RATE_SCRAPES} from './query-series.ts';
import {promqlNames} from './quote.ts';
import type {PrometheusSchema} from './schema.ts';
import {subjectOfLabels} from './subject-of-labels.ts';

const VALUES: readonly PastValue[] = [
	'cpuCores',
	'memoryWorkingSetBytes',
	'memoryRssBytes',
	'rxBytesPerSecond',
	'txBytesPerSecond',
	'filesystemUsedBytes',
	'throttledRatio',
	'cpuCapacityCores',
	'memoryCapacityBytes',
];

/** Values of a subject on one node, while answers are merged. */
type Draft = {
	readonly subject: HistorySubject;
	readonly node: string | undefined;
	timeMs: number | undefined;
	readonly values: Partial<Record<PastValue, number>>;
};

/**
 * All objects of a kind at one moment, with one query per value, concurrently. Gauges are the newest samples, rates are
 * over the last scrapes before the moment.
 */
export async function queryMoment(
	client: PrometheusClient,
	whole: PrometheusSchema,
	{kind, atMs, lookBackMs, nodes = []}: MomentRequest,
	scrapeIntervalMs: number,
	signal: AbortSignal,
): Promise<readonly MomentEntry[]> {
	const schema =
		nodes.length === 0 || nodes.length > MAX_SUBJECTS
			? whole
			: {...whole, matchers: [...whole.matchers, `${whole.labels.node}=~${promqlNames(nodes)}`]};
	const about = {kind, rateMs: RATE_SCRAPES * scrapeIntervalMs, withNode: true};
	const ask = async (query: string): Promise<readonly PrometheusSeries[]> =>
		(await client.instant(query, {atMs, lookBackMs}, signal)).series;
	const questions = VALUES.flatMap(value => {
		const question: Question = {...about, value};
		const expression = expressionOf(question, schema);
		return expression === undefined ? [] : [{value, expression}];
	});
	const [times, ...answers] = await Promise.all([
		ask(sampleTimeExpression({...about, value: 'memoryWorkingSetBytes'}, schema)),
		...questions.map(({expression}) => ask(expression)),
	]);

	const drafts = new Map<string, Map<string, Draft>>();
	const draftOf = ({labels}: PrometheusSeries): Draft | undefined => {
		const subject = subjectOfLabels(kind, labels, schema.labels);
		if (subject === undefined) {
			return undefined;
		}

		const key = subjectKey(subject);
		const node = labels[schema.labels.node];
		const places = drafts.get(key) ?? new Map<string, Draft>();
		const draft = places.get(node ?? '') ?? {subject, node, timeMs: undefined, values: {}};
		drafts.set(key, places.set(node ?? '', draft));
		return draft;
	};
	for (const row of times ?? []) {
		const draft = draftOf(row);
		const seconds = row.points[0]?.value;
		if (draft !== undefined && seconds !== undefined) {
			draft.timeMs = Math.round(seconds * 1000);
		}
	}

	for (const [index, {value}] of questions.entries()) {
		for (const row of answers[index] ?? []) {
			const draft = draftOf(row);
			const [point] = row.points;
			if (draft !== undefined && point !== undefined) {
				draft.values[value] = point.value;
			}
		}
	}

	return [...drafts.values()].flatMap(places => entryOf([...places.values()], atMs, lookBackMs));
}

/** A pod that moved has series on each of its nodes. The newest one counts. */
function entryOf(places: readonly Draft[], atMs: number, lookBackMs: number): readonly MomentEntry[] {
	const newest = places.reduce<Draft | undefined>(
		(best, one) => ((one.timeMs ?? 0) > (best?.timeMs ?? -1) ? one : best),
		undefined,
	);
	if (newest === undefined || Object.keys(newest.values).length === 0) {
		return [];
	}

	const {subject, node, timeMs = atMs, values} = newest;
	// Stores without `lookback_delta` look back 5 min.
	return atMs - timeMs > lookBackMs ? [] : [{subject, node, timeMs, values}];
}
