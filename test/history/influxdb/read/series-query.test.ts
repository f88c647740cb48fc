import {describe, expect, test} from 'vitest';
import {decodeQueryResult} from '../../../../source/history/influxdb/query-result.ts';
import {CADVISOR_SCHEMA} from '../../../../source/history/influxdb/read/schemas/cadvisor.ts';
import {heapsterSchema} from '../../../../source/history/influxdb/read/schemas/heapster.ts';
import type {InfluxdbSchema} from '../../../../source/history/influxdb/read/schemas/schema.ts';
import {TELEGRAF_SCHEMA} from '../../../../source/history/influxdb/read/schemas/telegraf.ts';
import {seriesPoints, seriesQuery} from '../../../../source/history/influxdb/read/series-query.ts';
import {
	type HistorySubject,
	type SeriesRequest,
	subjectKey,
} from '../../../../source/history/store/history-request.ts';
import {recorded} from '../recorded-influxdb.ts';

const HEAPSTER: InfluxdbSchema = {table: heapsterSchema(false), database: 'k8s', retentionPolicy: 'default'};
const RANGE = {startMs: 60_000, endMs: 180_000, stepMs: 60_000};
const TIME = 'time >= 60000ms AND time < 180000ms';
const CORES = '"value" >= 0 AND "value" <= 16777216000';

const NODE: HistorySubject = {kind: 'node', name: 'node-a'};
const POD: HistorySubject = {kind: 'pod', namespace: 'shop', name: 'web'};
const CONTAINER: HistorySubject = {kind: 'container', namespace: 'shop', pod: 'web', name: 'app'};

function requestOf(
	subject: HistorySubject,
	series: SeriesRequest['series'] = 'cpuCores',
	range = RANGE,
): SeriesRequest {
	return {kind: subject.kind, subjects: [subject], series, range};
}

describe('the query for Heapster’s data', () => {
	test.each([
		[NODE, `"type" = 'node' AND "nodename" = 'node-a'`, '"nodename"'],
		[
			POD,
			`"type" = 'pod' AND "namespace_name" = 'shop' AND "pod_name" = 'web'`,
			'"namespace_name", "pod_name"',
		],
		[
			CONTAINER,
			`"type" = 'pod_container' AND "namespace_name" = 'shop' AND "pod_name" = 'web' AND "container_name" = 'app'`,
			'"namespace_name", "pod_name", "container_name"',
		],
	] as const)('of %j names its tags', (subject, conditions, groups) => {
		expect(seriesQuery(requestOf(subject), HEAPSTER)).toBe(
			`SELECT MEAN("value") AS "value" FROM "k8s"."default"."cpu/usage_rate" WHERE ${conditions} AND ${CORES} AND ${TIME} GROUP BY time(60000ms), ${groups} fill(none)`,
		);
	});

	test('of several subjects is one', () => {
		const request: SeriesRequest = {...requestOf(NODE), subjects: [NODE, {kind: 'node', name: 'node-b'}]};
		expect(seriesQuery(request, HEAPSTER)).toContain(
			`(("nodename" = 'node-a') OR ("nodename" = 'node-b')) AND`,
		);
	});

	test('leaves the policy out where it is the database’s default', () => {
		expect(seriesQuery(requestOf(NODE), {...HEAPSTER, retentionPolicy: undefined})).toContain(
			'FROM "cpu/usage_rate" WHERE',
		);
	});

	test('takes a field of a shared measurement where Heapster wrote so', () => {
		expect(seriesQuery(requestOf(NODE), {...HEAPSTER, table: heapsterSchema(true)})).toContain(
			'SELECT MEAN("usage_rate") AS "value" FROM "k8s"."default"."cpu" WHERE',
		);
	});

	test('sums pods for a namespace', () => {
		const each = `SELECT MEAN("value") AS "value" FROM "k8s"."default"."cpu/usage_rate" WHERE "type" = 'pod' AND "namespace_name" = 'shop' AND ${CORES} AND ${TIME} GROUP BY time(60000ms), "namespace_name", "pod_name" fill(none)`;
		expect(seriesQuery(requestOf({kind: 'namespace', name: 'shop'}), HEAPSTER)).toBe(
			`SELECT SUM("value") AS "value" FROM (${each}) WHERE ${TIME} GROUP BY time(60000ms), "namespace_name" fill(none)`,
		);
	});

	test('sums nodes for the cluster, as the live head does', () => {
		expect(seriesQuery(requestOf({kind: 'cluster'}), HEAPSTER)).toMatch(
			/^SELECT SUM\("value"\) AS "value" FROM \(SELECT MEAN\("value"\).*"type" = 'node' AND.*GROUP BY time\(60000ms\), "nodename" fill\(none\)\) WHERE .* GROUP BY time\(60000ms\) fill\(none\)$/,
		);
	});

	test.each([
		[{kind: 'node', name: 'n'}, 'throttledRatio'],
		[CONTAINER, 'rxBytesPerSecond'],
	] as const)('of what it did not keep (%j %s) is none', (subject, series) => {
		expect(seriesQuery(requestOf(subject, series), HEAPSTER)).toBeUndefined();
	});

	test('is bounded in range and points, whatever the request', () => {
		const century = {startMs: 0, endMs: 4e12, stepMs: 1};
		const [, from, to, step] =
			/time >= (\d+)ms AND time < (\d+)ms GROUP BY time\((\d+)ms\)/.exec(
				seriesQuery(requestOf(NODE, 'cpuCores', century), HEAPSTER) ?? '',
			) ?? [];
		const rangeMs = Number(to) - Number(from);
		expect(rangeMs).toBeLessThan(9 * 86_400_000);
		expect(rangeMs / Number(step)).toBeLessThanOrEqual(1001);
	});
});

