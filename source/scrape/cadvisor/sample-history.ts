import {listOf, textOf} from '../json-value.ts';
import {parseTimestamp} from '../timestamp.ts';
import type {RawSpec, RawStats} from './stats-shape.ts';

export type Sample = {readonly timeMs: number; readonly stats: RawStats};

/** A cgroup with the samples that cAdvisor keeps, oldest first. */
export type SampledCgroup = {
	/** The absolute path; `/` is the machine. */
	readonly path: string;
	readonly aliases: readonly string[];
	/** The runtime that defines the format of aliases: `docker`, `containerd`, `crio`, `podman`. */
	readonly namespace: string | undefined;
	readonly spec: RawSpec;
	readonly samples: readonly Sample[];
};

/** The samples of one scrape, in the same form for both API versions. */
export type SampleHistory = {readonly machine: SampledCgroup; readonly cgroups: readonly SampledCgroup[]};

/** Sorts samples by timestamp; skips those without one. */
export function samplesOf(stats: unknown): readonly Sample[] {
	const samples: Sample[] = [];
	// Safe, because all leaf fields have type `unknown` and are validated when read.
	for (const raw of listOf(stats as ReadonlyArray<RawStats | null> | null | undefined)) {
		const timeMs = parseTimestamp(raw?.timestamp);
		if (raw && timeMs !== undefined) {
			samples.push({timeMs, stats: raw});
		}
	}

	return samples.sort((a, b) => a.timeMs - b.timeMs);
}

export function aliasesOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(alias => textOf(alias) !== undefined) : [];
}

/**
 * The newest sample at or before a moment. A binary search, because the first scrape looks up 60 moments in hundreds of
 * cgroups.
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
