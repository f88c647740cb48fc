import type {CpuReading, MemoryReading} from '../../metrics/model/reading.ts';
import {parseTimestamp} from '../timestamp.ts';
import type {Sample, SampledCgroup} from './sample-history.ts';

type Part = {readonly sample: Sample; readonly spec: SampledCgroup['spec']};

/**
 * The containers of a pod at a moment; undefined while an existing container has no sample yet, because the sum would
 * jump by its whole counter with its first sample.
 */
export function podParts(
	members: readonly SampledCgroup[],
	momentMs: number | undefined,
	sampleOf: (cgroup: SampledCgroup) => Sample | undefined,
): readonly Part[] | undefined {
	const parts: Part[] = [];
	for (const member of members) {
		const sample = sampleOf(member);
		const madeMs = parseTimestamp(member.spec.creation_time) ?? 0;
		if (sample !== undefined) {
			parts.push({sample, spec: member.spec});
		} else if (member.samples.length > 0 && madeMs <= (momentMs ?? 0)) {
			return undefined;
		}
	}

	return parts;
}

/**
 * The CPU of a pod without its own cgroup: the sum of its containers with the mean of their timestamps, so that the
 * rate is correct although each has its own sample time.
 */
export function sumOfCpu(readings: ReadonlyArray<CpuReading | undefined>): CpuReading | undefined {
	const known = readings.filter(reading => reading !== undefined);
	return known.length === 0
		? undefined
		: {
				timeMs: mean(known.map(({timeMs}) => timeMs)),
				usageCores: undefined,
				usageCoreNanoseconds: sum(known.map(({usageCoreNanoseconds}) => usageCoreNanoseconds)),
				split: {
					user: sum(known.map(({split}) => split?.user)),
					system: sum(known.map(({split}) => split?.system)),
				},
				throttling: undefined,
			};
}

/** The memory of a pod without its own cgroup; no page faults, since those of terminated containers are missing. */
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

/** The sum; undefined if a part is missing. */
function sum(values: ReadonlyArray<number | undefined>): number | undefined {
	const known = values.filter(value => value !== undefined);
	return known.length < values.length ? undefined : known.reduce((total, value) => total + value, 0);
}

function mean(values: ReadonlyArray<number | undefined>): number | undefined {
	const known = values.filter(value => value !== undefined);
	return known.length === 0
		? undefined
		: Math.round(known.reduce((total, value) => total + value, 0) / known.length);
}
