import type {JsonFields} from '../json-fields.ts';
import {stamp} from '../metav1-time.ts';
import type {MemoryState} from '../model/container.ts';
import type {Traffic} from '../model/node.ts';
import type {Wave} from '../model/wave.ts';
import {nanoCores, psi} from './sampling.ts';

/** Waves of the share of time that tasks waited. */
export type Pressures = {
	readonly cpuPressure: Wave;
	readonly memoryPressure: Wave;
	readonly ioPressure: Wave;
};

/** What the kubelet measures of a cgroup at `timeMs`. */
export type UsageSample = {
	readonly timeMs: number;
	/** Start of the counters. */
	readonly startMs: number;
	readonly cpuSeconds: (timeMs: number) => number;
	readonly memory: MemoryState;
	/** Undefined without a limit; `availableBytes` is then absent. */
	readonly limitBytes: number | undefined;
	readonly pressures: Pressures;
};

/** The fields `cpu`, `memory` and `io` of the summary. `io` is absent if `isFull` is false. */
export function usageStats(
	{timeMs, startMs, cpuSeconds, memory, limitBytes, pressures}: UsageSample,
	isFull: boolean,
): JsonFields {
	const time = stamp(timeMs);
	const ageS = Math.max(0, timeMs - startMs) / 1000;
	return {
		cpu: {
			time,
			usageNanoCores: nanoCores(cpuSeconds, startMs, timeMs),
			usageCoreNanoSeconds: Math.floor(cpuSeconds(timeMs) * 1e9),
			psi: psi(pressures.cpuPressure, 0.3, ageS),
		},
		memory: {
			time,
			...(limitBytes === undefined ? {} : {availableBytes: limitBytes - memory.workingSetBytes}),
			usageBytes: memory.usageBytes,
			workingSetBytes: memory.workingSetBytes,
			rssBytes: memory.rssBytes,
			pageFaults: memory.pageFaults,
			majorPageFaults: memory.majorPageFaults,
			psi: psi(pressures.memoryPressure, 0.6, ageS),
		},
		...(isFull ? {io: {time, psi: psi(pressures.ioPressure, 0.8, ageS)}} : {}),
	};
}

/** The first interface is also at the top level, as the kubelet's default one. */
export function networkStats(
	timeMs: number,
	traffic: ReadonlyArray<readonly [interfaceName: string, traffic: Traffic]>,
): JsonFields {
	const interfaces = traffic.map(([name, {rxBytes, txBytes}]) => ({
		name,
		rxBytes: Math.floor(rxBytes),
		rxErrors: 0,
		txBytes: Math.floor(txBytes),
		txErrors: 0,
	}));
	return {time: stamp(timeMs), ...interfaces[0], interfaces};
}
