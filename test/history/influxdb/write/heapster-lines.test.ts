import fc from 'fast-check';
import {expect, test} from 'vitest';
import {heapsterLines, type RoundRows} from '../../../../source/history/influxdb/write/heapster-lines.ts';
import {containerInfo, nodeInfo, podInfo} from '../../../metrics/inventories.ts';
import {containerReading, podReading, reading} from '../../../metrics/readings.ts';
import {containerRow, nodeRow, podRow} from '../../../metrics/rows.ts';
import {linesOf} from './line-batch.ts';

const claims = {requests: {cpuCores: 0.25, memoryBytes: 64}, limits: {cpuCores: 1, memoryBytes: 128}};
const usage = {cpuCores: 0.5, memoryUsageBytes: 120};
const web = {namespace: 'shop', name: 'web', uid: undefined};

/** A round in which the node reports `web`, and `gone` is known from the API server alone. */
const written = (isInventoryCurrent: boolean): readonly string[] =>
	linesOf(
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
						reading(1, {
							pods: [podReading('shop', 'web')],
							containers: [containerReading('app', {pod: web})],
						}),
					],
				]),
				isInventoryCurrent,
			},
			1,
			{clusterName: 'default', hasFields: false, isWhole: true},
		),
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

/** A round with labels and names of any text, in objects that no other round has. */
const roundOf = (text: string, other: string): RoundRows => {
	const labels = {app: text, [other]: 'x'};
	const pod = {...web, name: text};
	const info = podInfo(text, {...claims, labels});
	const filesystem = {
		usedBytes: 1,
		capacityBytes: 2,
		availableBytes: 1,
		inodes: 9,
		inodesFree: 8,
		inodesUsed: 1,
		timeMs: 1,
	};
	return {
		nodes: [nodeRow(other, {id: 'n', info: nodeInfo(other, {labels}), ...usage})],
		pods: [podRow(text, {...usage, info})],
		containers: [
			containerRow('app', {...usage, pod, podInfo: info, info: containerInfo('app', {image: other})}),
		],
		readings: new Map([
			['n', reading(1, {containers: [containerReading('app', {pod, rootFilesystem: filesystem})]})],
		]),
		isInventoryCurrent: true,
	};
};

const options = {clusterName: 'a b', hasFields: false, isWhole: true};
const someText = fc.string({unit: fc.constantFrom('a', 'ü', ',', '=', ' ', '\\', '\n'), minLength: 1});

test('a round of objects that were written before has the lines of one of new objects', () => {
	fc.assert(
		fc.property(someText, someText, someText, (text, other, changed) => {
			const rows = roundOf(text, other);
			const first = linesOf(heapsterLines(rows, 1, options));
			expect(linesOf(heapsterLines(roundOf(changed, other), 1, options))).toHaveLength(first.length);
			expect(linesOf(heapsterLines(rows, 1, options))).toEqual(first);
			expect(linesOf(heapsterLines(roundOf(text, other), 1, options))).toEqual(first);
		}),
	);
});

test('tags of every series are sorted', () => {
	const lines = linesOf(heapsterLines(roundOf('web', 'other'), 1, options));
	expect(of(lines, /resource_id=/)).toBeGreaterThan(0);
	for (const line of lines) {
		const names = [...line.matchAll(/(?<!\\),([a-z_]+)=/g)].map(([, name]) => name);
		expect(names).toEqual([...names].sort());
	}
});

test('a large round is of batches of some thousand lines, each with its number of them', () => {
	const pods = Array.from({length: 4000}, (_, index) => podRow(`p${index}`, usage));
	const rows = {nodes: [], pods, containers: [], readings: new Map(), isInventoryCurrent: true};
	const batches = [...heapsterLines(rows, 1, options)];
	expect(batches.map(({lines}) => lines)).toEqual([5000, 3004]);
	expect(batches.map(({text}) => text.split('\n').length)).toEqual([5000, 3004]);
});
