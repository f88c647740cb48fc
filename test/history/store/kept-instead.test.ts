import {expect, test} from 'vitest';
import {CADVISOR_SCHEMA} from '../../../source/history/influxdb/read/schemas/cadvisor.ts';
import {heapsterSchema} from '../../../source/history/influxdb/read/schemas/heapster.ts';
import {TELEGRAF_SCHEMA} from '../../../source/history/influxdb/read/schemas/telegraf.ts';
import type {SubjectKind} from '../../../source/history/store/history-request.ts';
import {findKeptInstead} from '../../../source/history/store/kept-instead.ts';
import type {SeriesName} from '../../../source/metrics/model/row.ts';

const SCHEMAS = [CADVISOR_SCHEMA, TELEGRAF_SCHEMA, heapsterSchema(false), heapsterSchema(true)];
const USAGE: readonly SeriesName[] = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'];

test.each(SCHEMAS)('$name says that pods are sums of containers where it has nothing of pods', schema => {
	for (const series of USAGE) {
		const expected = schema.pod.fields[series] === undefined ? 'sums of containers' : undefined;
		const kept = (kind: SubjectKind): string | undefined => findKeptInstead(schema.differences, kind, series);
		expect([kept('pod'), kept('namespace')]).toEqual([expected, expected]);
		expect([kept('node'), kept('container'), kept('cluster')]).toEqual([undefined, undefined, undefined]);
	}
});

test.each([
	[CADVISOR_SCHEMA, 'only the first interface'],
	[TELEGRAF_SCHEMA, 'only eth0'],
	[heapsterSchema(false), undefined],
] as const)('$0.name says which interfaces its traffic is of', (schema, expected) => {
	expect(findKeptInstead(schema.differences, 'node', 'rxBytesPerSecond')).toBe(expected);
});
