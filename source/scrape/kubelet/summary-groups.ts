import type {
	CpuReading,
	FilesystemReading,
	InterfaceReading,
	MemoryReading,
	NetworkReading,
	PressureReading,
	SwapReading,
} from '../../metrics/model/reading.ts';
import {countedInterfaces} from '../../metrics/rates/counted-interfaces.ts';
import {sumOfInterfaces} from '../../metrics/rates/sum-of-interfaces.ts';
import {listOf} from '../json-value.ts';
import type {Quantities} from '../quantities.ts';
import {parseTimestamp} from '../timestamp.ts';
import type {
	RawFilesystem,
	RawIo,
	RawSwap,
	SummaryCpu,
	SummaryInterface,
	SummaryMemory,
	SummaryNetwork,
	SummaryPressure,
} from './summary-shape.ts';

export function decodeSummaryCpu(
	raw: SummaryCpu | null | undefined,
	quantities: Quantities,
): CpuReading | undefined {
	if (raw === null || raw === undefined) {
		return undefined;
	}

	const nanoCores = quantities.read(raw.usageNanoCores);
	const counter = quantities.read(raw.usageCoreNanoSeconds);
	// A kubelet reports zeros if the runtime has no stats; a started container has used some CPU time.
	const isFiller = counter === 0 && !nanoCores;
	return {
		timeMs: parseTimestamp(raw.time),
		usageCores: nanoCores === undefined || isFiller ? undefined : nanoCores / 1e9,
		usageCoreNanoseconds: isFiller ? undefined : counter,
		throttling: undefined,
	};
}

export function decodeSummaryMemory(
	raw: SummaryMemory | null | undefined,
	quantities: Quantities,
): MemoryReading | undefined {
	if (raw === null || raw === undefined) {
		return undefined;
	}

	// The kubelet reports 0 for missing values; a running container uses some memory.
	const usageBytes = quantities.read(raw.usageBytes) || undefined;
	const workingSet = quantities.read(raw.workingSetBytes);
	const workingSetBytes = workingSet === 0 && usageBytes === undefined ? undefined : workingSet;
	// 0 means "no limit" until cAdvisor has read the spec of a container, after a start of the container or kubelet,
	// and always on Windows (kubernetes#111416).
	const availableBytes = quantities.read(raw.availableBytes) || undefined;
	return {
		timeMs: parseTimestamp(raw.time),
		workingSetBytes,
		usageBytes,
		rssBytes: quantities.read(raw.rssBytes) || undefined,
		cacheBytes: undefined,
		availableBytes,
		limitBytes:
			availableBytes === undefined || workingSetBytes === undefined
				? undefined
				: availableBytes + workingSetBytes,
		pageFaults: quantities.read(raw.pageFaults),
		majorPageFaults: quantities.read(raw.majorPageFaults),
	};
}

/**
 * The counters at the top level are those of `eth0` and missing without such an interface (kubernetes#28407), so they
 * are only used if there is no list of interfaces.
 */
export function decodeSummaryNetwork(
	raw: SummaryNetwork | null | undefined,
	quantities: Quantities,
	counted: readonly InterfaceReading[] = decodeInterfaces(raw, quantities),
): NetworkReading | undefined {
	if (raw === null || raw === undefined) {
		return undefined;
	}

	const timeMs = parseTimestamp(raw.time);
	const network =
		counted.length > 0
			? sumOfInterfaces(timeMs, counted)
			: {timeMs, interfaces: undefined, ...decodeCounters(raw, quantities)};
	return network?.rxBytes === undefined && network?.txBytes === undefined ? undefined : network;
}

/** The listed interfaces that are counted. */
export function decodeInterfaces(
	raw: SummaryNetwork | null | undefined,
	quantities: Quantities,
): readonly InterfaceReading[] {
	const listed = namedInterfaces(raw);
	const counted = countedInterfaces(listed.map(({name}) => name));
	return listed
		.filter(({name}) => counted.includes(name))
		.map(one => ({name: one.name, ...decodeCounters(one, quantities)}));
}

