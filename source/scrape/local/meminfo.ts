import type {MemoryReading, SwapReading} from '../../metrics/model/reading.ts';
import {parseKernelNumber} from './kernel-number.ts';

/** /proc/meminfo (proc_meminfo(5)) in bytes; its few counts (`HugePages_Total`) stay counts. */
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
 * The node's memory as a kubelet reports it, by the counters behind its figures. Usage of the root cgroup is mapped
 * anonymous memory and the page cache: `memory.usage_in_bytes` of v1's root by the kernel's doing (`mem_cgroup_usage`),
 * `anon` + `file` of v2's, which has no memory.current, by the kubelet's (`rootStatsFromMeminfo` in
 * opencontainers/cgroups fs2/memory.go). Both are AnonPages + Cached + Buffers + SwapCached here, so one formula serves
 * every hierarchy, and none. Kernel memory (slab, page tables) is in none of them.
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

/** 0 at least: the kernel does not count both at the same moment. */
function less(whole: number | undefined, part: number | undefined): number | undefined {
	return whole === undefined || part === undefined ? undefined : Math.max(whole - part, 0);
}
