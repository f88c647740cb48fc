import type {Reading} from '../../metrics/model/reading.ts';
import type {MachineInfo} from './decode-answers.ts';
import {readMoment} from './read-moment.ts';
import {type SampleHistory, sampleAt} from './sample-history.ts';
import {identifyAll} from './workloads.ts';

export type HistoryOptions = {
	/** ktop's clock when the answers were complete, to which the newest sample of the machine is assigned. */
	readonly receivedAtMs: number;
	/** The newest machine timestamp of the previous scrape; only newer samples are returned. */
	readonly sinceMs: number | undefined;
	/** The maximum number of readings; the newest are returned. */
	readonly count: number;
};

export type ReadHistory = {
	/** Oldest first, at least one: without newer samples the newest again, with the same timestamps. */
	readonly readings: Reading[];
	/** The newest timestamp of the machine. */
	readonly newestMs: number;
};

/**
 * Converts the samples of all cgroups, each with its own sampling times, into readings at the times of the machine's
 * samples. Each cgroup contributes its newest sample up to half a step after that time. If it has no newer sample, the
 * same one appears again, with the same timestamp.
 */
export function readHistory(
	history: SampleHistory,
	machine: MachineInfo,
	{receivedAtMs, sinceMs, count}: HistoryOptions,
): ReadHistory {
	const workloads = identifyAll(history.cgroups);
	const times = history.machine.samples.map(({timeMs}) => timeMs);
	const newestMs = times.at(-1) ?? receivedAtMs;
	const wanted = times.map((_, index) => index).filter(index => (times[index] ?? 0) > (sinceMs ?? 0));
	const indices = wanted.length === 0 ? [times.length - 1] : wanted.slice(-count);
	const readings: Reading[] = [];
	for (const index of indices) {
		const sample = history.machine.samples[index];
		const timeMs = sample?.timeMs ?? newestMs;
		const next = times[index + 1];
		// The last reading takes the newest sample of each cgroup.
		const untilMs = next === undefined ? Number.POSITIVE_INFINITY : timeMs + (next - timeMs) / 2;
		const reading = readMoment({
			machine,
			machineCgroup: history.machine,
			machineSample: sample,
			workloads,
			sampleOf: cgroup => sampleAt(cgroup.samples, untilMs),
			receivedAtMs: receivedAtMs - (newestMs - timeMs),
		});
		readings.push(reading);
	}

	return {readings, newestMs};
}
