import {KtopError} from '../../metrics/model/failure.ts';
import type {HistorySchema, HistoryStore} from '../store/history-store.ts';
import {type KeptInstead, NODES_ARE_SUMS, podsAreSums} from '../store/kept-instead.ts';
import {type ClientOptions, type PrometheusClient, prometheusClient} from './client.ts';
import {heapsterMoment} from './heapster/heapster-moment.ts';
import {heapsterSeries} from './heapster/heapster-series.ts';
import {probeHeapster} from './heapster/probe-heapster.ts';
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
 * History in Prometheus, or a store with its API, that scrapes the kubelets' /metrics/cadvisor, or has what `ktop record`
 * wrote. Throws `KtopError` (`usage`) for invalid labels and matchers.
 */
export function prometheusStore(options: PrometheusOptions, now: () => number = Date.now): HistoryStore {
	checkLabels(options.labels);
	const matchers = parseMatchers(options.matchers);
	const client = prometheusClient(options);
	let known: Reader | undefined;
	const probe = async (signal: AbortSignal): Promise<Reader> => {
		known = await findReader(client, options, matchers, now, signal);
		return known;
	};
	return {
		label: 'Prometheus',
		probe: async signal => (await probe(signal)).schema,
		series: async (request, signal) => (known ?? (await probe(signal))).series(request, signal),
		moment: async (request, signal) => (known ?? (await probe(signal))).moment(request, signal),
		close: client.close,
	};
}

/** What reads the metrics that were found. */
type Reader = Pick<HistoryStore, 'series' | 'moment'> & {readonly schema: HistorySchema};

async function findReader(
	client: PrometheusClient,
	{labels, scrapeIntervalMs}: PrometheusOptions,
	matchers: readonly string[],
	now: () => number,
	signal: AbortSignal,
): Promise<Reader> {
	let schema: PrometheusSchema;
	try {
		schema = await probePrometheus(client, labels, matchers, now(), signal);
	} catch (error) {
		const isEmpty = error instanceof KtopError && error.code === 'not-found';
		const metrics = isEmpty ? await probeHeapster(client, matchers, now(), signal) : undefined;
		if (metrics === undefined) {
			throw error;
		}

		return {
			schema: {name: 'Heapster'},
			series: (request, querySignal) => heapsterSeries(client, metrics, request, querySignal),
			moment: (request, querySignal) => heapsterMoment(client, metrics, request, querySignal),
		};
	}

	return {
		schema: {
			name: schema.hasNodeRows ? 'container metrics' : 'container metrics without nodes',
			differences: differencesOf(schema),
		},
		series: (request, querySignal) =>
			querySeries(client, schema, request, scrapeIntervalMs, now(), querySignal),
		moment: (request, querySignal) => queryMoment(client, schema, request, scrapeIntervalMs, querySignal),
	};
}

function differencesOf({hasNodeRows, podRows}: PrometheusSchema): readonly KeptInstead[] {
	const podDifferences =
		podRows === undefined ? [podsAreSums()] : podRows === 'resource' ? [podsAreSums(['memoryRssBytes'])] : [];
	return hasNodeRows ? podDifferences : [...podDifferences, NODES_ARE_SUMS];
}
