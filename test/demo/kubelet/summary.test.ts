import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {resourceMetrics} from '../../../source/demo/kubelet/resource-metrics.ts';
import {summary} from '../../../source/demo/kubelet/summary.ts';
import {createCluster} from '../../../source/demo/model/cluster.ts';
import type {NodeModel} from '../../../source/demo/model/node.ts';
import type {ContainerReading, CpuReading, Reading} from '../../../source/metrics/model/reading.ts';
import {decodeResourceMetrics} from '../../../source/scrape/kubelet/decode-resource-metrics.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';

const BORN_MS = Date.UTC(2026, 0, 5);
const NOW_MS = BORN_MS + 13 * 3_600_000;
const cluster = createCluster({nodes: 12, pods: 360, seed: 1}, BORN_MS);

type PressureOf = {node: {cpu: {psi: {some: {total: number; avg10: number}}}}};

function nodeOf(name: string): NodeModel {
	const node = cluster.node(name);
	if (node === undefined) {
		throw new Error(`no ${name}`);
	}

	return node;
}

function read(node: NodeModel, timeMs: number, isFull = true): Reading {
	return decodeSummary(JSON.stringify(summary(node, timeMs, isFull)), timeMs);
}

function keyOf({pod, name}: ContainerReading): string {
	return `${pod?.namespace}/${pod?.name}/${name}`;
}

const node = nodeOf('worker-02');

