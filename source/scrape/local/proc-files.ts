import {isNodeInterface} from '../../metrics/node-interface.ts';
import type {NetworkReading, PressureReading} from '../../metrics/reading.ts';

/** Linux counts CPU time for user space in hundredths of a second on every architecture (USER_HZ). */
const NANOSECONDS_PER_TICK = 1e7;

/** Lines of a name and a number: cpu.stat, memory.stat, /proc/vmstat, /proc/meminfo (there with a colon and kB). */
export function parseFlatKeyed(text: string): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (const line of text.split('\n')) {
		const match = /^([^\s:]+):?\s+(\d+)(?: (kB))?$/.exec(line);
		if (match?.[1] !== undefined) {
			values.set(match[1], Number(match[2]) * (match[3] === undefined ? 1 : 1024));
		}
	}

	return values;
}

/** A file that holds one number; undefined for `max`, for nothing and for text. */
export function parseNumber(text: string | undefined): number | undefined {
	const trimmed = text?.trim();
	return trimmed !== undefined && /^\d+$/.test(trimmed) ? Number(trimmed) : undefined;
}

export type ProcStat = {
	/** Time that all CPUs together were busy since boot; waiting for disks or for the hypervisor is not busy. */
	readonly busyNanoseconds: number | undefined;
	readonly onlineCpus: number;
	readonly bootTimeMs: number | undefined;
};

/** /proc/stat (proc(5)). `guest` time is within `user`. */
export function parseProcStat(text: string): ProcStat {
	const total = /^cpu +(\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)/m.exec(text);
	const bootSeconds = /^btime (\d+)$/m.exec(text)?.[1];
	return {
		busyNanoseconds:
			total === null
				? undefined
				: [1, 2, 3, 6, 7].reduce((sum, field) => sum + Number(total[field]), 0) * NANOSECONDS_PER_TICK,
		onlineCpus: text.match(/^cpu\d+ /gm)?.length ?? 0,
		bootTimeMs: bootSeconds === undefined ? undefined : Number(bootSeconds) * 1000,
	};
}

/**
 * /proc/net/dev, its interfaces summed: a node's own, or those of another network namespace (a pod's), where all but
 * the loopback are its own.
 */
export function parseNetDev(text: string, timeMs: number): NetworkReading | undefined {
	let rxBytes: number | undefined;
	let txBytes = 0;
	let rxErrors = 0;
	let txErrors = 0;
	for (const line of text.split('\n')) {
		const match = /^\s*([^\s:]+):\s*(.+)$/.exec(line);
		const fields = match?.[2]?.trim().split(/\s+/).map(Number) ?? [];
		if (
			match?.[1] === undefined ||
			!isNodeInterface(match[1]) ||
			fields.length < 16 ||
			fields.some(Number.isNaN)
		) {
			continue;
		}

		rxBytes = (rxBytes ?? 0) + (fields[0] ?? 0);
		rxErrors += fields[2] ?? 0;
		txBytes += fields[8] ?? 0;
		txErrors += fields[10] ?? 0;
	}

	return rxBytes === undefined ? undefined : {timeMs, rxBytes, txBytes, rxErrors, txErrors};
}

export type PressureTexts = {
	readonly cpu: string | undefined;
	readonly memory: string | undefined;
	readonly io: string | undefined;
};

/** Pressure stall files (kernel Documentation/accounting/psi.rst): the share of the last 10 s, in percent. */
export function parsePressure({cpu, memory, io}: PressureTexts): PressureReading | undefined {
	if (cpu === undefined && memory === undefined && io === undefined) {
		return undefined;
	}

	return {
		cpuSomePercent: average10(cpu, 'some'),
		cpuFullPercent: average10(cpu, 'full'),
		memorySomePercent: average10(memory, 'some'),
		memoryFullPercent: average10(memory, 'full'),
		ioSomePercent: average10(io, 'some'),
		ioFullPercent: average10(io, 'full'),
	};
}

function average10(text: string | undefined, line: 'some' | 'full'): number | undefined {
	const value = new RegExp(`^${line} avg10=(\\d+(?:\\.\\d+)?) `, 'm').exec(text ?? '')?.[1];
	return value === undefined ? undefined : Number(value);
}
