import type {NamedFilesystemReading, NodeReading} from '../../metrics/reading.ts';
import type {Machine} from './machine.ts';
import {localFilesystems, type Mount} from './mounts.ts';
import {parseFlatKeyed, parseNetDev, parsePressure, parseProcStat} from './proc-files.ts';

/** This machine as a node. */
export async function readNode(
	machine: Machine,
	mounts: readonly Mount[],
	timeMs: number,
): Promise<NodeReading> {
	const stat = parseProcStat(machine.read('/proc/stat') ?? '');
	const memory = readMemory(machine, timeMs);
	return {
		startTimeMs: stat.bootTimeMs,
		cpu:
			stat.busyNanoseconds === undefined
				? undefined
				: {timeMs, usageCores: undefined, usageCoreNanoseconds: stat.busyNanoseconds, throttling: undefined},
		memory: memory.memory,
		network: parseNetDev(machine.read('/proc/net/dev') ?? '', timeMs),
		filesystems: await readFilesystems(machine, mounts, timeMs),
		swap: memory.swap,
		pressure: parsePressure({
			cpu: machine.read('/proc/pressure/cpu'),
			memory: machine.read('/proc/pressure/memory'),
			io: machine.read('/proc/pressure/io'),
		}),
		cpuCapacityCores: stat.onlineCpus === 0 ? undefined : stat.onlineCpus,
		memoryCapacityBytes: memory.capacityBytes,
		processCount: machine.list('/proc').filter(name => /^\d+$/.test(name)).length,
	};
}

/**
 * A kubelet's figures for the root: usage is total less free (runc's `rootStatsFromMeminfo`), the working set that less
 * the inactive file cache, and available is what is left of the total.
 */
function readMemory(
	machine: Machine,
	timeMs: number,
): Pick<NodeReading, 'memory' | 'swap'> & {readonly capacityBytes: number | undefined} {
	const meminfo = parseFlatKeyed(machine.read('/proc/meminfo') ?? '');
	const vmstat = parseFlatKeyed(machine.read('/proc/vmstat') ?? '');
	const capacityBytes = meminfo.get('MemTotal');
	const freeBytes = meminfo.get('MemFree');
	const swapBytes = meminfo.get('SwapTotal');
	const swapFreeBytes = meminfo.get('SwapFree');
	if (capacityBytes === undefined || freeBytes === undefined) {
		return {memory: undefined, swap: undefined, capacityBytes};
	}

	const usageBytes = capacityBytes - freeBytes;
	const inactiveFileBytes = meminfo.get('Inactive(file)');
	const workingSetBytes =
		inactiveFileBytes === undefined ? undefined : Math.max(usageBytes - inactiveFileBytes, 0);
	return {
		memory: {
			timeMs,
			workingSetBytes,
			usageBytes,
			rssBytes: meminfo.get('AnonPages'),
			cacheBytes: meminfo.get('Cached'),
			availableBytes: workingSetBytes === undefined ? undefined : capacityBytes - workingSetBytes,
			limitBytes: undefined,
			pageFaults: vmstat.get('pgfault'),
			majorPageFaults: vmstat.get('pgmajfault'),
		},
		swap:
			swapBytes === undefined || swapFreeBytes === undefined
				? undefined
				: {timeMs, usageBytes: swapBytes - swapFreeBytes, availableBytes: swapFreeBytes},
		capacityBytes,
	};
}

async function readFilesystems(
	machine: Machine,
	mounts: readonly Mount[],
	timeMs: number,
): Promise<readonly NamedFilesystemReading[]> {
	const readings = await Promise.all(
		localFilesystems(mounts).map(async ({mountPoint}) => {
			const stats = await machine.filesystem(mountPoint);
			if (stats === undefined || stats.blocks === 0n) {
				return [];
			}

			const bytes = (blocks: bigint): number => Number(blocks * stats.bsize);
			return [
				{
					name: mountPoint,
					timeMs,
					capacityBytes: bytes(stats.blocks),
					availableBytes: bytes(stats.bavail),
					usedBytes: bytes(stats.blocks - stats.bfree),
					...inodesOf(stats),
				},
			];
		}),
	);
	return readings.flat();
}

/** btrfs and others make inodes as they need them and report none. */
function inodesOf({files, ffree}: {readonly files: bigint; readonly ffree: bigint}) {
	return files === 0n
		? {inodes: undefined, inodesFree: undefined, inodesUsed: undefined}
		: {inodes: Number(files), inodesFree: Number(ffree), inodesUsed: Number(files - ffree)};
}
