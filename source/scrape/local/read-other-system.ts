import {cpus, freemem, totalmem, uptime} from 'node:os';
import type {Failure} from '../../metrics/model/failure.ts';
import type {NodeReading} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {readFilesystem} from './read-node.ts';

/**
 * Reads CPU, memory and the root file system on macOS, Windows and BSD through Node, which has no network counters.
 */
export async function readOtherSystem(
	machine: Machine,
	platform: string,
	now: () => number,
): Promise<NodeReading> {
	const root = await readFilesystem(machine, '/', now);
	const timeMs = now();
	const cores = cpus();
	const busyMs = cores.reduce((sum, {times}) => sum + times.user + times.nice + times.sys + times.irq, 0);
	const capacityBytes = totalmem();
	const usageBytes = capacityBytes - freemem();
	// Windows reports available memory. macOS and BSD report free memory without reclaimable cache (libuv
	// `uv_get_free_memory`), so the working set is unknown there.
	const workingSetBytes = platform === 'win32' ? usageBytes : undefined;
	return {
		startTimeMs: Math.round(timeMs - uptime() * 1000),
		cpu:
			cores.length === 0
				? undefined
				: {timeMs, usageCores: undefined, usageCoreNanoseconds: busyMs * 1e6, throttling: undefined},
		memory: {
			timeMs,
			workingSetBytes,
			usageBytes,
			rssBytes: undefined,
			cacheBytes: undefined,
			availableBytes: workingSetBytes === undefined ? undefined : capacityBytes - workingSetBytes,
			limitBytes: undefined,
			pageFaults: undefined,
			majorPageFaults: undefined,
		},
		network: undefined,
		filesystems: root === undefined ? [] : [root],
		swap: undefined,
		pressure: undefined,
		cpuCapacityCores: cores.length === 0 ? undefined : cores.length,
		memoryCapacityBytes: capacityBytes,
		processCount: undefined,
	};
}

const SYSTEMS: Readonly<Record<string, string>> = {darwin: 'macOS', win32: 'Windows', freebsd: 'FreeBSD'};

/** Why there are no containers on systems other than Linux. */
export function noContainersOn(platform: string): Failure {
	const system = SYSTEMS[platform] ?? platform;
	return {
		code: 'unsupported',
		brief: 'no containers here',
		message: `containers need the cgroups of Linux, which ${system} does not have: it runs them in a virtual machine`,
		hint: 'run ktop in that virtual machine, or read its kubelet: --source kubelet:https://HOST:10250',
	};
}
