import {ShortTurns} from '../../http/short-turns.ts';
import type {MomentEntry, MomentRequest, PastValue} from '../store/history-request.ts';
import {MAX_SUBJECTS} from '../store/query-bounds.ts';
import type {PrometheusClient} from './client.ts';
import {expressionOf, sampleTimeExpression} from './expressions.ts';
import {MomentPlaces} from './moment-places.ts';
import {queriesWithin} from './queries-within.ts';
import type {PrometheusSeries} from './query-result.ts';
import {RATE_SCRAPES} from './query-series.ts';
import {promqlNames} from './quote.ts';
import type {PrometheusSchema} from './schema.ts';

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

/**
 * All objects of a kind at one moment, with one query per value, concurrently. Gauges are the newest samples, rates are
 * over the last scrapes before the moment.
 */
export async function queryMoment(
	client: PrometheusClient,
	whole: PrometheusSchema,
	{kind, atMs, lookBackMs, nodes = [], values = VALUES}: MomentRequest,
	scrapeIntervalMs: number,
	signal: AbortSignal,
): Promise<readonly MomentEntry[]> {
	const names = nodes.length > MAX_SUBJECTS ? [] : nodes;
	const about = {kind, rateMs: RATE_SCRAPES * scrapeIntervalMs, withNode: true};
	const ask = async (
		expressionFor: (schema: PrometheusSchema) => string | undefined,
	): Promise<readonly PrometheusSeries[]> => {
		const queries = queriesWithin(names, some => expressionFor(onNodes(whole, some)));
		const answers = await Promise.all(
			queries.map(query => client.instant(query, {atMs, lookBackMs}, signal)),
		);
		return answers.flatMap(({series}) => series);
	};
	const [times, ...answers] = await Promise.all([
		ask(schema => sampleTimeExpression({...about, value: 'memoryWorkingSetBytes'}, schema)),
		...values.map(value => ask(schema => expressionOf({...about, value}, schema))),
	]);
	const places = new MomentPlaces(kind, whole.labels);
	const turns = new ShortTurns();
	for (const {labels, points} of times ?? []) {
		await turns.rest();
		const place = places.of(labels);
		const seconds = points[0]?.value;
		if (place !== undefined && seconds !== undefined) {
			place.timeMs = Math.round(seconds * 1000);
		}
	}

	for (const [index, value] of values.entries()) {
		for (const {labels, points} of answers[index] ?? []) {
			await turns.rest();
			const place = places.of(labels);
			const [point] = points;
			if (place !== undefined && point !== undefined) {
				place.values[value] = point.value;
			}
		}
	}

	return places.entries(atMs, lookBackMs);
}

/** The schema of these nodes alone; of all if there are none. */
function onNodes(whole: PrometheusSchema, names: readonly string[]): PrometheusSchema {
	return names.length === 0
		? whole
		: {...whole, matchers: [...whole.matchers, `${whole.labels.node}=~${promqlNames(names)}`]};
}
