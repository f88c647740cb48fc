import {parseKernelNumber} from './kernel-number.ts';

export type ProcessStat = {
	readonly pid: number;
	readonly parentPid: number | undefined;
	readonly name: string;
	readonly state: string | undefined;
	/** User and system time. */
	readonly cpuTicks: number | undefined;
	/** Since boot. */
	readonly startTicks: number | undefined;
};

/** Fields of proc_pid_stat(5) after the name, from 0. */
const STATE = 0;
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const START_TICKS = 19;

/** Parses /proc/PID/stat. The name is in parentheses, and may contain blanks and parentheses itself. */
export function parseProcessStat(text: string | undefined): ProcessStat | undefined {
	const [, number, name = '', rest = ''] = /^(\d+) \(([\s\S]*)\) (.*)/.exec(text ?? '') ?? [];
	const pid = parseKernelNumber(number);
	if (pid === undefined) {
		return undefined;
	}

	const fields = rest.split(' ');
	const user = parseKernelNumber(fields[USER_TICKS]);
	const system = parseKernelNumber(fields[SYSTEM_TICKS]);
	return {
		pid,
		parentPid: parseKernelNumber(fields[PARENT]),
		name,
		state: fields[STATE],
		cpuTicks: user === undefined || system === undefined ? undefined : user + system,
		startTicks: parseKernelNumber(fields[START_TICKS]),
	};
}
