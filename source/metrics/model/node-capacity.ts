import type {ResourceAmounts} from './inventory.ts';
import type {NodeRow} from './row.ts';

/** What a node's CPU and memory are measured against: what pods can have, as `kubectl top node` does, or all there is. */
export function nodeCapacity({info, cpuCapacityCores, memoryCapacityBytes}: NodeRow): ResourceAmounts {
	return {
		cpuCores: info?.allocatable.cpuCores ?? cpuCapacityCores,
		memoryBytes: info?.allocatable.memoryBytes ?? memoryCapacityBytes,
	};
}
