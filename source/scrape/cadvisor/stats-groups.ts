import type {CpuSplit} from '../../metrics/model/cpu-split.ts';
import type {
	CoreReading,
	CpuReading,
	FilesystemReading,
	InterfaceReading,
	MemoryReading,
	NetworkReading,
	PressureReading,
	SwapReading,
	ThrottlingReading,
} from '../../metrics/model/reading.ts';
import {usedAlone} from '../../metrics/model/unknown-reading.ts';
import {countedInterfaces} from '../../metrics/rates/counted-interfaces.ts';
import {sumOfInterfaces} from '../../metrics/rates/sum-of-interfaces.ts';
import {listOf, textOf} from '../json-value.ts';
import type {Quantities} from '../quantities.ts';
import type {MachineInfo} from './decode-answers.ts';
import type {Sample} from './sample-history.ts';
import type {RawSpec, RawStats, StatsInterface} from './stats-shape.ts';

/** Limits from here on mean "no limit": cgroup v1 reports 2^63 minus a page. */
const UNLIMITED_BYTES = 2 ** 62;

export function decodeStatsCpu(
	{timeMs, stats}: Sample,
	spec: RawSpec,
	quantities: Quantities,
): CpuReading | undefined {
	const {cpu, cpu_inst: instant} = stats;
	if (!cpu || spec.has_cpu === false) {
		return undefined;
	}

	const usageCoreNanoseconds = quantities.read(cpu.usage?.total);
	const nanocores = usageCoreNanoseconds === undefined ? quantities.read(instant?.usage?.total) : undefined;
	return {
		timeMs,
		// cAdvisor's own rate is only used without a counter.
		usageCores: nanocores === undefined ? undefined : nanocores / 1e9,
		usageCoreNanoseconds,
		split: decodeSplit(cpu.usage, quantities),
		throttling: decodeThrottling(cpu.cfs, quantities),
	};
}

/** Undefined if both are 0, as where cAdvisor does not read them. */
function decodeSplit(
	usage: NonNullable<RawStats['cpu']>['usage'],
	quantities: Quantities,
): CpuSplit | undefined {
	const user = quantities.read(usage?.user);
	const system = quantities.read(usage?.system);
	return user || system ? {user, system} : undefined;
}

/** The cores of a machine by number; none on cgroup v2. One that was never used is not there. */
export function decodeCores({stats: {cpu}}: Sample, quantities: Quantities): readonly CoreReading[] {
	return listOf(cpu?.usage?.per_cpu_usage).flatMap((raw, index) => {
		const busyNanoseconds = quantities.read(raw);
		return busyNanoseconds === 0 ? [] : [{name: String(index), busyNanoseconds}];
	});
}

/** Undefined without a CPU quota, when there are no periods. */
function decodeThrottling(
	cfs: NonNullable<RawStats['cpu']>['cfs'],
	quantities: Quantities,
): ThrottlingReading | undefined {
	const periods = quantities.read(cfs?.periods);
	return periods === undefined || periods === 0
		? undefined
		: {
				timeMs: undefined,
				periods,
				throttledPeriods: quantities.read(cfs?.throttled_periods),
				throttledNanoseconds: quantities.read(cfs?.throttled_time),
			};
}

/** `limitBytes` is the limit of a container or the capacity of the machine. */
export function decodeStatsMemory(
	{timeMs, stats: {memory}}: Sample,
	spec: RawSpec,
	limitBytes: number | undefined,
	quantities: Quantities,
): MemoryReading | undefined {
	if (!memory || spec.has_memory === false) {
		return undefined;
	}

	const workingSetBytes = quantities.read(memory.working_set);
	const faults = memory.hierarchical_data ?? memory.container_data;
	const pageFaults = quantities.read(faults?.pgfault);
	// Using memory causes page faults, so 0 means that they were not read.
	const areFaultsKnown = pageFaults !== undefined && pageFaults > 0;
	return {
		timeMs,
		workingSetBytes,
		usageBytes: quantities.read(memory.usage),
		rssBytes: quantities.read(memory.rss),
		cacheBytes: quantities.read(memory.cache),
		availableBytes:
			limitBytes === undefined || workingSetBytes === undefined
				? undefined
				: Math.max(limitBytes - workingSetBytes, 0),
		limitBytes,
		pageFaults: areFaultsKnown ? pageFaults : undefined,
		majorPageFaults: areFaultsKnown ? quantities.read(faults?.pgmajfault) : undefined,
	};
}

/** Undefined without a limit: cAdvisor then reports the memory of the machine. */
export function memoryLimit(spec: RawSpec, machine: MachineInfo, quantities: Quantities): number | undefined {
	// 2^64 - 1 and -1 mean "no limit" and do not count as rejected.
	const raw = spec.memory?.limit;
	if (typeof raw === 'number' && (raw >= UNLIMITED_BYTES || raw <= 0)) {
		return undefined;
	}

	const limit = quantities.read(raw);
	return limit === undefined || limit >= (machine.memoryBytes ?? UNLIMITED_BYTES) ? undefined : limit;
}

