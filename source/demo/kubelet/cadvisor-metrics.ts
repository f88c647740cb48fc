import {amountInLife, type ContainerModel, type Life, type MemoryState} from '../model/container.ts';
import {containerId, imageOf} from '../model/container-identity.ts';
import {
	allPodsCpuSeconds,
	allPodsMemoryAt,
	bridgeTraffic,
	type NodeModel,
	nodeAgeS,
	nodeCpuSeconds,
	nodeMemoryAt,
	nodeTraffic,
	podCpuSeconds,
	podMemoryAt,
	podTraffic,
	systemMemoryAt,
	type Traffic,
} from '../model/node.ts';
import type {PodModel} from '../model/pod.ts';
import {waveAmount} from '../model/wave.ts';
import {containerSample} from './container-sample.ts';
import {nodeFs} from './filesystems.ts';
import {type MetricLabels, MetricsText} from './metrics-text.ts';
import {sampleTimeMs, systemSampleOffsetMs, wholeNanoseconds} from './sampling.ts';

/** CFS period, to which CPU quotas refer (`cpu.cfs_period_us`). */
const PERIOD_US = 100_000;

/**
 * The response of /metrics/cadvisor (cAdvisor `lib/metrics/prometheus.go`): the counters of /stats/summary, by cgroup.
 * The node is `/`. A pod has a cgroup without container name, and a sandbox with an image and the network interfaces.
 * Every sample has all labels, some empty. Timestamps are those of the summary, in milliseconds.
 */
export function cadvisorMetrics(node: NodeModel, nowMs: number): string {
	const text = new MetricsText(FAMILIES);
	text.add('cadvisor_version_info', {cadvisorVersion: '', kernelVersion: '6.12.0-demo'}, 1);
	addNode(text, node, nowMs);
	for (const pod of node.pods) {
		addPod(text, node, pod, nowMs);
		for (const container of pod.containers) {
			addContainer(text, pod, container, nowMs);
		}
	}

	text.add('container_scrape_error', {}, 0);
	const machine = {machine_id: node.uid.replaceAll('-', ''), system_uuid: node.uid, boot_id: node.uid};
	text.add('machine_cpu_cores', machine, node.cores, nowMs);
	text.add('machine_memory_bytes', machine, node.memoryBytes, nowMs);
	return text.toString();
}

const FAMILIES = {
	cadvisor_version_info: {type: 'gauge'},
	container_cpu_cfs_periods_total: {type: 'counter'},
	container_cpu_cfs_throttled_periods_total: {type: 'counter'},
	container_cpu_usage_seconds_total: {type: 'counter'},
	container_fs_limit_bytes: {type: 'gauge'},
	container_fs_usage_bytes: {type: 'gauge'},
	container_memory_cache: {type: 'gauge'},
	container_memory_rss: {type: 'gauge'},
	container_memory_usage_bytes: {type: 'gauge'},
	container_memory_working_set_bytes: {type: 'gauge'},
	container_network_receive_bytes_total: {type: 'counter'},
	container_network_transmit_bytes_total: {type: 'counter'},
	container_scrape_error: {type: 'gauge'},
	container_spec_cpu_period: {type: 'gauge'},
	container_spec_cpu_quota: {type: 'gauge'},
	container_spec_memory_limit_bytes: {type: 'gauge'},
	container_start_time_seconds: {type: 'gauge'},
	machine_cpu_cores: {type: 'gauge'},
	machine_memory_bytes: {type: 'gauge'},
} as const;

type Text = MetricsText<keyof typeof FAMILIES>;

/** Labels of every sample of a cgroup. */
type GroupLabels = Readonly<Record<'container' | 'id' | 'image' | 'name' | 'namespace' | 'pod', string>>;

const NO_NAMES: GroupLabels = {container: '', id: '', image: '', name: '', namespace: '', pod: ''};

function addNode(text: Text, node: NodeModel, nowMs: number): void {
	const timeMs = sampleTimeMs(nowMs, node.sampleOffsetMs);
	const root = {...NO_NAMES, id: '/'};
	addUsage(text, root, nodeCpuSeconds(node, timeMs), nodeMemoryAt(node, timeMs), timeMs);
	addTraffic(text, root, 'eth0', nodeTraffic(node, timeMs), timeMs);
	addTraffic(text, root, 'cni0', bridgeTraffic(node, timeMs), timeMs);
	const {capacityBytes, usedBytes} = nodeFs(node, timeMs);
	const disk = {...root, device: '/dev/vda1'};
	text.add('container_fs_limit_bytes', disk, capacityBytes, timeMs);
	text.add('container_fs_usage_bytes', disk, usedBytes, timeMs);
	addSpec(text, root, node.startMs, node.memoryBytes, timeMs);

	const pods = {...NO_NAMES, id: '/kubepods.slice'};
	addUsage(text, pods, allPodsCpuSeconds(node, timeMs), allPodsMemoryAt(node, timeMs), timeMs);
	for (const one of node.system) {
		const {name, cpu} = one;
		const at = sampleTimeMs(nowMs, systemSampleOffsetMs(node, name));
		const memory = systemMemoryAt(node, one, at);
		const id = `/system.slice/${name === 'runtime' ? 'containerd' : name}.service`;
		addUsage(text, {...NO_NAMES, id}, waveAmount(cpu, nodeAgeS(node, at)), memory, at);
	}
}