describe('the query for Telegraf’s data', () => {
	const telegraf: InfluxdbSchema = {table: TELEGRAF_SCHEMA, database: 'telegraf', retentionPolicy: undefined};

	test('takes rates of counters, from one step before on', () => {
		expect(seriesQuery(requestOf(POD, 'rxBytesPerSecond'), telegraf)).toBe(
			`SELECT NON_NEGATIVE_DERIVATIVE(MAX("rx_bytes"), 1s) AS "value" FROM "kubernetes_pod_network" WHERE "namespace" = 'shop' AND "pod_name" = 'web' AND "rx_bytes" > 0 AND time >= 0ms AND time < 180000ms GROUP BY time(60000ms), "namespace", "pod_name" fill(none)`,
		);
	});

	test('takes a 0 of memory for unknown, since Telegraf writes 0 for a missing value', () => {
		expect(seriesQuery(requestOf(CONTAINER, 'memoryRssBytes'), telegraf)).toContain('"memory_rss_bytes" > 0');
	});

	test('sums containers for a pod', () => {
		expect(seriesQuery(requestOf(POD), telegraf)).toMatch(
			/^SELECT SUM\("value"\).*FROM "kubernetes_pod_container".*GROUP BY time\(60000ms\), "namespace", "pod_name", "container_name" fill\(none\)\) WHERE .* GROUP BY time\(60000ms\), "namespace", "pod_name" fill\(none\)$/,
		);
	});
});

test('the query for cAdvisor’s data leaves sandboxes out of the containers', () => {
	const cadvisor: InfluxdbSchema = {table: CADVISOR_SCHEMA, database: 'cadvisor', retentionPolicy: undefined};
	expect(seriesQuery(requestOf(CONTAINER), cadvisor)).toContain(
		`FROM "cpu_usage_total" WHERE "io.kubernetes.container.name" != '' AND "io.kubernetes.container.name" != 'POD' AND`,
	);
});

describe('the points of an answer', () => {
	const pointsOf = (values: ReadonlyArray<readonly unknown[]>) =>
		seriesPoints(requestOf(NODE), HEAPSTER, [
			{name: 'cpu', tags: {nodename: 'node-a'}, columns: ['time', 'value'], values},
		]).get(subjectKey(NODE));

	test('recorded of Heapster are cores, and gaps are left out', () => {
		const [result] = decodeQueryResult(recorded('cpu-node-1m-epoch-ms').body) ?? [];
		const request = requestOf(NODE, 'cpuCores', {
			...RANGE,
			startMs: Date.UTC(2026, 10, 23, 9),
			endMs: Date.UTC(2026, 10, 23, 11),
		});
		const points = seriesPoints(request, HEAPSTER, result?.kind === 'ok' ? result.series : []);
		expect(points.get(subjectKey(NODE))?.[0]).toEqual({
			timeMs: Date.UTC(2026, 10, 23, 9, 30),
			value: 1.356,
		});
	});

	test.each([[-1], [1.8e19], [null], ['x']])('that cannot be (%s) are left out', value => {
		expect(pointsOf([[60_000, value]])).toEqual([]);
	});

	test('of before the range are left out: they are there for the first rate', () => {
		expect(
			pointsOf([
				[0, 1],
				[60_000, 2],
			]),
		).toEqual([{timeMs: 60_000, value: 0.002}]);
	});
});
