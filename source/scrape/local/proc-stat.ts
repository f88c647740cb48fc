import {parseKernelNumber} from './kernel-number.ts';

export type ProcStat = {
	/** Busy time of all CPUs since boot. */
	readonly busyNanoseconds: number | undefined;
	/** Undefined if no CPU is listed. */
	readonly onlineCpus: number | undefined;
	readonly bootTimeMs: number | undefined;
};

/**
 * USER_HZ (`getconf CLK_TCK`): the kernel reports hundredths of a second to user space on every architecture that Node
 * supports; only Alpha and IA-64 had 1024.
 */
const CLOCK_TICKS_PER_SECOND = 100;

/**
 * Fields of the `cpu` line (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice.
 */
const FIRST_FIELDS = 4;
const IDLE = 3;
const IOWAIT = 4;
const GUEST = 8;

/**
 * Parses /proc/stat. Busy time excludes idle and iowait. Guest time is already part of `user` and `nice`. Steal
 * counts as busy, as in `top`: a task was ready but had no CPU.
 */
export function parseProcStat(
	text: string | undefined,
	clockTicksPerSecond = CLOCK_TICKS_PER_SECOND,
): ProcStat {
	const lines = text?.split('\n') ?? [];
	const onlineCpus = lines.filter(line => /^cpu\d+ /.test(line)).length;
	const bootSeconds = parseKernelNumber(lines.find(line => line.startsWith('btime '))?.slice(6));
	return {
		busyNanoseconds: busyNanoseconds(lines, clockTicksPerSecond),
		onlineCpus: onlineCpus === 0 ? undefined : onlineCpus,
		bootTimeMs: bootSeconds === undefined ? undefined : bootSeconds * 1000,
	};
}

function busyNanoseconds(lines: readonly string[], clockTicksPerSecond: number): number | undefined {
	const total = lines.find(line => line.startsWith('cpu '));
	const fields = total?.slice(4).trim().split(/ +/).slice(0, GUEST) ?? [];
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
