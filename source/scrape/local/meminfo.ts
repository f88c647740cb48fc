import type {MemoryReading, SwapReading} from '../../metrics/model/reading.ts';
import {parseKernelNumber} from './kernel-number.ts';

/** Parses /proc/meminfo (proc_meminfo(5)). Sizes are in bytes; counts (`HugePages_Total`) are unchanged. */
export function parseMeminfo(text: string | undefined): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (const line of text?.split('\n') ?? []) {
		const [, name, digits, unit] = /^([^\s:]+):\s+(\d+)( kB)?\s*$/.exec(line) ?? [];
		const value = parseKernelNumber(digits);
		if (name !== undefined && value !== undefined) {
			values.set(name, unit === undefined ? value : value * 1024);
		}
	}

	return values;
}

export type NodeMemory = {
	readonly capacityBytes: number | undefined;
	readonly memory: MemoryReading | undefined;
	readonly swap: SwapReading | undefined;
};

/**
 * The memory of the node as a kubelet reports it. Usage of the root cgroup is mapped anonymous memory plus page
 * cache: for v1 the kernel computes `memory.usage_in_bytes` like that (`mem_cgroup_usage`); for v2, which has no
 * memory.current in the root, the kubelet adds `anon` and `file` (`rootStatsFromMeminfo` in opencontainers/cgroups
 * fs2/memory.go). Both equal AnonPages + Cached + Buffers + SwapCached, so this formula needs no cgroups. It excludes
 * kernel memory (slab, page tables).
 */
export function nodeMemory(
	meminfo: ReadonlyMap<string, number>,
	vmstat: ReadonlyMap<string, number>,
	timeMs: number,
): NodeMemory {
	const capacityBytes = meminfo.get('MemTotal');
	const rssBytes = meminfo.get('AnonPages');
	const cacheBytes = sum(meminfo.get('Cached'), meminfo.get('Buffers'), meminfo.get('SwapCached'));
	const usageBytes = sum(rssBytes, cacheBytes);
	const workingSetBytes = less(usageBytes, meminfo.get('Inactive(file)'));
	const swapUsageBytes = less(meminfo.get('SwapTotal'), meminfo.get('SwapFree'));
	return {
		capacityBytes,
		memory:
			usageBytes === undefined && rssBytes === undefined
				? undefined
				: {
						timeMs,
						workingSetBytes,
						usageBytes,
						rssBytes,
						cacheBytes,
						availableBytes: less(capacityBytes, workingSetBytes),
						limitBytes: undefined,
						pageFaults: vmstat.get('pgfault'),
						majorPageFaults: vmstat.get('pgmajfault'),
					},
		swap:
			swapUsageBytes === undefined
				? undefined
				: {timeMs, usageBytes: swapUsageBytes, availableBytes: meminfo.get('SwapFree')},
	};
}

function sum(...values: ReadonlyArray<number | undefined>): number | undefined {
	return values.reduce<number | undefined>(
		(total, value) => (total === undefined || value === undefined ? undefined : total + value),
		0,
	);
}

/** At least 0, because the kernel does not update both values at the same time. */
function less(whole: number | undefined, part: number | undefined): number | undefined {
	return whole === undefined || part === undefined ? undefined : Math.max(whole - part, 0);
}
