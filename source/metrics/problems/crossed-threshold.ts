import type {Problem} from '../model/problem.ts';
import {THRESHOLDS, type ThresholdName} from '../model/threshold.ts';

/** From this share of memory or room on the kernel kills, or the kubelet evicts, before long. */
const CRITICAL_SHARE = 0.95;

/** A full disk or memory does harm; a busy CPU only makes work wait. */
const IS_FILLED: ReadonlySet<ThresholdName> = new Set([
	'memory',
	'memory of limit',
	'file system',
	'inodes',
	'volume',
]);

/** Of most rows: a cluster has hundreds of thousands, and a list for each would be most of the cost. */
export const NO_PROBLEMS: readonly Problem[] = [];

export function isCrossed(what: ThresholdName, share: number | undefined): boolean {
	return share !== undefined && share >= THRESHOLDS[what];
}

/** The problem of a share at or above its threshold; none below it, or if it is unknown. */
export function crossedThreshold(
	what: ThresholdName,
	share: number | undefined,
	describe: (percent: string) => string,
): readonly Problem[] {
	return share === undefined || share < THRESHOLDS[what]
		? NO_PROBLEMS
		: [
				{
					level: IS_FILLED.has(what) && share >= CRITICAL_SHARE ? 'critical' : 'warning',
					reason: what,
					// Rounded down, so that 100 % is all of it.
					message: describe(`${Math.floor(share * 100)} %`),
					container: undefined,
					sinceMs: undefined,
				},
			];
}
