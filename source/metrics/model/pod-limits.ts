import type {ContainerInfo, ResourceAmounts} from './inventory.ts';
import type {PodRow, PodSums} from './row.ts';

/** Limits of a pod, but only where they bound it as a whole: one container without a limit, and there is none. */
export function podLimits({info}: PodRow): ResourceAmounts | undefined {
	return (
		info && {
			cpuCores: info.isLimited.cpu ? info.limits.cpuCores : undefined,
			memoryBytes: info.isLimited.memory ? info.limits.memoryBytes : undefined,
		}
	);
}

/** Limits of a sum of pods, where all that they use is under one: one container without, and the sum is no bound. */
export function sumLimits({bound, limited}: Pick<PodSums, 'bound' | 'limited'>): ResourceAmounts | undefined {
	return (
		bound && {
			cpuCores: limited.cpuCores === limited.of ? bound.limits.cpuCores : undefined,
			memoryBytes: limited.memoryBytes === limited.of ? bound.limits.memoryBytes : undefined,
		}
	);
}

/** The containers of a pod that run as long as it does. */
export function lastingContainers(containers: readonly ContainerInfo[]): readonly ContainerInfo[] {
	return containers.filter(({kind}) => kind === 'app' || kind === 'sidecar');
}
