import type {SeriesName} from '../../metrics/row.ts';
import type {HistoryPoint, HistoryRequest, HistorySubject} from '../history-request.ts';
import type {ResultSeries} from './query-result.ts';
import {quoteIdentifier, quoteString} from './quote.ts';

/**
 * How Heapster wrote (github.com/kubernetes-retired/heapster docs/storage-schema.md): a measurement a metric with the
 * field `value`, or with `withfields=true` a measurement `cpu` with the field `usage_rate`; subjects told apart by tags.
 */
export type HeapsterSchema = {
	readonly database: string;
	/** Heapster writes to "default" by name, which need not be the database's default. */
	readonly retentionPolicy: string;
	readonly hasFields: boolean;
};

type Metric = {
	readonly name: string;
	/** What a stored value is divided by. */
	readonly divisor: number;
	readonly kinds: ReadonlySet<HistorySubject['kind']>;
};

const ALL = ['cluster', 'node', 'namespace', 'pod', 'container'] as const;

/** Namespaces and the cluster have CPU alone of these; the rest is summed from pods. */
const METRICS: Readonly<Partial<Record<SeriesName, Metric>>> = {
	cpuCores: {name: 'cpu/usage_rate', divisor: 1000, kinds: new Set(ALL)},
	memoryWorkingSetBytes: {
		name: 'memory/working_set',
		divisor: 1,
		kinds: new Set(['node', 'pod', 'container']),
	},
	memoryRssBytes: {name: 'memory/rss', divisor: 1, kinds: new Set(['node', 'pod', 'container'])},
	rxBytesPerSecond: {name: 'network/rx_rate', divisor: 1, kinds: new Set(['node', 'pod'])},
	txBytesPerSecond: {name: 'network/tx_rate', divisor: 1, kinds: new Set(['node', 'pod'])},
};

/** No machine has as much of anything: what is above is a counter's overflow (heapster#1181, #1778). */
const IMPOSSIBLE = 2 ** 62;

/** The query, or undefined where Heapster did not keep the series. */
export function heapsterQuery(request: HistoryRequest, schema: HeapsterSchema): string | undefined {
	const {subject, series, range} = request;
	const metric = METRICS[series];
	if (metric === undefined) {
		return undefined;
	}

	const {measurement, field} = placeOf(metric, schema);
	const where = (conditions: readonly string[]): string => [...conditions, ...within(range)].join(' AND ');
	const step = `time(${range.stepMs}ms)`;
	if (metric.kinds.has(subject.kind)) {
		// A pod that moved has a series for each node.
		const conditions = conditionsOf(subject);
		return `SELECT MEAN(${field}) FROM ${measurement} WHERE ${where(conditions)} GROUP BY ${step} fill(none)`;
	}

	if (subject.kind !== 'namespace' && subject.kind !== 'cluster') {
		return undefined;
	}

	const conditions = [
		tag('type', 'pod'),
		...(subject.kind === 'namespace' ? [tag('namespace_name', subject.name)] : []),
	];
	const pods = `SELECT MEAN(${field}) AS "pod" FROM ${measurement} WHERE ${where(conditions)} GROUP BY ${step}, "namespace_name", "pod_name" fill(none)`;
	return `SELECT SUM("pod") FROM (${pods}) WHERE ${where([])} GROUP BY ${step} fill(none)`;
}

/** What the answer's series say, which have a time (epoch milliseconds) and a value in each row. */
export function heapsterPoints(
	request: HistoryRequest,
	series: readonly ResultSeries[],
): readonly HistoryPoint[] {
	const divisor = METRICS[request.series]?.divisor ?? 1;
	return series.flatMap(({values}) =>
		values.flatMap(([time, value]) =>
			typeof time === 'number' && typeof value === 'number' && value >= 0 && value < IMPOSSIBLE
				? [{timeMs: time, value: value / divisor}]
				: [],
		),
	);
}

function placeOf(
	{name}: Metric,
	{database, retentionPolicy, hasFields}: HeapsterSchema,
): {readonly measurement: string; readonly field: string} {
	const [group = '', ...rest] = name.split('/');
	const [measurement, field] = hasFields ? [group, rest.join('/')] : [name, 'value'];
	return {
		measurement: [database, retentionPolicy, measurement].map(quoteIdentifier).join('.'),
		field: quoteIdentifier(field),
	};
}

function conditionsOf(subject: HistorySubject): readonly string[] {
	switch (subject.kind) {
		case 'cluster':
			return [tag('type', 'cluster')];
		case 'node':
			return [tag('type', 'node'), tag('nodename', subject.name)];
		case 'namespace':
			return [tag('type', 'ns'), tag('namespace_name', subject.name)];
		case 'pod':
			return [tag('type', 'pod'), tag('namespace_name', subject.namespace), tag('pod_name', subject.name)];
		case 'container':
			return [
				tag('type', 'pod_container'),
				tag('namespace_name', subject.namespace),
				tag('pod_name', subject.pod),
				tag('container_name', subject.name),
			];
	}
}

function tag(name: string, value: string): string {
	return `${quoteIdentifier(name)} = ${quoteString(value)}`;
}

function within({startMs, endMs}: HistoryRequest['range']): readonly string[] {
	return [`time >= ${startMs}ms`, `time < ${endMs}ms`];
}
