import {SERIES_OF} from '../../source/metrics/model/series.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	networkReading,
	nodeReading,
	podReading,
	reading,
} from '../metrics/readings.ts';
import type {Benchmark} from './benchmark.ts';

const NODES = 40;
const PODS = 30;
const TICKS = 360;

/** A node's reading with `PODS` pods of two containers, all values moving with `step`. */
function readingAt(node: number, step: number) {
	const timeMs = 1_700_000_000_000 + step * 10_000;
	const cpu = cpuReading({timeMs, usageCores: 0.1 + (step % 7) / 10});
	const memory = memoryReading({timeMs, workingSetBytes: 1e8 + step, rssBytes: 5e7 + step});
	const network = networkReading({timeMs, rxBytes: step * 1000, txBytes: step * 500});
	const pods = Array.from({length: PODS}, (_, pod) => ({
		uid: `n${node}-p${pod}`,
		namespace: 'shop',
		name: `p${pod}`,
	}));
	return reading(timeMs, {
		node: nodeReading({cpu, memory, network}),
		pods: pods.map(pod => podReading(pod.namespace, pod.name, {pod, cpu, memory, network})),
		containers: pods.flatMap(pod => [
			containerReading('app', {pod, cpu, memory}),
			containerReading('sidecar', {pod, cpu, memory}),
		]),
	});
}

function usedBytes(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

/**
 * What filling the rings costs in memory, a sample, against the bytes of the samples alone. What is there whatever the
 * window (rows, names, the last readings that rates are taken from) is there after the first reading and not counted.
 */
export async function benchRingBytes(): Promise<Benchmark> {
	if (globalThis.gc === undefined) {
		throw new Error('run with node --expose-gc');
	}

	const build = (ticks: number, capacity: number): {store: Store; bytes: number} => {
		const before = usedBytes();
		const store = new Store({capacity, staleAfterMs: 30_000});
		for (let node = 0; node < NODES; node++) {
			store.addNode(`n${node}`, `n${node}`);
			for (let step = 0; step < ticks; step++) {
				store.apply(`n${node}`, [readingAt(node, step)], {kind: 'waiting'});
			}
		}

		return {store, bytes: usedBytes() - before};
	};

	build(3, 3);
	const small = build(3, 3);
	const large = build(TICKS, TICKS);
	const samplesATick =
		NODES * (SERIES_OF.node.length + PODS * SERIES_OF.pod.length + PODS * 2 * SERIES_OF.container.length);
	const samples = samplesATick * (TICKS - 3);
	const measured = (large.bytes - small.bytes) / samples;
	// The typed arrays' own: 16 bits for each sample and a Float64 for each node's moment.
	const baseline = Uint16Array.BYTES_PER_ELEMENT + (Float64Array.BYTES_PER_ELEMENT * NODES) / samplesATick;
	return {
		name: 'memory of a ring sample',
		unit: 'B',
		measured,
		baselineName: 'typed arrays alone',
		baseline,
		ratio: measured / baseline,
		budget: 1.1,
	};
}
