import {expect, test} from 'vitest';
import {heapsterLines} from '../../../../source/history/influxdb/write/heapster-lines.ts';
import {containerInfo, nodeInfo, podInfo} from '../../../metrics/inventories.ts';
import {containerReading, podReading, reading} from '../../../metrics/readings.ts';
import {containerRow, nodeRow, podRow} from '../../../metrics/rows.ts';

const claims = {requests: {cpuCores: 0.25, memoryBytes: 64}, limits: {cpuCores: 1, memoryBytes: 128}};
const usage = {cpuCores: 0.5, memoryUsageBytes: 120};
const web = {namespace: 'shop', name: 'web', uid: undefined};

/** A round in which the node reports `web`, and `gone` is known from the API server alone. */
const written = (isInventoryCurrent: boolean): readonly string[] =>
	heapsterLines(
		{
			nodes: [nodeRow('n', {id: 'n', info: nodeInfo('n'), ...usage})],
			pods: [
				podRow('web', {...usage, info: podInfo('web', claims)}),
				podRow('gone', {info: podInfo('gone', {...claims, restarts: 7})}),
			],
			containers: [
				containerRow('app', {...usage, podInfo: podInfo('web'), info: containerInfo('app', claims)}),
				containerRow('old', {
					pod: {...web, name: 'gone'},
					podInfo: podInfo('gone'),
					info: containerInfo('old', claims),
				}),
			],
			readings: new Map([
				[
					'n',
					reading(1, {pods: [podReading('shop', 'web')], containers: [containerReading('app', {pod: web})]}),
				],
			]),
			isInventoryCurrent,
		},
		1,
		{clusterName: 'default', hasFields: false, isWhole: true},
	);

const of = (lines: readonly string[], pattern: RegExp) => lines.filter(line => pattern.test(line)).length;

test('while the inventory is current, pods that no node reports are written with their requests and limits', () => {
	const lines = written(true);

	expect(of(lines, /pod_name=gone/)).toBeGreaterThan(0);
	expect(of(lines, /^cpu\/request.*type=ns/)).toBe(1);
	expect(of(lines, /^cpu\/request.*type=cluster/)).toBe(1);
});

test('while it is out, only what nodes report is written, and no sum of claims of another time', () => {
	const lines = written(false);

	expect(of(lines, /pod_name=gone/)).toBe(0);
	expect(of(lines, /^(?:cpu|memory)\/(?:request|limit).*type=(?:ns|cluster)/)).toBe(0);
	expect(of(lines, /^cpu\/usage_rate.*pod_name=web/)).toBeGreaterThan(0);
	expect(of(lines, /^cpu\/usage_rate.*type=cluster/)).toBe(1);
	expect(of(lines, /node_reservation/)).toBe(0);
});
