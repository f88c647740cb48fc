import type {ContainerReading, PodReading} from '../../metrics/model/reading.ts';

/** Sums of floating-point seconds differ by their rounding; a sandbox alone uses a thousand times as much. */
const ROUNDING = 1e-12;

/**
 * Pods without the CPU counters that are only the sum of their containers'. A kubelet that was just started writes such
 * sums until it knows the pods' cgroups (`addPodCPUMemoryStats` of pkg/kubelet/stats/cri_stats_provider.go), whose
 * counters are greater: they also hold the sandbox and the containers that have ended. No rate may be taken from one
 * to the other.
 */
export function withoutSummedCounters(
	pods: readonly PodReading[],
	containers: readonly ContainerReading[],
): readonly PodReading[] {
	const sums = new Map<string, number>();
	for (const {pod, cpu} of containers) {
		if (pod !== undefined) {
			const key = keyOf(pod);
			sums.set(key, (sums.get(key) ?? 0) + (cpu?.usageCoreNanoseconds ?? 0));
		}
	}

	return pods.map(reading => {
		const {pod, cpu} = reading;
		const counter = cpu?.usageCoreNanoseconds;
		const sum = sums.get(keyOf(pod));
		return cpu === undefined ||
			counter === undefined ||
			sum === undefined ||
			Math.abs(counter - sum) > sum * ROUNDING
			? reading
			: {...reading, cpu: {...cpu, usageCoreNanoseconds: undefined}};
	});
}

function keyOf({uid, namespace, name}: PodReading['pod']): string {
	return uid ?? `${namespace}/${name}`;
}
