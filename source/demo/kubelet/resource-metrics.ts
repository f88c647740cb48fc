import {amountInLife} from '../model/container.ts';
import {type NodeModel, nodeCpuSeconds, nodeMemoryAt, podCpuSeconds, podMemoryAt} from '../model/node.ts';
import {containerSample} from './container-sample.ts';
import {MetricsText} from './metrics-text.ts';
import {sampleTimeMs, wholeNanoseconds} from './sampling.ts';

const FAMILIES = {
	container_cpu_usage_seconds_total: {
		type: 'counter',
		help: '[STABLE] Cumulative cpu time consumed by the container in core-seconds',
	},
	container_memory_working_set_bytes: {
		type: 'gauge',
		help: '[STABLE] Current working set of the container in bytes',
	},
	container_start_time_seconds: {
		type: 'gauge',
		help: '[STABLE] Start time of the container since unix epoch in seconds',
	},
	node_cpu_usage_seconds_total: {
		type: 'counter',
		help: '[STABLE] Cumulative cpu time consumed by the node in core-seconds',
	},
	node_memory_working_set_bytes: {
		type: 'gauge',
		help: '[STABLE] Current working set of the node in bytes',
	},
	pod_cpu_usage_seconds_total: {
		type: 'counter',
		help: '[STABLE] Cumulative cpu time consumed by the pod in core-seconds',
	},
	pod_memory_working_set_bytes: {
		type: 'gauge',
		help: '[STABLE] Current working set of the pod in bytes',
	},
	resource_scrape_error: {
		type: 'gauge',
		help: '[STABLE] 1 if there was an error while getting container metrics, 0 otherwise',
	},
} as const;

/** The response of /metrics/resource: the same samples as in /stats/summary, with timestamps in milliseconds. */
export function resourceMetrics(node: NodeModel, nowMs: number): string {
	const text = new MetricsText(FAMILIES);
	for (const pod of node.pods) {
		const podLabels = {namespace: pod.namespace, pod: pod.name};
		for (const container of pod.containers) {
			const sample = containerSample(container, nowMs);
			if (sample !== undefined) {
				const {timeMs, life, memory} = sample;
				const labels = {container: container.name, ...podLabels};
				const cpuSeconds = wholeNanoseconds(amountInLife(container, container.cpu, timeMs));
				text.add('container_cpu_usage_seconds_total', labels, cpuSeconds, timeMs);
				text.add('container_memory_working_set_bytes', labels, memory.workingSetBytes, timeMs);
				text.add('container_start_time_seconds', labels, life.startMs / 1000);
			}
		}

		const timeMs = sampleTimeMs(nowMs, pod.sampleOffsetMs);
		const {workingSetBytes} = podMemoryAt(pod, timeMs);
		text.add('pod_cpu_usage_seconds_total', podLabels, wholeNanoseconds(podCpuSeconds(pod, timeMs)), timeMs);
		text.add('pod_memory_working_set_bytes', podLabels, workingSetBytes, timeMs);
	}

	const timeMs = sampleTimeMs(nowMs, node.sampleOffsetMs);
	text.add('node_cpu_usage_seconds_total', {}, wholeNanoseconds(nodeCpuSeconds(node, timeMs)), timeMs);
	text.add('node_memory_working_set_bytes', {}, nodeMemoryAt(node, timeMs).workingSetBytes, timeMs);
	text.add('resource_scrape_error', {}, 0);
	return text.toString();
}