/** Undefined with API 2.1, which has no quota. */
export function cpuLimit(spec: RawSpec, quantities: Quantities): number | undefined {
	const {quota: rawQuota, period: rawPeriod} = spec.cpu ?? {};
	if (rawQuota === -1) {
		return undefined;
	}

	const quota = quantities.read(rawQuota);
	const period = quantities.read(rawPeriod);
	return quota && period ? quota / period : undefined;
}

export function interfacesOf(
	{stats: {network}}: Sample,
	spec: RawSpec,
): ReadonlyArray<StatsInterface & {readonly name: string}> {
	if (!network || spec.has_network === false) {
		return [];
	}

	const interfaces = listOf(network.interfaces).filter(isNamed);
	return interfaces.length > 0 || !isNamed(network) ? interfaces : [network];
}

function isNamed(raw: StatsInterface | null | undefined): raw is StatsInterface & {readonly name: string} {
	return textOf(raw?.name) !== undefined;
}

/** The interfaces that are counted. */
export function decodeStatsInterfaces(
	sample: Sample,
	spec: RawSpec,
	quantities: Quantities,
): readonly InterfaceReading[] {
	const listed = interfacesOf(sample, spec);
	const counted = countedInterfaces(listed.map(({name}) => name));
	return listed
		.filter(({name}) => counted.includes(name))
		.map(raw => ({
			name: raw.name,
			rxBytes: quantities.read(raw.rx_bytes),
			txBytes: quantities.read(raw.tx_bytes),
			rxErrors: quantities.read(raw.rx_errors),
			txErrors: quantities.read(raw.tx_errors),
		}));
}

/** Undefined without an interface to count. */
export function decodeStatsNetwork(
	sample: Sample,
	spec: RawSpec,
	quantities: Quantities,
): NetworkReading | undefined {
	return sumOfInterfaces(sample.timeMs, decodeStatsInterfaces(sample, spec, quantities));
}

/** The writable layer of a container; undefined if all values are 0, because the storage driver has no stats. */
export function decodeRootFilesystem(
	{timeMs, stats: {filesystem}}: Sample,
	spec: RawSpec,
	quantities: Quantities,
): FilesystemReading | undefined {
	if (!filesystem || spec.has_filesystem === false) {
		return undefined;
	}

	let total: number | undefined;
	let base: number | undefined;
	if ('totalUsageBytes' in filesystem || 'baseUsageBytes' in filesystem) {
		total = quantities.read(filesystem.totalUsageBytes);
		base = quantities.read(filesystem.baseUsageBytes);
	} else if (Array.isArray(filesystem) && filesystem.length === 1) {
		total = quantities.read(filesystem[0]?.usage);
		base = quantities.read(filesystem[0]?.base_usage);
	}

	const usedBytes = base || total;
	return usedBytes ? usedAlone(timeMs, usedBytes) : undefined;
}

/** Undefined for a usage of 0 if the machine has no swap or its swap is unknown. */
export function decodeStatsSwap(
	{timeMs, stats: {memory}}: Sample,
	{swapBytes}: MachineInfo,
	quantities: Quantities,
): SwapReading | undefined {
	const usageBytes = quantities.read(memory?.swap);
	return usageBytes === undefined || (!swapBytes && usageBytes === 0)
		? undefined
		: {timeMs, usageBytes, availableBytes: undefined};
}

/** Undefined if all totals are 0, as on kernels without PSI. */
export function decodeStatsPressure({stats}: Sample, quantities: Quantities): PressureReading | undefined {
	const groups = [stats.cpu?.psi, stats.memory?.psi, stats.diskio?.psi];
	const isMoving = groups.some(psi => isPositive(psi?.some?.total) || isPositive(psi?.full?.total));
	if (!isMoving) {
		return undefined;
	}

	const [cpu, memory, io] = groups;
	return {
		cpuSomePercent: quantities.read(cpu?.some?.avg10),
		cpuFullPercent: quantities.read(cpu?.full?.avg10),
		memorySomePercent: quantities.read(memory?.some?.avg10),
		memoryFullPercent: quantities.read(memory?.full?.avg10),
		ioSomePercent: quantities.read(io?.some?.avg10),
		ioFullPercent: quantities.read(io?.full?.avg10),
	};
}

/** Undefined for 0, which means that processes are not counted: a sampled cgroup has at least one. */
export function decodeProcessCount({stats}: Sample, quantities: Quantities): number | undefined {
	return quantities.read(stats.processes?.process_count) || undefined;
}

function isPositive(value: unknown): boolean {
	return typeof value === 'number' && value > 0;
}