describe('the summary of a simulated node', () => {
	test.each(cluster.nodeNames)('of %s is read without one rejected value, in both sizes', name => {
		for (const isFull of [true, false]) {
			const reading = read(nodeOf(name), NOW_MS, isFull);
			expect(reading.rejectedValues).toBe(0);
			expect(reading.nodeName).toBe(name);
			expect(reading.pods).toHaveLength(30);
			expect(reading.pods.every(pod => (pod.network !== undefined) === isFull)).toBe(true);
		}
	});

	test('has memory in the order of a control group: rss ≤ working set ≤ usage ≤ limit', () => {
		const reading = read(node, NOW_MS);
		for (const one of [reading.node, ...reading.pods, ...reading.containers]) {
			const memory = one?.memory;
			expect(memory?.rssBytes).toBeLessThanOrEqual(memory?.workingSetBytes ?? 0);
			expect(memory?.workingSetBytes).toBeLessThanOrEqual(memory?.usageBytes ?? 0);
			expect(memory?.usageBytes).toBeLessThanOrEqual(memory?.limitBytes ?? Number.POSITIVE_INFINITY);
		}
	});

	test('never lets a counter fall, except where a container restarted', () => {
		fc.assert(
			fc.property(fc.nat({max: 36_000_000}), fc.nat({max: 1_200_000}), (offset, step) => {
				const before = read(node, BORN_MS + offset);
				const after = read(node, BORN_MS + offset + step);
				const containers = new Map(before.containers.map(one => [keyOf(one), one]));
				for (const container of after.containers) {
					const former = containers.get(keyOf(container));
					if (former !== undefined && former.startTimeMs === container.startTimeMs) {
						expectNotLess(former.cpu, container.cpu);
						expect(container.memory?.pageFaults).toBeGreaterThanOrEqual(former.memory?.pageFaults ?? 0);
					}
				}

				for (const [index, pod] of after.pods.entries()) {
					expectNotLess(before.pods[index]?.cpu, pod.cpu);
					expect(pod.network?.rxBytes).toBeGreaterThanOrEqual(before.pods[index]?.network?.rxBytes ?? 0);
					expect(pod.network?.txBytes).toBeGreaterThanOrEqual(before.pods[index]?.network?.txBytes ?? 0);
				}

				expectNotLess(before.node?.cpu, after.node?.cpu);
			}),
			{numRuns: 60},
		);
	});

	test('kills a leaking container at its limit and restarts it with counters from zero', () => {
		const pod = node.pods.find(({name}) => name.startsWith('recommendations-'))?.name;
		let restarts = 0;
		let former: ContainerReading | undefined;
		for (let timeMs = NOW_MS; timeMs < NOW_MS + 3_600_000; timeMs += 10_000) {
			const present = read(node, timeMs).containers.find(one => one.pod?.name === pod);
			if (present && former && present.startTimeMs !== former.startTimeMs) {
				restarts++;
				expect(present.cpu?.usageCoreNanoseconds).toBeLessThan(former.cpu?.usageCoreNanoseconds ?? 0);
				expect(former.memory?.workingSetBytes).toBeGreaterThan(
					0.9 * (former.memory?.limitBytes ?? Number.NaN),
				);
			}

			former = present ?? former;
		}

		expect(restarts).toBeGreaterThanOrEqual(3);
	});

	test('has CPU counters that grow as fast as usageNanoCores says', () => {
		const readings = [0, 1, 2, 3, 4, 5, 6].map(tick => read(node, NOW_MS + tick * 10_000));
		const cpusOf = (pick: (reading: Reading) => CpuReading | undefined): readonly CpuReading[] =>
			readings.map(pick).filter(cpu => cpu !== undefined);
		const all = [
			cpusOf(reading => reading.node?.cpu),
			...node.pods.map((_, index) => cpusOf(reading => reading.pods[index]?.cpu)),
		];
		for (const cpus of all) {
			const [first, ...later] = cpus;
			const last = later.at(-1);
			const seconds = ((last?.timeMs ?? 0) - (first?.timeMs ?? 0)) / 1000;
			expect(seconds).toBe(60);
			const grown = ((last?.usageCoreNanoseconds ?? 0) - (first?.usageCoreNanoseconds ?? 0)) / 1e9 / seconds;
			const mean = later.reduce((sum, cpu) => sum + (cpu.usageCores ?? Number.NaN), 0) / later.length;
			expect(Math.abs(grown - mean)).toBeLessThanOrEqual(0.15 * mean);
		}
	});

	test('has a node that uses what its pods and its system use', () => {
		const same: NodeModel = {
			...node,
			sampleOffsetMs: 0,
			pods: node.pods.map(pod => ({...pod, sampleOffsetMs: 0})),
		};
		const reading = read(same, NOW_MS);
		const cores = (all: ReadonlyArray<{readonly cpu: CpuReading | undefined}>): number =>
			all.reduce((sum, {cpu}) => sum + (cpu?.usageCores ?? Number.NaN), 0);
		const system = reading.containers.filter(one => one.kind === 'system');
		expect(system.map(({name}) => name)).toEqual(['kubelet', 'runtime']);
		const rest = (reading.node?.cpu?.usageCores ?? Number.NaN) - cores(reading.pods) - cores(system);
		// The kernel and the rest have a mean of 0.05 to 0.15 cores, swung by two fifths.
		expect(rest).toBeGreaterThan(0.02);
		expect(rest).toBeLessThan(0.22);
	});

	test('never uses more than it has', () => {
		for (const name of cluster.nodeNames) {
			for (let timeMs = NOW_MS; timeMs < NOW_MS + 600_000; timeMs += 60_000) {
				const {cores, memoryBytes} = nodeOf(name);
				const usage = read(nodeOf(name), timeMs).node;
				expect(usage?.cpu?.usageCores).toBeLessThan(cores);
				expect(usage?.memory?.workingSetBytes).toBeLessThan(memoryBytes);
			}
		}
	});

	test('has pressure whose ten-second mean is what its total grew by', () => {
		const totalOf = (timeMs: number): PressureOf => JSON.parse(JSON.stringify(summary(node, timeMs, true)));
		const before = totalOf(NOW_MS).node.cpu.psi.some;
		const after = totalOf(NOW_MS + 10_000).node.cpu.psi.some;
		expect(before.total).toBeGreaterThan(0);
		// Microseconds in 10 s are a percent each 100,000.
		expect(Math.abs((after.total - before.total) / 1e5 - after.avg10)).toBeLessThan(0.01);
	});

	test('marks the pods that use the node’s network', () => {
		const host = read(node, NOW_MS).pods.filter(pod => pod.isHostNetwork);
		expect(host.map(({pod}) => pod.name.replace(/-\w{5}$/, ''))).toEqual(['kube-proxy', 'node-exporter']);
	});

	test('agrees with /metrics/resource', () => {
		const reading = read(node, NOW_MS);
		const resource = decodeResourceMetrics(resourceMetrics(node, NOW_MS), NOW_MS);
		expect(resource.rejectedValues).toBe(0);
		const cutToSeconds = (timeMs: number | undefined): number =>
			Math.floor((timeMs ?? Number.NaN) / 1000) * 1000;
		const known = new Map(resource.containers.map(one => [keyOf(one), one]));
		const measured = reading.containers.filter(one => one.kind === 'container');
		expect(known.size).toBe(measured.length);
		for (const one of measured) {
			const other = known.get(keyOf(one));
			expect(other?.memory?.workingSetBytes).toBe(one.memory?.workingSetBytes);
			expect(cutToSeconds(other?.cpu?.timeMs)).toBe(one.cpu?.timeMs);
			const difference = (other?.cpu?.usageCoreNanoseconds ?? 0) - (one.cpu?.usageCoreNanoseconds ?? 0);
			expect(Math.abs(difference)).toBeLessThanOrEqual(2);
		}
	});
});

describe('the storage of a simulated cluster', () => {
	test('has one node whose disk is 92 % full', () => {
		const full = cluster.nodeNames.filter(name => {
			const disk = read(nodeOf(name), NOW_MS).node?.filesystems.find(one => one.name === 'nodefs');
			return (disk?.usedBytes ?? 0) / (disk?.capacityBytes ?? Number.NaN) > 0.9;
		});
		expect(full).toHaveLength(1);
		expect(cluster.faults.has(full[0] ?? '')).toBe(false);
	});

	test('has one claim that is nearly full', () => {
		const full = cluster.nodeNames
			.flatMap(name => read(nodeOf(name), NOW_MS).pods)
			.filter(pod =>
				[...pod.volumes].some(one => (one.usedBytes ?? 0) / (one.capacityBytes ?? Number.NaN) > 0.95),
			);
		expect(full.map(({pod}) => pod.name)).toEqual(['ledger-db-0']);
	});
});

function expectNotLess(before: CpuReading | undefined, after: CpuReading | undefined): void {
	expect(after?.usageCoreNanoseconds).toBeGreaterThanOrEqual(before?.usageCoreNanoseconds ?? 0);
}
