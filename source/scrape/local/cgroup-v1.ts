import type {CpuSplit} from '../../metrics/model/cpu-split.ts';
import type {ThrottlingReading} from '../../metrics/model/reading.ts';
import type {CgroupMemory} from './cgroup-memory.ts';
import {parseFlatKeyed} from './flat-keyed.ts';
import {parseKernelNumber} from './kernel-number.ts';
import {CLOCK_TICKS_PER_SECOND} from './proc-stat.ts';

/** Reads a file of a cgroup; undefined if it does not exist. */
export type ReadCgroupFile = (name: string) => string | undefined;

/** CPU time in nanoseconds (kernel Documentation/admin-guide/cgroup-v1/cpuacct.rst). */
export function cpuUsageV1(cpuacct: ReadCgroupFile): number | undefined {
	return parseKernelNumber(cpuacct('cpuacct.usage'));
}

/** cpuacct.stat of v1, in ticks of the clock, as nanoseconds. */
export function cpuSplitV1(cpuacct: ReadCgroupFile): CpuSplit {
	const stat = parseFlatKeyed(cpuacct('cpuacct.stat'));
	const nanoseconds = (ticks: number | undefined): number | undefined =>
		ticks === undefined ? undefined : ticks * (1e9 / CLOCK_TICKS_PER_SECOND);
	return {user: nanoseconds(stat.get('user')), system: nanoseconds(stat.get('system'))};
}

/** cpu.stat of v1, which only has throttling, in nanoseconds (Documentation/scheduler/sched-bwc.rst). */
export function throttlingV1(cpu: ReadCgroupFile): ThrottlingReading | undefined {
	const stat = parseFlatKeyed(cpu('cpu.stat'));
	const periods = stat.get('nr_periods');
	return periods === undefined
		? undefined
		: {
				timeMs: undefined,
				periods,
				throttledPeriods: stat.get('nr_throttled'),
				throttledNanoseconds: stat.get('throttled_time'),
			};
}

/** Quota divided by period, both in microseconds; undefined for a quota of -1. */
export function cpuLimitV1(cpu: ReadCgroupFile): number | undefined {
	const quota = parseKernelNumber(cpu('cpu.cfs_quota_us'));
	const period = quota === undefined ? undefined : parseKernelNumber(cpu('cpu.cfs_period_us'));
	return quota === undefined || period === undefined || period === 0 ? undefined : quota / period;
}

export type MemoryAndSwap = CgroupMemory & {readonly swapBytes: number | undefined};

/** Documentation/admin-guide/cgroup-v1/memory.rst. Uses the `total_` values, which like usage include child cgroups. */
export function memoryV1(memory: ReadCgroupFile): MemoryAndSwap {
	const usageBytes = parseKernelNumber(memory('memory.usage_in_bytes'));
	const stat = parseFlatKeyed(memory('memory.stat'));
	return {
		usageBytes,
		inactiveFileBytes: stat.get('total_inactive_file'),
		rssBytes: stat.get('total_rss'),
		cacheBytes: stat.get('total_cache'),
		limitBytes: parseKernelNumber(memory('memory.limit_in_bytes')),
		pageFaults: stat.get('total_pgfault'),
		majorPageFaults: stat.get('total_pgmajfault'),
		swapBytes: stat.get('total_swap') ?? swapOf(memory, usageBytes),
	};
}

/** memory.memsw.usage_in_bytes is memory plus swap and only exists with swap accounting. */
function swapOf(memory: ReadCgroupFile, usageBytes: number | undefined): number | undefined {
	const both = parseKernelNumber(memory('memory.memsw.usage_in_bytes'));
	return both === undefined || usageBytes === undefined ? undefined : Math.max(both - usageBytes, 0);
}
