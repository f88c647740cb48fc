import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	HeapsterPoints,
	type HeapsterWriter,
} from '../../../../source/history/influxdb/write/heapster-points.ts';
import {LineBuffer} from '../../../../source/history/influxdb/write/line-protocol.ts';
import {containerInfo, nodeInfo, podInfo} from '../../../metrics/inventories.ts';
import {containerRow, nodeRow, podRow} from '../../../metrics/rows.ts';

type Written = {
	readonly measurement: string;
	readonly tags: Readonly<Record<string, string>>;
	readonly field: string;
	readonly value: string;
};

/** The points that are written, of lines without escapes. */
function pointsOf(
	write: (points: HeapsterPoints) => void,
	writer: Partial<HeapsterWriter> = {},
): readonly Written[] {
	const lines = new LineBuffer(0);
	write(new HeapsterPoints({clusterName: 'default', hasFields: false, ...writer}, lines));
	const {text} = lines.take();
	return text === ''
		? []
		: text.split('\n').map(line => {
				const [key = '', set = ''] = line.split(' ');
				const [measurement = '', ...tags] = key.split(',');
				const [field = '', value = ''] = set.split('=');
				return {measurement, tags: Object.fromEntries(tags.map(tag => tag.split('='))), field, value};
			});
}

const labels = {app: 'web'};
const usage = {cpuCores: 0.5, memoryWorkingSetBytes: 100, memoryUsageBytes: 120};
const node = nodeRow('n1', {...usage, info: nodeInfo('n1', {labels}), rxBytesPerSecond: 1.5});
const pod = podRow('web', {...usage, info: podInfo('web', {labels})});
const container = containerRow('app', {
	...usage,
	podInfo: podInfo('web', {labels}),
	info: containerInfo('app', {image: 'registry/app:1'}),
});

/** Measurement, type and tag names of every series that Heapster wrote to the recorded store. */
function recordedShapes(): ReadonlySet<string> {
	const text = readFileSync(
		join(import.meta.dirname, '../../../fixtures/influxdb/show-series-cpu.json'),
		'utf8',
	);
	const keys: readonly string[] = JSON.parse(text).results[0].series[0].values.flat();
	return new Set(
		keys.map(key => {
			const [measurement = '', ...tags] = key.split(/(?<!\\),/);
			const named = new Map(tags.map(tag => [tag.split('=', 1).join(''), tag.slice(tag.indexOf('=') + 1)]));
			return `${measurement} ${named.get('type')} ${[...named.keys()].sort().join()}`;
		}),
	);
}

describe('points', () => {
	test('have the measurements and tags that Heapster wrote', () => {
		const written = pointsOf(points => {
			points.node(node, undefined, 0);
			points.pod(pod, undefined, 0);
			points.container(container, undefined, 0);
			points.container(containerRow('kubelet', {...usage, pod: undefined}), undefined, 0);
			points.namespace('shop', {cpuCores: 1, memoryUsageBytes: undefined, claims: undefined});
		}).filter(({measurement}) => measurement === 'cpu/usage_rate');
		const shapes = written.map(({measurement, tags}) => {
			const named = Object.keys(tags).filter(name => tags[name]);
			return `${measurement} ${tags.type} ${named.sort().join()}`;
		});
		expect(shapes).toHaveLength(5);
		expect(shapes.filter(shape => !recordedShapes().has(shape))).toEqual([]);
	});

	test('are in Heapster’s units', () => {
		const written = (measurement: string) =>
			pointsOf(points => points.node(node, undefined, 0)).find(point => point.measurement === measurement)
				?.value;
		expect(written('cpu/usage_rate')).toBe('500i');
		expect(written('cpu/node_allocatable')).toBe(String(3000));
		expect(written('cpu/node_utilization')).toBe(String(0.5 / 3));
		expect(written('memory/working_set')).toBe('100i');
		expect(written('network/rx_rate')).toBe(String(1.5));
	});

	test('of what is unknown are none', () => {
		expect(pointsOf(points => points.pod(podRow('web'), undefined, 0))).toEqual([]);
	});

	test('are fields of a shared measurement on request', () => {
		const [first] = pointsOf(points => points.node(node, undefined, 0), {clusterName: 'eu', hasFields: true});
		expect(first).toMatchObject({measurement: 'cpu', field: 'usage_rate', tags: {cluster_name: 'eu'}});
	});
});
