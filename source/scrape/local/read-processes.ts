import type {ProcessReading} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {CLOCK_TICKS_PER_SECOND} from './proc-stat.ts';
import {cgroupOfProcess} from './process-cgroup.ts';
import {parseProcessStat} from './process-stat.ts';
import {takeTurns} from './turns.ts';
import {parseUsers} from './users.ts';

/** What of a process stays the same as long as it runs the same program. */
type Fixed = {
	readonly program: string;
	readonly commandLine: string | undefined;
	readonly user: string | undefined;
	readonly cgroup: string | undefined;
};

type ReadOptions = {
	readonly hasArguments: boolean;
	readonly clockTicksPerSecond?: number | undefined;
	readonly bootTimeMs: number | undefined;
	readonly signal: AbortSignal;
};

/** A longer command line is cut; the longest ones are class paths. */
const MOST_CHARACTERS = 4096;

/** Reads the processes of this machine from /proc. */
export class ProcessReader {
	readonly #machine: Machine;
	#fixed = new Map<number, Fixed>();

	constructor(machine: Machine) {
		this.#machine = machine;
	}

	async read({signal, bootTimeMs, ...options}: ReadOptions): Promise<readonly ProcessReading[]> {
		const machine = this.#machine;
		const ticks = options.clockTicksPerSecond ?? CLOCK_TICKS_PER_SECOND;
		const users = parseUsers(machine.read('/etc/passwd'));
		const giveWay = takeTurns(signal);
		const before = this.#fixed;
		this.#fixed = new Map();
		const processes: ProcessReading[] = [];
		for (const folder of machine.list('/proc')) {
			if (!/^\d+$/.test(folder)) {
				continue;
			}

			await giveWay();
			const stat = parseProcessStat(machine.read(`/proc/${folder}/stat`));
			if (stat === undefined) {
				continue;
			}

			const {pid, name, startTicks} = stat;
			const program = `${name} ${startTicks}`;
			const known = before.get(pid);
			const hasAll = known?.program === program && (!options.hasArguments || known.commandLine !== undefined);
			const fixed = hasAll ? known : this.#readFixed(folder, program, users, options);
			this.#fixed.set(pid, fixed);
			processes.push({
				pid,
				parentPid: stat.parentPid,
				user: fixed.user,
				name,
				commandLine: options.hasArguments ? fixed.commandLine : undefined,
				state: stat.state,
				startTimeMs:
					bootTimeMs === undefined || startTicks === undefined
						? undefined
						: bootTimeMs + (startTicks * 1000) / ticks,
				cpuNanoseconds: stat.cpuTicks === undefined ? undefined : stat.cpuTicks * (1e9 / ticks),
				meanCpuCores: undefined,
				rssBytes: residentBytes(machine.read(`/proc/${folder}/status`)),
				cgroup: fixed.cgroup,
			});
		}

		return processes;
	}

	#readFixed(
		folder: string,
		program: string,
		users: ReadonlyMap<string, string>,
		{hasArguments}: Pick<ReadOptions, 'hasArguments'>,
	): Fixed {
		const machine = this.#machine;
		const [, uid] = /^Uid:\t\d+\t(\d+)/m.exec(machine.read(`/proc/${folder}/status`) ?? '') ?? [];
		return {
			program,
			commandLine: hasArguments ? commandLineOf(machine.read(`/proc/${folder}/cmdline`)) : undefined,
			user: uid === undefined ? undefined : (users.get(uid) ?? uid),
			cgroup: cgroupOfProcess(machine.read(`/proc/${folder}/cgroup`)),
		};
	}
}

/** The arguments end with a zero byte each; threads of the kernel have none. */
function commandLineOf(text: string | undefined): string | undefined {
	return text?.slice(0, MOST_CHARACTERS).replaceAll('\0', ' ').trim();
}

/** Threads of the kernel have no memory of their own and no such line. */
function residentBytes(status: string | undefined): number | undefined {
	const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(status ?? '') ?? [];
	return status === undefined ? undefined : Number(kilobytes ?? 0) * 1024;
}
