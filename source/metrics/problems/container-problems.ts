import type {Problem} from '../model/problem.ts';
import {ratio} from '../model/ratio.ts';
import type {ContainerRow} from '../model/row.ts';
import {crossedThreshold, isCrossed, NO_PROBLEMS} from './crossed-threshold.ts';

/** A container at its limits. Why one does not run is a problem of its pod. */
export function containerProblems(row: ContainerRow): readonly Problem[] {
	if (!isContainerAtLimit(row)) {
		return NO_PROBLEMS;
	}

	return [
		...crossedThreshold(
			'memory of limit',
			memoryOfLimit(row),
			percent => `uses ${percent} of its memory limit`,
		),
		...crossedThreshold('cpu of limit', cpuOfLimit(row), percent => `uses ${percent} of its CPU limit`),
		...crossedThreshold(
			'throttled',
			row.throttledRatio,
			percent => `is stopped by its CPU limit in ${percent} of the periods`,
		),
	];
}

/** Whether `containerProblems` has any. */
export function isContainerAtLimit(row: ContainerRow): boolean {
	return (
		isCrossed('memory of limit', memoryOfLimit(row)) ||
		isCrossed('cpu of limit', cpuOfLimit(row)) ||
		isCrossed('throttled', row.throttledRatio)
	);
}

function memoryOfLimit(row: ContainerRow): number | undefined {
	return ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes);
}

function cpuOfLimit(row: ContainerRow): number | undefined {
	return ratio(row.cpuCores, row.cpuLimitCores);
}
