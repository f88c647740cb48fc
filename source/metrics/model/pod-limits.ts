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
	return bound && whereAllAreLimited(bound.limits, limited);
}

/** What the usage of a sum of pods is a share of: `measured`, with limits under the same condition. */
export function measuredClaims({bound, measured, limited}: Pick<PodSums, 'bound' | 'measured' | 'limited'>): {
	readonly requests: ResourceAmounts | undefined;
	readonly limits: ResourceAmounts | undefined;
} {
	return bound === undefined
		? {requests: undefined, limits: undefined}
		: {requests: measured.requests, limits: whereAllAreLimited(measured.limits, limited)};
}

function whereAllAreLimited(limits: ResourceAmounts, limited: PodSums['limited']): ResourceAmounts {
	return {
		cpuCores: limited.cpuCores === limited.of ? limits.cpuCores : undefined,
		memoryBytes: limited.memoryBytes === limited.of ? limits.memoryBytes : undefined,
	};
}

/** The containers of a pod that run as long as it does. */
export function lastingContainers(containers: readonly ContainerInfo[]): readonly ContainerInfo[] {
	return containers.filter(({kind}) => kind === 'app' || kind === 'sidecar');
}
