import {ShortTurns} from '../../../http/short-turns.ts';
import {HEAPSTER_KINDS, HEAPSTER_VALUES, type HeapsterValue} from '../../influxdb/heapster-values.ts';
import type {MomentEntry, MomentRequest} from '../../store/history-request.ts';
import {isPlausible} from '../../store/plausible.ts';
import {MAX_SUBJECTS} from '../../store/query-bounds.ts';
import type {PrometheusClient} from '../client.ts';
import {groupLabels} from '../expressions.ts';
import {MomentPlaces} from '../moment-places.ts';
import {queriesWithin} from '../queries-within.ts';
import type {PrometheusSeries} from '../query-result.ts';
import {promqlNames} from '../quote.ts';
import {HEAPSTER_LABELS, type HeapsterMetrics, heapsterSelector, metricName} from './heapster-metrics.ts';

/**
 * All objects of a kind at one moment: the newest values by one query, and their times by another. Of a whole cluster
 * each value is a query of its own, so that no answer is too large.
 */
export async function heapsterMoment(
	client: Pick<PrometheusClient, 'instant'>,
	metrics: HeapsterMetrics,
	{kind, atMs, lookBackMs, nodes = [], values: wanted}: MomentRequest,
	signal: AbortSignal,
): Promise<readonly MomentEntry[]> {
	const names = nodes.length > MAX_SUBJECTS ? [] : nodes;
	const values = HEAPSTER_KINDS[kind].values.filter(value => wanted?.includes(value) !== false);
	const labels = groupLabels({kind, withNode: kind !== 'node'}, HEAPSTER_LABELS).join(', ');
	const ask = async (queryOf: (on: readonly string[]) => string): Promise<readonly PrometheusSeries[]> => {
		const queries = queriesWithin(names, some =>
			queryOf(some.length === 0 ? [] : [`${HEAPSTER_LABELS.node}=~${promqlNames(some)}`]),
		);
		const answers = await Promise.all(
			queries.map(query => client.instant(query, {atMs, lookBackMs}, signal)),
		);
		return answers.flatMap(({series}) => series);
	};
	const select = (some: readonly HeapsterValue[], on: readonly string[]): string =>
		heapsterSelector(kind, some, metrics, on);
	const timeOf = (value: HeapsterValue, on: readonly string[]): string =>
		`max by (${labels}) (timestamp(${select([value], on)}))`;
	const parts = names.length === 0 ? values.map(value => [value]) : [values];
	const [times, ...answers] = await Promise.all([
		ask(on => `${timeOf('memoryWorkingSetBytes', on)} or ${timeOf('cpuCores', on)}`),
		...parts.map(part => ask(on => `max by (__name__, ${labels}) (${select(part, on)})`)),
	]);
	const places = new MomentPlaces(kind, HEAPSTER_LABELS);
	const turns = new ShortTurns();
	for (const row of times ?? []) {
		await turns.rest();
		const seconds = row.points[0]?.value;
		const place = places.of(row.labels);
		if (place !== undefined && seconds !== undefined) {
			place.timeMs = Math.round(seconds * 1000);
		}
	}

	const valueByName = new Map(
		values.map(value => [metricName(HEAPSTER_VALUES[value].metric, metrics), value]),
	);
	for (const row of answers.flat()) {
		await turns.rest();
		const value = valueByName.get(row.labels.__name__ ?? '');
		const stored = row.points[0]?.value;
		const place = places.of(row.labels);
		if (value !== undefined && stored !== undefined && place !== undefined) {
			const number = stored / HEAPSTER_VALUES[value].divisor;
			if (isPlausible(value, number)) {
				place.values[value] = number;
			}
		}
	}

	return places.entries(atMs, lookBackMs);
}
