import type {ResourceAmounts} from './inventory.ts';
import type {PodRow} from './row.ts';

/** Limits of a pod, but only where they bound it as a whole: one container without a limit, and there is none. */
export function podLimits({info}: PodRow): ResourceAmounts | undefined {
	return (
		info && {
			cpuCores: info.isLimited.cpu ? info.limits.cpuCores : undefined,
			memoryBytes: info.isLimited.memory ? info.limits.memoryBytes : undefined,
		}
	);
}
