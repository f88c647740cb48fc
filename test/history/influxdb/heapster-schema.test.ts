import {describe, expect, test} from 'vitest';
import type {HistoryRequest} from '../../../source/history/history-request.ts';
import {heapsterPoints, heapsterQuery} from '../../../source/history/influxdb/heapster-schema.ts';
import {decodeQueryResult} from '../../../source/history/influxdb/query-result.ts';
import {recorded} from './recorded-influxdb.ts';

const SCHEMA = {database: 'k8s', retentionPolicy: 'default', hasFields: false};
const RANGE = {startMs: 60_000, endMs: 180_000, stepMs: 60_000};
const TIME = 'time >= 60000ms AND time < 180000ms';

const cpuOf = (subject: HistoryRequest['subject']): HistoryRequest => ({
	subject,
	series: 'cpuCores',
	range: RANGE,
});

describe('the query for Heapster’s data', () => {
	test.each([
		[{kind: 'cluster'}, `"type" = 'cluster'`],
		[{kind: 'node', name: 'node-a'}, `"type" = 'node' AND "nodename" = 'node-a'`],
		[{kind: 'namespace', name: 'shop'}, `"type" = 'ns' AND "namespace_name" = 'shop'`],
		[
			{kind: 'pod', namespace: 'shop', name: 'web'},
			`"type" = 'pod' AND "namespace_name" = 'shop' AND "pod_name" = 'web'`,
		],
		[
			{kind: 'container', namespace: 'shop', pod: 'web', name: 'app'},
			`"type" = 'pod_container' AND "namespace_name" = 'shop' AND "pod_name" = 'web' AND "container_name" = 'app'`,
		],
	] as const)('of %j names its tags', (subject, conditions) => {
		expect(heapsterQuery(cpuOf(subject), SCHEMA)).toBe(
			`SELECT MEAN("value") FROM "k8s"."default"."cpu/usage_rate" WHERE ${conditions} AND ${TIME} GROUP BY time(60000ms) fill(none)`,
		);
	});

	test('takes a field of a shared measurement where Heapster wrote so', () => {
		const query = heapsterQuery(cpuOf({kind: 'cluster'}), {...SCHEMA, hasFields: true});
		expect(query).toContain('SELECT MEAN("usage_rate") FROM "k8s"."default"."cpu" WHERE');
	});

	test('sums pods where Heapster kept no sum', () => {
		const request = {...cpuOf({kind: 'namespace', name: 'shop'}), series: 'memoryWorkingSetBytes'} as const;
		expect(heapsterQuery(request, SCHEMA)).toBe(
			`SELECT SUM("pod") FROM (SELECT MEAN("value") AS "pod" FROM "k8s"."default"."memory/working_set" WHERE "type" = 'pod' AND "namespace_name" = 'shop' AND ${TIME} GROUP BY time(60000ms), "namespace_name", "pod_name" fill(none)) WHERE ${TIME} GROUP BY time(60000ms) fill(none)`,
		);
	});

	test.each([
		['throttledRatio', {kind: 'node', name: 'n'}],
		['rxBytesPerSecond', {kind: 'container', namespace: 's', pod: 'p', name: 'c'}],
	] as const)('of what it did not keep (%s of %j) is none', (series, subject) => {
		expect(heapsterQuery({subject, series, range: RANGE}, SCHEMA)).toBeUndefined();
	});
});

describe('recorded points', () => {
	test('of millicores are cores, and gaps are left out', () => {
		const [result] = decodeQueryResult(recorded('cpu-node-1m-epoch-ms').body) ?? [];
		const points = heapsterPoints(
			cpuOf({kind: 'node', name: 'node-a'}),
			result?.kind === 'ok' ? result.series : [],
		);
		expect(points[0]).toEqual({timeMs: Date.UTC(2026, 10, 23, 9, 30), value: 1.356});
		expect(points.every(({value}) => value > 0)).toBe(true);
	});

	test.each([-1, 1.8e19, null, 'x'])('that cannot be (%s) are left out', value => {
		const series = [{name: 'cpu', tags: {}, columns: ['time', 'mean'], values: [[60_000, value]]}];
		expect(heapsterPoints(cpuOf({kind: 'cluster'}), series)).toEqual([]);
	});
});
