import type {Problem} from '../model/problem.ts';
import {ratio} from '../model/ratio.ts';
import type {ContainerRow} from '../model/row.ts';
import {crossedThreshold} from './crossed-threshold.ts';

/** A container at its limits. Why one does not run is a problem of its pod. */
export function containerProblems(row: ContainerRow): readonly Problem[] {
	return [
		...crossedThreshold(
			'memory of limit',
			ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes),
			percent => `uses ${percent} of its memory limit`,
		),
		...crossedThreshold(
			'cpu of limit',
			ratio(row.cpuCores, row.cpuLimitCores),
			percent => `uses ${percent} of its CPU limit`,
		),
		...crossedThreshold(
			'throttled',
			row.throttledRatio,
			percent => `is stopped by its CPU limit in ${percent} of the periods`,
		),
	];
}
