import {join} from 'node:path';
import type {CpuReading, MemoryReading, PressureReading, SwapReading} from '../../metrics/model/reading.ts';
import {memoryReading} from './cgroup-memory.ts';
import type {CgroupMounts} from './cgroup-mounts.ts';
import {
	cpuLimitV1,
	cpuSplitV1,
	cpuUsageV1,
	memoryV1,
	type ReadCgroupFile,
	throttlingV1,
} from './cgroup-v1.ts';
import {type CpuV2, cpuV2, memoryV2} from './cgroup-v2.ts';
import {parseKernelNumber} from './kernel-number.ts';
import type {Machine} from './machine.ts';
import {parsePressure} from './pressure.ts';

/** The metrics of one cgroup, from v1, v2 or both. */
export type CgroupUsage = {
	readonly cpu: CpuReading | undefined;
	readonly cpuLimitCores: number | undefined;
	readonly memory: MemoryReading | undefined;
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	readonly processCount: number | undefined;
};

/** Reads a cgroup by its path below the roots of the hierarchies. */
export function readCgroup(
	machine: Machine,
	mounts: CgroupMounts,
	path: string,
	timeMs: number,
): CgroupUsage {
	const filesAt =
		(mount: string): ReadCgroupFile =>
		name =>
			machine.read(join(mount, path, name));
	const v1 = (controller: string): ReadCgroupFile | undefined => {
		const mount = mounts.controllers.get(controller);
		return mount === undefined ? undefined : filesAt(mount);
	};
	const v2 = mounts.unified === undefined ? undefined : filesAt(mounts.unified);
	const memoryFiles = v1('memory');
	const memory = memoryFiles === undefined ? v2 && memoryV2(v2) : memoryV1(memoryFiles);
	return {
		...readCpu(v1('cpuacct'), v1('cpu'), v2, timeMs),
		memory: memory && withoutSwap(memory, timeMs),
		swap:
			memory?.swapBytes === undefined
				? undefined
				: {timeMs, usageBytes: memory.swapBytes, availableBytes: undefined},
		pressure:
			v2 && parsePressure({cpu: v2('cpu.pressure'), memory: v2('memory.pressure'), io: v2('io.pressure')}),
		processCount: parseKernelNumber((v1('pids') ?? v2)?.('pids.current')),
	};
}

function withoutSwap(
	{swapBytes: _, ...memory}: ReturnType<typeof memoryV2>,
	timeMs: number,
): MemoryReading | undefined {
	return memoryReading(memory, timeMs);
}

/**
 * From v1 if the cgroup exists there, else from v2. On hybrid machines systemd creates cgroups of services in v1 only
 * with accounting enabled, but always in v2, whose cpu.stat works without a controller.
 */
function readCpu(
	cpuacct: ReadCgroupFile | undefined,
	cpu: ReadCgroupFile | undefined,
	v2: ReadCgroupFile | undefined,
	timeMs: number,
): Pick<CgroupUsage, 'cpu' | 'cpuLimitCores'> {
	const usageV1 = cpuacct && cpuUsageV1(cpuacct);
	const unified: CpuV2 | undefined =
		v2 && (usageV1 === undefined || cpu === undefined) ? cpuV2(v2) : undefined;
	const usage = usageV1 ?? unified?.usageNanoseconds;
	const throttling = cpu === undefined ? unified?.throttling : throttlingV1(cpu);
	return {
		cpu:
			usage === undefined && throttling === undefined
				? undefined
				: {
						timeMs,
						usageCores: undefined,
						usageCoreNanoseconds: usage,
						split: usageV1 === undefined ? unified?.split : cpuacct && cpuSplitV1(cpuacct),
						throttling,
					},
		cpuLimitCores: cpu === undefined ? unified?.limitCores : cpuLimitV1(cpu),
	};
}
