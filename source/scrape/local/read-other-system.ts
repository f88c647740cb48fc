import {cpus, freemem, totalmem, uptime} from 'node:os';
import type {Failure} from '../../metrics/failure.ts';
import type {NodeReading} from '../../metrics/reading.ts';

/** What macOS, Windows and the BSDs tell through Node: CPU and memory of the whole machine. */
export function readOtherSystem(timeMs: number): NodeReading {
	const cores = cpus();
	const busyMs = cores.reduce((sum, {times}) => sum + times.user + times.nice + times.sys + times.irq, 0);
	const capacityBytes = totalmem();
	const workingSetBytes = capacityBytes - freemem();
	return {
		startTimeMs: timeMs - uptime() * 1000,
		cpu:
			cores.length === 0
				? undefined
				: {timeMs, usageCores: undefined, usageCoreNanoseconds: busyMs * 1e6, throttling: undefined},
		memory: {
			timeMs,
			workingSetBytes,
			usageBytes: workingSetBytes,
			rssBytes: undefined,
			cacheBytes: undefined,
			availableBytes: capacityBytes - workingSetBytes,
			limitBytes: undefined,
			pageFaults: undefined,
			majorPageFaults: undefined,
		},
		network: undefined,
		filesystems: [],
		swap: undefined,
		pressure: undefined,
		cpuCapacityCores: cores.length === 0 ? undefined : cores.length,
		memoryCapacityBytes: capacityBytes,
		processCount: undefined,
	};
}

/** Why there are no containers there. */
export function noContainersOn(platform: string): Failure {
	return {
		code: 'unsupported',
		brief: 'no containers here',
		message: `containers cannot be seen on ${platform}: they run in a Linux virtual machine that ktop is not in`,
		hint: 'run ktop inside that machine, or read its kubelet: --source kubelet:https://HOST:10250',
	};
}
