import {podKey} from '../../metrics/model/pod-key.ts';
import type {ContainerReading, PodReading} from '../../metrics/model/reading.ts';

/** The relative rounding error of sums of floating-point seconds; a sandbox uses a thousand times as much. */
const ROUNDING = 1e-12;

/**
 * Removes CPU counters of pods that are only the sum of their containers. A kubelet reports such sums after its start
 * until it knows the cgroups of pods (`addPodCPUMemoryStats` in pkg/kubelet/stats/cri_stats_provider.go). The
 * counters of cgroups are larger, since they include the sandbox and terminated containers, so a rate between both
 * would be wrong.
 */
export function withoutSummedCounters(
	pods: readonly PodReading[],
	containers: readonly ContainerReading[],
): readonly PodReading[] {
	const sums = new Map<string, number>();
	for (const {pod, cpu} of containers) {
		if (pod !== undefined) {
			const key = podKey(pod);
			sums.set(key, (sums.get(key) ?? 0) + (cpu?.usageCoreNanoseconds ?? 0));
		}
	}

	return pods.map(reading => {
		const {pod, cpu} = reading;
		const counter = cpu?.usageCoreNanoseconds;
		const sum = sums.get(podKey(pod));
		return cpu === undefined ||
			counter === undefined ||
			sum === undefined ||
			Math.abs(counter - sum) > sum * ROUNDING
			? reading
			: {...reading, cpu: {...cpu, usageCoreNanoseconds: undefined}};
	});
}
