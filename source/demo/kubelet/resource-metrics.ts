import {amountInLife, type ContainerModel, lifeAt, memoryAt} from '../model/container.ts';
import {type NodeModel, nodeCpuSeconds, nodeMemoryAt, podCpuSeconds, podMemoryAt} from '../model/node.ts';
import {sampleTimeMs} from './sampling.ts';

type Sample = {readonly labels: string; readonly value: number; readonly timeMs?: number};

/** Cut to nanoseconds, as the summary's counter is. */
function seconds(cpuSeconds: number): number {
	return Math.floor(cpuSeconds * 1e9) / 1e9;
}

/** The answer of /metrics/resource: the same samples as in the summary, stamped in milliseconds. */
export function resourceMetrics(node: NodeModel, nowMs: number): string {
	const containerCpu: Sample[] = [];
	const containerMemory: Sample[] = [];
	const containerStart: Sample[] = [];
	const podCpu: Sample[] = [];
	const podWorkingSet: Sample[] = [];
	for (const pod of node.pods) {
		const podLabels = `namespace="${pod.namespace}",pod="${pod.name}"`;
		const podTimeMs = sampleTimeMs(nowMs, pod.sampleOffsetMs);
		for (const container of pod.containers) {
			const labels = `{container="${container.name}",${podLabels}}`;
			const sample = containerSample(container, nowMs);
			if (sample !== undefined) {
				containerCpu.push({labels, value: sample.cpuSeconds, timeMs: sample.timeMs});
				containerMemory.push({labels, value: sample.workingSetBytes, timeMs: sample.timeMs});
				containerStart.push({labels, value: sample.startMs / 1000});
			}
		}

		const labels = `{${podLabels}}`;
		podCpu.push({labels, value: seconds(podCpuSeconds(pod, podTimeMs)), timeMs: podTimeMs});
		podWorkingSet.push({labels, value: podMemoryAt(pod, podTimeMs).workingSetBytes, timeMs: podTimeMs});
	}

	const timeMs = sampleTimeMs(nowMs, node.sampleOffsetMs);
	const nodeCpu = {labels: '', value: seconds(nodeCpuSeconds(node, timeMs)), timeMs};
	const nodeWorkingSet = {labels: '', value: nodeMemoryAt(node, timeMs).workingSetBytes, timeMs};
	return [
		family(
			'container_cpu_usage_seconds_total',
			'counter',
			'Cumulative cpu time consumed by the container in core-seconds',
			containerCpu,
		),
		family(
			'container_memory_working_set_bytes',
			'gauge',
			'Current working set of the container in bytes',
			containerMemory,
		),
		family(
			'container_start_time_seconds',
			'gauge',
			'Start time of the container since unix epoch in seconds',
			containerStart,
		),
		family(
			'node_cpu_usage_seconds_total',
			'counter',
			'Cumulative cpu time consumed by the node in core-seconds',
			[nodeCpu],
		),
		family('node_memory_working_set_bytes', 'gauge', 'Current working set of the node in bytes', [
			nodeWorkingSet,
		]),
		family(
			'pod_cpu_usage_seconds_total',
			'counter',
			'Cumulative cpu time consumed by the pod in core-seconds',
			podCpu,
		),
		family('pod_memory_working_set_bytes', 'gauge', 'Current working set of the pod in bytes', podWorkingSet),
		family(
			'resource_scrape_error',
			'gauge',
			'1 if there was an error while getting container metrics, 0 otherwise',
			[{labels: '', value: 0}],
		),
	].join('');
}

function containerSample(
	container: ContainerModel,
	nowMs: number,
): {timeMs: number; startMs: number; cpuSeconds: number; workingSetBytes: number} | undefined {
	const timeMs = sampleTimeMs(nowMs, container.sampleOffsetMs);
	const {isRunning, startMs} = lifeAt(container, nowMs);
	const memory = memoryAt(container, timeMs);
	return isRunning && timeMs > startMs && memory !== undefined
		? {
				timeMs,
				startMs,
				cpuSeconds: seconds(amountInLife(container, container.cpu, timeMs)),
				workingSetBytes: memory.workingSetBytes,
			}
		: undefined;
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
	const lines = samples.map(
		({labels, value, timeMs}) => `${name}${labels} ${value}${timeMs === undefined ? '' : ` ${timeMs}`}\n`,
	);
	return samples.length === 0
		? ''
		: `# HELP ${name} [STABLE] ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
