import type {HistoryStore} from '../store/history-store.ts';
import {type KeptInstead, NODES_ARE_SUMS, podsAreSums} from '../store/kept-instead.ts';
import {type ClientOptions, prometheusClient} from './client.ts';
import {checkLabels, type LabelOptions, parseMatchers} from './label-names.ts';
import {probePrometheus} from './probe-schema.ts';
import {queryMoment} from './query-moment.ts';
import {querySeries} from './query-series.ts';
import type {PrometheusSchema} from './schema.ts';

export type PrometheusOptions = ClientOptions & {
	readonly labels: LabelOptions;
	/** Added to every selector, for a store with several clusters: `cluster="prod"`. */
	readonly matchers: string | undefined;
	/**
	 * How often Prometheus scrapes the kubelets, usually 30 s. Rates are over four times this. Kubelets sample every 10
	 * to 15 s, so rates have gaps if it is much less than 10 s.
	 */
	readonly scrapeIntervalMs: number;
};

/**
 * History in Prometheus, or a store with its API, that scrapes the kubelets' /metrics/cadvisor. Throws `KtopError`
 * (`usage`) for invalid labels and matchers.
 */
export function prometheusStore(options: PrometheusOptions, now: () => number = Date.now): HistoryStore {
	checkLabels(options.labels);
	const matchers = parseMatchers(options.matchers);
	const client = prometheusClient(options);
	let known: PrometheusSchema | undefined;
	const probe = async (signal: AbortSignal): Promise<PrometheusSchema> => {
		known = await probePrometheus(client, options.labels, matchers, now(), signal);
		return known;
	};
	return {
		label: 'Prometheus',
		async probe(signal) {
			const schema = await probe(signal);
			return {
				name: schema.hasNodeRows ? 'container metrics' : 'container metrics without nodes',
				differences: differencesOf(schema),
			};
		},
		async series(request, signal) {
			const schema = known ?? (await probe(signal));
			return querySeries(client, schema, request, options.scrapeIntervalMs, now(), signal);
		},
		async moment(request, signal) {
			const schema = known ?? (await probe(signal));
			return queryMoment(client, schema, request, options.scrapeIntervalMs, signal);
		},
		close: client.close,
	};
}

function differencesOf({hasNodeRows, podRows}: PrometheusSchema): readonly KeptInstead[] {
	const podDifferences =
		podRows === undefined ? [podsAreSums()] : podRows === 'resource' ? [podsAreSums(['memoryRssBytes'])] : [];
	return hasNodeRows ? podDifferences : [...podDifferences, NODES_ARE_SUMS];
}
