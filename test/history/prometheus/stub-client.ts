import type {PrometheusClient} from '../../../source/history/prometheus/client.ts';
import type {LabelSet, PrometheusSeries} from '../../../source/history/prometheus/query-result.ts';

/** A row of one point. */
export const vectorRow = (labels: LabelSet, value = 1): PrometheusSeries => ({
	labels,
	points: [{timeMs: 0, value}],
});

/** Answers instant queries by the first of the patterns that they match, with nothing where they match none. */
export function stubClient(
	answers: ReadonlyArray<readonly [RegExp, readonly PrometheusSeries[]]>,
	past: readonly LabelSet[] = [],
): PrometheusClient & {readonly queries: readonly string[]} {
	const queries: string[] = [];
	return {
		queries,
		origin: 'http://stub:9090',
		async range() {
			throw new Error('no range was to be asked for');
		},
		async instant(query) {
			queries.push(query);
			return {series: answers.find(([pattern]) => pattern.test(query))?.[1] ?? [], warnings: []};
		},
		labelSets: async () => past,
		close: async () => {},
	};
}
