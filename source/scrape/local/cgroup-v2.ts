import type {CpuSplit} from '../../metrics/model/cpu-split.ts';
import type {ThrottlingReading} from '../../metrics/model/reading.ts';
import type {MemoryAndSwap, ReadCgroupFile} from './cgroup-v1.ts';
import {parseFlatKeyed} from './flat-keyed.ts';
import {parseKernelNumber} from './kernel-number.ts';

export type CpuV2 = {
	readonly usageNanoseconds: number | undefined;
	/** In nanoseconds. */
	readonly split: CpuSplit;
	readonly throttling: ThrottlingReading | undefined;
	readonly limitCores: number | undefined;
};

/**
 * cpu.stat in microseconds, and cpu.max as `max 100000` or `50000 100000` (kernel
 * Documentation/admin-guide/cgroup-v2.rst). All cgroups have usage; periods need the cpu controller.
 */
export function cpuV2(file: ReadCgroupFile): CpuV2 {
	const stat = parseFlatKeyed(file('cpu.stat'));
	const periods = stat.get('nr_periods');
	const [quota, period] = (file('cpu.max') ?? '').split(' ').map(parseKernelNumber);
	return {
		usageNanoseconds: nanoseconds(stat.get('usage_usec')),
		split: {user: nanoseconds(stat.get('user_usec')), system: nanoseconds(stat.get('system_usec'))},
		throttling:
			periods === undefined
				? undefined
				: {
						timeMs: undefined,
						periods,
						throttledPeriods: stat.get('nr_throttled'),
						throttledNanoseconds: nanoseconds(stat.get('throttled_usec')),
					},
		limitCores: quota === undefined || period === undefined || period === 0 ? undefined : quota / period,
	};
}

/** memory.current, memory.stat, memory.max and memory.swap.current, which include child cgroups. */
export function memoryV2(file: ReadCgroupFile): MemoryAndSwap {
	const stat = parseFlatKeyed(file('memory.stat'));
	return {
		usageBytes: parseKernelNumber(file('memory.current')),
		inactiveFileBytes: stat.get('inactive_file'),
		rssBytes: stat.get('anon'),
		cacheBytes: stat.get('file'),
		limitBytes: parseKernelNumber(file('memory.max')),
		pageFaults: stat.get('pgfault'),
		majorPageFaults: stat.get('pgmajfault'),
		swapBytes: parseKernelNumber(file('memory.swap.current')),
	};
}

function nanoseconds(microseconds: number | undefined): number | undefined {
	return microseconds === undefined ? undefined : microseconds * 1000;
}
