import {cpus, freemem, totalmem, uptime} from 'node:os';
import type {Failure} from '../../metrics/model/failure.ts';
import type {NodeReading} from '../../metrics/model/reading.ts';
import type {Machine} from './machine.ts';
import {readFilesystem} from './read-node.ts';

/**
 * What macOS, Windows and the BSDs tell through Node: CPU, memory and the root file system of the machine. Their
 * network interfaces are listed there without counters.
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
	// Windows reports what is available; macOS and the BSDs what is wholly free (libuv `uv_get_free_memory`), in which
	// reclaimable cache is missing: usage without it cannot be told apart there.
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

/** Why there are no containers on another system than Linux. */
export function noContainersOn(platform: string): Failure {
	const system = SYSTEMS[platform] ?? platform;
	return {
		code: 'unsupported',
		brief: 'no containers here',
		message: `containers need the cgroups of Linux, which ${system} does not have: it runs them in a virtual machine`,
		hint: 'run ktop inside that machine, or read its kubelet: --source kubelet:https://HOST:10250',
	};
}