/** The pod's cgroup, and its sandbox with the network interfaces. */
function addPod(text: Text, node: NodeModel, pod: PodModel, nowMs: number): void {
	const timeMs = sampleTimeMs(nowMs, pod.sampleOffsetMs);
	const group = {...NO_NAMES, id: podGroup(pod), namespace: pod.namespace, pod: pod.name};
	addUsage(text, group, podCpuSeconds(pod, timeMs), podMemoryAt(pod, timeMs), timeMs);
	addSpec(text, group, pod.startMs, 0, timeMs);

	const digits = containerId(pod.uid, '', 0).slice('containerd://'.length);
	const sandbox = {
		...group,
		id: `${group.id}/cri-containerd-${digits}.scope`,
		image: 'registry.k8s.io/pause:3.10',
		name: digits,
	};
	if (pod.isHostNetwork) {
		addTraffic(text, sandbox, 'eth0', nodeTraffic(node, timeMs), timeMs);
		addTraffic(text, sandbox, 'cni0', bridgeTraffic(node, timeMs), timeMs);
	} else {
		addTraffic(text, sandbox, 'eth0', podTraffic(pod, timeMs), timeMs);
	}
}

function addContainer(text: Text, pod: PodModel, container: ContainerModel, nowMs: number): void {
	const sample = containerSample(container, nowMs);
	if (sample === undefined) {
		return;
	}

	const {timeMs, life, memory} = sample;

	const digits = containerId(pod.uid, container.name, life.index).slice('containerd://'.length);
	const labels: GroupLabels = {
		container: container.name,
		id: `${podGroup(pod)}/cri-containerd-${digits}.scope`,
		image: imageOf(container.name),
		name: digits,
		namespace: pod.namespace,
		pod: pod.name,
	};
	addUsage(text, labels, amountInLife(container, container.cpu, timeMs), memory, timeMs);
	addSpec(text, labels, life.startMs, container.memoryLimitBytes ?? 0, timeMs);
	text.add('container_fs_usage_bytes', {...labels, device: '/dev/vda1'}, container.rootfsBytes, timeMs);
	if (container.cpuLimitCores !== undefined) {
		addThrottling(text, labels, container, life, timeMs);
	}
}

/** The share of periods that were throttled is the share of time that tasks waited for CPU. */
function addThrottling(
	text: Text,
	labels: GroupLabels,
	{cpuLimitCores = 0, cpuPressure}: ContainerModel,
	{startMs}: Life,
	timeMs: number,
): void {
	const ageS = (timeMs - startMs) / 1000;
	const perSecond = 1e6 / PERIOD_US;
	text.add('container_spec_cpu_quota', labels, Math.round(cpuLimitCores * PERIOD_US), timeMs);
	text.add('container_cpu_cfs_periods_total', labels, Math.floor(ageS * perSecond), timeMs);
	const throttled = Math.floor(waveAmount(cpuPressure, ageS) * perSecond);
	text.add('container_cpu_cfs_throttled_periods_total', labels, throttled, timeMs);
}

function addUsage(
	text: Text,
	labels: GroupLabels,
	cpuSeconds: number,
	memory: MemoryState,
	timeMs: number,
): void {
	const seconds = wholeNanoseconds(cpuSeconds);
	text.add('container_cpu_usage_seconds_total', {...labels, cpu: 'total'}, seconds, timeMs);
	text.add('container_memory_cache', labels, memory.usageBytes - memory.rssBytes, timeMs);
	text.add('container_memory_rss', labels, memory.rssBytes, timeMs);
	text.add('container_memory_usage_bytes', labels, memory.usageBytes, timeMs);
	text.add('container_memory_working_set_bytes', labels, memory.workingSetBytes, timeMs);
}

function addTraffic(
	text: Text,
	labels: GroupLabels,
	interfaceName: string,
	{rxBytes, txBytes}: Traffic,
	timeMs: number,
): void {
	const named: MetricLabels = {...labels, interface: interfaceName};
	text.add('container_network_receive_bytes_total', named, Math.floor(rxBytes), timeMs);
	text.add('container_network_transmit_bytes_total', named, Math.floor(txBytes), timeMs);
}

function addSpec(text: Text, labels: GroupLabels, startMs: number, limitBytes: number, timeMs: number): void {
	text.add('container_start_time_seconds', labels, Math.floor(startMs / 1000), timeMs);
	text.add('container_spec_cpu_period', labels, PERIOD_US, timeMs);
	text.add('container_spec_memory_limit_bytes', labels, limitBytes, timeMs);
}

/** As named by the systemd cgroup driver. Dashes separate levels there, so the uid has underscores. */
function podGroup({uid}: PodModel): string {
	const slice = `kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice`;
	return `/kubepods.slice/kubepods-burstable.slice/${slice}`;
}
