import {join} from 'node:path';
import type {CpuReading, MemoryReading, PressureReading, SwapReading} from '../../metrics/reading.ts';
import type {Machine} from './machine.ts';
import type {CgroupMounts} from './mounts.ts';
import {parseFlatKeyed, parseNumber, parsePressure} from './proc-files.ts';

/** What the kernel says of one cgroup, whichever version its controllers have. */
export type CgroupUsage = {
	readonly cpu: CpuReading | undefined;
	readonly cpuLimitCores: number | undefined;
	readonly memory: MemoryReading | undefined;
	readonly swap: SwapReading | undefined;
	readonly pressure: PressureReading | undefined;
	readonly processCount: number | undefined;
};

/** v1 writes "no limit" as the largest multiple of a page that fits 63 bits. */
const UNLIMITED = 2 ** 62;

/** Reads one cgroup by its path below the controllers' roots. */
export function readCgroup(
	machine: Machine,
	mounts: CgroupMounts,
	path: string,
	timeMs: number,
): CgroupUsage {
	const file = (controller: string, name: string): string | undefined => {
		const mount = mounts.controllers.get(controller) ?? mounts.unified;
		return mount === undefined ? undefined : machine.read(join(mount, path, name));
	};
	const pressure = (resource: string): string | undefined =>
		mounts.unified === undefined
			? undefined
			: machine.read(join(mounts.unified, path, `${resource}.pressure`));
	const isV1 = (controller: string): boolean => mounts.controllers.has(controller);

	return {
		...(isV1('cpuacct') ? readCpuV1(file, timeMs) : readCpuV2(file, timeMs)),
		...(isV1('memory') ? readMemoryV1(file, timeMs) : readMemoryV2(file, timeMs)),
		pressure: parsePressure({cpu: pressure('cpu'), memory: pressure('memory'), io: pressure('io')}),
		processCount: parseNumber(file('pids', 'pids.current')),
	};
}

type ReadFile = (controller: string, name: string) => string | undefined;

/** cpuacct.usage is in ns; cpu.stat has throttling alone (kernel Documentation/admin-guide/cgroup-v1). */
function readCpuV1(file: ReadFile, timeMs: number): Pick<CgroupUsage, 'cpu' | 'cpuLimitCores'> {
	const usage = parseNumber(file('cpuacct', 'cpuacct.usage'));
	const stat = parseFlatKeyed(file('cpu', 'cpu.stat') ?? '');
	// Without a quota the text is -1, which is no number.
	const quota = parseNumber(file('cpu', 'cpu.cfs_quota_us'));
	const period = parseNumber(file('cpu', 'cpu.cfs_period_us'));
	return {
		cpu:
			usage === undefined
				? undefined
				: {
						timeMs,
						usageCores: undefined,
						usageCoreNanoseconds: usage,
						throttling: throttling(stat, stat.get('throttled_time')),
					},
		cpuLimitCores: limitCores(quota, period),
	};
}

/** cpu.stat has usage and throttling in µs, cpu.max is `max 100000` or `50000 100000` (admin-guide/cgroup-v2.rst). */
function readCpuV2(file: ReadFile, timeMs: number): Pick<CgroupUsage, 'cpu' | 'cpuLimitCores'> {
	const stat = parseFlatKeyed(file('cpu', 'cpu.stat') ?? '');
	const usage = stat.get('usage_usec');
	const throttled = stat.get('throttled_usec');
	const [quota, period] = (file('cpu', 'cpu.max') ?? '').split(' ');
	return {
		cpu:
			usage === undefined
				? undefined
				: {
						timeMs,
						usageCores: undefined,
						usageCoreNanoseconds: usage * 1000,
						throttling: throttling(stat, throttled === undefined ? undefined : throttled * 1000),
					},
		cpuLimitCores: limitCores(parseNumber(quota), parseNumber(period)),
	};
}

function throttling(
	stat: ReadonlyMap<string, number>,
	throttledNanoseconds: number | undefined,
): CpuReading['throttling'] {
	const periods = stat.get('nr_periods');
	return periods === undefined
		? undefined
		: {periods, throttledPeriods: stat.get('nr_throttled'), throttledNanoseconds};
}

function limitCores(quota: number | undefined, period: number | undefined): number | undefined {
	return quota === undefined || period === undefined || period === 0 ? undefined : quota / period;
}

function readMemoryV1(file: ReadFile, timeMs: number): Pick<CgroupUsage, 'memory' | 'swap'> {
	const usageBytes = parseNumber(file('memory', 'memory.usage_in_bytes'));
	const withSwapBytes = parseNumber(file('memory', 'memory.memsw.usage_in_bytes'));
	const stat = parseFlatKeyed(file('memory', 'memory.stat') ?? '');
	return {
		memory: memory({
			timeMs,
			usageBytes,
			inactiveFileBytes: stat.get('total_inactive_file'),
			rssBytes: stat.get('total_rss'),
			cacheBytes: stat.get('total_cache'),
			limitBytes: parseNumber(file('memory', 'memory.limit_in_bytes')),
			pageFaults: stat.get('total_pgfault'),
			majorPageFaults: stat.get('total_pgmajfault'),
		}),
		swap: swap(
			timeMs,
			stat.get('total_swap') ??
				(usageBytes === undefined || withSwapBytes === undefined
					? undefined
					: Math.max(withSwapBytes - usageBytes, 0)),
		),
	};
}

function readMemoryV2(file: ReadFile, timeMs: number): Pick<CgroupUsage, 'memory' | 'swap'> {
	const stat = parseFlatKeyed(file('memory', 'memory.stat') ?? '');
	return {
		memory: memory({
			timeMs,
			usageBytes: parseNumber(file('memory', 'memory.current')),
			inactiveFileBytes: stat.get('inactive_file'),
			rssBytes: stat.get('anon'),
			cacheBytes: stat.get('file'),
			limitBytes: parseNumber(file('memory', 'memory.max')),
			pageFaults: stat.get('pgfault'),
			majorPageFaults: stat.get('pgmajfault'),
		}),
		swap: swap(timeMs, parseNumber(file('memory', 'memory.swap.current'))),
	};
}

type MemoryFiles = {
	readonly timeMs: number;
	readonly usageBytes: number | undefined;
	readonly inactiveFileBytes: number | undefined;
	readonly rssBytes: number | undefined;
	readonly cacheBytes: number | undefined;
	readonly limitBytes: number | undefined;
	readonly pageFaults: number | undefined;
	readonly majorPageFaults: number | undefined;
};

/** The working set as cAdvisor and so the kubelet compute it: usage less inactive file cache, 0 at least. */
function memory(files: MemoryFiles): MemoryReading | undefined {
	const {inactiveFileBytes, ...rest} = files;
	const {usageBytes} = files;
	if (usageBytes === undefined) {
		return undefined;
	}

	const limitBytes =
		files.limitBytes !== undefined && files.limitBytes < UNLIMITED ? files.limitBytes : undefined;
	const workingSetBytes =
		inactiveFileBytes === undefined ? undefined : Math.max(usageBytes - inactiveFileBytes, 0);
	return {
		...rest,
		limitBytes,
		workingSetBytes,
		availableBytes:
			limitBytes === undefined || workingSetBytes === undefined
				? undefined
				: Math.max(limitBytes - workingSetBytes, 0),
	};
}

function swap(timeMs: number, usageBytes: number | undefined): SwapReading | undefined {
	return usageBytes === undefined ? undefined : {timeMs, usageBytes, availableBytes: undefined};
}
