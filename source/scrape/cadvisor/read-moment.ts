import type {ContainerReading, NodeReading, PodReading, Reading} from '../../metrics/model/reading.ts';
import {sumOfInterfaces} from '../../metrics/rates/sum-of-interfaces.ts';
import {textOf} from '../json-value.ts';
import {Quantities} from '../quantities.ts';
import {parseTimestamp} from '../timestamp.ts';
import type {MachineInfo} from './decode-answers.ts';
import {isHostNetwork} from './host-network.ts';
import {decodeMachineDisks} from './machine-disks.ts';
import {decodeMachineFilesystems} from './machine-filesystems.ts';
import {podParts, sumOfCpu, sumOfMemory} from './pod-sums.ts';
import type {Sample, SampledCgroup} from './sample-history.ts';
import {
	cpuLimit,
	decodeCores,
	decodeProcessCount,
	decodeRootFilesystem,
	decodeStatsCpu,
	decodeStatsInterfaces,
	decodeStatsMemory,
	decodeStatsNetwork,
	decodeStatsPressure,
	decodeStatsSwap,
	memoryLimit,
} from './stats-groups.ts';
import type {ContainerWorkload, PodWorkload, Workloads} from './workloads.ts';

export type Moment = {
	readonly machine: MachineInfo;
	readonly machineCgroup: SampledCgroup;
	readonly machineSample: Sample | undefined;
	readonly workloads: Workloads;
	/** The sample of a cgroup at this moment. */
	readonly sampleOf: (cgroup: SampledCgroup) => Sample | undefined;
	readonly receivedAtMs: number;
};

/** Timestamps of cAdvisor have nanoseconds. */
const STAMP_RESOLUTION_MS = 1;

/** Builds the reading of one moment; skips cgroups without a sample. */
export function readMoment(moment: Moment): Reading {
	const quantities = new Quantities();
	return {
		nodeName: undefined,
		receivedAtMs: moment.receivedAtMs,
		stampResolutionMs: STAMP_RESOLUTION_MS,
		node: moment.machineSample && readNode(moment, moment.machineSample, quantities),
		pods: moment.workloads.pods.flatMap(pod => readPod(pod, moment, quantities) ?? []),
		containers: moment.workloads.containers.flatMap(
			container => readContainer(container, moment, quantities) ?? [],
		),
		rejectedValues: quantities.rejected,
	};
}

function readNode(
	{machine, machineCgroup: {spec}}: Moment,
	sample: Sample,
	quantities: Quantities,
): NodeReading {
	const interfaces = decodeStatsInterfaces(sample, spec, quantities);
	const cores = decodeCores(sample, quantities);
	const disks = decodeMachineDisks(sample, quantities);
	return {
		startTimeMs: parseTimestamp(spec.creation_time),
		cpu: decodeStatsCpu(sample, spec, quantities),
		memory: decodeStatsMemory(sample, spec, machine.memoryBytes, quantities),
		network: sumOfInterfaces(sample.timeMs, interfaces),
		...(interfaces.length === 0 ? {} : {interfaces}),
		...(cores.length === 0 ? {} : {cores}),
		...(disks.length === 0 ? {} : {disks}),
		filesystems: decodeMachineFilesystems(sample, machine.rootDevice, quantities),
		swap: decodeStatsSwap(sample, machine, quantities),
		pressure: decodeStatsPressure(sample, quantities),
		cpuCapacityCores: machine.cores,
		memoryCapacityBytes: machine.memoryBytes,
		processCount: decodeProcessCount(sample, quantities),
	};
}

function readPod(
	{pod, cgroup, sandbox, members}: PodWorkload,
	{machine, machineCgroup, machineSample, sampleOf}: Moment,
	quantities: Quantities,
): PodReading | undefined {
	const own = cgroup && sampleOf(cgroup);
	const parts = podParts(members, machineSample?.timeMs, sampleOf);
	const start = cgroup ?? sandbox ?? members[0];
	if (own === undefined && parts?.length === 0) {
		return undefined;
	}

	const sandboxSample = sandbox && sampleOf(sandbox);
	return {
		pod,
		startTimeMs: parseTimestamp(start?.spec.creation_time),
		cpu:
			cgroup === undefined
				? parts && sumOfCpu(parts.map(part => decodeStatsCpu(part.sample, part.spec, quantities)))
				: own && decodeStatsCpu(own, cgroup.spec, quantities),
		memory:
			cgroup === undefined
				? parts &&
					sumOfMemory(parts.map(part => decodeStatsMemory(part.sample, part.spec, undefined, quantities)))
				: own &&
					decodeStatsMemory(own, cgroup.spec, memoryLimit(cgroup.spec, machine, quantities), quantities),
		network: sandbox && sandboxSample && decodeStatsNetwork(sandboxSample, sandbox.spec, quantities),
		isHostNetwork:
			sandbox !== undefined &&
			sandboxSample !== undefined &&
			machineSample !== undefined &&
			isHostNetwork(sandboxSample, sandbox.spec, machineSample, machineCgroup.spec),
		ephemeralStorage: undefined,
		volumes: [],
		swap: own && decodeStatsSwap(own, machine, quantities),
		pressure: own && decodeStatsPressure(own, quantities),
		processCount: own && decodeProcessCount(own, quantities),
	};
}

function readContainer(
	{id, cgroup, identity}: ContainerWorkload,
	{machine, sampleOf}: Moment,
	quantities: Quantities,
): ContainerReading | undefined {
	const sample = sampleOf(cgroup);
	if (sample === undefined) {
		return undefined;
	}

	const {spec} = cgroup;
	return {
		id,
		kind: identity.containerKind,
		name: identity.name,
		cgroup: cgroup.path,
		pod: identity.pod,
		image: textOf(spec.image),
		startTimeMs: parseTimestamp(spec.creation_time),
		cpu: decodeStatsCpu(sample, spec, quantities),
		memory: decodeStatsMemory(sample, spec, memoryLimit(spec, machine, quantities), quantities),
		network: identity.pod === undefined ? decodeStatsNetwork(sample, spec, quantities) : undefined,
		rootFilesystem: decodeRootFilesystem(sample, spec, quantities),
		logFilesystem: undefined,
		swap: decodeStatsSwap(sample, machine, quantities),
		pressure: decodeStatsPressure(sample, quantities),
		cpuLimitCores: cpuLimit(spec, quantities),
		processCount: decodeProcessCount(sample, quantities),
	};
}
