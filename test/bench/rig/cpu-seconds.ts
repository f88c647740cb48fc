import {readdirSync, readFileSync} from 'node:fs';

/**
 * Time on a processor of all threads of a process, in seconds, as the scheduler counts it to the nanosecond
 * (/proc/PID/task/TID/schedstat): the hundredths of proc(5) are samples, and far off for what runs a millisecond at a time.
 * A thread that has ended is no longer counted.
 */
export function cpuSeconds(pid: number): number {
	const nanoseconds = readdirSync(`/proc/${pid}/task`).map(thread =>
		Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
	);
	return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
}

/** The same of the thread that a process began with. */
export function mainThreadSeconds(pid: number): number {
	return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
}

/** Resident memory of a process, in MiB (/proc/PID/status, VmRSS). */
export function residentMiB(pid: number): number {
	const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kibibytes) / 1024;
}
