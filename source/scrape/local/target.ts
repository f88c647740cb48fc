import {hostname} from 'node:os';
import {KtopError} from '../../metrics/failure.ts';
import type {Scrape, Target} from '../target.ts';
import {ContainerNames} from './container-names.ts';
import {type Machine, openMachine} from './machine.ts';
import {findCgroups, parseMountinfo} from './mounts.ts';
import {readContainers} from './read-containers.ts';
import {readNode} from './read-node.ts';
import {noContainersOn, readOtherSystem} from './read-other-system.ts';

export type LocalOptions = {
	/** Where /proc, /sys and the rest are found. */
	readonly root?: string;
	readonly platform?: string;
	readonly now?: () => number;
};

/** The kernel's figures are always current; twice a second would be noise, twice a minute too slow for a top. */
const NATURAL_INTERVAL_MS = 2000;

/** This machine: its /proc and every container's cgroup. On other systems than Linux, what Node tells of the host. */
export function localTarget(options: LocalOptions = {}): Target {
	const {root = '/', platform = process.platform, now = Date.now} = options;
	const machine = openMachine(root);
	const names = new ContainerNames(machine);
	return {
		id: 'local',
		name: hostname(),
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: () => (platform === 'linux' ? readLinux(machine, names, now) : readOther(platform, now)),
		close: async () => {},
	};
}

async function readLinux(machine: Machine, names: ContainerNames, now: () => number): Promise<Scrape> {
	const startedMs = performance.now();
	const timeMs = now();
	const mountinfo = machine.read('/proc/self/mountinfo');
	if (mountinfo === undefined) {
		throw new KtopError({
			code: 'unsupported',
			brief: 'no /proc',
			message: 'this machine cannot be read: /proc is not mounted or not readable',
			hint: 'mount it, or name another source: --source kubelet:https://HOST:10250',
		});
	}

	const mounts = parseMountinfo(mountinfo);
	const node = await readNode(machine, mounts, timeMs);
	const workloads = await readContainers(machine, findCgroups(mounts), names, timeMs);
	return {
		readings: [
			{
				nodeName: undefined,
				receivedAtMs: timeMs,
				stampResolutionMs: 1,
				node,
				...workloads,
				rejectedValues: 0,
			},
		],
		route: 'local',
		latencyMs: performance.now() - startedMs,
		degraded: undefined,
	};
}

async function readOther(platform: string, now: () => number): Promise<Scrape> {
	const timeMs = now();
	return {
		readings: [
			{
				nodeName: undefined,
				receivedAtMs: timeMs,
				stampResolutionMs: 1,
				node: readOtherSystem(timeMs),
				pods: [],
				containers: [],
				rejectedValues: 0,
			},
		],
		route: 'local',
		latencyMs: 0,
		degraded: noContainersOn(platform),
	};
}
