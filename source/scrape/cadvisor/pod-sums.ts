import type {CpuReading, MemoryReading} from '../../metrics/reading.ts';

/**
 * The CPU of a pod without a cgroup of its own: its containers together, as of the mean of their stamps, so that the
 * rate is right although each was sampled at its own time.
 */
export function sumOfCpu(readings: ReadonlyArray<CpuReading | undefined>): CpuReading | undefined {
	const known = readings.filter(reading => reading?.usageCoreNanoseconds !== undefined);
	return known.length === 0
		? undefined
		: {
				timeMs: mean(known.map(reading => reading?.timeMs)),
				usageCores: undefined,
				usageCoreNanoseconds: sum(known.map(reading => reading?.usageCoreNanoseconds)),
				throttling: undefined,
			};
}

/** The memory of such a pod; page faults are left out, since those of ended containers would be missing. */
export function sumOfMemory(readings: ReadonlyArray<MemoryReading | undefined>): MemoryReading | undefined {
	const known = readings.filter(reading => reading !== undefined);
	return known.length === 0
		? undefined
		: {
				timeMs: mean(known.map(({timeMs}) => timeMs)),
				workingSetBytes: sum(known.map(({workingSetBytes}) => workingSetBytes)),
				usageBytes: sum(known.map(({usageBytes}) => usageBytes)),
				rssBytes: sum(known.map(({rssBytes}) => rssBytes)),
				cacheBytes: sum(known.map(({cacheBytes}) => cacheBytes)),
				availableBytes: undefined,
				limitBytes: undefined,
				pageFaults: undefined,
				majorPageFaults: undefined,
			};
}

function sum(values: ReadonlyArray<number | undefined>): number | undefined {
	const known = values.filter(value => value !== undefined);
	return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

function mean(values: ReadonlyArray<number | undefined>): number | undefined {
	const known = values.filter(value => value !== undefined);
	return known.length === 0
		? undefined
		: Math.round(known.reduce((total, value) => total + value, 0) / known.length);
}
