import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {answer} from '../../../source/demo/kubelet/answer.ts';
import {cadvisorMetrics} from '../../../source/demo/kubelet/cadvisor-metrics.ts';
import {escapeValue} from '../../../source/demo/kubelet/metrics-text.ts';
import {summary} from '../../../source/demo/kubelet/summary.ts';
import {createCluster} from '../../../source/demo/model/cluster.ts';
import type {NodeModel} from '../../../source/demo/model/node.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';

const BORN_MS = Date.UTC(2026, 0, 5);
const NOW_MS = BORN_MS + 13 * 3_600_000;
const cluster = createCluster({nodes: 12, pods: 360, seed: 1}, BORN_MS);

type Row = {
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly value: number;
	readonly timeMs: number;
};

/** The text format, read as its specification says (prometheus `docs/instrumenting/exposition_formats.md`). */
function rowsOf(text: string): readonly Row[] {
	return text.split('\n').flatMap(line => {
		const [, name = '', labels = '', value = '', time = ''] =
			/^(\w+)(?:\{(.*)\})? (\S+)(?: (\d+))?$/.exec(line) ?? [];
		return name === ''
			? []
			: [{name, labels: labelsOf(labels), value: Number(value), timeMs: Number(time || Number.NaN)}];
	});
}

function labelsOf(text: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		[...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"(?:,|$)/gs)].map(([, name, value]) => [
			name,
			unescapeValue(value),
		]),
	);
}

function unescapeValue(value = ''): string {
	return value.replace(/\\(.)/gs, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

function nodeOf(name: string): NodeModel {
	const node = cluster.node(name);
	if (node === undefined) {
		throw new Error(`no ${name}`);
	}

	return node;
}

const node = nodeOf('worker-02');
const rows = rowsOf(cadvisorMetrics(node, NOW_MS));
const reading = decodeSummary(JSON.stringify(summary(node, NOW_MS, true)), NOW_MS);

function sampleOf(name: string, labels: Readonly<Record<string, string>>): number | undefined {
	const found = rows.filter(
		row => row.name === name && Object.entries(labels).every(([key, value]) => row.labels[key] === value),
	);
	expect(found.length).toBeLessThanOrEqual(1);
	return found[0]?.value;
}

describe('the cAdvisor metrics of a simulated node', () => {
	test('say of the node what its summary says', () => {
		const root = {id: '/'};
		expect(sampleOf('container_cpu_usage_seconds_total', {...root, cpu: 'total'})).toBeCloseTo(
			(reading.node?.cpu?.usageCoreNanoseconds ?? Number.NaN) / 1e9,
			6,
		);
		expect(sampleOf('container_memory_working_set_bytes', root)).toBe(reading.node?.memory?.workingSetBytes);
		expect(sampleOf('container_memory_rss', root)).toBe(reading.node?.memory?.rssBytes);
		expect(sampleOf('container_network_receive_bytes_total', {...root, interface: 'eth0'})).toBe(
			reading.node?.network?.rxBytes,
		);
		expect(sampleOf('container_fs_usage_bytes', root)).toBe(
			reading.node?.filesystems.find(({name}) => name === 'nodefs')?.usedBytes,
		);
		expect(sampleOf('machine_cpu_cores', {})).toBe(node.cores);
		expect(sampleOf('machine_memory_bytes', {})).toBe(node.memoryBytes);
	});

	test('say of each pod what its summary says, without a container in its group', () => {
		for (const {pod, cpu, memory, network, isHostNetwork} of reading.pods) {
			const labels = {namespace: pod.namespace, pod: pod.name, container: ''};
			expect(sampleOf('container_memory_working_set_bytes', labels)).toBe(memory?.workingSetBytes);
			expect(sampleOf('container_cpu_usage_seconds_total', labels)).toBeCloseTo(
				(cpu?.usageCoreNanoseconds ?? Number.NaN) / 1e9,
				6,
			);
			const interfaceRows = rows.filter(
				row => row.name === 'container_network_transmit_bytes_total' && row.labels.pod === pod.name,
			);
			expect(interfaceRows.map(row => row.labels.interface)).toEqual(
				isHostNetwork ? ['eth0', 'cni0'] : ['eth0'],
			);
			expect(interfaceRows[0]?.labels.image).not.toBe('');
			expect(isHostNetwork || interfaceRows[0]?.value === network?.txBytes).toBe(true);
		}
	});

	test('say of each container what its summary says, and no others are there', () => {
		const measured = reading.containers.filter(({kind}) => kind === 'container');
		for (const {pod, name, cpu, memory} of measured) {
			const labels = {namespace: pod?.namespace ?? '', pod: pod?.name ?? '', container: name};
			expect(sampleOf('container_memory_working_set_bytes', labels)).toBe(memory?.workingSetBytes);
			expect(sampleOf('container_cpu_usage_seconds_total', labels)).toBeCloseTo(
				(cpu?.usageCoreNanoseconds ?? Number.NaN) / 1e9,
				6,
			);
		}

		const containers = rows.filter(
			row => row.name === 'container_memory_working_set_bytes' && row.labels.container !== '',
		);
		expect(containers).toHaveLength(measured.length);
		expect(containers.every(({labels}) => labels.image !== '')).toBe(true);
	});

	test('count throttled periods only where there is a limit, never more than all periods', () => {
		const all = rows.filter(({name}) => name === 'container_cpu_cfs_periods_total');
		const limited = node.pods.flatMap(({containers}) => containers.filter(one => one.cpuLimitCores));
		expect(all).toHaveLength(limited.length);
		for (const {labels, value} of all) {
			const throttled = sampleOf('container_cpu_cfs_throttled_periods_total', labels);
			expect(throttled).toBeGreaterThan(0);
			expect(throttled).toBeLessThan(value);
		}
	});

	test('carry the stamps of the samples', () => {
		const [root] = rows.filter(row => row.name === 'container_memory_rss' && row.labels.id === '/');
		expect((root?.timeMs ?? Number.NaN) % 10_000).toBe(node.sampleOffsetMs);
		expect(NOW_MS - (root?.timeMs ?? 0)).toBeLessThan(10_000);
	});

	test.each(cluster.nodeNames)('of %s have every row once', name => {
		const lines = cadvisorMetrics(nodeOf(name), NOW_MS)
			.split('\n')
			.filter(line => line.includes('{'))
			.map(line => line.slice(0, line.lastIndexOf('}')));
		expect(new Set(lines).size).toBe(lines.length);
	});

	test('are answered to who may read metrics', () => {
		const statusOf = (name: string): number | undefined => {
			const given = answer(cluster, 'GET', `/nodes/${name}/metrics/cadvisor`, NOW_MS);
			return given === 'hang' ? undefined : given.status;
		};
		const [forbidden = ''] = [...cluster.faults].find(([, fault]) => fault === 'forbidden') ?? [];
		const healthy = cluster.nodeNames.find(name => !cluster.faults.has(name)) ?? '';
		expect([statusOf(healthy), statusOf(forbidden)]).toEqual([200, 403]);
	});
});

test('a label’s value is read back as it was, whatever it holds', () => {
	const hostile = fc.string({unit: fc.constantFrom('a', '"', '\\', '\n', 'n', '{', '}', ',', '=', ' ')});
	fc.assert(
		fc.property(fc.oneof(hostile, fc.string()), value => {
			expect(escapeValue(value)).not.toContain('\n');
			expect(labelsOf(`before="1",name="${escapeValue(value)}",after="2"`)).toEqual({
				before: '1',
				name: value,
				after: '2',
			});
		}),
	);
});
