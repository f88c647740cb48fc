import type {PressureReading} from '../../metrics/model/reading.ts';

/** The texts of the three PSI files of the machine or a cgroup; undefined if missing. */
export type PressureFiles = {
	readonly cpu: string | undefined;
	readonly memory: string | undefined;
	readonly io: string | undefined;
};

/** Parses PSI (kernel Documentation/accounting/psi.rst): the share of the last 10 s in percent. */
export function parsePressure({cpu, memory, io}: PressureFiles): PressureReading | undefined {
	const reading = {
		cpuSomePercent: average10(cpu, 'some'),
		cpuFullPercent: average10(cpu, 'full'),
		memorySomePercent: average10(memory, 'some'),
		memoryFullPercent: average10(memory, 'full'),
		ioSomePercent: average10(io, 'some'),
		ioFullPercent: average10(io, 'full'),
	};
	return Object.values(reading).every(value => value === undefined) ? undefined : reading;
}

/**
 * Parses PSI of the machine. CPU full is undefined: "CPU full is undefined at the system level, but has been reported
 * since 5.13, so it is set to zero" (psi.rst).
 */
export function parseMachinePressure(files: PressureFiles): PressureReading | undefined {
	const reading = parsePressure(files);
	return reading && {...reading, cpuFullPercent: undefined};
}

function average10(text: string | undefined, kind: 'some' | 'full'): number | undefined {
	const line = text?.split('\n').find(candidate => candidate.startsWith(`${kind} `));
	const digits = / avg10=(\d{1,3}(?:\.\d+)?)(?: |$)/.exec(line ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}
