import type {
	ContainerReading,
	CpuReading,
	MemoryReading,
	NetworkReading,
	NodeReading,
	PodReading,
	Reading,
} from '../../source/metrics/model/reading.ts';
import {UNKNOWN_MEMORY, UNKNOWN_NODE} from '../../source/metrics/model/unknown-reading.ts';

/** Readings with everything unknown but what a test names. */

export function cpuReading(known: Partial<CpuReading>): CpuReading {
	return {
		timeMs: undefined,
		usageCores: undefined,
		usageCoreNanoseconds: undefined,
		throttling: undefined,
		...known,
	};
}

export function memoryReading(known: Partial<MemoryReading>): MemoryReading {
	return {...UNKNOWN_MEMORY, ...known};
}

export function networkReading(known: Partial<NetworkReading>): NetworkReading {
	return {
		timeMs: undefined,
		interfaces: 'eth0',
		rxBytes: undefined,
		txBytes: undefined,
		rxErrors: undefined,
		txErrors: undefined,
		...known,
	};
}

export function nodeReading(known: Partial<NodeReading> = {}): NodeReading {
	return {...UNKNOWN_NODE, ...known};
}

export function podReading(namespace: string, name: string, known: Partial<PodReading> = {}): PodReading {
	return {
		pod: {uid: `uid-${name}`, namespace, name},
		startTimeMs: undefined,
		cpu: undefined,
		memory: undefined,
		network: undefined,
		isHostNetwork: false,
		ephemeralStorage: undefined,
		volumes: [],
		swap: undefined,
		pressure: undefined,
		processCount: undefined,
		...known,
	};
}

export function containerReading(name: string, known: Partial<ContainerReading> = {}): ContainerReading {
	return {
		id: name,
		kind: 'container',
		name,
		pod: undefined,
		image: undefined,
		startTimeMs: undefined,
		cpu: undefined,
		memory: undefined,
		network: undefined,
		rootFilesystem: undefined,
		logFilesystem: undefined,
		swap: undefined,
		pressure: undefined,
		cpuLimitCores: undefined,
		processCount: undefined,
		...known,
	};
}

export function reading(receivedAtMs: number, known: Partial<Reading> = {}): Reading {
	return {
		nodeName: undefined,
		receivedAtMs,
		stampResolutionMs: 1,
		node: nodeReading(),
		pods: [],
		containers: [],
		rejectedValues: 0,
		...known,
	};
}
