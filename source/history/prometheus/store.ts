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
	/** Put into every selector, where a store holds more than one cluster: `cluster="prod"`. */
	readonly matchers: string | undefined;
	/**
	 * How often the kubelets are scraped, 30 s as a rule; rates are over four times as long. Kubelets sample every 10 to
	 * 15 s themselves, so with much less than 10 s rates have gaps.
	 */
	readonly scrapeIntervalMs: number;
};

/**
 * The past as Prometheus has it from the kubelets' /metrics/cadvisor, or any store that answers like it. Throws
 * `KtopError` (`usage`) for labels and matchers that are none.
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
				name: schema.hasNodeRows ? 'container metrics' : 'container metrics, none of nodes',
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
	const ofPods =
		podRows === undefined ? [podsAreSums()] : podRows === 'resource' ? [podsAreSums(['memoryRssBytes'])] : [];
	return hasNodeRows ? ofPods : [...ofPods, NODES_ARE_SUMS];
}
