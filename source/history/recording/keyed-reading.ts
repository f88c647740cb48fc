import type {Reading} from '../../metrics/model/reading.ts';

/**
 * A reading with its pods and containers by what they are told apart by, so that of a node on which one pod came only
 * that pod is new, and not the whole list.
 */
export type KeyedReading = Omit<Reading, 'pods' | 'containers'> & {
	readonly pods: {readonly [key: string]: Reading['pods'][number]};
	readonly containers: {readonly [key: string]: Reading['containers'][number]};
};

export function keyReading(reading: Reading): KeyedReading {
	return {
		...reading,
		pods: keyed(reading.pods, ({pod}) => pod.uid ?? `${pod.namespace}/${pod.name}`),
		containers: keyed(reading.containers, ({id}) => id),
	};
}

/** The order of what was there before is kept. */
export function unkeyReading(reading: KeyedReading): Reading {
	return {...reading, pods: Object.values(reading.pods), containers: Object.values(reading.containers)};
}

/** Kubelets tell some pods twice: each time is one. */
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
