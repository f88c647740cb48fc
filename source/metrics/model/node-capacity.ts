import type {ResourceAmounts} from './inventory.ts';
import type {NodeRow} from './row.ts';

/** What shares of a node are based on: allocatable amounts, as in `kubectl top node`, or its capacity where unknown. */
export function nodeCapacity({info, cpuCapacityCores, memoryCapacityBytes}: NodeRow): ResourceAmounts {
	return {
		cpuCores: info?.allocatable.cpuCores ?? cpuCapacityCores,
		memoryBytes: info?.allocatable.memoryBytes ?? memoryCapacityBytes,
	};
}
