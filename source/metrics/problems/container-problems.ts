import type {Problem} from '../model/problem.ts';
import {ratio} from '../model/ratio.ts';
import type {ContainerRow} from '../model/row.ts';
import {crossedThreshold, isCrossed, NO_PROBLEMS} from './crossed-threshold.ts';

/** A container at its limits. Why one does not run is a problem of its pod. */
export function containerProblems(row: ContainerRow): readonly Problem[] {
	const memory = ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes);
	const cpu = ratio(row.cpuCores, row.cpuLimitCores);
	if (
		!isCrossed('memory of limit', memory) &&
		!isCrossed('cpu of limit', cpu) &&
		!isCrossed('throttled', row.throttledRatio)
	) {
		return NO_PROBLEMS;
	}

	return [
		...crossedThreshold('memory of limit', memory, percent => `uses ${percent} of its memory limit`),
		...crossedThreshold('cpu of limit', cpu, percent => `uses ${percent} of its CPU limit`),
		...crossedThreshold(
			'throttled',
			row.throttledRatio,
			percent => `is stopped by its CPU limit in ${percent} of the periods`,
		),
	];
}
