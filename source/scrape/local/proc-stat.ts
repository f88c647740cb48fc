import type {CpuSplit} from '../../metrics/model/cpu-split.ts';
import type {CoreReading} from '../../metrics/model/reading.ts';
import {parseKernelNumber} from './kernel-number.ts';

export type ProcStat = {
	/** Busy time of all CPUs since boot. */
	readonly busyNanoseconds: number | undefined;
	/** In nanoseconds. */
	readonly split: CpuSplit | undefined;
	/** Each CPU that is online, by its number. */
	readonly cores: readonly CoreReading[];
	/** Undefined if no CPU is listed. */
	readonly onlineCpus: number | undefined;
	readonly bootTimeMs: number | undefined;
};

/**
 * USER_HZ (`getconf CLK_TCK`): the kernel reports hundredths of a second to user space on every architecture that Node
 * supports; only Alpha and IA-64 had 1024.
 */
export const CLOCK_TICKS_PER_SECOND = 100;

/**
 * Fields of the `cpu` line (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice.
 */
const FIRST_FIELDS = 4;
const USER = 0;
const NICE = 1;
const SYSTEM = 2;
const IDLE = 3;
const IOWAIT = 4;
const IRQ = 5;
const SOFTIRQ = 6;
const GUEST = 8;

/**
 * Parses /proc/stat. Busy time excludes idle and iowait. Guest time is already part of `user` and `nice`. Steal
 * counts as busy, as in `top`: a task was ready but had no CPU. Interrupts are time of the kernel.
 */
export function parseProcStat(
	text: string | undefined,
	clockTicksPerSecond = CLOCK_TICKS_PER_SECOND,
): ProcStat {
	const lines = text?.split('\n') ?? [];
	const cores = lines.flatMap((line): readonly CoreReading[] => {
		const [label = '', number] = /^cpu(\d+) /.exec(line) ?? [];
		return number === undefined
			? []
			: [{name: number, busyNanoseconds: busyNanoseconds(line.slice(label.length), clockTicksPerSecond)}];
	});
	const bootSeconds = parseKernelNumber(lines.find(line => line.startsWith('btime '))?.slice(6));
	const all = lines.find(line => line.startsWith('cpu '))?.slice(4);
	return {
		busyNanoseconds: busyNanoseconds(all, clockTicksPerSecond),
		split: splitOf(all, clockTicksPerSecond),
		cores,
		onlineCpus: cores.length === 0 ? undefined : cores.length,
		bootTimeMs: bootSeconds === undefined ? undefined : bootSeconds * 1000,
	};
}

/** Busy time in nanoseconds; `line` is a `cpu` line of /proc/stat without its name. */
function busyNanoseconds(line: string | undefined, clockTicksPerSecond: number): number | undefined {
	const fields = line?.trim().split(/ +/).slice(0, GUEST) ?? [];
	if (fields.length < FIRST_FIELDS) {
		return undefined;
	}

	let ticks = 0;
	for (const [index, field] of fields.entries()) {
		const value = parseKernelNumber(field);
		if (value === undefined) {
			return undefined;
		}

		ticks += index === IDLE || index === IOWAIT ? 0 : value;
	}

	return ticks * (1e9 / clockTicksPerSecond);
}

/** User and system time in nanoseconds; `line` is a `cpu` line of /proc/stat without its name. */
function splitOf(line: string | undefined, clockTicksPerSecond: number): CpuSplit | undefined {
	const fields = line?.trim().split(/ +/).slice(0, GUEST).map(parseKernelNumber) ?? [];
	const sum = (...places: readonly number[]): number | undefined =>
		places.some(place => place < IDLE && fields[place] === undefined)
			? undefined
			: places.reduce((ticks, place) => ticks + (fields[place] ?? 0), 0) * (1e9 / clockTicksPerSecond);
	const user = sum(USER, NICE);
	return user === undefined ? undefined : {user, system: sum(SYSTEM, IRQ, SOFTIRQ)};
}
