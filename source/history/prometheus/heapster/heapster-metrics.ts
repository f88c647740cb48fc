import {HEAPSTER_TAGS, type HeapsterMetric} from '../../influxdb/heapster-names.ts';
import {HEAPSTER_KINDS, HEAPSTER_VALUES, type HeapsterValue} from '../../influxdb/heapster-values.ts';
import type {LabelNames} from '../label-names.ts';
import {promqlNames, promqlString} from '../quote.ts';

/**
 * How a store names the points of Heapster and `ktop record`, which came by InfluxDB's line protocol. VictoriaMetrics
 * has `cpu/usage_rate_value` (-influxMeasurementFieldSeparator), or `cpu/usage_rate` with -influxSkipSingleField;
 * `cpu_usage_rate` with `withfields=true`, or behind influxdb_exporter, which has no slashes.
 */
export type HeapsterMetrics = {
	/** Part of every selector. */
	readonly matchers: readonly string[];
	/** What a slash of Heapster's names became. */
	readonly slash: string;
	readonly suffix: string;
};

/** Matches the whole name of `cpu/usage_rate`. */
export const USAGE_RATE_NAMES = 'cpu[/_]usage_rate([/_]value)?';

/** How the store names metrics, from the name of `cpu/usage_rate`; undefined for another name. */
export function heapsterMetrics(name: string, matchers: readonly string[]): HeapsterMetrics | undefined {
	const [, slash, suffix = ''] = /^cpu([/_])usage_rate([/_]value)?$/.exec(name) ?? [];
	return slash === undefined ? undefined : {matchers, slash, suffix};
}

/** The tags of InfluxDB are labels. */
export const HEAPSTER_LABELS: LabelNames = {
	node: HEAPSTER_TAGS.node,
	namespace: HEAPSTER_TAGS.namespace,
	pod: HEAPSTER_TAGS.pod,
	container: HEAPSTER_TAGS.container,
};

export function metricName(metric: HeapsterMetric, {slash, suffix}: HeapsterMetrics): string {
	return metric.replace('/', slash) + suffix;
}

/** Selects values of a kind. A name with a slash cannot stand before the braces. */
export function heapsterSelector(
	kind: keyof typeof HEAPSTER_KINDS,
	values: readonly HeapsterValue[],
	metrics: HeapsterMetrics,
	more: readonly string[],
): string {
	const names = values.map(value => metricName(HEAPSTER_VALUES[value].metric, metrics));
	const [only = ''] = names;
	const named = names.length === 1 ? `__name__=${promqlString(only)}` : `__name__=~${promqlNames(names)}`;
	const type = `${HEAPSTER_TAGS.type}=${promqlString(HEAPSTER_KINDS[kind].type)}`;
	return `{${[named, type, ...metrics.matchers, ...more].join(',')}}`;
}
