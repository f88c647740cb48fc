import type {ContainerRow} from './row.ts';

/** The limit less the working set; the kernel kills at nothing. */
export function memoryLeft({
	memoryLimitBytes,
	memoryWorkingSetBytes,
	memoryAvailableBytes,
}: ContainerRow): number | undefined {
	return memoryLimitBytes === undefined || memoryWorkingSetBytes === undefined
		? memoryAvailableBytes
		: Math.max(memoryLimitBytes - memoryWorkingSetBytes, 0);
}
