import type {Reading} from '../../metrics/model/reading.ts';
import type {MachineInfo} from './decode-answers.ts';
import {readMoment} from './read-moment.ts';
import {type SampleHistory, sampleAt} from './sample-history.ts';
import {identifyAll} from './workloads.ts';

export type HistoryOptions = {
	/** ktop's clock when the answers were complete: the newest sample of the machine is taken as of then. */
	readonly receivedAtMs: number;
	/** The newest stamp of the machine that an earlier visit returned; only what is newer comes back. */
	readonly sinceMs: number | undefined;
	/** How many readings at most, the newest. */
	readonly count: number;
};

export type ReadHistory = {
	/** Oldest first, and never none: where nothing is newer, the newest again, which is known by its stamps. */
	readonly readings: readonly Reading[];
	/** The machine's newest stamp. */
	readonly newestMs: number;
};

/**
 * Turns the samples of all cgroups, each stamped by a clock of its own, into readings as of the machine's samples: each
 * cgroup adds its newest sample that is not later than half a step after the machine's. A sample comes again, known by
 * its stamp, only where the cgroup has nothing newer by then.
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
		// Nothing comes after the newest, so whatever is newest belongs to it.
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