export function namedInterfaces(
	raw: SummaryNetwork | null | undefined,
): ReadonlyArray<SummaryInterface & {readonly name: string}> {
	return listOf(raw?.interfaces).filter(
		(one): one is SummaryInterface & {readonly name: string} => typeof one?.name === 'string',
	);
}

function decodeCounters(
	{rxBytes, txBytes, rxErrors, txErrors}: SummaryInterface,
	quantities: Quantities,
): Omit<InterfaceReading, 'name'> {
	return {
		rxBytes: quantities.read(rxBytes),
		txBytes: quantities.read(txBytes),
		rxErrors: quantities.read(rxErrors),
		txErrors: quantities.read(txErrors),
	};
}

export function decodeFilesystem(
	raw: RawFilesystem | null | undefined,
	quantities: Quantities,
): FilesystemReading | undefined {
	if (raw === null || raw === undefined) {
		return undefined;
	}

	const usedBytes = quantities.read(raw.usedBytes);
	const inodesUsed = quantities.read(raw.inodesUsed);
	return {
		timeMs: parseTimestamp(raw.time),
		capacityBytes: quantities.read(raw.capacityBytes) || undefined,
		availableBytes: left(quantities.read(raw.availableBytes), usedBytes),
		usedBytes,
		inodes: quantities.read(raw.inodes) || undefined,
		inodesFree: left(quantities.read(raw.inodesFree), inodesUsed),
		inodesUsed,
	};
}

/** Undefined if free and used are both 0: the storage driver then only reports the capacity. */
function left(free: number | undefined, used: number | undefined): number | undefined {
	return free === 0 && !used ? undefined : free;
}

export function decodeSummarySwap(
	raw: RawSwap | null | undefined,
	quantities: Quantities,
): SwapReading | undefined {
	if (raw === null || raw === undefined) {
		return undefined;
	}

	return {
		timeMs: parseTimestamp(raw.time),
		usageBytes: quantities.read(raw.swapUsageBytes),
		// 0 on nodes without swap, and until the limit is read.
		availableBytes: quantities.read(raw.swapAvailableBytes) || undefined,
	};
}

type Pressured = {
	readonly cpu?: SummaryCpu | null | undefined;
	readonly memory?: SummaryMemory | null | undefined;
	readonly io?: RawIo | null | undefined;
};

/** Whether the node has PSI. Kubelets on cgroup v1 report totals of 0, which cannot occur on a running node. */
export function hasPressure({cpu, memory, io}: Pressured): boolean {
	const isMoving = (pressure: SummaryPressure | null | undefined): boolean =>
		isPositive(pressure?.some?.total) || isPositive(pressure?.full?.total);
	return isMoving(cpu?.psi) || isMoving(memory?.psi) || isMoving(io?.psi);
}

export function decodeSummaryPressure(
	{cpu, memory, io}: Pressured,
	quantities: Quantities,
): PressureReading | undefined {
	const cpuPressure = cpu?.psi;
	const memoryPressure = memory?.psi;
	const ioPressure = io?.psi;
	if (!cpuPressure && !memoryPressure && !ioPressure) {
		return undefined;
	}

	return {
		cpuSomePercent: quantities.read(cpuPressure?.some?.avg10),
		cpuFullPercent: quantities.read(cpuPressure?.full?.avg10),
		memorySomePercent: quantities.read(memoryPressure?.some?.avg10),
		memoryFullPercent: quantities.read(memoryPressure?.full?.avg10),
		ioSomePercent: quantities.read(ioPressure?.some?.avg10),
		ioFullPercent: quantities.read(ioPressure?.full?.avg10),
	};
}

function isPositive(value: unknown): boolean {
	return typeof value === 'number' && value > 0;
}
