import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {expressionOf, sampleTimeExpression} from '../../../source/history/prometheus/expressions.ts';
import type {PrometheusSchema} from '../../../source/history/prometheus/schema.ts';
import type {HistorySubject, PastValue, SubjectKind} from '../../../source/history/store/history-request.ts';

const LABELS = {node: 'node', namespace: 'namespace', pod: 'pod', container: 'container'};
const SCHEMA: PrometheusSchema = {labels: LABELS, matchers: [], hasNodeRows: true, podRows: undefined};
const WINDOWS = {rateMs: 120_000, meanMs: 60_000};

const KINDS: readonly SubjectKind[] = ['cluster', 'node', 'namespace', 'pod', 'container'];
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

describe('the query', () => {
	test.each([
		[
			'cpuCores',
			'cluster',
			'sum(max by (node) (sum without (cpu) (rate(container_cpu_usage_seconds_total{id="/"}[120s]))))',
		],
		[
			'memoryWorkingSetBytes',
			'node',
			'max by (node) (avg_over_time(container_memory_working_set_bytes{id="/"}[60s]))',
		],
		[
			'cpuCores',
			'pod',
			'sum by (namespace, pod) (max by (namespace, pod, container) (sum without (cpu) (rate(container_cpu_usage_seconds_total{image!="",container!="",container!="POD"}[120s]))))',
		],
		[
			'memoryRssBytes',
			'container',
			'max by (namespace, pod, container) (avg_over_time(container_memory_rss{image!="",container!="",container!="POD"}[60s]))',
		],
		['memoryCapacityBytes', 'node', 'max by (node) (avg_over_time(machine_memory_bytes{}[60s]))'],
	] as const)('for %s of a %s is as documented', (value, kind, expected) => {
		expect(expressionOf({value, kind, ...WINDOWS}, SCHEMA)).toBe(expected);
	});

	test('asks for several subjects at once, by the store’s own labels and within the given cluster', () => {
		const schema: PrometheusSchema = {
			labels: {...LABELS, node: 'instance'},
			matchers: ['cluster="prod"'],
			hasNodeRows: true,
			podRows: undefined,
		};
		const subjects = ['10.0.0.1:10250', 'b'].map((name): HistorySubject => ({kind: 'node', name}));
		expect(expressionOf({value: 'memoryRssBytes', kind: 'node', subjects, rateMs: 1}, schema)).toBe(
			String.raw`max by (instance) (container_memory_rss{cluster="prod",instance=~"10\\.0\\.0\\.1:10250|b",id="/"})`,
		);
	});

	test('distinguishes pods by their node for a moment', () => {
		const expression = expressionOf({value: 'cpuCores', kind: 'pod', rateMs: 1, withNode: true}, SCHEMA);
		expect(expression).toContain('sum by (namespace, pod, node) (max by (namespace, pod, node, container) (');
	});

	test('is there for what live ktop has too, and for nothing else', () => {
		const table = Object.fromEntries(
			KINDS.map(kind => [
				kind,
				VALUES.map(value => (expressionOf({value, kind, ...WINDOWS}, SCHEMA) === undefined ? '-' : 'x')).join(
					'',
				),
			]),
		);
		expect(table).toEqual({
			cluster: 'xxxxx--xx',
			node: 'xxxxxx-xx',
			namespace: 'xxxxx----',
			pod: 'xxxxx----',
			container: 'xxx---x--',
		});
	});

	test.each([
		[
			'groups',
			'memoryWorkingSetBytes',
			'max by (namespace, pod) (container_memory_working_set_bytes{pod!="",container="",image=""}) or sum by (namespace, pod) (max by (namespace, pod, container) (container_memory_working_set_bytes{image!="",container!="",container!="POD"}))',
		],
		[
			'resource',
			'memoryWorkingSetBytes',
			'max by (namespace, pod) (pod_memory_working_set_bytes{pod!=""}) or sum by (namespace, pod) (max by (namespace, pod, container) (container_memory_working_set_bytes{image!="",container!="",container!="POD"}))',
		],
		[
			'resource',
			'memoryRssBytes',
			'sum by (namespace, pod) (max by (namespace, pod, container) (container_memory_rss{image!="",container!="",container!="POD"}))',
		],
	] as const)(
		'takes the pod’s own series of %s for %s, and its containers where there are none',
		(podRows, value, expected) => {
			expect(expressionOf({value, kind: 'pod', rateMs: 1}, {...SCHEMA, podRows})).toBe(expected);
		},
	);

	test('sums containers where nodes have no rows of their own, and leaves out what no pod has', () => {
		const schema = {...SCHEMA, hasNodeRows: false};
		expect(expressionOf({value: 'memoryRssBytes', kind: 'node', rateMs: 1}, schema)).toBe(
			'sum by (node) (sum by (namespace, pod, node) (max by (namespace, pod, node, container) (container_memory_rss{image!="",container!="",container!="POD"})))',
		);
		expect(expressionOf({value: 'rxBytesPerSecond', kind: 'cluster', rateMs: 1}, schema)).toBeUndefined();
		expect(expressionOf({value: 'filesystemUsedBytes', kind: 'node', rateMs: 1}, schema)).toBeUndefined();
	});
});

/** What is left of a query without its texts: names, operators and brackets. */
function skeletonOf(query: string): string {
	return query.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

test('no name changes anything of a query but the text that it stands in', () => {
	const hostile = fc.oneof(
		fc.string({
			unit: fc.constantFrom('a', '"', '\\', '\n', '}', '{', ')', '|', '.', ',', '#', ' '),
			minLength: 1,
		}),
		fc.string({unit: 'binary', minLength: 1}),
	);
	const subjectOfLabels = (kind: SubjectKind, names: readonly [string, string, string]): HistorySubject => {
		const [first, second, third] = names;
		switch (kind) {
			case 'cluster':
				return {kind};
			case 'node':
			case 'namespace':
				return {kind, name: first};
			case 'pod':
				return {kind, namespace: first, name: second};
			case 'container':
				return {kind, namespace: first, pod: second, name: third};
		}
	};
	fc.assert(
		fc.property(
			fc.constantFrom(...KINDS),
			fc.constantFrom(...VALUES),
			fc.array(fc.tuple(hostile, hostile, hostile), {minLength: 1, maxLength: 4}),
			(kind, value, names) => {
				const ask = (all: ReadonlyArray<readonly [string, string, string]>) => ({
					value,
					kind,
					subjects: all.map(one => subjectOfLabels(kind, one)),
					...WINDOWS,
				});
				const [asked, plain] = [ask(names), ask([['a', 'b', 'c']])];
				expect(skeletonOf(expressionOf(asked, SCHEMA) ?? '')).toBe(
					skeletonOf(expressionOf(plain, SCHEMA) ?? ''),
				);
				expect(skeletonOf(sampleTimeExpression(asked, SCHEMA))).toBe(
					skeletonOf(sampleTimeExpression(plain, SCHEMA)),
				);
			},
		),
	);
});
