import type {ResourceAmounts} from './inventory.ts';
import {measuredClaims, podLimits, sumLimits} from './pod-limits.ts';
import type {ContainerRow, ObjectRow} from './row.ts';
import {isSumOfPods} from './sum-of-pods.ts';

/** The limits in force, which the node reports. */
export function containerLimits(row: ContainerRow): ResourceAmounts {
	return {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
}

/** What a row of any kind requests, and its limits. */
export function claimsOf(row: ObjectRow): {
	readonly requests: ResourceAmounts | undefined;
	readonly limits: ResourceAmounts | undefined;
} {
	switch (row.kind) {
		case 'node':
			return {requests: row.bound?.requests, limits: row.bound?.limits};
		case 'namespace':
		case 'group':
		case 'workload':
			return {requests: row.bound?.requests, limits: sumLimits(row)};
		case 'pod':
			return {requests: row.info?.requests, limits: podLimits(row)};
		case 'container':
			return {requests: row.info?.requests, limits: containerLimits(row)};
		case 'process':
			return {requests: undefined, limits: undefined};
	}
}

/** What the usage of a row is a share of. */
export function usedClaimsOf(row: ObjectRow): ReturnType<typeof claimsOf> {
	return isSumOfPods(row) ? measuredClaims(row) : claimsOf(row);
}
