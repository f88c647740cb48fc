import type {NamedFilesystemReading, NodeReading} from '../../metrics/model/reading.ts';
import {sumOfInterfaces} from '../../metrics/rates/sum-of-interfaces.ts';
import {parseDisks} from './diskstats.ts';
import {parseFlatKeyed} from './flat-keyed.ts';
import {interfaceLinks} from './interface-links.ts';
import {localFilesystems} from './local-filesystems.ts';
import type {Machine} from './machine.ts';
import {nodeMemory, parseMeminfo} from './meminfo.ts';
import type {Mount} from './mountinfo.ts';
import {parseInterfaces} from './net-dev.ts';
import {parseMachinePressure} from './pressure.ts';
import {parseProcStat} from './proc-stat.ts';

/** Reads this machine as a node, without file systems. */
export function readNode(
	machine: Machine,
	timeMs: number,
	clockTicksPerSecond?: number,
): Omit<NodeReading, 'filesystems'> {
	const stat = parseProcStat(machine.read('/proc/stat'), clockTicksPerSecond);
	const {capacityBytes, memory, swap} = nodeMemory(
		parseMeminfo(machine.read('/proc/meminfo')),
		parseFlatKeyed(machine.read('/proc/vmstat')),
		timeMs,
	);
	const interfaces = parseInterfaces(machine.read('/proc/net/dev'), interfaceLinks(machine));
	const disks = parseDisks(machine.read('/proc/diskstats'), machine.list('/sys/block'));
	const processes = machine.list('/proc').filter(name => /^\d+$/.test(name)).length;
	return {
		startTimeMs: stat.bootTimeMs,
		cpu:
			stat.busyNanoseconds === undefined
				? undefined
				: {
						timeMs,
						usageCores: undefined,
						usageCoreNanoseconds: stat.busyNanoseconds,
						split: stat.split,
						throttling: undefined,
					},
		memory,
		network: sumOfInterfaces(timeMs, interfaces),
		...(interfaces.length === 0 ? {} : {interfaces}),
		...(stat.cores.length === 0 ? {} : {cores: stat.cores}),
		...(disks.length === 0 ? {} : {disks}),
		swap,
		pressure: parseMachinePressure({
			cpu: machine.read('/proc/pressure/cpu'),
			memory: machine.read('/proc/pressure/memory'),
			io: machine.read('/proc/pressure/io'),
		}),
		cpuCapacityCores: stat.onlineCpus,
		memoryCapacityBytes: capacityBytes,
		processCount: processes === 0 ? undefined : processes,
	};
}

/** Reads the local file systems, the root first; skips those that do not answer in time. */
export async function readFilesystems(
	machine: Machine,
	mounts: readonly Mount[],
	now: () => number,
): Promise<readonly NamedFilesystemReading[]> {
	const readings = await Promise.all(
		localFilesystems(mounts).map(({mountPoint}) => readFilesystem(machine, mountPoint, now)),
	);
	return readings.filter(reading => reading !== undefined);
}

/** Undefined without an answer or with a size of 0. */
export async function readFilesystem(
	machine: Machine,
	path: string,
	now: () => number,
): Promise<NamedFilesystemReading | undefined> {
	const stats = await machine.filesystem(path);
	if (stats === undefined || stats.blocks === 0n) {
		return undefined;
	}

	const {bsize, blocks, bavail, bfree, files, ffree} = stats;
	// btrfs and others allocate inodes dynamically and report 0.
	const hasInodes = files > 0n;
	return {
		name: path,
		timeMs: now(),
		capacityBytes: Number(blocks * bsize),
		availableBytes: Number(bavail * bsize),
		usedBytes: Number((blocks - bfree) * bsize),
		inodes: hasInodes ? Number(files) : undefined,
		inodesFree: hasInodes ? Number(ffree) : undefined,
		inodesUsed: hasInodes ? Number(files - ffree) : undefined,
	};
}
