import type {ContainerInfo, PodInfo} from './inventory.ts';
import type {ContainerRow, Usage} from './row.ts';

type MemoryBound = Pick<ContainerRow, 'memoryLimitBytes' | 'memoryAvailableBytes'>;

/**
 * A container's memory limit and what is left of it. The node reports what is in force, which may be the limit of the
 * pod as a whole. Where the API server lists no limit of either there is none, whatever the node reports.
 */
export function memoryBound(
	{
		memoryWorkingSetBytes,
		memoryAvailableBytes,
	}: Pick<Usage, 'memoryWorkingSetBytes' | 'memoryAvailableBytes'>,
	reportedBytes: number | undefined,
	pod: PodInfo | undefined,
	container: ContainerInfo | undefined,
): MemoryBound {
	const specifiedBytes = container?.limits.memoryBytes;
	if (container !== undefined && specifiedBytes === undefined && pod?.isLimited.memory !== true) {
		return {memoryLimitBytes: undefined, memoryAvailableBytes: undefined};
	}

	const memoryLimitBytes = reportedBytes ?? specifiedBytes;
	return {
		memoryLimitBytes,
		memoryAvailableBytes:
			memoryLimitBytes === undefined || memoryWorkingSetBytes === undefined
				? memoryAvailableBytes
				: Math.max(memoryLimitBytes - memoryWorkingSetBytes, 0),
	};
}
