import {hostname} from 'node:os';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Reading} from '../../metrics/model/reading.ts';
import type {Scrape, ScrapeContext, Target} from '../target.ts';
import {findCgroups, hierarchies} from './cgroup-mounts.ts';
import {ContainerNames} from './container-names.ts';
import {type Machine, openMachine} from './machine.ts';
import {parseMountinfo} from './mountinfo.ts';
import {type LocalWorkloads, readContainers} from './read-containers.ts';
import {readFilesystems, readNode} from './read-node.ts';
import {noContainersOn, readOtherSystem} from './read-other-system.ts';
import {ProcessReader} from './read-processes.ts';
import {StartTimes} from './start-times.ts';

export type LocalOptions = {
	/** The root folder of /proc, /sys and other files. */
	readonly root?: string;
	/** A value of `process.platform`. */
	readonly platform?: string;
	readonly hostname?: string;
	/** USER_HZ, the unit of CPU time in /proc/stat; by default 100. */
	readonly clockTicksPerSecond?: number;
	readonly now?: () => number;
};

/** Kernel counters are always current. With CPU ticks of 10 ms, a window of 2 s is accurate to 0.5 %. */
const NATURAL_INTERVAL_MS = 2000;

type Sources = {
	readonly machine: Machine;
	readonly names: ContainerNames;
	readonly startTimes: StartTimes;
	readonly processes: ProcessReader;
	readonly now: () => number;
	readonly clockTicksPerSecond: number | undefined;
};

/**
 * Scrapes this machine as one node: /proc and the cgroups of containers on Linux, the API of Node on other systems.
 * Throws `KtopError`: `unsupported` without /proc, `aborted` when the signal aborts.
 */
export function localTarget(options: LocalOptions = {}): Target {
	const {root = '/', platform = process.platform, now = Date.now, clockTicksPerSecond} = options;
	const machine = openMachine(root);
	const sources: Sources = {
		machine,
		names: new ContainerNames(machine),
		startTimes: new StartTimes(machine),
		processes: new ProcessReader(machine),
		now,
		clockTicksPerSecond,
	};
	return {
		id: 'local',
		name: options.hostname ?? hostname(),
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		readsMoreWhenViewed: false,
		listsProcesses: true,
		async scrape({signal, processes = () => undefined}): Promise<Scrape> {
			const startedMs = performance.now();
			const {degraded, ...parts} =
				platform === 'linux'
					? await readLinux(sources, signal, processes)
					: await readOther(sources, platform);
			const reading = {
				nodeName: undefined,
				receivedAtMs: now(),
				stampResolutionMs: 1,
				rejectedValues: 0,
				...parts,
			};
			return {
				readings: [reading],
				route: {kind: 'local'},
				latencyMs: performance.now() - startedMs,
				degraded,
			};
		},
		close: async () => {},
	};
}

type Parts = Pick<Reading, 'node' | 'isOfNodeAlone' | 'processes'> &
	LocalWorkloads & {readonly degraded: Failure | undefined};

async function readLinux(
	sources: Sources,
	signal: AbortSignal,
	asked: NonNullable<ScrapeContext['processes']>,
): Promise<Parts> {
	const {machine, now, clockTicksPerSecond} = sources;
	const node = readNode(machine, now(), clockTicksPerSecond);
	if (node.cpu === undefined && node.memory === undefined) {
		throw new KtopError({
			code: 'unsupported',
			brief: 'no /proc',
			message: 'this machine cannot be read: /proc is not mounted or not readable',
			hint: 'mount it, or use another source: --source kubelet:https://HOST:10250',
		});
	}

	const found = parseMountinfo(machine.read('/proc/self/mountinfo'));
	const mounts = findCgroups(found);
	const [filesystems, workloads] = await Promise.all([
		readFilesystems(machine, found, now),
		readContainers({...sources, mounts, signal}),
	]);
	const detail = asked();
	return {
		node: {...node, filesystems},
		...workloads,
		...(detail === undefined
			? {}
			: {
					processes: await sources.processes.read({
						hasArguments: detail === 'arguments',
						clockTicksPerSecond,
						bootTimeMs: node.startTimeMs,
						signal,
					}),
				}),
		...(hierarchies(mounts).length === 0
			? {isOfNodeAlone: true, degraded: NO_CGROUPS}
			: {degraded: undefined}),
	};
}

const NO_CGROUPS: Failure = {
	code: 'unsupported',
	brief: 'no cgroups mounted',
	message: 'containers cannot be read: no cgroup hierarchy with CPU or memory metrics is mounted',
	hint: 'mount /sys/fs/cgroup; in a container, add --volume /sys/fs/cgroup:/sys/fs/cgroup:ro',
};

async function readOther({machine, now}: Sources, platform: string): Promise<Parts> {
	return {
		node: await readOtherSystem(machine, platform, now),
		pods: [],
		containers: [],
		isOfNodeAlone: true,
		degraded: noContainersOn(platform),
	};
}
