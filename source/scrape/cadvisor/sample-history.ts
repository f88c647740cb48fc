import {parseTimestamp} from '../timestamp.ts';
import {list, type RawSpec, type RawStats, text} from './stats-shape.ts';

export type Sample = {readonly timeMs: number; readonly stats: RawStats};

/** One cgroup with the samples that cAdvisor kept of it, oldest first. */
export type SampledCgroup = {
	/** The absolute path, `/` for the machine. */
	readonly path: string;
	readonly aliases: readonly string[];
	/** Whose naming the aliases follow: `docker`, `containerd`, `crio`, `podman`. */
	readonly namespace: string | undefined;
	readonly spec: RawSpec;
	readonly samples: readonly Sample[];
};

/** What one visit brought, the same for both versions of the API. */
export type SampleHistory = {readonly machine: SampledCgroup; readonly cgroups: readonly SampledCgroup[]};

/** Sorted by their stamps; what has none is left out. */
export function samplesOf(stats: unknown): readonly Sample[] {
	const samples: Sample[] = [];
	// Every leaf of the shape is unknown and checked where it is read.
	for (const raw of list(stats as ReadonlyArray<RawStats | null> | null | undefined)) {
		const timeMs = parseTimestamp(raw?.timestamp);
		if (raw && timeMs !== undefined) {
			samples.push({timeMs, stats: raw});
		}
	}

	return samples.sort((a, b) => a.timeMs - b.timeMs);
}

export function aliasesOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(alias => text(alias) !== undefined) : [];
}

/**
 * The newest sample that is not later than a moment. Binary search, since a first visit looks up 60 moments in each of
 * hundreds of cgroups.
 */
export function sampleAt(samples: readonly Sample[], timeMs: number): Sample | undefined {
	let low = 0;
	let high = samples.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((samples[middle]?.timeMs ?? Number.POSITIVE_INFINITY) <= timeMs) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return samples[low - 1];
}
