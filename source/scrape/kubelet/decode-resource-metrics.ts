import {KtopError} from '../../metrics/model/failure.ts';
import type {
	ContainerReading,
	CpuReading,
	MemoryReading,
	NodeReading,
	PodReading,
	PodReference,
	Reading,
	SwapReading,
} from '../../metrics/model/reading.ts';
import {UNKNOWN_MEMORY} from '../../metrics/model/unknown-reading.ts';
import {Quantities} from '../quantities.ts';
import {readLabels, stampMs, timeOf} from './exposition.ts';
import {withoutSummedCounters} from './summed-counters.ts';

/**
 * One sample: `container_cpu_usage_seconds_total{container="api",…} 28.6 1795426187462`. Kubernetes names hold no
 * `}`.
 */
const SAMPLE = /^(node|pod|container)_([a-z_]+)(?:\{([^}]*)\})? ([^ \n]+)(?: ([^ \n]+))?/gm;

/** The samples of one container, pod or node, which share the same labels. */
class Gathered {
	cpuSeconds: number | undefined;
	cpuTimeMs: number | undefined;
	memoryBytes: number | undefined;
	memoryTimeMs: number | undefined;
	swapBytes: number | undefined;
	startTimeMs: number | undefined;

	take(metric: string, value: number | undefined, timeMs: number | undefined): void {
		switch (metric) {
			case 'cpu_usage_seconds_total':
				this.cpuSeconds = value;
				this.cpuTimeMs = timeMs;
				break;
			case 'memory_working_set_bytes':
				this.memoryBytes = value === 0 ? undefined : value;
				this.memoryTimeMs = timeMs;
				break;
			case 'swap_usage_bytes':
				this.swapBytes = value;
				break;
			case 'start_time_seconds': {
				this.startTimeMs = value === undefined ? undefined : timeOf(value * 1000);
			}
		}
	}

	cpu(): CpuReading | undefined {
		return this.cpuSeconds === undefined
			? undefined
			: {
					timeMs: this.cpuTimeMs,
					usageCores: undefined,
					usageCoreNanoseconds: this.cpuSeconds * 1e9,
					throttling: undefined,
				};
	}

	memory(): MemoryReading | undefined {
		return this.memoryBytes === undefined
			? undefined
			: {
					...UNKNOWN_MEMORY,
					timeMs: this.memoryTimeMs,
					workingSetBytes: this.memoryBytes,
				};
	}

	swap(): SwapReading | undefined {
		return this.swapBytes === undefined
			? undefined
			: {timeMs: this.memoryTimeMs, usageBytes: this.swapBytes, availableBytes: undefined};
	}
}

/**
 * Decodes /metrics/resource, the Prometheus text of a kubelet: CPU counters, working sets and start times with
 * timestamps in milliseconds, but no network, file systems or pod uids. Throws `KtopError` (`bad-answer`) if there is
 * no such sample.
 */
export function decodeResourceMetrics(body: Buffer | string, receivedAtMs: number): Reading {
	const text = typeof body === 'string' ? body : body.toString('utf8');
	const quantities = new Quantities();
	const node = new Gathered();
	const pods = new Map<string, Gathered>();
	const containers = new Map<string, Gathered>();
	let samples = 0;
	for (const [, scope, metric, labels = '', value, stamp] of text.matchAll(SAMPLE)) {
		if (metric === undefined) {
			continue;
		}

		samples++;
		const gathered = scope === 'node' ? node : gather(scope === 'pod' ? pods : containers, labels);
		gathered.take(metric, quantities.read(Number(value)), stampMs(stamp));
	}

	if (samples === 0) {
		throw new KtopError({
			code: 'bad-answer',
			brief: 'no resource metrics',
			message: 'the answer of /metrics/resource has no sample of a node, pod or container',
			hint: 'check that the address is a kubelet’s; Kubernetes before 1.14 has no such endpoint',
		});
	}

	const containerReadings = [...containers].flatMap(([labels, gathered]) =>
		decodeContainer(readLabels(labels), gathered),
	);
	const podReadings = [...pods].flatMap(([labels, gathered]) => decodePod(readLabels(labels), gathered));
	return {
		nodeName: undefined,
		receivedAtMs,
		stampResolutionMs: 1,
		node: decodeNode(node),
		pods: withoutSummedCounters(podReadings, containerReadings),
		containers: containerReadings,
		rejectedValues: quantities.rejected,
	};
}

function gather(all: Map<string, Gathered>, labels: string): Gathered {
	const known = all.get(labels);
	if (known !== undefined) {
		return known;
	}

	const fresh = new Gathered();
	all.set(labels, fresh);
	return fresh;
}

function podOf(labels: ReadonlyMap<string, string>): PodReference | undefined {
	const namespace = labels.get('namespace');
	const name = labels.get('pod');
	return namespace && name ? {uid: undefined, namespace, name} : undefined;
}

function decodeNode(gathered: Gathered): NodeReading {
	return {
		startTimeMs: undefined,
		cpu: gathered.cpu(),
		memory: gathered.memory(),
		network: undefined,
		filesystems: [],
		swap: gathered.swap(),
		pressure: undefined,
		cpuCapacityCores: undefined,
		memoryCapacityBytes: undefined,
		processCount: undefined,
	};
}

function decodePod(labels: ReadonlyMap<string, string>, gathered: Gathered): readonly PodReading[] {
	const pod = podOf(labels);
	return pod === undefined
		? []
		: [
				{
					pod,
					startTimeMs: gathered.startTimeMs,
					cpu: gathered.cpu(),
					memory: gathered.memory(),
					network: undefined,
					isHostNetwork: false,
					ephemeralStorage: undefined,
					volumes: [],
					swap: gathered.swap(),
					pressure: undefined,
					processCount: undefined,
				},
			];
}

function decodeContainer(
	labels: ReadonlyMap<string, string>,
	gathered: Gathered,
): readonly ContainerReading[] {
	const pod = podOf(labels);
	const name = labels.get('container');
	return pod === undefined || !name
		? []
		: [
				{
					id: name,
					kind: 'container',
					name,
					pod,
					image: undefined,
					startTimeMs: gathered.startTimeMs,
					cpu: gathered.cpu(),
					memory: gathered.memory(),
					network: undefined,
					rootFilesystem: undefined,
					logFilesystem: undefined,
					swap: gathered.swap(),
					pressure: undefined,
					cpuLimitCores: undefined,
					processCount: undefined,
				},
			];
}
