import {containerKey} from '../../metrics/model/container-key.ts';
import {podKey} from '../../metrics/model/pod-key.ts';
import type {PodReading, Reading, VolumeReading} from '../../metrics/model/reading.ts';

/** A pod with an array of its volumes, of which the fields are recorded. */
export type RecordedPod = Omit<PodReading, 'volumes'> & {readonly volumes: readonly VolumeReading[]};

/**
 * A reading with pods and containers as maps. In the difference to the previous reading, a new pod is then one key, and
 * does not shift the rest of a list.
 */
export type KeyedReading = Omit<Reading, 'pods' | 'containers' | 'processes'> & {
	readonly pods: {readonly [key: string]: RecordedPod};
	readonly containers: {readonly [key: string]: Reading['containers'][number]};
};

export function keyReading(reading: Reading): KeyedReading {
	return {
		...reading,
		pods: keyed(
			reading.pods.map(pod => ({...pod, volumes: [...pod.volumes]})),
			({pod}) => podKey(pod),
		),
		containers: keyed(reading.containers, containerKey),
	};
}

/** Pods and containers keep the order of the map's keys. */
export function unkeyReading(reading: KeyedReading): Reading {
	// A newer ktop may record processes, in whatever shape.
	const {processes, ...known}: KeyedReading & {readonly processes?: unknown} = reading;
	return {...known, pods: Object.values(known.pods), containers: Object.values(known.containers)};
}

/** Some kubelets list a pod twice. Both entries are kept, the second with a suffixed key. */
function keyed<T>(values: readonly T[], keyOf: (value: T) => string): {readonly [key: string]: T} {
	const entries = new Map<string, T>();
	for (const value of values) {
		let key = keyOf(value);
		while (entries.has(key)) {
			key += '+';
		}

		entries.set(key, value);
	}

	return Object.fromEntries(entries);
}
